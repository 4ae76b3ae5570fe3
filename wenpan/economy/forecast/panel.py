"""From the ledger's frame to one array of comparable running totals per kind of series.

Pure. Axes everywhere: series, years (last year last), slots (the periods of a year). A year of a
monthly flow has eleven slots, 1—2月 together and then March to December, so that a missing January
and the moving Spring Festival do no harm; stocks have twelve; quarterly series four.

Published growth cannot be recomputed from published levels (可比口径). So the running totals are
*chained*: total(year, slot) = total(year before, slot) · (1 + published growth); the ratio of levels
stands in where no growth was published, and the indicator's usual seasonal curve where a series has
no levels at all. On series with levels only the chained totals are the levels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenpan.economy.forecast.year_end import Flags, Floats, Ints
from wenpan.economy.indicators import Indicator
from wenpan.economy.periods import Month

YEARS = 16  # history that is looked at
KINDS = {"ytd": "flow", "ytd_growth": "flow", "month": "month", "month_growth": "month"} | {
    "balance": "stock",
    "balance_growth": "stock",
}
LEVEL = {"flow": "ytd", "stock": "balance", "month": "month"}
GROWTH = {kind: f"{level}_growth" for kind, level in LEVEL.items()}
KEYS = ["region", "indicator", "basis"]


@dataclass(frozen=True)
class Panel:
    """All series of one kind and frequency, up to the origin; NaN where nothing is known.

    `level` and `growth` are as published (level of a mean times the months it covers; growth in
    percent); `total` is chained. `months` are the calendar months that the slots end with.
    """

    keys: pl.DataFrame  # region, indicator, basis
    kind: str
    months: tuple[int, ...]
    level: Floats
    growth: Floats
    total: Floats
    signed: Flags
    group: Ints  # indicator × basis
    region: Ints

    @property
    def cumulative(self) -> bool:
        return self.kind == "flow"


def slots(kind: str, quarterly: bool) -> tuple[int, ...]:
    if quarterly:
        return (3, 6, 9, 12)
    return tuple(range(2 if kind == "flow" else 1, 13))


def known(observations: pl.DataFrame, as_of: Month) -> pl.DataFrame:
    """The reported figures of periods up to `as_of`, with year and month as numbers."""
    last = as_of.index
    month = pl.col("period").str.slice(5).str.strip_prefix("Q").cast(pl.Int32)
    quarter = pl.col("period").str.contains("Q", literal=True)
    return (
        observations.lazy()
        .filter(pl.col("value").is_not_null() & pl.col("value").is_finite())
        .select(
            "region",
            "indicator",
            "measure",
            basis=pl.col("basis").fill_null("natural"),
            value=pl.col("value"),
            year=pl.col("period").str.slice(0, 4).cast(pl.Int32),
            month=pl.when(quarter).then(month * 3).otherwise(month),
        )
        .filter(pl.col("year") * 12 + pl.col("month") - 1 <= last)
        .filter(pl.col("year") > as_of.year - YEARS)
        .collect()
    )


def panels(
    figures: pl.DataFrame, indicators: Mapping[str, Indicator], as_of: Month, kinds: set[str]
) -> list[Panel]:
    """One panel per kind and frequency that occurs; `figures` as from `known`."""
    out = []
    codes = figures["indicator"].unique().sort().to_list()
    quarterly = [c for c in codes if (i := indicators.get(c)) and i.frequency == "quarterly"]
    first = figures["year"].min() if figures.height else None
    years = max(3, min(YEARS, as_of.year - int(first) + 1 if isinstance(first, int) else 3))
    for kind in sorted(kinds):
        own = [m for m, k in KINDS.items() if k == kind] + (
            ["month", "month_growth"] if kind == "flow" else []
        )
        mine = figures.filter(pl.col("measure").is_in(own))
        for every, part in (
            (True, mine.filter(pl.col("indicator").is_in(quarterly))),
            (False, mine.filter(~pl.col("indicator").is_in(quarterly))),
        ):
            if part.height:
                out.append(_panel(part, indicators, as_of, kind, every, years))
    return out


def _panel(
    figures: pl.DataFrame,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    kind: str,
    quarterly: bool,
    years: int,
) -> Panel:
    keys = figures.select(KEYS).unique().sort("indicator", "basis", "region")
    months = slots(kind, quarterly)

    def cube(measure: str, natural: bool = False) -> Floats:
        return _cube(figures, keys, measure, as_of, years, natural)

    level, growth = cube(LEVEL[kind]), cube(GROWTH[kind])
    basis_differs = (keys["basis"] != "natural").to_numpy()
    if basis_differs.any():  # levels are published once; only growth has several bases
        level = np.where(np.isnan(level) & basis_differs[:, None, None], cube(LEVEL[kind], True), level)
    codes = keys["indicator"].to_list()
    if kind == "flow":
        mean = np.array([(i := indicators.get(c)) is not None and i.aggregation == "mean" for c in codes])
        level = np.where(mean[:, None, None], level * np.arange(13), level)
        level = _summed(level, cube("month"))
    at = list(months)
    level, growth = level[:, :, at], growth[:, :, at]
    curve = _curves(codes, indicators, months)
    signed = _signed(level, kind == "flow")
    total = chained(np.where(signed[:, None, None], np.nan, level), growth, curve, kind == "flow")
    group = (
        keys.select(pl.struct("indicator", "basis").rank("dense")).to_series().to_numpy().astype(np.int64) - 1
    )
    region = keys["region"].rank("dense").to_numpy().astype(np.int64) - 1
    return Panel(keys, kind, months, level, growth, total, signed, group, region)


def _signed(level: Floats, cumulative: bool) -> Flags:
    """(S,) logarithms do not fit: a total of zero or less in four years, or flows often negative."""
    recent = level[:, -4:]
    falls = np.diff(recent, axis=2) < 0
    often = falls.sum((1, 2)) > 0.25 * np.maximum(np.isfinite(recent).sum((1, 2)), 1)
    return np.asarray((recent <= 0).any((1, 2)) | (often if cumulative else False))


def _cube(
    figures: pl.DataFrame, keys: pl.DataFrame, measure: str, as_of: Month, years: int, natural: bool = False
) -> Floats:
    """(S, years, 13) values of one measure; the later of two rows for the same figure counts."""
    out = np.full((keys.height, years, 13), np.nan)
    rows = keys.with_row_index("row")
    if natural:
        rows = rows.with_columns(basis=pl.lit("natural"))
    part = figures.filter(pl.col("measure") == measure).join(rows, on=KEYS)
    y = part["year"].to_numpy() - as_of.year + years - 1
    ok = y >= 0
    out[part["row"].to_numpy()[ok], y[ok], part["month"].to_numpy()[ok]] = part["value"].to_numpy()[ok]
    return out


def _summed(ytd: Floats, month: Floats) -> Floats:
    """Running totals completed from monthly figures where only those were published."""
    if np.isnan(month).all():
        return ytd
    out = ytd.copy()
    before = np.zeros(ytd.shape[:2])
    for m in range(1, 13):
        missing = np.isnan(out[:, :, m])
        out[:, :, m] = np.where(missing, before + month[:, :, m], out[:, :, m])
        # January of its own may be missing: February's figure is then 1—2月 together
        before = np.where((m == 1) & np.isnan(out[:, :, 1]), 0.0, out[:, :, m])
    return out


def _curves(codes: list[str], indicators: Mapping[str, Indicator], months: tuple[int, ...]) -> Floats:
    """(S, P) the usual cumulative share of the year; equal months where the catalogue has none."""
    flat = np.array(months) / 12
    table = {
        c: np.array([i.seasonal[m - 1] for m in months]) if (i := indicators.get(c)) and i.seasonal else flat
        for c in set(codes)
    }
    return np.array([table[c] for c in codes])


def chained(level: Floats, growth: Floats, curve: Floats, cumulative: bool) -> Floats:
    """(S, years, P) comparable running totals; see the module's first lines."""
    level = filled(np.where(level > 0, level, np.nan), zero_start=cumulative)
    ratio = np.full_like(level, np.nan)
    ratio[:, 1:] = np.log(level[:, 1:] / level[:, :-1])
    g = np.log1p(np.where((growth > -99) & (growth < 5000), growth, np.nan) / 100)
    published = np.any(np.isfinite(g), axis=2, keepdims=True)
    g = np.where(published, _between(np.where(np.isnan(g), ratio, g)), np.nan)
    out = np.full_like(level, np.nan)
    out[:, 0] = level[:, 0]
    scale = np.ones_like(level[:, 0, :1])  # of the chain against the published levels
    profile = np.maximum(curve, 1e-6) if cumulative else np.ones_like(curve)
    for y in range(1, level.shape[1]):
        chain = published[:, y]
        implied = scale * level[:, y] / np.exp(g[:, y])  # last year as the published growth has it
        known_base = np.all(np.isfinite(implied), axis=1, keepdims=True)
        start = chain & np.isnan(out[:, y - 1, -1:])
        out[:, y - 1] = np.where(start, np.where(known_base, implied, profile), out[:, y - 1])
        out[:, y] = np.where(chain, out[:, y - 1] * np.exp(g[:, y]), scale * level[:, y])
        drift = out[:, y, -1:] / level[:, y, -1:]
        scale = np.where(chain & np.isfinite(drift), drift, scale)
        profile = np.where(np.isfinite(out[:, y, -1:]), out[:, y], profile)
    return out


def filled(level: Floats, *, zero_start: bool) -> Floats:
    """Gaps inside a year closed by a straight line between the known totals; the rest stays NaN."""
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
