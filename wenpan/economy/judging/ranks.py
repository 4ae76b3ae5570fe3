"""Ranks: a district's place among its rivals, and its pull on the city's figure.

Pure. Values are of one indicator, measure, basis and period. Rivals are the children of one
parent; the parent itself is not ranked. Rivals that have not reported are counted and named,
never ranked. Equal values share the better place (1, 2, 2, 4), as city bulletins print it.

    pull = share · (own growth − city growth), in points of the city's growth, share = the
    region's level a year ago / the city's level a year ago: how much faster (slower) the city
    grows because the region does not grow like the city. Unknown without those levels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import Floats

GROUP = ("parent", "indicator", "measure", "basis", "at")


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
    """`figures` plus parent, rank, tied (another has the same value) and rivals (how many reported, itself
    included).

    A family of one has no rank. `indicators` gives the direction: for "down" the lowest is first.
    """
    down = [code for code, indicator in indicators.items() if indicator.direction == "down"]
    better = pl.when(pl.col("indicator").is_in(down)).then(-pl.col("value")).otherwise(pl.col("value"))
    size = family.group_by("parent").agg(size=pl.len())
    frame = figures.join(family.select("region", "name", "parent", "place"), on="region").join(
        size, on="parent"
    )
    frame = frame.filter(pl.col("size") > 1).with_columns(better=better)
    return frame.with_columns(
        rank=pl.col("better").rank("min", descending=True).over(GROUP).cast(pl.Int32),
        rivals=pl.len().over(GROUP).cast(pl.Int32),
        tied=pl.len().over(*GROUP, "better") > 1,
    ).drop("better", "place", "size", "name")


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
