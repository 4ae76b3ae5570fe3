"""Ranks: a district's place among its rivals, and its pull on the city's figure.

Pure. Values are of one indicator, measure, basis and period. Rivals are the children of one
parent; the parent itself is not ranked. Rivals that have not reported are counted and named,
never ranked. Equal values share the better place (1, 2, 2, 4), as city bulletins print it. A place
is one among rivals, so there is none until enough of them have published (`RankRule`).

    pull = share · (own growth − city growth), in points of the city's growth, share = the
    region's level a year ago / the city's level a year ago: how much faster (slower) the city
    grows because the region does not grow like the city. Unknown without those levels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import Floats

GROUP = ("parent", "indicator", "measure", "basis", "at")
_YEAR = 13  # months in which the period before is looked for
_NOISE = 1e-9


@dataclass(frozen=True)
class RankRule:
    """When a family has published enough to be compared; both are shares from 0 to 1."""

    of_last: float = 1.0  # of those that published the period before, who must have published this one
    of_family: float = 0.5  # of all, who must have published a period for it to be the period before
    version: str = ""

    def enough(self, periods: Iterable[tuple[int, Collection[str]]], family: int) -> list[bool]:
        """For each (month of its end, who published), oldest first: have enough published?

        A period that nobody can be measured by (the first, or none in the year before) is enough.
        """
        before: Collection[str] = ()
        at_before = None
        answers = []
        for at, published in periods:
            if at_before is not None and at - at_before > _YEAR:
                before = ()
            both = len(set(published) & set(before))
            answers.append(both >= self.of_last * len(before) - _NOISE)
            if answers[-1] or len(published) >= self.of_family * family - _NOISE:
                before, at_before = published, at
        return answers


def families(regions: pl.DataFrame | None, seen: pl.Series) -> pl.DataFrame:
    """region, name, parent, place (order). Without a table of regions all that are seen are rivals."""
    if regions is None or regions.height == 0:
        names = seen.unique().sort()
        return pl.DataFrame({"region": names, "name": names}).with_columns(
            parent=pl.lit(""), place=pl.int_range(pl.len())
        )
    return regions.select(
        "region",
        pl.col("name").fill_null(pl.col("region"))
        if "name" in regions.columns
        else pl.col("region").alias("name"),
        pl.col("parent").cast(pl.String).fill_null(""),
    ).with_columns(place=pl.int_range(pl.len()))


def places(figures: pl.DataFrame, family: pl.DataFrame, indicators: Mapping[str, Indicator]) -> pl.DataFrame:
    """`figures` plus parent, family (how many there are), rank, tied (another has the same value), rivals
    (how many reported, itself included) and behind (how many are strictly worse: 0 is the last place, alone
    or shared; where all are equal nobody is last).

    A family of one has no rank. `indicators` gives the direction: for "down" the lowest is first.
    """
    down = [code for code, indicator in indicators.items() if indicator.direction == "down"]
    better = pl.when(pl.col("indicator").is_in(down)).then(-pl.col("value")).otherwise(pl.col("value"))
    size = family.group_by("parent").agg(family=pl.len())
    frame = figures.join(family.select("region", "name", "parent", "place"), on="region").join(
        size, on="parent"
    )
    frame = frame.filter(pl.col("family") > 1).with_columns(better=better)
    return (
        frame.with_columns(
            rank=pl.col("better").rank("min", descending=True).over(GROUP).cast(pl.Int32),
            rivals=pl.len().over(GROUP).cast(pl.Int32),
            tied=pl.len().over(*GROUP, "better") > 1,
            behind=(pl.len().over(GROUP) - pl.col("better").rank("max", descending=True).over(GROUP)).cast(
                pl.Int32
            ),
        )
        .with_columns(
            behind=pl.when((pl.col("rank") == 1) & (pl.col("behind") == 0))
            .then(pl.col("rivals") - 1)
            .otherwise("behind")
        )
        .drop("better", "place", "name")
    )


def complete(ranked: pl.DataFrame, rule: RankRule) -> pl.DataFrame:
    """GROUP → rivals, complete (has enough of the family published to be compared?) and placed (so much
    that there are places: one alone has none)."""
    series = [name for name in GROUP if name != "at"]
    groups = ranked.group_by(GROUP).agg("region", pl.col("family", "rivals").first()).sort(GROUP)
    answers: list[bool] = []
    for _key, part in groups.group_by(series, maintain_order=True):
        told = part.select("at", "region").iter_rows()
        answers += rule.enough(told, part["family"][0])
    return (
        groups.select(*GROUP, "rivals")
        .with_columns(complete=pl.Series(answers, dtype=pl.Boolean))
        .with_columns(placed=pl.col("complete") & (pl.col("rivals") > 1))
    )


def missing(ranked: pl.DataFrame, family: pl.DataFrame) -> pl.DataFrame:
    """GROUP → missing_rivals: names of the family that have no figure, in the order of the table."""
    reported = ranked.group_by(GROUP).agg(reported="region")
    everybody = family.sort("place").group_by("parent", maintain_order=True).agg("region", "name")
    short = reported.join(everybody, on="parent").filter(
        pl.col("reported").list.len() < pl.col("region").list.len()
    )
    return (
        short.explode("region", "name")
        .filter(~pl.col("region").is_in(pl.col("reported")))
        .group_by(GROUP, maintain_order=True)
        .agg(missing_rivals="name")
    )


def rank_table(values: Mapping[str, float | None], direction: str = "up") -> dict[str, int | None]:
    """Ranks of one set of values: equal values share the better place; None is not ranked."""
    sign = -1 if direction == "down" else 1
    known = sorted(sign * value for value in values.values() if value is not None)
    return {
        name: None if value is None else 1 + len(known) - bisect_right(known, sign * value)
        for name, value in values.items()
    }


def pull(own_growth: Any, city_growth: Any, own_base: Any, city_base: Any) -> Floats:
    """(N,) points; NaN where a growth or a base is missing or the city's base is not positive."""
    own, city = np.asarray(own_growth, dtype=np.float64), np.asarray(city_growth, dtype=np.float64)
    base, whole = np.asarray(own_base, dtype=np.float64), np.asarray(city_base, dtype=np.float64)
    with np.errstate(all="ignore"):
        share = np.where((whole > 0) & (base >= 0), base / whole, np.nan)
    return np.asarray(share * (own - city), dtype=np.float64)
