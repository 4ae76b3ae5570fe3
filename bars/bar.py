"""What a bar hands back, and how it says that it could not run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class NotRunError(Exception):
    """What the bar needs of the machine is missing. NOT RUN counts as a failure."""


@dataclass(frozen=True)
class Result:
    """One measured promise. `control` says what the same measure gave where the promise is broken on purpose:
    a bar whose negative control passes measures nothing, and fails."""

    number: str  # what was measured, e.g. "1000/1000 found, 1000 rows named"
    limit: str  # what it must be, e.g. "all"
    passed: bool
    control: str  # e.g. "doctor without the seals: 13/1000 found"
    control_failed: bool  # the broken twin was seen to be broken

    @property
    def good(self) -> bool:
        return self.passed and self.control_failed


def line(name: str, seed: int, result: Result) -> str:
    """name | number | limit | control | seed | PASS or FAIL"""
    word = "PASS" if result.good else "FAIL"
    control = f"control: {result.control}" + ("" if result.control_failed else " (NOT SEEN TO FAIL)")
    return f"{name} | {result.number} | limit: {result.limit} | {control} | seed {seed} | {word}"


@contextmanager
def place(prefix: str) -> Iterator[Path]:
    """A throw-away WENPAN_HOME; call it before Django is started."""
    with tempfile.TemporaryDirectory(prefix=f"wenpan-bar-{prefix}-") as folder:
        os.environ["WENPAN_HOME"] = folder
        os.environ.setdefault("WENPAN_JOBS", "inline")
        yield Path(folder)
