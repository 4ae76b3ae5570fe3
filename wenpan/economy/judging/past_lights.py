"""The lights as they would have been in past years, beside what came.

Pure. Each target of a year that is over is judged at every origin with the figures up to it, by every
rule set; the outcome is the judgement of December. Rule sets share the forecast, so that they differ
in the rules alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast.warning import steady
from wenpan.economy.judging.judgement import judge
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.judging.target_probability import Forecaster
from wenpan.economy.judging.warning_value import (
    RATIOS,
    best_threshold,
    economic_value,
    timeliness,
    warning_record,
)
from wenpan.economy.time.periods import Month

HABITS = ("低于目标", "低于月份/12")
KEY = ["target_id", "region", "indicator", "year"]


def lights_of_years(
    observations: pl.DataFrame,
    targets: pl.DataFrame,
    *,
    indicators: Mapping[str, Indicator],
    regions: pl.DataFrame | None,
    rule_sets: Sequence[RuleSet],
    months: Sequence[int],
    forecaster: Forecaster | None = None,
) -> pl.DataFrame:
    """target_id, region, indicator, year, month, rules, light, gap, progress, probability, missed.

    One row per target × month × rule set, of targets whose December is known and that had a light or a
    gap at that month. `progress` is actual / target for levels, NaN for growths.
    """
    parts = []
    for year in sorted(set(targets["year"].to_list())):
        promised = targets.filter(pl.col("year") == year)
        task: dict[str, Any] = {"indicators": indicators, "regions": regions}
        end = judge(
            observations, promised, **task, as_of=Month(year, 12), rules=rule_sets[0], forecaster=_nothing
        )
        came = end.filter((pl.col("period").str.contains("(-12|-Q4)$")) & pl.col("actual").is_not_null())
        short = pl.when(pl.col("comparison") == ">=").then(pl.col("actual") < pl.col("target"))
        outcome = came.select("target_id", missed=short.otherwise(pl.col("actual") > pl.col("target")))
        for month in months:
            remembered = _Remembered(forecaster)
            for rules in rule_sets:
                rows = judge(
                    observations, promised, **task, as_of=Month(year, month), rules=rules,
                    forecaster=remembered,
                )  # fmt: skip
                parts.append(_case(rows, outcome, rules.code, month))
    return pl.concat(parts) if parts else pl.DataFrame()


def _case(rows: pl.DataFrame, outcome: pl.DataFrame, code: str, month: int) -> pl.DataFrame:
    good = pl.when(pl.col("comparison") == ">=").then(pl.col("gap")).otherwise(-pl.col("gap"))
    level = ~pl.col("measure").str.ends_with("_growth") & (pl.col("target") > 0)
    return (
        rows.filter(pl.col("gap").is_not_null())
        .join(outcome, on="target_id")
        .select(
            *KEY,
            pl.lit(month, dtype=pl.Int32).alias("month"),
            pl.lit(code).alias("rules"),
            "light",
            margin=good,
            progress=pl.when(level).then(pl.col("actual") / pl.col("target")),
            up=pl.col("comparison") == ">=",
            probability="probability",
            missed="missed",
        )
    )


def value_table(rows: pl.DataFrame, hold: int = 1) -> pl.DataFrame:
    """What every warning was worth: rules, warning, cases, missed, hit_rate, false_alarm_rate, difference,
    months_before, changes, value_05 … value_90.

    Warnings of a rule set: 红灯, 红灯或黄灯, and with `hold` > 1 the same as shown with hysteresis; the
    habits; 概率低于1−C/L, whose every value is taken at its own threshold; 总是 and 从不.
    """
    out = []
    for code in rows["rules"].unique(maintain_order=True):
        mine = rows.filter(pl.col("rules") == code).sort(*KEY, "month")
        red = (mine["light"] == "RED").to_numpy()
        any_light = mine["light"].is_in(["RED", "YELLOW"]).to_numpy()
        out += [_line(mine, code, "红灯", red), _line(mine, code, "红灯或黄灯", any_light)]
        if hold > 1:
            shown = _held(mine, hold)
            out.append(_line(mine, code, f"红灯(连续{hold}期好转才变)", shown == "RED"))
    first = rows.filter(pl.col("rules") == rows["rules"][0]).sort(*KEY, "month")
    below = (first["margin"] < 0).to_numpy()
    twelfths = first["progress"].to_numpy() < first["month"].to_numpy() / 12
    late = np.where(first["up"].to_numpy(), twelfths, ~twelfths)
    late = np.where(first["progress"].is_null().to_numpy(), below, late)
    n = first.height
    out += [_line(first, "", HABITS[0], below), _line(first, "", HABITS[1], late)]
    out += [_line(first, "", "总是", np.ones(n, bool)), _line(first, "", "从不", np.zeros(n, bool))]
    out.append(_line_at_every_ratio(first))
    return pl.DataFrame(out)


def value_by_year(rows: pl.DataFrame, hold: int = 1) -> pl.DataFrame:
    """`value_table` of all years together (year null) and of each year by itself, oldest first."""
    whole = value_table(rows, hold).select(pl.lit(None, dtype=pl.Int32).alias("year"), pl.all())
    parts = [
        value_table(rows.filter(pl.col("year") == year), hold).select(
            pl.lit(year, dtype=pl.Int32).alias("year"), pl.all()
        )
        for year in sorted(rows["year"].unique().to_list())
    ]
    return pl.concat([whole, *parts])


def _line(mine: pl.DataFrame, code: str, name: str, warned: Any) -> dict[str, Any]:
    missed = mine["missed"].to_numpy()
    record = warning_record(warned, missed)
    months = mine["month"].unique().sort().to_list()
    count = mine.select(pl.len().over(KEY) == len(months)).to_series().to_numpy()
    early = timeliness(
        warned[count].reshape(-1, len(months)), missed[count].reshape(-1, len(months))[:, 0], months
    )
    return {
        "rules": code,
        "warning": name,
        "cases": record.cases,
        "missed": record.missed,
        "hit_rate": record.hit_rate,
        "false_alarm_rate": record.false_alarm_rate,
        "difference": record.difference,
        "months_before": early.months_before,
        "changes": early.changes,
        **{f"value_{round(100 * r):02d}": v for r, v in zip(RATIOS, record.value, strict=True)},
    }


def _line_at_every_ratio(mine: pl.DataFrame) -> dict[str, Any]:
    """The set proposed for each ratio, by its own threshold; without a probability the habit warns."""
    p, missed = mine["probability"].to_numpy(), mine["missed"].to_numpy()
    below = (mine["margin"] < 0).to_numpy()
    values = {}
    for ratio in RATIOS:
        warned = np.where(np.isfinite(p), p < best_threshold(ratio), below)
        values[f"value_{round(100 * ratio):02d}"] = economic_value(warned, missed, ratio)
    half = _line(mine, "", "概率低于1−代价比", np.where(np.isfinite(p), p < 0.5, below))
    return half | values


def _held(mine: pl.DataFrame, hold: int) -> Any:
    """(N,) the lights as shown, of rows sorted by case and month."""
    cases = mine.group_by(KEY, maintain_order=True).agg("light")
    return np.array([light for lights in cases["light"] for light in steady(lights.to_list(), hold=hold)])


class _Remembered:
    """A forecaster that answers the same question once."""

    def __init__(self, forecaster: Forecaster | None) -> None:
        from wenpan.economy.forecast import forecast_year_end

        self.forecaster, self.answers = forecaster or forecast_year_end, {}  # type: ignore[var-annotated]

    def __call__(
        self, observations: pl.DataFrame, *, indicators: Any, as_of: Month, wanted: pl.DataFrame
    ) -> Any:
        if as_of not in self.answers:
            self.answers[as_of] = self.forecaster(
                observations, indicators=indicators, as_of=as_of, wanted=wanted
            )
        return self.answers[as_of]


def _nothing(observations: pl.DataFrame, *, indicators: Any, as_of: Month, wanted: pl.DataFrame) -> Any:
    """Of December only what came is asked."""
    from wenpan.economy.forecast.year_end import LEVELS, YearEnd

    n = wanted.height
    zeros, way = np.zeros(n, dtype=np.int64), np.zeros((n, 13))
    nan = np.full(n, np.nan)
    return YearEnd(wanted, LEVELS, np.full((n, len(LEVELS)), np.nan), [""] * n, as_of, zeros, nan, way, way)
