"""The cost of one file: what its reader took of the processor and of memory, measured reader by reader.

The kernel's sum over all children of a process (RUSAGE_CHILDREN) says nothing about one file: it grows with
every child, and its memory is that of the largest child ever. So each reader is collected by its own call.
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import subprocess
from dataclasses import asdict, dataclass

log = logging.getLogger("wenpan.sandbox")


@dataclass(frozen=True)
class FileCost:
    """Seconds of the processor, and megabytes of memory at the largest. Of a reader that died the kernel only
    tells a bound of the memory from above: its count begins with what the server held when it started it."""

    seconds: float
    megabytes: float


class CollectedProcess(subprocess.Popen[bytes]):
    """A process that is collected with its own account, whichever others end meanwhile."""

    usage: resource.struct_rusage | None = None

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(timeout=0)
        return self.returncode

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:  # where every wait of Popen ends
        try:
            pid, status, self.usage = os.wait4(self.pid, wait_flags)
        except ChildProcessError:  # somebody else has collected it
            return self.pid, 0
        return pid, status

    def cost(self, *, since: float) -> FileCost | None:
        """Of a process that has ended: what it took after its first `since` seconds."""
        if self.returncode is None or self.usage is None:
            return None
        spent = self.usage.ru_utime + self.usage.ru_stime
        return FileCost(spent - since, self.usage.ru_maxrss / 1024)


def log_cost(cost: FileCost, end: str) -> None:
    """Into the log: every file for who looks closely, a reader that died for everybody."""
    level = logging.WARNING if end == "died" else logging.DEBUG
    words = "file: %.2f s of the processor, %.0f MB, %s"
    log.log(level, words, cost.seconds, cost.megabytes, end, extra={"facts": asdict(cost) | {"end": end}})
