"""Damage to a table of returns that no value shows: records missing, sent twice, emptied, or last month's
sent again.

Pure. `cells`: unit, measure, period, value (null: the record is there, its value is not). Each finding is a
row: unit, measure, period, `damage`. A record is missing where its unit reports the measure in other periods
before and after, or its peers report in that period; a unit that has begun later or ended is not missing.
"""

from __future__ import annotations

import re

import polars as pl

from wenpan.economy.time.periods import Month, parse_period

MISSING, DOUBLED, EMPTIED, REPEATED = "missing", "doubled", "emptied", "repeated"
_HABIT = 0.5
_YEAR = re.compile(r"\d{4}")
_KEY = ["unit", "measure", "period"]
_SCHEMA = {"unit": pl.String, "measure": pl.String, "period": pl.String, "damage": pl.String}


def damages(cells: pl.DataFrame, until: str | None = None) -> pl.DataFrame:
    """`until`: the period for which returns are due; a unit that has nothing for it is missing then, too."""
    if cells.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    cells = cells.select(*_KEY, "value").with_columns(_order(cells["period"]))
    parts = [
        _named(_missing(cells, until), MISSING),
        _named(cells.filter(pl.len().over(_KEY) > 1).unique(_KEY), DOUBLED),
        _named(cells.filter(pl.col("value").is_null()).unique(_KEY), EMPTIED),
        _named(_repeated(cells), REPEATED),
    ]
    return pl.concat(parts).sort("unit", "measure", "period", "damage")


def end_of(period: str) -> Month:
    """The month in which a month, a quarter or a whole year ("2022") ends."""
    return Month(int(period), 12) if _YEAR.fullmatch(period) else parse_period(period).end


def _order(periods: pl.Series) -> pl.Series:
    index = {text: end_of(text).index for text in periods.unique()}
    return periods.replace_strict(index, return_dtype=pl.Int32).alias("at")


def _missing(cells: pl.DataFrame, until: str | None) -> pl.DataFrame:
    """The periods in which any unit reports the measure, between a unit's own first and last."""
    due = cells.select("measure", "period", "at").unique()
    last = end_of(until).index if until is not None else None
    span = cells.group_by("unit", "measure").agg(
        pl.col("at").min().alias("first"), pl.col("at").max().alias("last")
    )
    if last is not None:
        span = span.with_columns(pl.lit(last, dtype=pl.Int32).alias("last"))
    wanted = span.join(due, on="measure").filter(pl.col("at").is_between("first", "last"))
    return wanted.join(cells, on=_KEY, how="anti")


def _repeated(cells: pl.DataFrame) -> pl.DataFrame:
    """Periods in which all of a unit's values (three at least, not all zero) are those of the period
    before."""
    held = cells.drop_nulls("value").unique(_KEY, keep="last", maintain_order=True).sort("at")
    mine = ["unit", "measure"]
    held = held.with_columns(
        pl.col("value").shift(1).over(mine, order_by="at").alias("before"),
        (pl.col("at") - pl.col("at").shift(1).over(mine, order_by="at")).alias("step"),
    )
    usual = held["step"].drop_nulls().min()
    whole = held.group_by("unit", "period").agg(
        ((pl.col("value") == pl.col("before")) & (pl.col("step") == usual))
        .fill_null(False)
        .all()
        .alias("same"),
        pl.len().alias("count"),
        pl.col("value").abs().max().alias("largest"),
    )
    months = whole["period"].unique()
    season = months.replace_strict({text: end_of(text).month for text in months}, return_dtype=pl.Int32)
    whole = whole.join(pl.DataFrame({"period": months, "season": season}), on="period", how="left")
    habit = (pl.col("same").sum() / pl.len()).over(
        "unit", "season"
    )  # some units always stand still in that month
    usual_here = (pl.len().over("unit", "season") > 1) & (habit >= _HABIT)
    same = whole.filter(pl.col("same") & (pl.col("count") >= 3) & (pl.col("largest") > 0) & ~usual_here)
    return same.with_columns(pl.lit("").alias("measure"))


def _named(found: pl.DataFrame, damage: str) -> pl.DataFrame:
    return found.select(*_KEY, pl.lit(damage).alias("damage")).cast(_SCHEMA)  # type: ignore[arg-type]
