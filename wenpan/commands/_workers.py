"""The workers of one place, started and watched together: one for light work, the others for heavy."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from wenpan.commands._start import CODE, DJANGO_SETTINGS, home

RESTART_AFTER = (0.5, 2.0, 5.0, 15.0)  # seconds before a worker that died is started again
LEAST = 2  # one for each queue


@dataclass
class _Worker:
    queue: str
    process: subprocess.Popen[bytes]
    deaths: int = 0
    not_before: float = 0.0


@dataclass
class Workers:
    """`start` them, `watch` now and then, `end`. A worker that dies is started again, ever more slowly."""

    count: int = LEAST
    _running: list[_Worker] = field(default_factory=list)

    def start(self) -> None:
        queues = ["light", *["heavy"] * (max(LEAST, self.count) - 1)]
        self._running = [_Worker(queue, _begin(queue)) for queue in queues]

    def watch(self) -> None:
        for worker in self._running:
            if worker.process.poll() is None or time.monotonic() < worker.not_before:
                continue
            worker.not_before = time.monotonic() + RESTART_AFTER[min(worker.deaths, len(RESTART_AFTER) - 1)]
            worker.deaths += 1
            code = worker.process.returncode
            print(
                f"the worker of the {worker.queue} queue ended with code {code}; starting it again",
                file=sys.stderr,
            )
            worker.process = _begin(worker.queue)

    def end(self) -> None:
        for worker in self._running:
            if worker.process.poll() is None:
                worker.process.terminate()
        for worker in self._running:
            end(worker.process)


def environment() -> Mapping[str, str]:
    found = {**os.environ, "WENPAN_HOME": str(home()), "DJANGO_SETTINGS_MODULE": DJANGO_SETTINGS}
    found.setdefault("PYTHONPATH", str(CODE))
    return found


def begin(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", *command], env=environment(), cwd=CODE)


def _begin(queue: str) -> subprocess.Popen[bytes]:
    return begin("wenpan", "work", "--queue", queue)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and collects it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
