"""A year's revenue quarter by quarter, and what a forecast of the year's end leaves for the rest of it.

Pure; a reading aid (推算) from published cumulative amounts and growths. Amounts in one unit, growth in
percent.

    last year's cumulative amount = amount / (1 + growth)        a quarter = its end less the end before
    rest = L·(1 + G) − so far        growth of the rest = rest / (L − last year's so far) − 1

L is last year's whole. The published growth of a comparable basis gives no amounts and is not taken apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class YearPoint:
    """Published up to the end of a month: this year's amount and its natural growth."""

    month: int
    amount: float
    growth: float

    @property
    def last(self) -> float:
        return self.amount / (1 + self.growth / 100)


@dataclass(frozen=True)
class QuarterLine:
    """`months`: (7, 9); a quarter that has only begun ends with the newest month."""

    quarter: int
    months: tuple[int, int]
    amount: float
    last: float

    @property
    def growth(self) -> float | None:
        return None if self.last <= 0 else 100 * (self.amount / self.last - 1)

    @property
    def whole(self) -> bool:
        return self.months[1] == 3 * self.quarter


@dataclass(frozen=True)
class RestOfYear:
    """For one quantile of the year-end growth: the year's amount, what the rest must bring, its growth."""

    growth: float
    amount: float
    rest: float
    rest_growth: float | None


def quarters(points: Mapping[int, YearPoint]) -> list[QuarterLine]:
    """`points` by month. A quarter whose end or whose start is not published is left out."""
    newest = max(points, default=0)
    found = []
    for quarter in range(1, 5):
        end = min(3 * quarter, newest)
        start = 3 * (quarter - 1)
        if end <= start or end not in points or (start and start not in points):
            continue
        now, before = points[end], points.get(start)
        amount = now.amount - (before.amount if before else 0.0)
        last = now.last - (before.last if before else 0.0)
        found.append(QuarterLine(quarter, (start + 1, end), amount, last))
    return found


def rest_of_year(so_far: YearPoint, last_year: float, growths: Sequence[float]) -> list[RestOfYear]:
    """`last_year`: its whole amount, as published; `growths`: quantiles of the year-end growth."""
    left = last_year - so_far.last
    found = []
    for growth in growths:
        amount = last_year * (1 + growth / 100)
        rest = amount - so_far.amount
        found.append(RestOfYear(growth, amount, rest, None if left <= 0 else 100 * (rest / left - 1)))
    return found
