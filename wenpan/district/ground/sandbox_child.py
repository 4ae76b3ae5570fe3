"""The child of the sandbox: reads jobs from stdin until it closes, one at a time, within limits."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import sys
from pathlib import Path
from typing import Any

from wenpan.district.ground.sandbox import memory_gone, pack, receive, send
from wenpan.documents.fiscal_texts.reading import read_file
from wenpan.documents.screening.measure import FileLimits, measure
from wenpan.documents.spreadsheets import workbook
from wenpan.documents.spreadsheets.workbook import Unreadable

_MEBI = 1024 * 1024


def main() -> None:
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not break the pipe
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        send(answers, _spent())
        while True:
            job, seconds, megabytes, limits = receive(jobs)
            _forget_peak()
            _limit(seconds, megabytes)
            kind, answer = _work(job, limits, megabytes)
            _unlimit()
            send(answers, (kind, answer, _peak(), _spent()))
            del job, answer


def _work(job: tuple[Any, ...], limits: FileLimits | None, megabytes: int) -> tuple[str, Any]:
    kind, data, filename, rest = job
    gc.disable()  # a hundred thousand live values: the cycle collector only costs time here
    try:
        if limits is not None:
            measure(filename[0] if kind == "apply" else data, limits)
        if kind == "annotate":
            return "ok", workbook.annotate(data, filename, rest)
        if kind == "apply":
            return "ok", data(*filename)  # a function by name and its arguments
        return "ok", pack(read_file(data, filename, rest))
    except Unreadable as error:
        return "unreadable", error
    except (MemoryError, RecursionError):
        return "unreadable", memory_gone(megabytes)
    except Exception as error:
        return "unreadable", Unreadable(
            "crashed",
            f"读这个文件时出错（{type(error).__name__}）。请用 Excel 或 WPS 打开后另存为 .xlsx 再传。",
        )
    finally:
        gc.enable()


def _spent() -> float:
    """Seconds of the processor since the start of this program."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _forget_peak() -> None:
    """The mark of the largest is that of this job, not of one before it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """MB of this program at its largest; `ru_maxrss` would begin with what the parent had at the start."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _limit(seconds: float, megabytes: int) -> None:
    """Soft limits only: the next job may have others. Memory counts what this program holds already; address
    space that libraries only reserve does not."""
    spent = _spent()
    cpu = max(int(spent + seconds), int(spent) + 1)  # whole seconds: never more than was given
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    with contextlib.suppress(ValueError, OSError):  # not enforced everywhere
        space = megabytes * _MEBI + _only_reserved()
        resource.setrlimit(resource.RLIMIT_AS, (space, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _only_reserved() -> int:
    """Bytes of address space without memory behind them."""
    size, resident = Path("/proc/self/statm").read_text().split()[:2]
    return (int(size) - int(resident)) * resource.getpagesize()


def _unlimit() -> None:
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


if __name__ == "__main__":
    main()
