"""A judgement in words, by the same phrases that the briefing uses.

Pure. Numbers come from the record; a sign is said once, in words (下降3.2%, never 增长−3.2%).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenpan.documents import wording
from wenpan.documents.numbers import full_width, text
from wenpan.economy.indicators import BASES, MEASURE_LABELS, Measure
from wenpan.economy.periods import Period, Quarter, parse_month, parse_period

if TYPE_CHECKING:
    from wenpan.district.indicators.judged import Judged
    from wenpan.economy.lights import RuleSet


def period_label(j: Judged) -> str:
    """1—9月, 前三季度, 9月末: the period the judged figure speaks of."""
    period = parse_period(j.period)
    return wording.at_end(period) if j.measure.startswith("balance") else wording.ytd(period)


def basis_label(j: Judged) -> str:
    """扣除留抵退税; empty for the natural basis."""
    return "" if j.basis == "natural" else BASES.get(j.basis, j.basis)


def measure_label(j: Judged) -> str:
    """累计增速, 累计(扣除留抵退税)."""
    basis = basis_label(j)
    return MEASURE_LABELS[Measure(j.measure)] + (f"({basis})" if basis else "")


def is_growth(j: Judged) -> bool:
    return Measure(j.measure).is_growth


def state(j: Judged) -> str:
    """增长3.2% / 完成33.82亿元 / 尚未公布."""
    if is_growth(j):
        return wording.growth(j.actual, j.decimals)
    done = wording.amount(j.actual, j.unit, j.decimals)
    return done if j.actual is None or j.measure == Measure.BALANCE else f"完成{done}"


def gap(j: Judged) -> str:
    """低于市下达目标(增长8.0%)3.9个百分点; of an amount how far it is from schedule."""
    if j.target is None or j.actual is None:
        return ""
    if is_growth(j):
        return wording.against_target(
            j.actual, j.target, j.comparison or ">=", set_by=j.set_by or "", decimals=j.decimals
        )
    done = 100 * j.actual / j.target if j.target else None
    due = 100 * j.schedule_share if j.schedule_share is not None else None
    return wording.progress(done, due, j.set_by or "")


def rank(j: Judged) -> str:
    """居全市第8位,较上月后移1位; says who has not reported."""
    period = parse_period(j.period)
    return wording.place(j.rank, j.rivals or 0, j.rank_change, than=_before(period), missing=j.missing_rivals)


def _before(period: Period) -> str:
    if isinstance(period, Quarter):
        return wording.earlier(period, period.plus(-1))
    return "上月"


def versus_city(j: Judged) -> str:
    return wording.against(j.actual, j.city, decimals=j.decimals) if is_growth(j) else ""


def needed(j: Judged) -> str:
    """后三个月需增长8.4%; amounts are per month."""
    if j.needed is None or not j.months_left:
        return ""
    span = wording.rest_of_year(j.months_left, quarterly=j.frequency == "quarterly")
    if j.needed_kind == "growth":
        return wording.needed_growth(j.needed, span, j.comparison or ">=", j.decimals)
    if j.needed <= 0:
        return "已提前完成年度目标"
    return f"{span}月均需完成{wording.amount(j.needed, j.unit, j.decimals)}"


def chance(probability: float | None) -> str:
    """27%; near certainty is said as 低于5% or 高于95%: a model knows no more than that."""
    if probability is None:
        return ""
    if probability < 0.05:
        return "低于5%"
    return "高于95%" if probability > 0.95 else f"{text(100 * probability, 0)}%"


def forecast(j: Judged) -> str:
    """年末预计3.1%(80%区间1.9%~4.4%), 完成目标概率27%; or why there is none."""
    if j.p50 is None:
        return j.forecast_note or "暂不预测"
    unit = j.unit
    words = f"年末预计{text(j.p50, j.decimals)}{unit}"
    if j.p10 is not None and j.p90 is not None and j.p10 < j.p90:
        words += f"(80%区间{text(j.p10, j.decimals)}{unit}~{text(j.p90, j.decimals)}{unit})"
    if j.probability is not None:
        words += f", 完成目标概率{chance(j.probability)}"
    return words


def past_pace(j: Judged) -> str:
    """How the growth still needed compares with the growth so far; empty for amounts."""
    if j.needed is None or j.actual is None or j.needed_kind != "growth":
        return ""
    words = wording.against(j.needed, j.actual, "今年以来的增速", j.decimals)
    known = sorted(v for v in j.trend if v is not None)
    if not known:
        return words
    faster = sum(v >= j.needed for v in known) if j.comparison != "<=" else sum(v <= j.needed for v in known)
    if not faster:
        return f"{words}; 近{len(known)}期累计增速从未达到这一水平"
    return f"{words}; 近{len(known)}期累计增速中有{faster}期达到这一水平"


def run_months(j: Judged) -> int:
    """For how many months in a row the light has been what it is."""
    return parse_month(j.as_of).index - parse_month(j.since).index + 1


def since(j: Judged) -> str:
    """本月新亮 / 已连续5个月."""
    months = run_months(j)
    return "本月新亮" if months <= 1 else f"已连续{months}个月"


def next_steps(j: Judged, rules: RuleSet | None) -> tuple[str, ...]:
    """What the rule set says must follow this light after so many months of it."""
    if rules is None:
        return ()
    return tuple(c.text for c in rules.consequences if c.light == j.light and c.periods <= run_months(j))


def brief(j: Judged) -> tuple[str, ...]:
    """What a leader reads of a red light: where it stands, among whom, against the city."""
    if j.actual is None:
        return j.reasons[:2]
    stands = wording.join([f"{period_label(j)}{state(j)}", gap(j)])
    return tuple(clause for clause in (stands, rank(j), versus_city(j)) if clause)


@dataclass(frozen=True)
class Summary:
    """The sentence above the board, and the names behind its numbers."""

    text: str
    new_red: tuple[str, ...]
    new_green: tuple[str, ...]


def summary(rows: Sequence[Judged]) -> Summary:
    """28项指标中, 红灯5项、黄灯7项、绿灯14项、未知2项; 本月新亮红灯: 固投."""
    by_light = {name: [j for j in rows if j.light == name] for name in ("RED", "YELLOW", "GREEN", "UNKNOWN")}
    fresh = {
        name: tuple(j.short_name for j in group if run_months(j) == 1) for name, group in by_light.items()
    }
    counted = "、".join(
        f"{word}{len(by_light[name])}项"
        for name, word in (("RED", "红灯"), ("YELLOW", "黄灯"), ("GREEN", "绿灯"), ("UNKNOWN", "未知"))
        if by_light[name]
    )
    words = f"{len(rows)}项指标中, {counted}." if rows else ""
    if fresh["RED"] and any(run_months(j) > 1 for j in rows):
        words += f" 本月新亮红灯: {'、'.join(fresh['RED'])}."
    return Summary(full_width(words), fresh["RED"], fresh["GREEN"])
