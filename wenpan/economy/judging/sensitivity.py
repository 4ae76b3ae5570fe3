"""How an industry's growth has moved with the growth of its supporting indicator, with an interval, or not
at all.

Pure. From the district's own published pairs (indicator's growth, industry's growth), both in percent.
Robust: the slope is the median of the slopes of all pairs of points (Theil and Sen), its interval Sen's, at
80 %. Few points come in a year (four), so that below LEAST pairs nothing is said. A reading aid (推算), no
estimate of GDP.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 8
LEVEL = 0.8


@dataclass(frozen=True)
class Sensitivity:
    """Points of the industry's growth for one point more of the indicator; None where it is refused."""

    pairs: int
    slope: float | None = None
    low: float | None = None
    high: float | None = None
    intercept: float | None = None
    refused: str = ""

    def of_whole(self, weight: float) -> tuple[float, float, float] | None:
        """Points of GDP's growth for one point more of the indicator: low, middle, high."""
        if self.slope is None or self.low is None or self.high is None:
            return None
        return weight * self.low, weight * self.slope, weight * self.high


def sensitivity(pairs: Sequence[tuple[float, float]], least: int = LEAST) -> Sensitivity:
    """Refused with fewer than `least` pairs, and where the indicator never moved."""
    if len(pairs) < least:
        return Sensitivity(len(pairs), refused=f"只有{len(pairs)}组已公布数据, 不足{least}组")
    given, answered = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if len(set(given)) < 3:
        return Sensitivity(len(pairs), refused="支撑指标几乎没有变动, 无从推算")
    from scipy.stats import theilslopes

    found = theilslopes(answered, given, alpha=LEVEL)
    return Sensitivity(
        len(pairs),
        float(found.slope),
        float(found.low_slope),
        float(found.high_slope),
        float(found.intercept),
    )
