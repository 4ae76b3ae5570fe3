"""From the ledger's frame to one array of comparable running totals per indicator.

Pure. Axes everywhere: series, years (last year last), slots (the periods of a year). A year of a
monthly flow has eleven slots, 1—2月 together and then March to December, so that a missing January
and the moving Spring Festival do no harm; stocks have twelve; quarterly series four.

Published growth cannot be recomputed from published levels (可比口径). So the running totals are
*chained*: total(year, slot) = total(year before, slot) · (1 + published growth); the ratio of levels
stands in where no growth was published, and the indicator's usual seasonal curve where a series has
no levels at all. On series with levels only the chained totals are the levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast.figures import Figures
from wenpan.economy.forecast.year_end import Flags, Floats, Ints
from wenpan.economy.time.periods import Month

KINDS = {"ytd": "flow", "ytd_growth": "flow", "month": "month", "month_growth": "month"} | {
    "balance": "stock",
    "balance_growth": "stock",
}
EARLIEST = 9  # a year may be judged on September at the earliest
DISTORTED = 30.0  # a slot's share of the year against its usual one
LEVEL = {"flow": "ytd", "stock": "balance", "month": "month"}
GROWTH = {kind: f"{level}_growth" for kind, level in LEVEL.items()}


SERIES_WISE = ("level", "growth", "total", "signed", "ends", "mean")


@dataclass(frozen=True)
class Panel:
    """All regions' series of one indicator and kind, up to the origin; NaN where nothing is known.

    `level` and `growth` are as published (level of a mean times the months it covers; growth in
    percent); `total` is chained. `months` are the calendar months that the slots end with.
    """

    first: int  # number of the first series among all
    indicator: Indicator
    kind: str
    months: tuple[int, ...]
    level: Floats
    growth: Floats
    total: Floats
    signed: Flags
    group: Ints  # one per basis
    ends: Ints  # month whose figure is the last that is published of a year; nearly always 12
    mean: Flags  # (S,) the level was the mean of the months, and is now their sum

    @property
    def cumulative(self) -> bool:
        return self.kind == "flow"

    def only(self, rows: Ints) -> Panel:
        """The panel of these series, which must be whole groups."""
        group = np.unique(self.group[rows], return_inverse=True)[1].astype(np.int64)
        every: dict[str, Any] = {name: getattr(self, name)[rows] for name in SERIES_WISE}
        return replace(self, group=group, **every)


def slots(kind: str, quarterly: bool) -> tuple[int, ...]:
    if quarterly:
        return (3, 6, 9, 12)
    return tuple(range(2 if kind == "flow" else 1, 13))


def panels(figures: Figures, indicator: Indicator, as_of: Month, kinds: set[str]) -> Iterator[Panel]:
    """One panel per kind of figure that occurs."""
    for panel in published_panels(figures, indicator, as_of, kinds):
        yield chained_together([panel])


def published_panels(
    figures: Figures, indicator: Indicator, as_of: Month, kinds: set[str]
) -> Iterator[Panel]:
    """The same before chaining, `total` still empty: many may then be chained in the same operations."""
    years = max(3, as_of.year - int(figures.year.min()) + 1)
    for kind in sorted(kinds):
        if figures.has([m for m, k in KINDS.items() if k == kind or (kind == "flow" and k == "month")]):
            yield _panel(figures, indicator, as_of, kind, years)


def _panel(figures: Figures, indicator: Indicator, as_of: Month, kind: str, years: int) -> Panel:
    months = slots(kind, indicator.frequency == "quarterly")
    level, growth = (figures.cube(m, as_of.year, years) for m in (LEVEL[kind], GROWTH[kind]))
    level = _on_every_basis(level, figures)
    level, growth, ends = _ending(level, growth, as_of)
    if kind == "flow":
        if indicator.aggregation == "mean":
            level = level * np.arange(13)
        if figures.has(["month"]):
            level = _summed(level, figures.cube("month", as_of.year, years))
    at = list(months)
    level, growth = level[:, :, at], growth[:, :, at]
    signed = _signed(level, kind == "flow")
    group = np.zeros(len(level), dtype=np.int64)
    if (figures.bases != figures.bases[0]).any():
        group = np.unique(figures.bases, return_inverse=True)[1].astype(np.int64)
    none = np.empty((len(level), 0))
    mean = np.full(len(level), kind == "flow" and indicator.aggregation == "mean")
    return Panel(figures.first, indicator, kind, months, level, growth, none, signed, group, ends, mean)


def chained_together(few: Sequence[Panel]) -> Panel:
    """`stacked`, with its `total`; all of one kind, with the same slots and years."""
    both = stacked(few)
    curve = np.concatenate([np.repeat(_curve(p)[None], len(p.level), axis=0) for p in few])
    level = np.where(both.signed[:, None, None], np.nan, both.level)
    return replace(both, total=chained(level, both.growth, curve, both.cumulative))


def _curve(panel: Panel) -> Floats:
    """(P,) the catalogue's usual course of a year at each slot, else equal months."""
    seasonal = panel.indicator.seasonal
    return np.array([seasonal[m - 1] if seasonal else m / 12 for m in panel.months])


def stacked(few: Sequence[Panel]) -> Panel:
    """One panel of all of them, each with groups of its own; `indicator` and `first` are the first one's."""
    if len(few) == 1:
        return few[0]
    sizes = np.cumsum([0, *(int(p.group.max()) + 1 for p in few)])
    group = np.concatenate([p.group + at for p, at in zip(few, sizes[:-1], strict=True)])
    every: dict[str, Any] = {n: np.concatenate([getattr(p, n) for p in few]) for n in SERIES_WISE}
    return replace(few[0], group=group, **every)


def rows_of(few: Sequence[Panel]) -> list[slice]:
    """Where each of the panels stands in `stacked`."""
    ends = np.cumsum([0, *(len(p.level) for p in few)])
    return [slice(int(a), int(b)) for a, b in pairwise(ends)]


def _ending(level: Floats, growth: Floats, as_of: Month) -> tuple[Floats, Floats, Ints]:
    """Level and growth (S, years, 13) with each year's end in December, and the month (S,) that it is.

    Where no December was ever published, but a last month was, the same in every year that is over
    (November, since December's figure comes with the yearbook), that month ends the year.
    """
    some = np.isfinite(level) | np.isfinite(growth)
    if some[:, :-1, 12].any(1).all():  # every series has had a December
        return level, growth, np.full(len(level), 12, dtype=np.int64)
    final = np.where(some.any(2), 12 - np.argmax(some[:, :, ::-1], axis=2), 0)
    past = final[:, :-1]
    seen = past > 0
    most = past.max(1)
    same = np.all(~seen | (past == most[:, None]) | (np.cumsum(seen, axis=1) <= 1), axis=1)
    early = (seen.sum(1) >= 2) & same & (most >= EARLIEST) & (most < 12) & (as_of.month > 0)
    ends = np.where(early, most, 12).astype(np.int64)
    if not early.any():
        return level, growth, ends
    rows = np.flatnonzero(early)
    for x in (level, growth):
        x[rows, :, 12] = x[rows, :, ends[rows]]
        x[rows, :, ends[rows]] = np.nan
    return level, growth, ends


def _on_every_basis(level: Floats, figures: Figures) -> Floats:
    """Levels are published once; only growth has several bases."""
    natural = np.flatnonzero(figures.bases == "natural")
    if len(natural) == len(level) or not len(natural):
        return level
    names = figures.regions[natural].astype(str)
    at = np.minimum(np.searchsorted(names, figures.regions.astype(str)), len(names) - 1)
    same = names[at] == figures.regions.astype(str)
    borrowed = np.where(same[:, None, None], level[natural[at]], np.nan)
    return np.where(np.isnan(level), borrowed, level)


def _signed(level: Floats, cumulative: bool) -> Flags:
    """(S,) logarithms do not fit: a total of zero or less in four years, or flows often negative."""
    recent = level[:, -4:]
    if np.isnan(recent).all():
        return np.zeros(len(level), dtype=bool)
    falls = np.diff(recent, axis=2) < 0
    often = falls.sum((1, 2)) > 0.25 * np.maximum(np.isfinite(recent).sum((1, 2)), 1)
    return np.asarray((recent <= 0).any((1, 2)) | (often if cumulative else False))


def _summed(ytd: Floats, month: Floats) -> Floats:
    """Running totals completed from monthly figures where only those were published."""
    out = ytd.copy()
    before = np.zeros(ytd.shape[:2])
    for m in range(1, 13):
        missing = np.isnan(out[:, :, m])
        out[:, :, m] = np.where(missing, before + month[:, :, m], out[:, :, m])
        # January of its own may be missing: February's figure is then 1—2月 together
        before = np.where((m == 1) & np.isnan(out[:, :, 1]), 0.0, out[:, :, m])
    return out


def chained(level: Floats, growth: Floats, curve: Floats, cumulative: bool) -> Floats:
    """(S, years, P) comparable running totals; curve (S, P) or (P,); see the module's first lines."""
    level = filled(np.where(level > 0, level, np.nan), zero_start=cumulative)
    if np.isnan(growth).all():
        return level
    ratio = np.full_like(level, np.nan)
    ratio[:, 1:] = np.log(level[:, 1:] / level[:, :-1])
    g = np.log1p(np.where((growth > -99) & (growth < 5000), growth, np.nan) / 100)
    published = np.any(np.isfinite(g), axis=2, keepdims=True)
    g = np.where(published, _between(np.where(np.isnan(g), ratio, g)), np.nan)
    out = np.full_like(level, np.nan)
    out[:, 0] = level[:, 0]
    scale = np.ones_like(level[:, 0, :1])  # of the chain against the published levels
    profile = np.broadcast_to(np.maximum(curve, 1e-6) if cumulative else 1.0, level[:, 0].shape)
    usual = _first_course(level, np.where(published, g, ratio)) if cumulative else np.full_like(level, np.nan)
    for y in range(1, level.shape[1]):
        chain = published[:, y]
        implied = scale * level[:, y] / np.exp(g[:, y])  # last year as the published growth has it
        known_base = np.all(np.isfinite(implied), axis=1, keepdims=True)
        start = chain & np.isnan(out[:, y - 1, -1:])
        begins = start | (chain if y == 1 else chain & ~published[:, y - 1])
        out[:, y - 1] = np.where(start, np.where(known_base, implied, profile), out[:, y - 1])
        course = out[:, y - 1, -1:] * usual[:, y - 1]
        out[:, y - 1] = np.where(begins & np.isfinite(course), course, out[:, y - 1])
        out[:, y] = np.where(chain, out[:, y - 1] * np.exp(g[:, y]), scale * level[:, y])
        if cumulative:
            alone = chain & ~np.any(np.isfinite(level[:, y]), axis=1, keepdims=True)
            out[:, y] = np.where(alone & _distorted(out[:, y], curve), out[:, y, -1:] * curve, out[:, y])
        drift = out[:, y, -1:] / level[:, y, -1:]
        scale = np.where(chain & np.isfinite(drift), drift, scale)
        profile = np.where(np.isfinite(out[:, y, -1:]), out[:, y], profile)
    return out


def _first_course(level: Floats, growth: Floats) -> Floats:
    """(S, years, P) the course of each year as the median of all years' levels has it, NaN below three years.

    One year's quarters stand as first printed while its total was revised; a chain that began with that
    year would hand its shape to every later one. Each later year's level, taken back by the growths
    between, says what the course was; the median of years believes none of them alone.
    """
    passed = np.cumsum(np.nan_to_num(growth), axis=1)
    at = np.where(np.isfinite(growth), passed, np.nan)
    shape = np.log(level / level[:, :, -1:]) - (at - at[:, :, -1:])  # the course before the first growth
    enough = np.isfinite(shape).sum(1, keepdims=True) >= 3
    middle = np.where(enough, _median(shape), np.nan)
    before = np.exp(middle + (passed - passed[:, :, -1:]))
    return np.asarray(before)


def _median(x: Floats) -> Floats:
    """(S, 1, P) the median over the years that are known; NaN where none is."""
    part = np.sort(x, axis=1)
    n = np.isfinite(part).sum(1, keepdims=True)
    low, high = np.maximum((n - 1) // 2, 0), np.minimum(n // 2, x.shape[1] - 1)
    middle = (np.take_along_axis(part, low, 1) + np.take_along_axis(part, high, 1)) / 2
    return np.asarray(np.where(n > 0, middle, np.nan))


def _distorted(total: Floats, curve: Floats) -> Flags:
    """(S, 1) a whole year whose flows are nothing like the usual course: without levels, the shape of
    the base year is a guess, and extreme growths multiply its faults."""
    flow, usual = np.diff(total, axis=1, prepend=0.0), np.diff(curve, axis=-1, prepend=0.0)
    ratio = flow / total[:, -1:] / np.where(usual > 0, usual, np.nan)
    return np.asarray(np.any((ratio < 1 / DISTORTED) | (ratio > DISTORTED), axis=1, keepdims=True))


def filled(level: Floats, *, zero_start: bool) -> Floats:
    """Gaps inside a year closed by a straight line between the known totals; the rest stays NaN."""
    if np.isnan(level).all():
        return level
    start = np.zeros_like(level[:, :, :1]) if zero_start else np.full_like(level[:, :, :1], np.nan)
    return np.asarray(_between(np.concatenate([start, level], axis=2), extend=False)[:, :, 1:])


def _between(x: Floats, extend: bool = True) -> Floats:
    """Linear interpolation along the last axis; with `extend` the first known value holds before it."""
    n = x.shape[-1]
    ok: Flags = np.isfinite(x)
    if ok.all():
        return x
    at = np.broadcast_to(np.arange(n), x.shape)
    left = np.maximum.accumulate(np.where(ok, at, -1), axis=-1)
    right = np.minimum.accumulate(np.where(ok, at, n)[..., ::-1], axis=-1)[..., ::-1]
    a = np.take_along_axis(x, np.maximum(left, 0), -1)
    b = np.take_along_axis(x, np.minimum(right, n - 1), -1)
    w = (at - left) / np.maximum(right - left, 1)
    inside = np.where(left < 0, b if extend else np.nan, a + (b - a) * w)
    return np.where(ok, x, np.where(right >= n, np.nan, inside))
