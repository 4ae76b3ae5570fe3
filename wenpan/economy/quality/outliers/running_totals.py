"""Running totals that leave the way between what was reported before and after.

Pure. A cumulative amount never falls, so that the medians of the three values before and of the three after
are a corridor which a right value cannot leave, and which one wrong neighbour does not move:

    median(c[t-3…t-1]) ≤ c[t] ≤ median(c[t+1…t+3])

A cell is flagged where it is beyond `factor` of an end, or negative. Fewer than three values are no
end, since one of them may be the wrong one: the first cells are held against those before them that are not
too high themselves, and among the newest three a step is flagged that is more than
`steps` times the largest of the twelve before it and takes the value beyond `factor`. Who is asked is shown
what was reported around it, never what would be right.
"""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.outliers.structure import REPEATED, damages

HIGH, LOW, NEGATIVE = "high", "low", "negative"
_SCHEMA = {
    "unit": pl.String, "period": pl.String, "value": pl.Float64, "before": pl.Float64, "after": pl.Float64,
    "kind": pl.String,
}  # fmt: skip


def out_of_line(cells: pl.DataFrame, factor: float = 1.25, steps: float = 4.0) -> pl.DataFrame:
    """`cells`: unit, period (2022-09), value (null: not reported). Gives unit, period, value, before, after
    (as reported next to it, null at the ends) and kind, the newest periods first. A unit with fewer than four
    values says nothing."""
    if cells.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    held = cells.drop_nulls("value").unique(["unit", "period"], keep="last", maintain_order=True)
    held = held.sort("unit", "period").filter(pl.len().over("unit") >= 4)
    value = pl.col("value")
    back = [value.shift(n).over("unit") for n in (1, 2, 3)]
    ahead = [value.shift(-n).over("unit") for n in (1, 2, 3)]
    rise = (value - value.shift(1).over("unit")).clip(lower_bound=0)
    usual = rise.shift(1).rolling_max(12, min_samples=3).over("unit")
    found = held.with_columns(
        back[0].alias("before"), ahead[0].alias("after"), usual.alias("usual"),
        pl.concat_list(back).list.median().alias("low"), pl.concat_list(ahead).list.median().alias("high"),
        back[2].is_null().alias("oldest"), ahead[2].is_null().alias("newest"),
    )  # fmt: skip
    base = pl.max_horizontal("before", "low")
    sudden = pl.col("newest") & (value - base > steps * pl.col("usual")) & (value > factor * base)
    found = found.with_columns(
        ((value > pl.col("high") * factor) & (pl.col("high") >= 0) & ~pl.col("newest")).alias("too_high")
    )
    misled = pl.col("oldest") & pl.any_horizontal(
        pl.col("too_high").shift(n).over("unit").fill_null(False) for n in (1, 2)
    )
    low = (value < pl.col("low") / factor) & (pl.col("low") > 0) & ~misled
    kind = (
        pl.when(value < 0).then(pl.lit(NEGATIVE))
        .when(low).then(pl.lit(LOW))
        .when(pl.col("too_high") | sudden).then(pl.lit(HIGH))
    )  # fmt: skip
    found = found.with_columns(kind.alias("kind")).drop_nulls("kind")
    found = found.sort(["period", "unit"], descending=[True, False])
    return found.select(list(_SCHEMA)).cast(_SCHEMA)  # type: ignore[arg-type]


def sent_twice(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells`: group (who reports), unit, period, value. Gives group and period in which all of a group's
    values are those of the month before (three at least, not all zero)."""
    if cells.is_empty():
        return pl.DataFrame(schema={"group": pl.String, "period": pl.String})
    reporters = cells.select(
        pl.col("group").alias("unit"), pl.col("unit").alias("measure"), "period", "value"
    )
    same = damages(reporters).filter(pl.col("damage") == REPEATED)
    found = same.select(pl.col("unit").alias("group"), "period")
    return found.sort("period", "group", descending=[True, False])
