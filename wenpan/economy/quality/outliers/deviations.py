"""Outliers over time and peers: cells that neither their own past nor their peers explain.

Pure. A series is a unit and a measure over years and seasons (months, quarters or years). On a scale where a
factor is a distance (asinh of the value over a tenth of the series' usual size, so that signs and zeros have
a place),

    y(unit, year, season) = level(unit, year) + season(unit, season) + e,      e = common(year, season) + rest

level and season by medians in turn (Tukey's median polish), so that one wrong cell moves neither; common is
the median of e over the unit's peers in that period. A year with too few cells takes its level from the year
before it and from what its peers did. A cell is flagged where its rest is beyond `spreads` times the series'
usual one (MAD) and beyond a factor that nobody calls noise. It is a question; the expected value is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.quality.outliers.structure import end_of

Array = np.ndarray[Any, Any]
_ROUNDS = 4
_SIZE = 0.1  # of the series' median absolute value: below it, differences fade out
_NORMAL = 1.4826  # MAD of a normal distribution


@dataclass(frozen=True)
class OutlierLimits:
    """`factor`: how many times too large or too small nobody calls noise; `spreads`: of the series' own."""

    factor: float
    spreads: float
    least_cells: int  # a series with fewer says nothing
    least_in_year: int  # a year with fewer takes its level from the year before
    least_peers: int


def deviations(cells: pl.DataFrame, limits: OutlierLimits) -> pl.DataFrame:
    """`cells`: unit, measure, period, value (null: not reported), and `peers` (optional: units of one group).

    Gives unit, measure, period, value, `rest` (natural logarithm of the factor, about), `spreads` (rest over
    the series' usual one) and `direction` (high, low) of the flagged ones, the gravest first. One value a
    cell: of a cell sent twice the last counts.
    """
    table = _Table.of(cells, limits)
    if table is None:
        return cells.clear().select("unit", "measure", "period", "value").with_columns(_nothing())
    rest, spread = table.rest()
    beyond = (np.abs(rest) > np.log(limits.factor)) & (np.abs(rest) > limits.spreads * spread[:, None, None])
    at = np.argwhere(beyond & np.isfinite(rest))
    values = [float(rest[tuple(place)]) for place in at]
    found = [
        (
            *table.series[s][:2],
            table.periods[y, n],
            float(table.values[s, y, n]),
            value,
            abs(value) / float(spread[s]),
        )
        for (s, y, n), value in zip(at, values, strict=True)
    ]
    table_of_found = pl.DataFrame(
        found, orient="row",
        schema={"unit": pl.String, "measure": pl.String, "period": pl.String, "value": pl.Float64,
                "rest": pl.Float64, "spreads": pl.Float64},
    )  # fmt: skip
    direction = pl.when(pl.col("rest") > 0).then(pl.lit("high")).otherwise(pl.lit("low")).alias("direction")
    return table_of_found.with_columns(direction).sort(pl.col("rest").abs(), descending=True)


@dataclass
class _Table:
    series: list[tuple[str, str, str]]  # unit, measure, peers
    periods: Array  # years × seasons, the period's text
    values: Array  # series × years × seasons
    limits: OutlierLimits

    @classmethod
    def of(cls, cells: pl.DataFrame, limits: OutlierLimits) -> _Table | None:
        if "peers" not in cells.columns:
            cells = cells.with_columns(pl.lit("").alias("peers"))
        key = ["unit", "measure", "peers"]
        cells = cells.drop_nulls("value").unique([*key, "period"], keep="last", maintain_order=True)
        cells = cells.filter(pl.len().over(key) >= limits.least_cells)
        if cells.is_empty():
            return None
        texts = cells["period"].unique().sort().to_list()
        ends = {text: end_of(text) for text in texts}
        seasons = sorted({end.month for end in ends.values()})
        years = list(range(min(e.year for e in ends.values()), max(e.year for e in ends.values()) + 1))
        periods = np.full((len(years), len(seasons)), "", dtype=object)
        place = {}
        for text, end in ends.items():
            place[text] = (years.index(end.year), seasons.index(end.month))
            periods[place[text]] = text
        known = cells.select(key).unique(maintain_order=True)
        series = [(str(unit), str(measure), str(peers)) for unit, measure, peers in known.iter_rows()]
        number = known.with_row_index("__s")
        joined = cells.join(number, on=key, how="left", maintain_order="left")
        values = np.full((len(series), len(years), len(seasons)), np.nan)
        at = np.array([place[text] for text in joined["period"]])
        values[joined["__s"].to_numpy(), at[:, 0], at[:, 1]] = joined["value"].to_numpy()
        return cls(series, periods, values, limits)

    def rest(self) -> tuple[Array, Array]:
        """What neither the series' own past nor its peers explain, and each series' usual size of it."""
        size = np.nanmedian(np.abs(self.values), axis=(1, 2))
        size = np.where(size > 0, size, 1.0)[:, None, None] * _SIZE
        y = np.arcsinh(self.values / size)
        season = _median(y, axis=1, keep=True) - _median(y, axis=(1, 2), keep=True)
        level = np.zeros_like(season)
        for _ in range(_ROUNDS):
            level = self._levels(y - season)
            season = _median(y - level, axis=1, keep=True)
            season = season - _median(season, axis=2, keep=True)
        rest = self._without_common(y - level - season)
        rest = rest - _median(rest, axis=(1, 2), keep=True)
        spread = _NORMAL * _median(np.abs(rest), axis=(1, 2), keep=False)
        return rest, np.maximum(spread, np.log(self.limits.factor) / self.limits.spreads)

    def _levels(self, y: Array) -> Array:
        """One level a series and year: its median, or last year's where the year has too few cells of its
        own."""
        found = _median(y, axis=2, keep=False)
        few = np.isfinite(y).sum(axis=2) < min(self.limits.least_in_year, y.shape[2])
        if y.shape[2] == 1:  # yearly figures: the neighbours' level
            return _neighbours(y)
        own = np.where(few, np.nan, found)
        whole = _median(own, axis=1, keep=True)
        for year in range(own.shape[1]):
            gap = np.isnan(own[:, year])
            before = own[:, year - 1] if year else whole[:, 0]
            after = own[:, year + 1] if year + 1 < own.shape[1] else before
            own[gap, year] = np.where(
                np.isfinite(before), before, np.where(np.isfinite(after), after, whole[:, 0])
            )[gap]
        own = np.where(np.isfinite(own), own, found)
        return own[:, :, None]

    def _without_common(self, rest: Array) -> Array:
        """Less what the peers of a series did in the same period, where there are enough of them."""
        groups: dict[tuple[str, str], list[int]] = {}
        for number, (_, measure, peers) in enumerate(self.series):
            groups.setdefault((measure, peers), []).append(number)
        out = rest.copy()
        for members in groups.values():
            if len(members) >= self.limits.least_peers:
                common = _median(rest[members], axis=0, keep=False)
                out[members] = rest[members] - np.where(np.isfinite(common), common, 0.0)
        return out


def _neighbours(y: Array) -> Array:
    """Of each year the median of the two years on either side, itself left out."""
    out = np.full_like(y, np.nan)
    for year in range(y.shape[1]):
        near = [n for n in range(max(0, year - 2), min(y.shape[1], year + 3)) if n != year]
        out[:, year] = _median(y[:, near], axis=1, keep=False)
    return out


def _median(values: Array, *, axis: int | tuple[int, ...], keep: bool) -> Array:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # all missing: nan is the answer
        return np.asarray(np.nanmedian(values, axis=axis, keepdims=keep))


def _nothing() -> list[pl.Expr]:
    number, text = pl.lit(None, dtype=pl.Float64), pl.lit(None, dtype=pl.String)
    return [number.alias("rest"), number.alias("spreads"), text.alias("direction")]
