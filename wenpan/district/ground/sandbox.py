"""Sandbox: foreign files are parsed in a child process with limits on memory and time.

A file can make any parser hang or eat all memory; then the child dies and the server answers. The
child is a plain `python -m` process (no fork of a threaded server, no re-import of the main module,
so it works the same under gunicorn, pytest and a shell), is reused, and ends by itself when its
parent's pipe closes. `WENPAN_SANDBOX=inline` parses in this process, for a debugger.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import polars as pl

from wenpan.district.ground.file_cost import CollectedProcess, FileCost, log_cost
from wenpan.documents.fiscal_texts.reading import read_file
from wenpan.documents.screening.measure import FileLimits, measure
from wenpan.documents.spreadsheets import workbook
from wenpan.documents.spreadsheets.workbook import Unreadable
from wenpan.documents.tables.frames import FigureTable, figures_frame
from wenpan.documents.tables.reading import Context, Reading
from wenpan.economy.quality.finding import CheckFinding
from wenpan.rules.files import file_rules

_ROOT = Path(__file__).resolve().parents[3]
_HEADER = struct.Struct(">Q")
_KEEP = 2  # idle children kept; more run at once when needed
_FAT = 220  # MB: a child that has grown beyond is not kept
Packed = tuple[Reading, pl.DataFrame]
_IDLE: list[_Child] = []
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Budget:
    """What one file may cost: seconds of the processor, megabytes, and seconds by the clock on the wall."""

    seconds: float
    megabytes: int
    wall: float

    @classmethod
    def of_rules(cls, seconds: float | None = None, megabytes: int | None = None) -> Budget:
        rules = file_rules()
        wall = rules.wall_seconds if seconds is None else seconds
        return cls(seconds or rules.cpu_seconds, megabytes or rules.megabytes, wall)


def parse(
    data: bytes,
    filename: str,
    context: Context,
    *,
    seconds: float | None = None,
    megabytes: int | None = None,
) -> Reading:
    """The file is measured, read and interpreted in a child, within the budget of rules/files.yaml.

    Raises `Unreadable`, also with the codes timeout, memory and crashed.
    """
    if inline():
        measure(data, file_rules().limits)
        return read_file(data, filename, context)
    plain = replace(
        context,
        catalogue=dict(context.catalogue),
        regions=dict(context.regions),
        units=dict(context.units),
        layouts={signature: dict(mapping) for signature, mapping in context.layouts.items()},
        kinds=dict(context.kinds),
    )
    budget = Budget.of_rules(seconds, megabytes)
    return unpack(_call(("parse", data, filename, plain), budget, file_rules().limits))


def annotate(
    data: bytes,
    filename: str,
    findings: Sequence[CheckFinding],
    *,
    seconds: float | None = None,
    megabytes: int | None = None,
) -> bytes:
    """`workbook.annotate` in a child. Raises `Unreadable`."""
    if inline():
        return workbook.annotate(data, filename, findings)
    budget = Budget.of_rules(seconds, megabytes)
    marked: bytes = _call(("annotate", data, filename, list(findings)), budget, file_rules().limits)
    return marked


def apply(
    function: Callable[..., Any],
    *args: Any,
    measured: bool = False,
    seconds: float | None = None,
    megabytes: int | None = None,
) -> Any:
    """A function of `wenpan.documents` on a foreign paper, in a child. Raises `Unreadable`.

    The function is named to the child, not sent; arguments and answer must pickle. `measured`: the first
    argument is the file, and is measured before the function sees it.
    """
    limits = file_rules().limits if measured else None
    if inline():
        if limits is not None:
            measure(args[0], limits)
        return function(*args)
    return _call(("apply", function, args, None), Budget.of_rules(seconds, megabytes), limits)


def inline() -> bool:
    return os.environ.get("WENPAN_SANDBOX") == "inline"


class _Child:
    """One child process, used by one thread at a time."""

    def __init__(self) -> None:
        path = os.pathsep.join(p for p in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if p)
        self.process = CollectedProcess(
            [sys.executable, "-m", "wenpan.district.ground.sandbox_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "POLARS_MAX_THREADS": "1"},  # threads eat address space
        )
        self.megabytes = 0.0
        self.spent: float | None = None  # seconds of the processor before the present job; None: just started

    def ask(self, job: tuple[Any, ...], budget: Budget, limits: FileLimits | None) -> Any:
        expired = threading.Event()
        watchdog = threading.Timer(budget.wall, self._expire, [expired])
        watchdog.daemon = True
        watchdog.start()
        try:
            if self.spent is None:
                self.spent = receive(self._stdout)
            send(self._stdin, (job, budget.seconds, budget.megabytes, limits))
            kind, answer, self.megabytes, spent = receive(self._stdout)
            log_cost(FileCost(spent - self.spent, self.megabytes), kind)
            self.spent = spent
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            self.close()
            if cost := self.process.cost(since=self.spent or 0.0):
                log_cost(cost, "died")
            raise _died(self.process.returncode, expired.is_set(), budget) from None
        finally:
            watchdog.cancel()
        if kind == "unreadable":
            raise answer
        return answer

    def _expire(self, expired: threading.Event) -> None:
        expired.set()
        self.process.kill()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self.process.stdin is not None
        return self.process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def close(self) -> None:
        """Ends the child and collects it, so that no zombie stays."""
        with contextlib.suppress(OSError):
            self._stdin.close()
        if self.process.poll() is None:
            try:
                self.process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self._stdout.close()

    def abandon(self) -> None:
        """After a fork: the child belongs to the other process; only our copies of its pipes are closed."""
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                os.close(pipe.fileno())
        self.process.returncode = 0


def _call(job: tuple[Any, ...], budget: Budget, limits: FileLimits | None) -> Any:
    with _LOCK:
        child = _IDLE.pop() if _IDLE else None
    if child is None or child.process.poll() is not None:
        child = _Child()
    try:
        return child.ask(job, budget, limits)
    finally:
        _put_back(child)


def _put_back(child: _Child) -> None:
    if child.process.poll() is not None:
        return
    with _LOCK:
        if len(_IDLE) < _KEEP and child.megabytes < _FAT:
            _IDLE.append(child)
            return
    child.close()


def _died(code: int | None, expired: bool, budget: Budget) -> Unreadable:
    todo = "请只保留要报送的内容，另存为新文件后再传。"
    if code == -signal.SIGXCPU:
        used = f"读这个文件用了超过 {budget.seconds:g} 秒的处理器时间"
        return Unreadable("timeout", f"{used}，最多 {budget.seconds:g} 秒，已停止。{todo}")
    if expired:
        return Unreadable("timeout", f"读这个文件超过 {budget.wall:g} 秒，已停止。{todo}")
    if code in (-signal.SIGABRT, -signal.SIGKILL):  # the parser's allocator gives up by abort
        return memory_gone(budget.megabytes)
    return Unreadable("crashed", "读这个文件时出错，已停止。请用 Excel 或 WPS 打开后另存为 .xlsx 再传。")


def memory_gone(megabytes: int) -> Unreadable:
    found = f"读这个文件超过 {megabytes} MB 内存"
    return Unreadable("memory", f"{found}，最多 {megabytes} MB，已停止。请删除表格以外的行和列，另存后再传。")


def pack(reading: Reading) -> Packed:
    """The reading without its figures, and these as columns: a hundred thousand objects pickle slowly."""
    return replace(reading, figures=[]), figures_frame(reading.figures)


def unpack(packed: Packed) -> Reading:
    reading, frame = packed
    # A list that nobody appends to any more.
    return replace(reading, figures=FigureTable(frame))  # type: ignore[arg-type]


def send(pipe: IO[bytes], message: object) -> None:
    body = pickle.dumps(message, protocol=5)
    pipe.write(_HEADER.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message; EOFError when the other side has closed."""
    head = pipe.read(_HEADER.size)
    if len(head) < _HEADER.size:
        raise EOFError
    (length,) = _HEADER.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    # Both ends are this program; the child only ever sends a Reading, bytes or Unreadable.
    return pickle.loads(body)  # noqa: S301


@atexit.register
def stop() -> None:
    """Ends the idle children."""
    with _LOCK:
        children, _IDLE[:] = list(_IDLE), []
    for child in children:
        child.close()


def _forget() -> None:
    global _LOCK  # noqa: PLW0603 (a lock that another thread held at the fork is never released)
    _LOCK = threading.Lock()
    children, _IDLE[:] = list(_IDLE), []
    for child in children:
        child.abandon()


os.register_at_fork(after_in_child=_forget)
