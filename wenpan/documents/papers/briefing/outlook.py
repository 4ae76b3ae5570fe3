"""One indicator's way to the year's end in words: the pace still needed, the forecast, the chance.

Pure. The forecast is a model's, said as such by the paper; every number is registered as a fact.
"""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.facts import Fact, FactRegister
from wenpan.documents.papers.paper import Inline, Span
from wenpan.documents.words import analysis_phrases
from wenpan.economy.figures.quantities import printed_value


def needed_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """后三个月需增长8.4%; for a level the amount and the monthly average."""
    if line.needed is None or not line.months_left or line.months_left < 1:
        return []
    span = analysis_phrases.rest_of_year(line.months_left, quarterly=line.frequency == "quarterly")
    if line.needed_kind == "amount":
        return _needed_amount(line, span, register)
    words = analysis_phrases.needed_growth(line.needed, span, line.comparison or ">=", line.decimals)
    fact = register.number(
        line.key("needed"), f"{line.name}{span}需", line.needed, decimals=line.decimals, unit="%"
    )
    return [Span(words, (fact.key,))]


def _needed_amount(line: BriefingLine, span: str, register: FactRegister) -> list[Inline]:
    """`needed` is what each month left must bring."""
    unit, places = line.needed_unit or line.unit, line.level_decimals
    words = analysis_phrases.needed_amount(
        line.needed, unit, span, places, "增加" if line.is_balance else "完成"
    )
    monthly = printed_value(line.needed, places)
    if monthly is None or monthly <= 0:
        return [words]
    fact = register.number(
        line.key("needed"), f"{line.name}{span}月均需", monthly, decimals=places, unit=unit
    )
    return [Span(words, (fact.key,))]


def outlook_spans(
    line: BriefingLine, register: FactRegister, bands: Sequence[tuple[float, str]], cap: float
) -> list[Inline]:
    """全年预计下降10.2%左右(八成可能在…之间),完成年度目标难度很大(概率低于5%)."""
    return [*_expected(line, register), *chance_spans(line, register, bands, cap)]


def register_forecast(line: BriefingLine, register: FactRegister) -> None:
    """The low, middle and high end of the year-end forecast: p10, p50, p90."""
    for name in ("p10", "p50", "p90"):
        value, words = getattr(line, name), f"{line.name}年末预测{name}"
        register.number(line.key(name), words, value, decimals=line.places, unit=line.unit)


def chance_fact(line: BriefingLine, register: FactRegister, cap: float) -> Fact:
    """P(target met) in whole percent, held within `cap` of 0 and 100 as it is printed."""
    percent = min(max(line.probability or 0.0, cap), 1 - cap) * 100
    return register.number(line.key("probability"), f"{line.name}完成概率", percent, decimals=0)


def _expected(line: BriefingLine, register: FactRegister) -> list[Inline]:
    if line.p50 is None:
        return []
    register_forecast(line, register)
    if not line.is_growth:
        return [
            "全年预计",
            Span(analysis_phrases.amount(line.p50, line.unit, line.places), (line.key("p50"),)),
            "左右",
        ]
    out: list[Inline] = [
        "全年预计",
        Span(analysis_phrases.growth(line.p50, line.decimals), (line.key("p50"),)),
        "左右",
    ]
    between = analysis_phrases.spread(line.p10, line.p90, line.decimals)
    keys = tuple(line.key(name) for name in (("p90", "p10") if _falling(line) else ("p10", "p90")))
    return [*out, "(八成可能在", Span(between, keys), ")"] if between else out


def _falling(line: BriefingLine) -> bool:
    """Both ends fall: the smaller fall is said first."""
    ends = [printed_value(value, line.decimals) for value in (line.p10, line.p90)]
    return all(end is not None and end < 0 for end in ends)


def chance_spans(
    line: BriefingLine, register: FactRegister, bands: Sequence[tuple[float, str]], cap: float
) -> list[Inline]:
    if line.probability is None or line.target is None:
        return []
    fact = chance_fact(line, register, cap)
    return [",", Span(analysis_phrases.chance(line.probability, bands, cap), (fact.key,))]
