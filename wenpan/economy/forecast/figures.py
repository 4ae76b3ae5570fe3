"""The ledger's frame as plain arrays, indicator by indicator.

Pure. One pass over the frame drops what is not reported or lies after the origin, numbers the series
(a region on one basis) and cuts by indicator; from there on all is array work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from wenpan.economy.figures.indicators import Measure
from wenpan.economy.forecast.year_end import Floats, Ints
from wenpan.economy.time.periods import Month, parse_period

YEARS = 12  # history that is looked at
SERIES = ["indicator", "basis", "region"]
Names = npt.NDArray[np.object_]
Known = tuple[pl.DataFrame, pl.DataFrame]  # what `known_figures` gives
_NUMBER = {measure.value: i for i, measure in enumerate(Measure)}


@dataclass(frozen=True)
class Figures:
    """One indicator's figures. Series stand in the order of basis and region; `first` is the number
    of the first of them among all series of the frame."""

    code: str
    first: int
    regions: Names  # (S,)
    bases: Names  # (S,)
    series: Ints  # (n,) which of them a figure belongs to
    measure: Ints
    year: Ints
    month: Ints
    value: Floats

    def has(self, measures: list[str]) -> bool:
        return bool(np.isin(self.measure, [_NUMBER[m] for m in measures]).any())

    def cube(self, measure: str, last_year: int, years: int) -> Floats:
        """(S, years, 13) values of one measure; of two rows for the same figure the later counts."""
        out = np.full((len(self.regions), years, 13), np.nan)
        at = self.measure == _NUMBER[measure]
        out[self.series[at], self.year[at] - last_year + years - 1, self.month[at]] = self.value[at]
        return out


def known_figures(observations: pl.DataFrame, as_of: Month) -> Known:
    """The reported figures of periods up to `as_of` (value, measure, end, series), sorted by series, later
    versions last; and the series: indicator, basis, region, series (their number)."""
    ends = {p: parse_period(p).end for p in observations["period"].unique() if p is not None}
    looked_at = {p: e for p, e in ends.items() if e <= as_of and e.year > as_of.year - YEARS}
    frame = observations.filter(
        pl.col("period").is_in(list(looked_at)) & pl.col("value").is_not_null() & pl.col("value").is_finite()
    ).with_columns(pl.col("basis").fill_null("natural"))
    number = pl.lit(0, dtype=pl.Int64)
    codes: dict[str, pl.Series] = {}
    for name in SERIES:
        codes[name] = frame[name].unique().sort()
        number = number * len(codes[name]) + pl.col(name).cast(pl.Enum(codes[name])).to_physical()
    frame = frame.select(
        pl.col("value").cast(pl.Float64),
        measure=pl.col("measure").replace_strict(_NUMBER, return_dtype=pl.Int64),
        end=pl.col("period").replace_strict(
            {p: e.index for p, e in looked_at.items()}, return_dtype=pl.Int64
        ),
        number=number,
    ).sort("number", maintain_order=True)
    names = _names(frame["number"].unique(maintain_order=True), codes)
    return frame.with_columns(series=pl.col("number").rle_id().cast(pl.Int64)).drop("number"), names


def _names(number: pl.Series, codes: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Indicator, basis and region of each number, and which it is among them."""
    columns = {}
    for name in reversed(SERIES):
        columns[name] = codes[name].gather(number % max(len(codes[name]), 1))
        number = number // max(len(codes[name]), 1)
    series = pl.Series("series", range(len(number)), dtype=pl.Int64)
    return pl.DataFrame([*(columns[name].alias(name) for name in SERIES), series])


def without(figures: pl.DataFrame, names: pl.DataFrame, regions: Collection[str]) -> Known:
    """What `known_figures` gives where these regions have no figures."""
    gone = names["region"].is_in(list(regions))
    if not gone.any():
        return figures, names
    kept = figures.filter(~gone.gather(figures["series"]))
    left = names.filter(~gone).with_columns(series=pl.int_range(pl.len(), dtype=pl.Int64))
    return kept.with_columns(series=pl.col("series").rle_id().cast(pl.Int64)), left


def by_indicator(figures: pl.DataFrame, names: pl.DataFrame) -> Iterator[Figures]:
    """The figures of each indicator; the frames as from `known`."""
    if figures.is_empty():
        return
    codes = names["indicator"].to_numpy()
    regions, bases = (names[c].to_numpy().astype(object) for c in ("region", "basis"))
    arrays = [figures[c].to_numpy() for c in ("series", "measure", "end", "value")]
    cuts = np.r_[0, np.flatnonzero(codes[1:] != codes[:-1]) + 1, len(codes)]
    rows = np.atleast_1d(np.searchsorted(arrays[0], cuts))
    for i in range(len(cuts) - 1):
        a, b = int(cuts[i]), int(cuts[i + 1])
        series, measure, end, value = (x[int(rows[i]) : int(rows[i + 1])] for x in arrays)
        yield Figures(
            str(codes[a]), a, regions[a:b], bases[a:b], series - a, measure, end // 12, end % 12 + 1, value
        )
