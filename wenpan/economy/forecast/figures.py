"""The ledger's frame as plain arrays, indicator by indicator.

Pure. One pass over the frame drops what is not reported or lies after the origin, numbers the series
(a region on one basis) and cuts by indicator; from there on all is array work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenpan.economy.forecast.year_end import Floats, Ints
from wenpan.economy.indicators import Measure
from wenpan.economy.periods import Month

YEARS = 16  # history that is looked at
SERIES = ["indicator", "basis", "region"]
_NUMBER = {measure.value: i for i, measure in enumerate(Measure)}


@dataclass(frozen=True)
class Figures:
    """One indicator's figures. Series stand in the order of basis and region; `first` is the number
    of the first of them among all series of the frame."""

    code: str
    first: int
    regions: np.ndarray[tuple[int], np.dtype[np.object_]]  # (S,)
    bases: np.ndarray[tuple[int], np.dtype[np.object_]]  # (S,)
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


def known(observations: pl.DataFrame, as_of: Month) -> pl.DataFrame:
    """The reported figures of periods up to `as_of`, sorted by series, later versions last."""
    month = pl.col("period").str.slice(5).str.strip_prefix("Q").cast(pl.Int64)
    quarter = pl.col("period").str.contains("Q", literal=True)
    return (
        observations.lazy()
        .filter(pl.col("value").is_not_null() & pl.col("value").is_finite())
        .select(
            "indicator",
            pl.col("basis").fill_null("natural"),
            "region",
            pl.col("value").cast(pl.Float64),
            measure=pl.col("measure").replace_strict(_NUMBER, return_dtype=pl.Int64),
            year=pl.col("period").str.slice(0, 4).cast(pl.Int64),
            month=pl.when(quarter).then(month * 3).otherwise(month),
        )
        .filter(pl.col("year") * 12 + pl.col("month") - 1 <= as_of.index)
        .filter(pl.col("year") > as_of.year - YEARS)
        .sort(SERIES, maintain_order=True)
        .with_columns(series=pl.struct(SERIES).rle_id().cast(pl.Int64))
        .collect()
    )


def series_of(figures: pl.DataFrame) -> pl.DataFrame:
    """indicator, basis, region, series: one row per series, in the order of their numbers."""
    return figures.select(*SERIES, "series").unique(subset="series", keep="first", maintain_order=True)


def by_indicator(figures: pl.DataFrame) -> Iterator[Figures]:
    """The figures of each indicator; `figures` as from `known`."""
    if figures.is_empty():
        return
    names = series_of(figures)
    codes = names["indicator"].to_numpy()
    regions, bases = (names[c].to_numpy().astype(object) for c in ("region", "basis"))
    arrays = [figures[c].to_numpy() for c in ("series", "measure", "year", "month", "value")]
    cuts = np.r_[0, np.flatnonzero(codes[1:] != codes[:-1]) + 1, len(codes)]
    rows = np.searchsorted(arrays[0], cuts).tolist()
    for i in range(len(cuts) - 1):
        a, b = int(cuts[i]), int(cuts[i + 1])
        series, *rest = (x[rows[i] : rows[i + 1]] for x in arrays)
        yield Figures(str(codes[a]), a, regions[a:b], bases[a:b], series - a, *rest)
