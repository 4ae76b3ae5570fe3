"""Series: observations as frames and as arrays; levels ↔ growth, year to date ↔ month.

Pure. An observation is region, indicator, period, measure, basis, value (null: not reported),
released. Here `at` is the month index of a period's end (`Month.index`), a quarter standing in its
third month. Growth that is published is never recomputed; where a region's indicator has no
published growth at all it is worked out from levels, 100·(level / level a year before − 1), and
marked as computed. A base of zero or below (a loss) gives no growth.
"""

from __future__ import annotations

import calendar
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from wenpan.economy.time.periods import Month

Floats = npt.NDArray[np.float64]

KEYS = ("region", "indicator", "measure", "basis")
LEVEL_OF = {"ytd_growth": "ytd", "balance_growth": "balance", "month_growth": "month"}
GROWTH_OF = {level: growth for growth, level in LEVEL_OF.items()}


def month_index(column: str = "period") -> pl.Expr:
    """`2022-09` and `2022-Q3` → Month.index of the period's end (Int32); null for anything else."""
    text = pl.col(column)
    year = text.str.slice(0, 4).cast(pl.Int32, strict=False)
    quarterly = text.str.slice(5, 1) == "Q"
    part = text.str.slice(5).str.strip_prefix("Q").cast(pl.Int32, strict=False)
    return (year * 12 + pl.when(quarterly).then(part * 3).otherwise(part) - 1).cast(pl.Int32)


def round_of(as_of: Month) -> date:
    """The last day on which figures of `as_of` come out: the end of the month after it."""
    after = as_of.plus(1)
    return date(after.year, after.month, calendar.monthrange(after.year, after.month)[1])


def known_by(observations: pl.DataFrame, as_of: Month, known_on: date | None = None) -> pl.DataFrame:
    """What was out in the round of `as_of`: periods up to it, released (where given) by its end.

    `known_on` sets another day. Adds `at`; rows without a value are dropped: not reported is not
    zero. Versions of one figure stay side by side, see `one_version`.
    """
    frame = observations.with_columns(at=month_index()) if "at" not in observations.columns else observations
    frame = frame.filter((pl.col("at") <= as_of.index) & pl.col("value").is_not_null())
    if "basis" in frame.columns:
        frame = frame.with_columns(pl.col("basis").fill_null("natural"))
    else:
        frame = frame.with_columns(basis=pl.lit("natural"))
    if "released" in frame.columns and frame["released"].null_count() < frame.height:
        limit = known_on or round_of(as_of)
        frame = frame.filter(pl.col("released").is_null() | (pl.col("released") <= limit))
    return frame


def one_version(frame: pl.DataFrame) -> pl.DataFrame:
    """One row per figure: of several versions the one released last, else the one that stands last."""
    if "released" in frame.columns and frame["released"].null_count() < frame.height:
        frame = frame.sort("released", nulls_last=False, maintain_order=True)
    return frame.unique(subset=[*KEYS, "at"], keep="last", maintain_order=True)


def one_period_each(observations: pl.DataFrame) -> bool:
    """Has no indicator figures of months and of quarters both (`period`)? Where one has, as after its
    frequency was changed, 2022-09 and 2022-Q3 are two versions of one figure."""
    quarterly = pl.col("period").str.slice(5, 1) == "Q"
    codes = observations.filter(quarterly)["indicator"].unique()
    return observations.filter(~quarterly & pl.col("indicator").is_in(codes.implode())).is_empty()


def growth_from_levels(levels: pl.DataFrame) -> pl.DataFrame:
    """Rows of growth (measure renamed, `computed` true) from rows of levels; same keys and `at`.

    growth = 100·(v(t) / v(t−12) − 1), only where v(t−12) > 0.
    """
    base = levels.select(*KEYS, at=pl.col("at") + 12, base=pl.col("value"))
    return (
        levels.select(*KEYS, "at", "value")
        .join(base, on=[*KEYS, "at"])
        .filter(pl.col("base") > 0)
        .with_columns(
            value=(pl.col("value") / pl.col("base") - 1) * 100,
            measure=pl.col("measure").replace(GROWTH_OF),
            computed=pl.lit(value=True),
        )
        .drop("base")
    )


def with_summed_months(figures: pl.DataFrame) -> pl.DataFrame:
    """`figures`, with cumulative amounts (`computed`) of indicators that publish months only.

    January is the first month of a sum, or February where January is not published (it holds both);
    a gap ends the sums of that year.
    """
    plain = figures.select(*KEYS, "at", "value", computed=pl.lit(value=False))
    cumulative = plain.filter(pl.col("measure") == "ytd").select("indicator").unique()
    months = plain.filter(pl.col("measure") == "month").join(cumulative, on="indicator", how="anti")
    if not months.height:
        return plain
    year = ["region", "indicator", "basis", "year"]
    sums = (
        months.sort(*KEYS, "at")
        .with_columns(year=pl.col("at") // 12, number=pl.col("at") % 12 + 1)
        .with_columns(
            value=pl.col("value").cum_sum().over(year),
            first=pl.col("number").first().over(year),
            count=pl.col("number").cum_count().over(year).cast(pl.Int32),
        )
        .filter((pl.col("first") <= 2) & (pl.col("number") - pl.col("first") + 1 == pl.col("count")))
        .with_columns(measure=pl.lit("ytd"), computed=pl.lit(value=True))
    )
    return pl.concat([plain, sums.select(plain.columns)])


def with_computed_growth(figures: pl.DataFrame) -> pl.DataFrame:
    """`figures` (with `computed`) plus growth worked out where an indicator publishes none for anybody.

    Decided per indicator and growth measure over all regions and bases, because a computed growth
    can neither be ranked with the published (comparable) growth of another region nor stand in for
    the published growth of another basis.
    """
    published = figures.filter(pl.col("measure").str.ends_with("_growth"))
    keys = published.select("indicator", "measure").unique()
    levels = figures.filter(pl.col("measure").is_in(list(GROWTH_OF)))
    alone = levels.with_columns(growth=pl.col("measure").replace(GROWTH_OF)).join(
        keys, left_on=["indicator", "growth"], right_on=["indicator", "measure"], how="anti"
    )
    plain = figures.select(*KEYS, "at", "value", "computed")
    return pl.concat([plain, growth_from_levels(alone).select(plain.columns)])


def windows(figures: pl.DataFrame, wanted: pl.DataFrame, width: int) -> Floats:
    """(N, width) the last `width` months of each wanted series up to its own `at`, newest last.

    `wanted` has the four keys and `at`, one row each; months without a figure are NaN.
    """
    out = np.full((wanted.height, width), np.nan)
    rows = wanted.select(*KEYS, end="at").with_row_index("row")
    hits = (
        figures.select(*KEYS, "at", "value")
        .join(rows, on=list(KEYS))
        .with_columns(column=pl.col("at") - pl.col("end") + width - 1)
        .filter((pl.col("column") >= 0) & (pl.col("column") < width))
    )
    out[hits["row"].to_numpy(), hits["column"].to_numpy()] = hits["value"].to_numpy()
    return out


def base_of(level: float, growth: float) -> float | None:
    """Last year's comparable base that a level and its published growth imply; None at −100 % or less."""
    return level / (1 + growth / 100) if growth > -100 else None
