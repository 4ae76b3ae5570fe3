"""Judgement: gap, rank, pace still needed, forecast and light of every target, with reasons.

Pure. Growths and shares are in percent, gaps between growths in points. For all rows at once:

    gap           growth: actual − target, points; level: 100·(actual / due − 1), percent of schedule
    due           sum: target·share; balance: B₀ + (target − B₀)·share, B₀ last December's; mean: target
    schedule_gap  growth: as gap; level: 100·(actual − due) / target, points of progress
    needed        growth: (G − S·g)/(1 − S), S last year's share so far; amount: (T − actual)/months left
    pull          base-year share of the city · (own growth − city growth), points of the city's growth

`gap` has the sign of actual − target; for a "<=" target a positive gap is bad. Rank, city, versus_city
and pull refer to growth: for a level target to the growth of that level, where there is one. What
is not reported is UNKNOWN, never green. Figures after `as_of` are not read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import (
    KEYS,
    Floats,
    known_by,
    one_version,
    windows,
    with_computed_growth,
    with_summed_months,
)
from wenpan.economy.judging import pace, ranks
from wenpan.economy.judging.columns import JUDGED
from wenpan.economy.judging.judged_rows import judged_rows, with_bases
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.judging.reasons import Judge
from wenpan.economy.judging.target_probability import Forecaster, year_end_of
from wenpan.economy.time.periods import Month

_WIDTH = 49  # months of history behind each row: three whole years and the one under way
_NEVER = np.nan


def judge(
    observations: pl.DataFrame,
    targets: pl.DataFrame,
    *,
    indicators: Mapping[str, Indicator],
    regions: pl.DataFrame | None,
    as_of: Month,
    rules: RuleSet,
    only_regions: Collection[str] | None = None,
    forecaster: Forecaster | None = None,
    with_untargeted: bool = False,
    known_on: date | None = None,
    rank_rule: ranks.RankRule | None = None,
    one_version_each: bool = False,
) -> pl.DataFrame:
    """One row per region × indicator × target of the year; schema `JUDGED`, order of `targets`.

    `observations` region, indicator, period, measure, basis, value, released; `targets` region,
    indicator, year, measure, value and, optional, target_id, basis, comparison, set_by, schedule,
    curve, excuse (text that may hold a light). `regions` region, name, parent; None: all are rivals.
    `only_regions` limits what is judged, not who is ranked. `with_untargeted` adds a row for each
    region and indicator without a target. Figures count when released by the end of the month
    after `as_of`, or by `known_on`. `rank_rule`: when enough rivals have published for a place, a
    distance to the city and a pull to be said at all. `one_version_each`: the caller knows that no
    figure stands in several versions, and none is looked for. Missing inputs give null, never an error.
    """
    family = ranks.families(regions, observations["region"])
    everybody = list(only_regions) if only_regions is not None else family["region"].to_list()
    rows = judged_rows(
        targets, indicators, as_of,
        only_regions=only_regions, untargeted_regions=everybody if with_untargeted else (),
    )  # fmt: skip
    if rows.height == 0:
        return pl.DataFrame(schema=JUDGED)
    asked = rows["indicator"].unique().implode()
    seen = known_by(observations.filter(pl.col("indicator").is_in(asked)), as_of, known_on)
    rows = rows.join(family.select("region", "parent"), on="region", how="left", maintain_order="left")
    published, versions = _published(seen, rows, family, one_version_each)
    rows = with_bases(rows, published)
    figures = with_computed_growth(with_summed_months(published))
    out = _Columns(rows, figures, indicators)
    out.add(**_against_rivals(out, family, indicators, rank_rule or ranks.RankRule()))
    out.add(**year_end_of(one_version(seen) if versions else seen, rows, indicators, as_of, forecaster))
    verdicts = Judge(rules, indicators, out.history).verdicts(out.facts_frame())
    frame = out.frame.with_columns(
        as_of=pl.lit(str(as_of)), rule_set=pl.lit(rules.code), rule_version=pl.lit(rules.version), **verdicts
    )
    return frame.select(pl.col(name).cast(dtype) for name, dtype in JUDGED.items())


def _published(
    seen: pl.DataFrame, rows: pl.DataFrame, family: pl.DataFrame, one_each: bool
) -> tuple[pl.DataFrame, bool]:
    """The figures that the rows and their rivals need, one version each, and whether any
    figure stood in several. Rivals are needed for their last ranks only."""
    own = {*rows["region"].unique(), *rows["parent"].unique().drop_nulls()}
    kin = family.filter(pl.col("parent").is_in(rows["parent"].unique().implode()))["region"]
    oldest = int(rows["at"].min())  # type: ignore[arg-type]
    sides = {*rows["level_measure"], *rows["growth_measure"], *rows["measure"]}
    sides |= {"month"} if "ytd" in sides else set()
    near = seen.filter(pl.col("at") >= oldest - _WIDTH - 12).filter(pl.col("measure").is_in(sides))
    of_own = pl.col("region").is_in(list(own))
    of_kin = pl.col("region").is_in(kin.implode()) & (pl.col("at") >= oldest - 13 - 12)
    recent = near.filter(of_own | of_kin)
    figures = recent if one_each else one_version(recent)
    return figures, figures.height < recent.height


class _Columns:
    """The rows under judgement: a frame that grows, and the arrays behind it.

    `own`, `level` (N, 49): the measure and its level; newest last, NaN where not published.
    """

    def __init__(
        self, rows: pl.DataFrame, figures: pl.DataFrame, indicators: Mapping[str, Indicator]
    ) -> None:
        self.rows, self.figures = rows, figures
        ours = {*rows["region"].unique(), *rows["parent"].unique().drop_nulls()}
        self.ours = figures.filter(pl.col("region").is_in(list(ours)))  # all that windows ask for
        self.own = self.window("measure")
        self.level = pace.first_known(
            self.window("level_measure"), self.window("level_measure", basis="natural")
        )
        self.pace = pace.Pace(rows, self.own, self.level, indicators)
        self.frame = rows.with_columns(self._own_columns())

    def window(self, measure: str, *, basis: str | None = None, region: str = "region") -> Floats:
        keys = self.rows.select(
            pl.col(region).alias("region"), "indicator", pl.col(measure).alias("measure"),
            pl.lit(basis).alias("basis") if basis else pl.col("basis"), "at",
        )  # fmt: skip
        return windows(self.ours, keys, _WIDTH)

    def add(self, **columns: Any) -> None:
        self.frame = self.frame.with_columns(
            **{name: _series(name, values) for name, values in columns.items()}
        )

    def facts_frame(self) -> pl.DataFrame:
        return self.frame.with_columns(
            **{name: _series(name, values) for name, values in self.pace.facts().items()}
        )

    def history(self, row: int) -> list[dict[str, float]]:
        return self.pace.history(row)

    def _own_columns(self) -> list[pl.Series]:
        computed = self.figures.filter("computed").select("indicator", "measure", "basis").unique()
        marked = self.rows.join(
            computed.with_columns(computed=pl.lit(value=True)),
            on=["indicator", "measure", "basis"], how="left", maintain_order="left",
        )  # fmt: skip
        columns: dict[str, Any] = {
            "actual": self.own[:, -1],
            "level": self.level[:, -1],
            "previous": pace.last_known(self.own[:, :-1])[0],
            "last_year": self.own[:, -13],
            "trend": self._trend(),
            "computed": marked["computed"].fill_null(value=False),
            **self.pace.columns(),
        }
        return [_series(name, values) for name, values in columns.items()]

    def _trend(self) -> pl.Series:
        months = self.own[:, -13:]
        quarters = self.own[:, -37::3]
        quarterly = (self.rows["frequency"] == "quarterly").to_numpy()
        values = np.where(quarterly[:, None], quarters, months)
        return (
            pl.Series("trend", values, dtype=pl.Array(pl.Float64, 13))
            .arr.to_list()
            .list.eval(pl.element().fill_nan(None))
        )


def _series(name: str, values: Any) -> pl.Series:
    """A column of the output; NaN becomes null, counts become integers."""
    if isinstance(values, pl.Series):
        return values.alias(name)
    series = pl.Series(name, values)
    if series.dtype.is_float():
        series = series.fill_nan(None)
    wanted = JUDGED.get(name)
    return series.cast(wanted) if wanted is not None else series


def _against_rivals(
    out: _Columns, family: pl.DataFrame, indicators: Mapping[str, Indicator], rule: ranks.RankRule
) -> dict[str, Any]:
    """The columns from `rank` to `pull`."""
    rows, rank_measure = out.rows, _rank_measure(out)
    keys = rows.select(
        "region",
        "indicator",
        rank_measure.alias("measure"),
        pl.when(rank_measure.str.ends_with("_growth")).then("growth_basis").otherwise("basis").alias("basis"),
        "at",
        "parent",
    )
    growth = windows(out.ours, keys, _WIDTH)
    before = pace.last_known(growth[:, :-1])[1]  # months back of the previous published period
    wanted = out.figures.join(
        keys.select("indicator", "measure", "basis").unique(), on=["indicator", "measure", "basis"]
    )
    oldest = int(rows["at"].min()) - 13  # type: ignore[arg-type]
    ranked = ranks.places(wanted.filter(pl.col("at") >= oldest), family, indicators)
    back = pl.Series("back", np.where(before > 0, before, _WIDTH), dtype=pl.Int32)  # none: out of reach
    group = list(ranks.GROUP)
    counted = ranks.complete(ranked, rule)
    judged = ranked.filter(pl.col("region").is_in(keys["region"].unique().implode()))
    placed = judged.join(counted.filter("placed").select(group), on=group, how="semi")
    earlier = keys.with_columns(at=pl.col("at") - back)
    now, previous = _ranked_at(placed, keys), _ranked_at(placed, earlier)
    around = keys.join(counted, on=group, how="left", maintain_order="left").join(
        ranks.missing(ranked, family), on=group, how="left", maintain_order="left"
    )
    pending = ~around["placed"].fill_null(value=True)
    city = windows(out.ours, keys.with_columns(region="parent"), _WIDTH)
    city_level = out.window("level_measure", basis="natural", region="parent")
    grows = rank_measure.str.ends_with("_growth").to_numpy()
    own_now, city_now = growth[:, -1], np.where(grows, city[:, -1], _NEVER)
    compared = np.where(around["complete"].fill_null(value=True).to_numpy(), city_now, _NEVER)
    return {
        "growth": np.where(grows, own_now, _NEVER),
        "rank": now,
        "tied": _ranked_at(placed, keys, "tied").fill_null(value=False),
        "behind": _ranked_at(placed, keys, "behind"),
        "rank_pending": pending,
        "rivals": around["rivals"].fill_null(0),
        "rank_previous": previous,
        "rivals_previous": _ranked_at(placed, earlier, "rivals"),
        "rank_change": previous - now,
        "missing_rivals": around["missing_rivals"].fill_null(pl.Series([[]], dtype=pl.List(pl.String))),
        "city": city_now,
        "versus_city": np.round(own_now - compared, 9),
        "pull": ranks.pull(own_now, compared, out.level[:, -13], city_level[:, -13]),
    }


def _ranked_at(ranked: pl.DataFrame, keys: pl.DataFrame, column: str = "rank") -> pl.Series:
    on = [*KEYS, "at"]
    return keys.join(ranked.select(*on, column), on=on, how="left", maintain_order="left")[column]


def _rank_measure(out: _Columns) -> pl.Series:
    """Growth where anybody has it at that period, else the measure itself."""
    have = out.figures.select(
        "indicator", growth_measure="measure", growth_basis="basis", at="at", yes=pl.lit(value=True)
    )
    on = ["indicator", "growth_measure", "growth_basis", "at"]
    have = have.join(out.rows.select(on).unique(), on=on, how="semi").unique()
    found = out.rows.join(have, on=on, how="left", maintain_order="left")
    return found.select(pl.when("yes").then("growth_measure").otherwise("measure"))["growth_measure"]
