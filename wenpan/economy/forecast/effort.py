"""What would have to happen: how fast the rest of the year must be, and how often anyone was as fast.

Pure. The months left must bring R* = (target's year-end total − total so far); needed is their growth
R*/R_last − 1 against the same months of last year. The record is the same growth in every earlier
year, of the region itself and of all rivals in the observations, from the same month on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.forecast.batches import Chained
from wenpan.economy.forecast.figures import Figures, Known, Names, by_indicator, known_figures
from wenpan.economy.forecast.panel import KINDS, Panel, panels
from wenpan.economy.forecast.predictors import lag
from wenpan.economy.forecast.year_end import Flags, Floats, Ints
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class Effort:
    """One row of `wanted`; growths in percent, NaN where it cannot be said."""

    needed: float  # growth of the months left, against the same months of last year
    months_left: int
    last_year: float  # growth that these months had last year
    own_times: int  # years in which the region managed as much
    own_years: int  # years on record
    rivals_times: int  # the same over all other regions
    rivals_years: int
    best: float  # best of all on record
    best_region: str
    best_year: int
    at_least: bool = True
    weight: float = np.nan  # what one point of that growth moves the year-end figure, in its unit

    @property
    def said(self) -> str:
        """The sentence for the page; empty where nothing can be said."""
        if not np.isfinite(self.needed) or not self.months_left:
            return ""
        done = self.needed <= -100
        if done and self.at_least:
            return f"余下{self.months_left}个月即使没有增量也已达到目标"
        if done:
            return "已超过目标, 余下月份无法挽回"
        bound = (
            "需增长"
            if self.at_least and self.needed >= 0
            else "增速需不低于"
            if self.at_least
            else "增速需不高于"
        )
        head = f"余下{self.months_left}个月{bound}{self.needed:.1f}%"
        return f"{head}; {self.record}"

    @property
    def record(self) -> str:
        """How often as much was managed in the same months before; empty where nothing can be said."""
        if not np.isfinite(self.needed) or not self.months_left or self.needed <= -100:
            return ""
        if not self.own_years and not self.rivals_years:
            return "无可比的历史"
        own = _managed("本区近", self.own_years, "年同期", self.own_times, "年") if self.own_years else ""
        rivals = (
            _managed("其他区县", self.rivals_years, "次同期", self.rivals_times, "次")
            if self.rivals_years
            else ""
        )
        return "; ".join(part for part in (own, rivals) if part)


def _managed(who: str, of: int, kind: str, times: int, unit: str) -> str:
    """本区近2年同期均未达到; 其他区县18次同期中有3次达到."""
    if not times:
        return f"{who}{of}{kind}均未达到"
    if times == of:
        return f"{who}{of}{kind}均已达到"
    return f"{who}{of}{kind}中有{times}{unit}达到"


NOTHING = Effort(np.nan, 0, np.nan, 0, 0, 0, 0, np.nan, "", 0)


def what_would_have_to_happen(
    observations: pl.DataFrame,
    *,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    wanted: pl.DataFrame,
    comparison: Sequence[str],
    target: Floats,
    known: Known | None = None,
    chained: Chained | None = None,
    aside: Collection[str] = (),
) -> list[Effort]:
    """One Effort per row of `wanted` (region, indicator, measure, basis) and its target.

    `known`: what `known_figures` says of the observations, where the caller has it already, and `chained` the
    panels that the forecast made of them. `aside`: regions of the observations that are nobody's rivals.
    target in the measure's unit, comparison `>=` or `<=`. Figures after `as_of` are never read.
    Series with zeros or losses, and rows without last year's figures, come back as `NOTHING`.
    """
    wanted = wanted.with_columns(pl.col("basis").fill_null("natural"))
    out = [NOTHING] * wanted.height
    measures = wanted["measure"].to_list()
    kind = np.array([KINDS[m] for m in measures], dtype=object)
    growth = np.array([Measure(m).is_growth for m in measures], dtype=bool)
    figures, names = known or known_figures(observations, as_of)
    joined = wanted.join(names, on=["indicator", "basis", "region"], how="left", maintain_order="left")
    series = joined["series"].fill_null(-1).to_numpy()
    up = np.array([c == ">=" for c in comparison], dtype=bool)
    with np.errstate(all="ignore"):
        for mine in by_indicator(figures, names):
            asked = (series >= mine.first) & (series < mine.first + len(mine.regions))
            indicator = indicators.get(mine.code) or Indicator(mine.code, mine.code)
            rivals = ~np.isin(mine.regions.astype(str), list(aside))
            for panel in _panels(mine, indicator, as_of, set(kind[asked].tolist()), chained or {}):
                row = np.flatnonzero(asked & (kind == panel.kind))
                _panel_efforts(
                    out,
                    panel,
                    mine.regions,
                    rivals,
                    series[row] - panel.first,
                    row,
                    growth,
                    up,
                    target,
                    as_of.year,
                )
    return out


def _panels(
    figures: Figures, indicator: Indicator, as_of: Month, kinds: set[str], chained: Chained
) -> Iterator[Panel]:
    """Those that are there already, and of the others what `panels` makes."""
    have = {kind: panel for kind in kinds if (panel := chained.get((figures.code, kind))) is not None}
    yield from have.values()
    yield from panels(figures, indicator, as_of, kinds - set(have))


def _panel_efforts(
    out: list[Effort],
    panel: Panel,
    regions: Names,
    rivals: Flags,
    series: Ints,
    row: Ints,
    growth: Flags,
    up: Flags,
    target: Floats,
    year: int,
) -> None:
    here = np.isfinite(panel.total[:, -1])
    origin = np.where(here.any(1), here.shape[1] - np.argmax(here[:, ::-1], axis=1), 0)
    for k in np.unique(origin[series]):
        if k == len(panel.months):
            continue
        rest, needed_total = _rest(panel, int(k)), np.full(len(row), np.nan)
        pace = 100 * (rest / lag(rest) - 1)
        at = np.flatnonzero((origin[series] == k) & ~panel.signed[series])
        s, r = series[at], row[at]
        needed_total[at] = _target_total(panel, int(k), s, growth[r], np.asarray(target)[r])
        one_more = _target_total(panel, int(k), s, growth[r], np.asarray(target)[r] + 1) - needed_total[at]
        weight = rest[s, -2] / 100 / one_more
        so_far = panel.total[s, -1, k - 1] if panel.cumulative and k else np.zeros(len(s))
        needed = 100 * ((needed_total[at] - so_far) / rest[s, -2] - 1)
        for i, j in enumerate(at):
            peers = rivals & (panel.group == panel.group[series[j]])
            months = 12 - (panel.months[k - 1] if k else 0)
            out[row[j]] = _effort(
                needed[i], weight[i], months, pace[:, :-1], int(series[j]), peers, bool(up[row[j]]), regions,
                year,
            )  # fmt: skip


def _rest(panel: Panel, k: int) -> Floats:
    """(S, years) what the slots after the first k brought; of a stock December's balance."""
    total = panel.total[:, :, -1]
    rest = total - panel.total[:, :, k - 1] if panel.cumulative and k else total
    return np.asarray(np.where(rest > 0, rest, np.nan))


def _target_total(panel: Panel, k: int, s: Ints, growth: Flags, target: Floats) -> Floats:
    """(n,) the chained year-end total at which the target is just met."""
    last = panel.total[s, -2, -1]
    per = 12 if panel.cumulative and panel.indicator.aggregation == "mean" else 1
    scale = last / panel.level[s, -2, -1]
    if k:
        now = panel.total[s, -1, k - 1] / panel.level[s, -1, k - 1]
        scale = np.where(np.isfinite(now), now, scale)
    return np.asarray(np.where(growth, last * (1 + target / 100), target * per * scale))


def _effort(
    needed: float,
    weight: float,
    months: int,
    pace: Floats,
    own: int,
    peers: Flags,
    up: bool,
    regions: Names,
    year: int,
) -> Effort:
    if not np.isfinite(needed):
        return NOTHING
    seen = np.isfinite(pace) & peers[:, None]
    enough = seen & (pace >= needed if up else pace <= needed)
    best = np.where(seen, pace if up else -pace, -np.inf)
    at = np.unravel_index(int(np.argmax(best)), best.shape)
    return Effort(
        float(needed),
        months,
        float(pace[own, -1]),
        int(enough[own].sum()),
        int(seen[own].sum()),
        int(enough.sum() - enough[own].sum()),
        int(seen.sum() - seen[own].sum()),
        float(pace[at]) if seen.any() else float("nan"),
        str(regions[at[0]]) if seen.any() else "",
        year - pace.shape[1] + int(at[1]) if seen.any() else 0,
        up,
        float(weight),
    )
