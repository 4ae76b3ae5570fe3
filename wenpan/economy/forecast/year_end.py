"""The answer of a forecast: for each wanted figure the quantiles of its value at the year's end.

Pure. Columnar: row i of every array belongs to row i of `wanted`. Values stand in the unit of the
wanted measure (percent for growths, the indicator's unit for levels). A refusal is a row of NaN
with a note that says why; it is never a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from wenpan.economy.time.periods import Month

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LEVELS: Floats = np.concatenate([[0.01, 0.025], np.arange(1, 20) / 20, [0.975, 0.99]])


@dataclass(frozen=True)
class FanPoint:
    """The distribution of the figure of one period on the way to December."""

    period: str
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float


@dataclass(frozen=True)
class YearEnd:
    """Distributions of year-end figures; `quantiles` is (N, Q), one row per wanted figure.

    `origin_month` is the last month (1—12) of the year that is known, 0 if none; `origin_value` the
    figure then (NaN if none); `spread_left` (N, 13) the share of the uncertainty of December that is
    already there in month m (0 at the origin, 1 in December); `centre_left` the same for the way
    of the median from the origin's figure to December's. `ranks` (N, years) say where in the forecast
    of the same month the truth of each earlier year lay (0—1, last year last; NaN unknown). `grain` (N,)
    is the step in which the figure is printed (0.1 for a growth with one decimal), 0 where it has none.
    """

    wanted: pl.DataFrame
    levels: Floats
    quantiles: Floats
    notes: list[str]
    as_of: Month
    origin_month: Ints
    origin_value: Floats
    centre_left: Floats
    spread_left: Floats
    step: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    ranks: Floats = field(default_factory=lambda: np.empty((0, 0)))
    grain: Floats = field(default_factory=lambda: np.empty(0))

    def first(self, n: int) -> YearEnd:
        """The answer for the first n rows of `wanted`."""
        cut = {
            name: getattr(self, name)[:n]
            for name in (
                "wanted", "quantiles", "notes", "origin_month", "origin_value", "centre_left", "spread_left",
                "step", "ranks", "grain",
            )
        }  # fmt: skip
        return replace(self, **cut)

    def p(self, level: float) -> Floats:
        """(N,) the quantile at `level`, linear between the stored ones; NaN where refused."""
        j = int(np.clip(np.searchsorted(self.levels, level), 1, len(self.levels) - 1))
        lo, hi = self.levels[j - 1], self.levels[j]
        w = (np.clip(level, self.levels[0], self.levels[-1]) - lo) / (hi - lo)
        return np.asarray(self.quantiles[:, j - 1] * (1 - w) + self.quantiles[:, j] * w, dtype=np.float64)

    def cdf(self, value: Floats) -> Floats:
        """(N,) P(figure < value), linear between quantiles; beyond the outermost ones the tails are
        exponential, continued from the outermost two quantiles. NaN where refused."""
        q, v = self.quantiles, np.asarray(value, dtype=np.float64)[:, None]
        below = (q < v).sum(1)
        j = np.clip(below, 1, len(self.levels) - 1)
        rows = np.arange(len(q))
        q0, q1 = q[rows, j - 1], q[rows, j]
        l0, l1 = self.levels[j - 1], self.levels[j]
        v1 = v[:, 0]
        with np.errstate(all="ignore"):
            width = np.where(q1 > q0, q1 - q0, np.nan)
            inside = l0 + (l1 - l0) * np.clip((v1 - q0) / width, 0, 1)
            inside = np.where(q1 > q0, inside, np.where(v1 > q0, l1, l0))
            low = self.levels[0] * np.exp(_rate(self.levels[:2], q[:, :2]) * (v1 - q[:, 0]))
            top = 1 - self.levels
            high = 1 - top[-1] * np.exp(-_rate(top[::-1][:2], -q[:, ::-1][:, :2]) * (v1 - q[:, -1]))
        out = np.where(v1 <= q[:, 0], low, np.where(v1 > q[:, -1], high, inside))
        out = np.where(np.ptp(q, axis=1) > 0, out, (v1 > q[:, 0]).astype(float))
        return np.where(np.isnan(q[:, 0]) | np.isnan(v1), np.nan, np.clip(out, 0.0, 1.0))

    def probability(self, comparison: Sequence[str], value: Floats) -> Floats:
        """(N,) P(target met); comparison `>=` or `<=` per row; NaN where refused or without a value.

        A figure that is already known (December published) gives 0 or 1. What is printed in steps is met by
        what rounds to it: 8.0 % is reached from 7.95 % on (`at_print`).
        """
        at_least = np.array([c == ">=" for c in comparison], dtype=bool)
        unknown = set(comparison) - {">=", "<="}
        if unknown:
            raise ValueError(f"comparison must be >= or <=, found {sorted(unknown)}")
        v = np.asarray(value, dtype=np.float64)
        grain = self.grain if len(self.grain) else np.zeros(len(v))
        below = self.cdf(at_print(v, grain, at_least))
        known = np.ptp(self.quantiles, axis=1) == 0
        with np.errstate(invalid="ignore"):
            fact = np.where(at_least, self.quantiles[:, 0] >= v, self.quantiles[:, 0] <= v).astype(float)
        out = np.where(at_least, 1 - below, below)
        return np.where(known & ~np.isnan(v), fact, out)

    def fan(self, i: int) -> list[FanPoint]:
        """The way of row i from the last known month to December; empty where refused.

        The first point is the known figure itself. Each quantile moves from the origin's figure to
        December's in proportion to what is still open.
        """
        if np.isnan(self.quantiles[i, 0]):
            return []
        ends = np.array([float(self.p(a)[i]) for a in (0.1, 0.25, 0.5, 0.75, 0.9)])
        start, m0 = self.origin_value[i], int(self.origin_month[i])
        if np.isnan(start):  # nothing known yet: running totals start from zero, all else from December
            start = 0.0 if self.wanted["measure"][i] == "ytd" else ends[2]
        every = int(self.step[i]) if len(self.step) else 1
        points = []
        for m in range(m0, 13):
            if m == 0 or (m % every and m != m0) or (m != m0 and self.spread_left[i, m] == 0):
                continue
            middle = start + (ends[2] - start) * self.centre_left[i, m]
            v = middle + (ends - ends[2]) * self.spread_left[i, m]
            points.append(FanPoint(_label(self.as_of.year, m, every), *(float(x) for x in v)))
        return points


def at_print(value: Floats, grain: Floats, at_least: Flags | bool) -> Floats:
    """The exact figure from (or up to) which the printed one meets `value`; itself where grain is 0."""
    step = np.where(grain > 0, grain, 1.0)
    up, down = np.ceil(value / step - 1e-6) - 0.5, np.floor(value / step + 1e-6) + 0.5
    return np.asarray(np.where(grain > 0, step * np.where(at_least, up, down), value))


def _rate(levels: Floats, q: Floats) -> Floats:
    """Rate of an exponential tail through the outermost two quantiles; infinite if they coincide."""
    gap = q[:, 1] - q[:, 0]
    return np.where(gap > 0, np.log(levels[1] / levels[0]) / np.where(gap > 0, gap, 1.0), np.inf)


def _label(year: int, month: int, every: int) -> str:
    return f"{year}-Q{month // 3}" if every == 3 else f"{year}-{month:02d}"
