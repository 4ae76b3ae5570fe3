"""A number as it was printed: what it may have been before it was rounded.

Pure. "4.7" stands for anything from 4.65 to 4.75. A statement is contradicted only where no numbers that
round to the printed ones agree with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: float
    high: float

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class PrintedNumber:
    """`PrintedNumber.of("−2.31")`; ValueError for what is no plain number."""

    value: float
    half: float  # of its last printed digit

    @classmethod
    def of(cls, text: str | int) -> PrintedNumber:
        plain = str(text).strip().replace(",", "").replace("−", "-").removesuffix("%")
        if not _NUMBER.fullmatch(plain):
            raise ValueError(f"应为数, 实为{text!r}")
        decimals = len(plain.partition(".")[2])
        return cls(float(plain), 0.5 * 10.0**-decimals)

    @property
    def interval(self) -> Interval:
        return Interval(self.value - self.half, self.value + self.half)

    def __str__(self) -> str:
        decimals = max(0, round(-1 * _log10(2 * self.half)))
        return f"{self.value:.{decimals}f}"


def growth(now: Interval, last: Interval) -> Interval | None:
    """Growth in percent of positive amounts; None where last year may have been nothing."""
    if last.low <= 0 or now.low < 0:
        return None
    return Interval(100 * (now.low / last.high - 1), 100 * (now.high / last.low - 1))


def base(now: Interval, rate: Interval) -> Interval | None:
    """Last year's amount, from this year's and the growth in percent."""
    if rate.low <= -100 or now.low < 0:
        return None
    return Interval(now.low / (1 + rate.high / 100), now.high / (1 + rate.low / 100))


def _log10(value: float) -> float:
    from math import log10

    return log10(value)
