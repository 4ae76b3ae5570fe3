"""One start in one home: the second says so and ends, the first goes on."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from wenpan.commands._start import stop

LOCK, SECOND_START = (
    "running",
    "second-start",
)  # the second is shown by /healthz (district/ground/conditions.py)


@contextlib.contextmanager
def only_start(place: Path) -> Iterator[None]:
    """Holds the lock of the place while the server runs. Ends the command where another holds it."""
    place.mkdir(parents=True, exist_ok=True)
    handle = os.open(place / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with contextlib.suppress(OSError):
                (place / SECOND_START).touch()
            number = os.read(handle, 20).decode("ascii", "ignore").strip() or "?"
            stop(
                f"{place} 已经在运行（进程 {number}），不能再启动一次；数据没有改动。"
                f"请先停止它，或用 WENPAN_HOME 指定另一个文件夹。(already running here as process {number})"
            )
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
