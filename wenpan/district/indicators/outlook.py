"""The year's end from the parts and from the whole, and both made to agree.

Pure. Last year's published amount of each part is its base; a growth forecast turns it into this
year's amount, and the whole's own growth forecast turns the bases' sum into the whole's. The gap is
spread by `economy.forecast.reconcile`: no part below zero, and the parts add up to the last digit.
Published growth is on a comparable basis, so the amounts are an outlook, not figures to be published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenpan.economy.forecast.reconcile import reconcile

_P10_TO_P90 = 2.563  # standard deviations between p10 and p90 of a normal distribution


@dataclass(frozen=True)
class Growth:
    """A forecast of year-end growth in percent, and last year's amount it applies to."""

    name: str
    base: float
    p10: float
    p50: float
    p90: float

    @property
    def amount(self) -> float:
        return max(self.base * (1 + self.p50 / 100), 0.0)

    @property
    def variance(self) -> float:
        return float((self.base / 100 * (self.p90 - self.p10) / _P10_TO_P90) ** 2)


@dataclass(frozen=True)
class YearEndOutlook:
    """Amounts in the indicator's unit, growths in percent."""

    parts: tuple[tuple[str, float, float], ...]  # (name, by its own forecast, made to agree)
    bottom_up: float
    bottom_up_growth: float
    top_down: float
    top_down_growth: float
    total: float
    total_growth: float


def outlook(
    whole: tuple[float, float, float], parts: Sequence[Growth], decimals: int
) -> YearEndOutlook | None:
    """`whole`: p10, p50, p90 of its growth. None without parts or with a base that is not positive."""
    base = sum(part.base for part in parts)
    if not parts or base <= 0 or any(part.base < 0 for part in parts):
        return None
    top = Growth("", base, *whole)
    both = reconcile(
        np.array([[part.amount for part in parts]]),
        np.array([top.amount]),
        part_variance=np.array([[part.variance for part in parts]]),
        total_variance=np.array([top.variance]),
        decimals=decimals,
    )

    def growth(amount: float) -> float:
        return 100 * (amount / base - 1)

    own, total = float(both.bottom_up[0]), float(both.total[0])
    return YearEndOutlook(
        tuple((part.name, part.amount, float(x)) for part, x in zip(parts, both.parts[0], strict=True)),
        own,
        growth(own),
        top.amount,
        growth(top.amount),
        total,
        growth(total),
    )
