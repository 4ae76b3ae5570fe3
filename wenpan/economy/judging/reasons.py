"""Reasons: what a judgement says, in Chinese, with its numbers, and the light that the rules give.

Pure. Words follow the sign: 下降3.2%, never 增长-3.2%. The distance that is printed is that of the
printed numbers. A light always stands with at least one reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from wenpan.economy.figures import figure_words as words
from wenpan.economy.figures import quantities as q
from wenpan.economy.figures.indicators import BASES, Indicator
from wenpan.economy.judging.lights import Light, RuleSet
from wenpan.economy.time.periods import Month, parse_period

Row = Mapping[str, Any]
_NAMED = 4  # rivals named in a sentence before 等


class Judge:
    """Rules applied row by row; everything numeric has been worked out before."""

    def __init__(
        self,
        rules: RuleSet,
        indicators: Mapping[str, Indicator],
        history: Callable[[int], list[dict[str, float]]],
    ) -> None:
        self.rules, self.indicators, self.history = rules, indicators, history
        self.looks_back = any(c.periods > 1 for rule in rules.rules for c in rule.when)

    def verdicts(self, frame: pl.DataFrame) -> dict[str, pl.Series]:
        """light (N,) and reasons (N,) of a frame of facts."""
        lights: list[str] = []
        reasons: list[list[str]] = []
        for number, row in enumerate(frame.iter_rows(named=True)):
            light, said = self._one(number, row)
            lights.append(light.value)
            reasons.append(said)
        return {
            "light": pl.Series(lights, dtype=pl.String),
            "reasons": pl.Series(reasons, dtype=pl.List(pl.String)),
        }

    def _one(self, number: int, row: Row) -> tuple[Light, list[str]]:
        indicator = self.indicators.get(row["indicator"]) or Indicator(row["indicator"], row["indicator"])
        unknown = why_unknown(row, indicator)
        if unknown:
            return Light.UNKNOWN, [unknown, *(_standing(row, indicator) if row["actual"] is not None else [])]
        verdict = self.rules.judge(self._facts(number, row))
        said = [
            against_target(row, indicator),
            *verdict.reasons,
            *_standing(row, indicator),
            *_ahead(row, indicator),
        ]
        return verdict.light, list(dict.fromkeys(said))

    def _facts(self, number: int, row: Row) -> dict[str, Any]:
        last = row["behind"]
        rest = row["needed"] if row["needed_kind"] == "growth" else None
        return {
            **row,
            "kind": "growth" if row["growing"] else "level",
            "schedule": row["schedule_percent"],
            "places_from_last": last,
            "needed_minus_growth": None if rest is None or row["growth"] is None else rest - row["growth"],
            "history": self.history(number) if self.looks_back else (),
        }


def why_unknown(row: Row, indicator: Indicator) -> str:
    """The sentence that says why no light can be given; "" where one can."""
    if row["actual"] is None:
        return _no_figure(row, indicator)
    if row["target"] is None:
        return f"{_fact(row, indicator)}, 未设年度目标, 不作研判"
    if not row["growing"] and row["target"] <= 0:
        value = words.amount(row["target"], indicator.unit, indicator.level_decimals)
        return f"{_fact(row, indicator)}, 年度目标为{value}, 不是正数, 不能按进度研判"
    if row["gap"] is None:
        return f"{_fact(row, indicator)}, 本期按进度尚无应完成数, 不作研判"
    return ""


def _no_figure(row: Row, indicator: Indicator) -> str:
    period = when(row)
    if row["month"] == 1 and indicator.frequency != "quarterly" and not indicator.january:
        return "1月数据不单独公布, 待1—2月数据公布后研判"
    if (
        row["growing"]
        and row["level"] is not None
        and row["last_level"] is not None
        and row["last_level"] <= 0
    ):
        what = "亏损" if row["last_level"] < 0 else "零"
        return f"{period}未公布增速, 且上年同期为{what}, 不能由绝对额推算增速, 不作研判"
    if row["growing"] and row["level"] is not None and row["last_level"] is None:
        return f"{period}未公布增速, 也没有上年同期数, 不作研判"
    if row["growing"] and row["level"] is not None:
        basis = BASES.get(row["basis"], row["basis"])
        return f"{period}未公布{basis}增速, 公布的增速不由绝对额推算替代, 不作研判"
    return f"{period}数据未报, 不作研判"


def when(row: Row) -> str:
    """1—9月 / 前三季度 / 9月末 / 9月, as the measure is spoken of."""
    period = parse_period(row["period"])
    if row["measure"].startswith("balance"):
        return f"{period.end.month}月末"
    if row["measure"].startswith("month") and isinstance(period, Month):
        return f"{period.month}月"
    return period.ytd_label


def growth_places(row: Row, indicator: Indicator) -> int:
    """Decimals of the row's growth, its target and the city's, wherever they are printed."""
    own, aim = (row["actual"], row["target"]) if row["growing"] else (row["growth"], None)
    return words.places(own, aim, row["city"], decimals=indicator.decimals)


def _basis(row: Row) -> str:
    return "" if row["basis"] == "natural" else f"按{BASES.get(row['basis'], row['basis'])}"


def _fact(row: Row, indicator: Indicator) -> str:
    if row["growing"]:
        return f"{when(row)}{_basis(row)}{words.growth(row['actual'], growth_places(row, indicator))}"
    verb = "" if row["measure"] == "balance" else ("累计" if row["measure"] == "ytd" else "")
    return f"{when(row)}{verb}{words.amount(row['actual'], indicator.unit, indicator.level_decimals)}"


def against_target(row: Row, indicator: Indicator) -> str:
    """1—9月增长3.2%, 低于目标5.0%达1.8个百分点 / 1—9月累计70.11亿元, 完成年度目标的85.0%, …"""
    said = _growth_gap(row, indicator) if row["growing"] else _level_gap(row, indicator)
    how = "增速由绝对额推算, 非公布增速" if row["growing"] else "累计数由当月数相加"
    return f"{said}({how})" if row["computed"] else said


def _growth_gap(row: Row, indicator: Indicator) -> str:
    actual, target = row["actual"], row["target"]
    places = growth_places(row, indicator)
    aim = "控制目标" if row["comparison"] == "<=" else "目标"
    fact = f"{when(row)}{_basis(row)}{words.growth(actual, places)}"
    if q.rounded(actual, places) == q.rounded(target, places):
        return f"{fact}, 与{aim}{_aimed(target, places)}持平"
    side = "高于" if actual > target else "低于"
    return f"{fact}, {side}{aim}{_aimed(target, places)}达{words.apart(actual, target, places)}"


def _aimed(target: float, places: int) -> str:
    return q.percent(target, places) if target >= 0 else f"(下降{q.percent(abs(target), places)})"


def _level_gap(row: Row, indicator: Indicator) -> str:
    target = words.amount(row["target"], indicator.unit, indicator.level_decimals)
    fact = _fact(row, indicator)
    progress, schedule = row["progress"], row["schedule_percent"]
    places = q.telling_decimals(progress, schedule)
    aim = f"为年度{'控制数' if row['comparison'] == '<=' else '目标'}{target}的{q.percent(progress, places)}"
    if q.rounded(progress, places) == q.rounded(schedule, places):
        return f"{fact}, {aim}, 与时序进度持平"
    side = "快于" if progress > schedule else "慢于"
    distance = words.apart(progress, schedule, places)
    return f"{fact}, {aim}, {side}时序进度({q.percent(schedule, places)}){distance}"


def _standing(row: Row, indicator: Indicator) -> list[str]:
    """Against the city and among rivals."""
    said = []
    if row["versus_city"] is not None:
        said.append(_versus_city(row, indicator))
    if row["rank_pending"]:
        said.append(_pending(row))
    elif row["rank"] is not None:
        said.append(_place(row))
    if row["missing_rivals"] and row["rivals"]:
        said.append(f"未公布: {listed(row['missing_rivals'])}")
    return said


def _versus_city(row: Row, indicator: Indicator) -> str:
    return words.against(row["growth"], row["city"], decimals=growth_places(row, indicator))


def _pending(row: Row) -> str:
    before = row["rank_previous"]
    last = "" if before is None else f", 上期{before}/{row['rivals_previous']}"
    return f"全市位次待公布(已公布{row['rivals']}个地区){last}"


def _place(row: Row) -> str:
    change = row["rank_change"]
    moved = (
        ""
        if change is None
        else "位次与上期持平"
        if change == 0
        else f"较上期{'前移' if change > 0 else '后移'}{abs(change)}位"
    )
    what = "" if row["growing"] or row["growth"] is None else "增速"
    last = row["behind"] == 0
    stands = "并列" if row["tied"] and not last else "居"
    whole = f"{'并列' if row['tied'] else ''}末位, 已公布" if last else "已公布"
    return f"{what}{stands}第{row['rank']}位({whole}{row['rivals']}个地区)" + (f", {moved}" if moved else "")


def listed(names: Sequence[str]) -> str:
    """甲、乙、丙、丁等6个地区"""
    shown = "、".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}等{len(names)}个地区"


def _ahead(row: Row, indicator: Indicator) -> list[str]:
    """What the rest of the year needs, and how likely the year's target is."""
    said = []
    if row["needed"] is not None:
        said.append(_need(row, indicator))
    if row["probability"] is not None:
        said.append(f"预计完成全年目标的概率{q.chance(row['probability'])}")
    elif row["forecast_note"]:
        said.append(row["forecast_note"])
    return said


def _growth_need(need: float, comparison: str, decimals: int) -> str:
    size = q.percent(abs(need), decimals)
    if comparison == "<=":
        return f"增速需不高于{size}" if need >= 0 else f"降幅需不小于{size}"
    return f"增速需不低于{size}" if need >= 0 else f"降幅不超过{size}即可"


def _need(row: Row, indicator: Indicator) -> str:
    left, need = row["months_left"], row["needed"]
    if row["needed_kind"] == "growth":
        usual = "" if row["share_known"] else "(上年各月比重未公布, 按常年比重推算)"
        return f"后{left}个月{_growth_need(need, row['comparison'], indicator.decimals)}{usual}"
    if need <= 0 and row["comparison"] != "<=":
        return "已达到全年目标"
    if need < 0:
        return "已超过全年控制数"
    verb = (
        "每月不超过"
        if row["comparison"] == "<="
        else "月均需完成"
        if row["measure"] == "ytd"
        else "月均需增加"
    )
    return f"后{left}个月{verb}{words.amount(need, indicator.unit, indicator.level_decimals)}"
