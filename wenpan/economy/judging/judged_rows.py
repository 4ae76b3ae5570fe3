"""Which rows are judged: region × indicator × target, each with the period it is judged at.

Pure. An indicator is judged at the period that should be out with the figures of `as_of`
(`periods.expected_period`): August for a service indicator in September, the third quarter in
October. A target counts when its year is that period's year.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import GROWTH_OF, LEVEL_OF
from wenpan.economy.time.periods import Month, expected_period

_DEFAULTS: dict[str, pl.Expr] = {
    "target_id": pl.concat_str(pl.lit("T"), pl.int_range(1, pl.len() + 1).cast(pl.String)),
    "basis": pl.lit(None, dtype=pl.String),
    "comparison": pl.lit(None, dtype=pl.String),
    "set_by": pl.lit("", dtype=pl.String),
    "schedule": pl.lit("linear", dtype=pl.String),
    "curve": pl.lit([], dtype=pl.List(pl.Float64)),
    "excuse": pl.lit(None, dtype=pl.String),
}


def judged_rows(
    targets: pl.DataFrame,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    *,
    only_regions: Collection[str] | None,
    untargeted_regions: Collection[str] = (),
) -> pl.DataFrame:
    """One row per target in force, in the order given; then one per region and indicator without a
    target for `untargeted_regions`, on the indicator's headline measure.

    Columns: those of targets, with at, period, month, year and the indicator's direction,
    frequency, aggregation; `level_measure` and `growth_measure` are the two sides of the measure.
    """
    rows = targets.with_columns(**{k: v for k, v in _DEFAULTS.items() if k not in targets.columns})
    if only_regions is not None:
        rows = rows.filter(pl.col("region").is_in(list(only_regions)))
    table = _indicator_table({**_plain(rows["indicator"], indicators), **indicators}, as_of)
    rows = rows.select(
        "target_id", "region", "indicator", pl.col("year").cast(pl.Int32), "measure", "basis", "comparison",
        pl.col("value").cast(pl.Float64).alias("target"), "set_by", "schedule",
        pl.col("curve").cast(pl.List(pl.Float64)), "excuse",
    ).join(table, on="indicator", maintain_order="left")  # fmt: skip
    rows = rows.filter(pl.col("year") == pl.col("year_judged"))
    if untargeted_regions:
        rows = pl.concat([rows, _untargeted(rows, table, untargeted_regions)], how="diagonal_relaxed")
    better = pl.when(pl.col("direction") == "down").then(pl.lit("<=")).otherwise(pl.lit(">="))
    return rows.with_columns(
        year="year_judged",
        comparison=pl.coalesce("comparison", better),
        schedule=pl.col("schedule").fill_null("linear"),
        level_measure=pl.col("measure").replace(LEVEL_OF),
        growth_measure=pl.col("measure").replace(GROWTH_OF),
        growing=pl.col("measure").str.ends_with("_growth"),
    ).drop("year_judged")


_PREFERRED = {"natural": 0, "comparable": 1, "refund_adjusted": 2}


def with_bases(rows: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Settles `basis` where the target names none, and `growth_basis`, the basis of the growth behind it.

    The indicator's own basis, unless growth is published on another one only (comparable growth
    beside natural levels): then that one, because published growth is not recomputed.
    """
    published = (
        figures.filter(pl.col("measure").str.ends_with("_growth"))
        .select("indicator", growth_measure="measure", published="basis")
        .unique()
        .sort(pl.col("published").replace_strict(_PREFERRED, default=9), "published")
        .group_by("indicator", "growth_measure", maintain_order=True)
        .agg("published")
    )
    wanted = pl.coalesce("basis", "own_basis")
    growth = (
        pl.when(pl.col("published").list.contains(wanted))
        .then(wanted)
        .otherwise(pl.col("published").list.first())
    )
    return (
        rows.join(published, on=["indicator", "growth_measure"], how="left", maintain_order="left")
        .with_columns(
            basis=pl.coalesce("basis", pl.when("growing").then(growth), "own_basis"), growth_basis=growth
        )
        .with_columns(
            growth_basis=pl.when("growing").then("basis").otherwise(pl.coalesce("growth_basis", "basis"))
        )
        .drop("published", "own_basis")
    )


def _plain(codes: pl.Series, indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """An indicator that no catalogue knows is monthly, more is better, and called by its code."""
    return {code: Indicator(code, code) for code in codes.unique() if code not in indicators}


def _indicator_table(indicators: Mapping[str, Indicator], as_of: Month) -> pl.DataFrame:
    periods = [expected_period(i.frequency, i.lag_months, as_of) for i in indicators.values()]
    return pl.DataFrame(
        {
            "indicator": list(indicators),
            "period": [str(period) for period in periods],
            "at": pl.Series([period.end.index for period in periods], dtype=pl.Int32),
            "month": pl.Series([period.end.month for period in periods], dtype=pl.Int32),
            "year_judged": pl.Series([period.year for period in periods], dtype=pl.Int32),
            "direction": [i.direction for i in indicators.values()],
            "frequency": [i.frequency for i in indicators.values()],
            "aggregation": [i.aggregation for i in indicators.values()],
            "headline": [str(i.headline) for i in indicators.values()],
            "own_basis": [i.basis for i in indicators.values()],
        },
    )


def _untargeted(rows: pl.DataFrame, table: pl.DataFrame, regions: Collection[str]) -> pl.DataFrame:
    every = pl.DataFrame({"region": list(regions)}).join(table, how="cross")
    return every.join(
        rows.select("region", "indicator"), on=["region", "indicator"], how="anti"
    ).with_columns(measure="headline", basis="own_basis", set_by=pl.lit(""))
