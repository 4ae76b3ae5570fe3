"""The ledger's frame as plain arrays, indicator by indicator.

Pure. One pass over the frame drops what is not reported or lies after the origin, numbers the series
(a region on one basis) and cuts by indicator; from there on all is array work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def _occurring(self) -> frozenset[str]:
        count = np.bincount(self.measure, minlength=len(_NUMBER))
        return frozenset(name for name, i in _NUMBER.items() if count[i])

    def has(self, measures: Iterable[str]) -> bool:
        return not self._occurring.isdisjoint(measures)

    def cube(self, measure: str, last_year: int, years: int) -> Floats:
        """(S, years, 13) values of one measure; of two rows for the same figure the later counts."""
        out = np.full((len(self.regions), years, 13), np.nan)
        if not self.has([measure]):
            return out
        at = self.measure == _NUMBER[measure]
        out[self.series[at], self.year[at] - last_year + years - 1, self.month[at]] = self.value[at]
        return out


def known_figures(observations: pl.DataFrame, as_of: Month) -> Known:
    """The reported figures of periods up to `as_of` (value, measure, end, series), sorted by series, later
    versions last; and the series: indicator, basis, region, series (their number)."""
    frame = (
        observations.with_columns(end=_end_looked_at(observations, as_of))
        .filter(pl.col("end").is_not_null() & pl.col("value").is_finite().fill_null(False))
        .with_columns(pl.col("basis").fill_null("natural"))
    )
    run = frame.select(pl.struct(SERIES).rle_id()).to_series()  # figures of a series mostly stand together
    first = frame.select(SERIES).filter(run != run.shift(1, fill_value=2**32 - 1))
    number = pl.lit(0, dtype=pl.Int64)
    for name, every in zip(SERIES, first.select(pl.all().unique().sort().implode()).row(0), strict=True):
        number = number * len(every) + pl.col(name).cast(pl.Enum(every)).to_physical()
    first = first.with_columns(number=number)
    frame = frame.select(
        pl.col("value").cast(pl.Float64),
        "end",
        measure=pl.col("measure").replace_strict(_NUMBER, return_dtype=pl.Int64),
        series=first["number"].gather(run),
    )
    if not frame["series"].is_sorted():
        frame = frame.sort("series", maintain_order=True)
    frame = frame.with_columns(pl.col("series").rle_id().cast(pl.Int64))
    names = first.unique("number").sort("number").select(*SERIES)
    return frame, names.with_columns(series=pl.int_range(pl.len(), dtype=pl.Int64))


def _end_looked_at(observations: pl.DataFrame, as_of: Month) -> pl.Expr:
    """`Month.index` of the period's end, as the column `at` has it where it stands; null if not looked at."""
    first, last = (as_of.year - YEARS + 1) * 12, as_of.index
    if "at" in observations.columns:
        at = pl.col("at").cast(pl.Int64)
        return pl.when(at.is_between(first, last)).then(at)
    ends = {p: parse_period(p).end.index for p in observations["period"].unique() if p is not None}
    looked_at = {p: end for p, end in ends.items() if first <= end <= last}
    return pl.col("period").replace_strict(looked_at, default=None, return_dtype=pl.Int64)


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
