"""A judgement in words, by the same phrases that the briefing uses.

Pure. Numbers come from the record; a sign is said once, in words (下降3.2%, never 增长−3.2%).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wenpan.documents.words import analysis_phrases
from wenpan.economy.figures.indicators import BASES, Measure
from wenpan.economy.figures.quantities import chance_text, number
from wenpan.economy.time.periods import Period, Quarter, parse_month, parse_period

if TYPE_CHECKING:
    from wenpan.district.indicators.judgement_row import JudgementRow
    from wenpan.economy.judging.lights import RuleSet


# What `why` says itself, in the words of `economy.judging.reasons` and of the rules.
_TOLD = re.compile(
    r"概率|排名末位|期好转|^(?:增速)?(?:居|并列)第\d|^未公布:|^全市位次待公布|^后\d+个月|^(?:高于|低于|与)全市|^已(?:达到|超过)全年"
)


def period_label(j: JudgementRow) -> str:
    """1—9月, 前三季度, 9月末: the period the judged figure speaks of."""
    period = parse_period(j.period)
    return (
        analysis_phrases.at_end(period) if j.measure.startswith("balance") else analysis_phrases.ytd(period)
    )


def is_growth(j: JudgementRow) -> bool:
    return Measure(j.measure).is_growth


def state(j: JudgementRow) -> str:
    """增长3.2% / 下降13.2%(扣除留抵退税增长2.6%) / 完成33.82亿元 / 尚未公布."""
    if is_growth(j):
        others = "、".join(
            f"{BASES[one.basis]}{analysis_phrases.growth(one.value, 1)}" for one in j.other_bases
        )
        return analysis_phrases.growth(j.actual, j.decimals) + (f"({others})" if others else "")
    done = analysis_phrases.amount(j.actual, j.unit, j.decimals)
    return done if j.actual is None or j.measure == Measure.BALANCE else f"完成{done}"


def gap(j: JudgementRow) -> str:
    """低于市下达目标(增长8.0%)3.9个百分点; of an amount how far it is from schedule."""
    if j.target is None or j.actual is None:
        return ""
    if is_growth(j):
        return analysis_phrases.against_target(
            j.actual, j.target, j.comparison or ">=", set_by=j.set_by or "", decimals=j.decimals
        )
    done = 100 * j.actual / j.target if j.target else None
    due = 100 * j.schedule_share if j.schedule_share is not None else None
    return analysis_phrases.progress(done, due, j.set_by or "")


def rank(j: JudgementRow) -> str:
    """居全市第8位,较上月后移1位; 全市位次待公布,上月10/10,按发布日历11月21日前后公布."""
    period = parse_period(j.period)
    than = _before(period)
    if j.rank_pending:
        return analysis_phrases.place_pending(
            j.rank_previous, j.rivals_previous, than=than, missing=j.missing_rivals, due=j.rank_due
        )
    return analysis_phrases.place(
        j.rank, j.rivals or 0, j.rank_change, than=than,
        tied=bool(j.tied), last=j.last, missing=j.missing_rivals,
    )  # fmt: skip


def _before(period: Period) -> str:
    if isinstance(period, Quarter):
        return analysis_phrases.earlier(period, period.plus(-1))
    return "上月"


def versus_city(j: JudgementRow) -> str:
    if not is_growth(j) or j.versus_city is None:
        return ""
    return analysis_phrases.against(j.actual, j.city, decimals=j.growth_decimals)


def needed(j: JudgementRow) -> str:
    """后三个月需增长8.4%; amounts are per month."""
    if j.needed is None or not j.months_left:
        return ""
    span = analysis_phrases.rest_of_year(j.months_left, quarterly=j.frequency == "quarterly")
    if j.needed_kind == "growth":
        return analysis_phrases.needed_growth(j.needed, span, j.comparison or ">=", j.decimals)
    if j.needed <= 0:
        return "已提前完成年度目标"
    return f"{span}月均需完成{analysis_phrases.amount(j.needed, j.unit, j.decimals)}"


def chance(probability: float | None) -> str:
    """27%; near certainty is said as 低于1% or 高于99%, as the analysis does: a model knows no more."""
    return "" if probability is None else chance_text(probability)


def forecast(j: JudgementRow) -> str:
    """年末预计增长3.1%(80%区间在增长1.9%至4.4%之间), 完成目标概率27%; or why there is none."""
    if j.p50 is None:
        return j.forecast_note or "暂不预测"
    said = (
        analysis_phrases.growth(j.p50, j.decimals)
        if is_growth(j)
        else analysis_phrases.amount(j.p50, j.unit, j.decimals)
    )
    words = f"年末预计{said}"
    if j.p10 is not None and j.p90 is not None and j.p10 < j.p90:
        words += f"(80%区间在{_between(j)})"
    if j.probability is not None:
        words += f", 完成目标概率{chance(j.probability)}"
    return words


def _between(j: JudgementRow) -> str:
    if is_growth(j):
        return analysis_phrases.spread(j.p10, j.p90, j.decimals)
    return f"{number(j.p10, j.decimals)}至{analysis_phrases.amount(j.p90, j.unit, j.decimals)}之间"


def why(j: JudgementRow) -> tuple[str, ...]:
    """At most five full statements: the target, what the rules add, the chance, the place, the city.

    The reasons of the rules name the place, the city and the chance in their own words as well; each is
    said once. What the rest of the year needs stands beside the forecast.
    """
    own = [_with_subject(reason) for reason in j.reasons if not _TOLD.search(reason)]
    likely = f"预计完成全年目标的概率{chance(j.probability)}" if j.probability is not None else ""
    growth = "" if is_growth(j) else "增速"
    stands = growth + rank(j) if j.rank else rank(j)
    city = (
        f"增速{analysis_phrases.against(j.growth, j.city, decimals=j.growth_decimals)}"
        if j.growth is not None and j.city is not None
        else ""
    )
    rest = [clause for clause in (likely, stands, city) if clause]
    return (*own[: 5 - len(rest)], *rest)


def _with_subject(reason: str) -> str:
    return f"与年度目标的{reason}" if reason.startswith("差距") else reason


def record(j: JudgementRow) -> str:
    """How often as much was managed before; judgements kept since before the wording changed read alike."""
    said = re.sub(r"(?:本地|其他地区)(\d+)(?:年|次)中有0(?:年|次)做到", _never, j.record)
    said = re.sub(r"本地(\d+)年中有(\d+)年做到", r"本区近\1年同期中有\2年达到", said)
    return re.sub(r"其他地区(\d+)次中有(\d+)次做到", r"其他区县\1次同期中有\2次达到", said)


def _never(found: re.Match[str]) -> str:
    own = found[0].startswith("本地")
    return f"本区近{found[1]}年同期均未达到" if own else f"其他区县{found[1]}次同期均未达到"


def past_pace(j: JudgementRow) -> str:
    """How the growth still needed compares with the growth so far, and how often as much was managed."""
    if j.needed is None or j.actual is None or j.needed_kind != "growth":
        return record(j)
    words = analysis_phrases.against(j.needed, j.actual, "今年以来的增速", j.decimals)
    return f"{words}；{record(j)}" if j.record else words


def run_months(j: JudgementRow) -> int:
    """For how many months in a row the light has been what it is."""
    return parse_month(j.as_of).index - parse_month(j.since).index + 1


def next_steps(j: JudgementRow, rules: RuleSet | None) -> tuple[str, ...]:
    """What the rule set says must follow this light after so many months of it."""
    if rules is None:
        return ()
    return tuple(c.text for c in rules.consequences if c.light == j.light and c.periods <= run_months(j))


def brief(j: JudgementRow) -> tuple[str, ...]:
    """What a leader reads of a red light: where it stands, among whom, against the city."""
    if j.actual is None:
        return j.reasons[:2]
    stands = analysis_phrases.join([f"{period_label(j)}{state(j)}", gap(j)])
    return tuple(clause for clause in (stands, rank(j), versus_city(j)) if clause)
