"""Targets of cohorts: what share of the deals signed in a year should have started by now.

Pure, dated data. A set names shares by year of signing (Hainan 2016: 2012 70 %, 2013 50 %, 2014 40 %, 2015
30 %) or by age of the cohort in years. A target is held against the rate itself; the interval beside it
says whether chance alone could have made the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.economy.figures.quantities import number
from wenpan.economy.funnel.cohorts import CohortRow
from wenpan.economy.funnel.stages import DealRuleError, Stage


@dataclass(frozen=True)
class CohortTargets:
    """Percent by year of signing, and by age (years between signing and the day) for years not named."""

    version: str
    effective_from: date
    source: str
    stage: Stage
    by_year: Mapping[int, float]
    by_age: Mapping[int, float]

    def target(self, year: int, day: date) -> float | None:
        """The percent due for a cohort on a day; None where the set says nothing of it."""
        if year in self.by_year:
            return self.by_year[year]
        age = day.year - year
        fitting = [least for since, least in sorted(self.by_age.items()) if since <= age]
        return fitting[-1] if fitting and age >= 0 else None

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> CohortTargets:
        """From the parsed YAML; DealRuleError names the first thing that is wrong."""
        stage = data.get("stage")
        if stage not in list(Stage) or Stage(stage).order <= Stage.SIGNED.order:
            raise DealRuleError("stage", stage, "签约以后的阶段")
        shares = [_shares(data, name) for name in ("by_year", "by_age")]
        if not any(shares):
            raise DealRuleError("by_year", None, "by_year 或 by_age 至少一项")
        source = " ".join(str(data["source"]).split())
        return cls(str(data["version"]), data["effective_from"], source, Stage(stage), *shares)


@dataclass(frozen=True)
class TargetVerdict:
    """One cohort against its target. `met` is None where no rate or no target is there to compare."""

    row: CohortRow
    target: float | None  # percent
    met: bool | None
    words: str


def against_targets(
    rows: Iterable[CohortRow], targets: CohortTargets, day: date
) -> tuple[TargetVerdict, ...]:
    """The yearly cohorts of the targets' stage, each with its verdict in a sentence."""
    chosen = [row for row in rows if row.stage is targets.stage and row.cohort.isdigit()]
    return tuple(_verdict(row, targets.target(int(row.cohort), day)) for row in chosen)


def _verdict(row: CohortRow, target: float | None) -> TargetVerdict:
    found, stage = row.interval, row.stage.label
    if target is None:
        return TargetVerdict(row, None, None, f"{row.cohort}年签约的项目没有{stage}率目标")
    if found.rate is None or found.low is None or found.high is None:
        return TargetVerdict(row, target, None, f"{row.cohort}年只签约{row.n}个, 太少, 不算{stage}率")
    # The printed rate is what is compared, so that page and verdict cannot disagree.
    met = float(number(found.rate * 100)) >= target
    words = (
        f"{row.cohort}年签约{row.n}个, 已{stage}{row.reached}个, {stage}率{number(found.rate * 100)}%"
        f"(区间{number(found.low * 100)}—{number(found.high * 100)}%), "
        f"{'达到' if met else '未达到'}目标{number(target, 0)}%"
    )
    if found.low * 100 <= target <= found.high * 100:
        words += ", 项目数少, 与目标的差别可能出于偶然"
    return TargetVerdict(row, target, met, words)


def _shares(data: Mapping[str, Any], name: str) -> dict[int, float]:
    shares = {}
    for key, value in (data.get(name) or {}).items():
        if not isinstance(key, int) or isinstance(value, bool) or not isinstance(value, (int, float)):
            raise DealRuleError(f"{name}.{key}", value, "整数到百分数的对照, 如 2012: 70")
        if not 0 <= value <= 100:
            raise DealRuleError(f"{name}.{key}", value, "0到100之间的百分数")
        shares[key] = float(value)
    return shares
