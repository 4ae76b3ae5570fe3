"""Intervals of a rate from few cases, and how long things take when not all have happened yet.

Pure. The interval of `reached` out of `n` is Wilson's at 80 %: over cohorts of all sizes and rates it holds
the true rate in about 80 of 100, at 0 and n too (`benchmarks/funnel.md`; Jeffreys' and Clopper–Pearson's
were tried).

    centre = (x/n + z²/2n) / (1 + z²/n)      half = z·√(p(1−p)/n + z²/4n²) / (1 + z²/n)      z = Φ⁻¹(0.9)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.8
LEAST = 5  # fewer cases give no rate


@dataclass(frozen=True)
class RateInterval:
    """`rate`, `low`, `high` as ratios 0…1; all None where `n` is below the least number of cases."""

    n: int
    reached: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def refused(self) -> bool:
        return self.rate is None


def rate_interval(reached: int, n: int, *, level: float = LEVEL, least: int = LEAST) -> RateInterval:
    """The rate with its interval, or refused. ValueError where `reached` is not within 0…n."""
    if not 0 <= reached <= n:
        raise ValueError(f"达到数应在0和{n}之间, 实为{reached}")
    if n < max(least, 1):
        return RateInterval(n, reached, None, None, None)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    p, spread = reached / n, 1 + z * z / n
    centre = (p + z * z / (2 * n)) / spread
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / spread
    low = 0.0 if reached == 0 else max(0.0, centre - half)
    high = 1.0 if reached == n else min(1.0, centre + half)
    return RateInterval(n, reached, p, low, high)


def reached_share(days: Sequence[tuple[int, bool]], at: int) -> float:
    """Kaplan–Meier's 1 − S(at): the share that has reached after `at` days, from (days, whether it was
    reached).

    A case that was not reached counts as long as it was watched (censored at its days); of equal days those
    that reached come first. 0.0 for no cases.
    """
    left, survive = len(days), 1.0
    for day in sorted({d for d, hit in days if hit and d <= at}):
        left = sum(1 for d, _ in days if d >= day)
        hits = sum(1 for d, hit in days if hit and d == day)
        survive *= 1 - hits / left if left else 1.0
    return 1 - survive


def median(values: Sequence[int]) -> float | None:
    """The middle one, or the mean of the two middle ones; None for none."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
