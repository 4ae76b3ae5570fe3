"""The table of main indicators under the analysis: the board, as a city bulletin prints it.

Pure. Every cell with a number is a registered fact, the same one as in the text. "—" is not
published or not compared; it is never 0.
"""

from __future__ import annotations

import re

from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput
from wenpan.documents.papers.briefing.lines import actual_span, growth_span, light_span, place_facts
from wenpan.documents.papers.briefing.outlook import chance_fact, needed_spans, register_forecast
from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import PaperTable, Span, label
from wenpan.documents.words import analysis_phrases
from wenpan.documents.words.numbers import full_width
from wenpan.economy.figures import quantities
from wenpan.economy.figures.quantities import MISSING
from wenpan.economy.time.periods import parse_period

HEADERS = ("指标", "期间", "总量", "增速(%)", "较上期(点)", "全市增速(%)", "全市位次", "年度目标", "灯")
WIDTHS = (29, 15, 28, 12, 13, 14, 12, 23, 10)  # mm; the type area is 156 mm wide


def main_table(given: BriefingInput, register: FactRegister) -> PaperTable:
    """All lines of the board in its order."""
    return PaperTable(
        title=f"附表1 {given.place}{given.as_of.year}年1—{given.as_of.month}月主要经济指标".replace(
            "1—1月", "1月"
        ),
        headers=tuple(full_width(header) for header in HEADERS),
        rows=tuple(_row(line, register) for line in given.lines),
        widths=WIDTHS,
        numeric=frozenset({2, 3, 4, 5, 7}),
        notes=(
            "注: “—”为未公布、不比较或未设目标; 较上期为增速差, 单位百分点; 位次为本区位次/已公布地区数"
            + (", 加*为并列。" if any(line.tied and line.rank for line in given.lines) else "。"),
        ),
    )


def _row(line: BriefingLine, register: FactRegister) -> tuple[Span, ...]:
    return (
        label(line.short_name or line.name),
        label(line.period_words),
        _level(line, register),
        _growth(line, register),
        _change(line, register),
        _cell(line, register, "city", "全市", line.city),
        _place(line, register),
        _target(line, register),
        light_span(line, register),
    )


def _number(words: str, key: str) -> Span:
    return Span(words, (key,))


def _cell(line: BriefingLine, register: FactRegister, what: str, name: str, value: float | None) -> Span:
    if quantities.printed_value(value, line.growth_decimals) is None:
        return Span(MISSING)
    fact = register.number(
        line.key(what), f"{line.name}{name}", value, decimals=line.growth_decimals, period=line.period
    )
    return _number(fact.shown, fact.key)


def _level(line: BriefingLine, register: FactRegister) -> Span:
    if not line.is_growth:
        actual_span(line, register)
        fact = register.facts[line.key(line.measure)]
    elif line.level is not None:
        fact = register.number(
            line.key("level"),
            f"{line.name}{'余额' if line.is_balance else '累计'}",
            line.level,
            decimals=line.level_decimals,
            unit=line.level_unit,
            period=line.period,
            source=line.level_id,
        )
    else:
        return Span(MISSING)
    return _number(fact.shown if fact.shown == MISSING else f"{fact.shown}{fact.unit}", fact.key)


def _growth(line: BriefingLine, register: FactRegister) -> Span:
    if line.growth is None:
        return Span(MISSING)
    growth_span(line, register)
    fact = register.facts[line.growth_key]
    return _number(fact.shown, fact.key)


def _change(line: BriefingLine, register: FactRegister) -> Span:
    change = quantities.points(line.actual, line.before, line.decimals) if line.is_growth else None
    if change is None:
        return Span(MISSING)
    register.number(line.key("previous"), f"{line.name}上期", line.before, decimals=line.decimals)
    fact = register.number(
        line.key("change"),
        f"{line.name}较上期",
        change,
        decimals=line.decimals,
        unit="个百分点",
        period=line.period,
    )
    return _number(fact.shown, fact.key)


def _place(line: BriefingLine, register: FactRegister) -> Span:
    if line.rank_pending:
        return label("待公布")
    if line.rank is None:
        return Span(MISSING)
    place_facts(line, register)
    shared = "*" if line.tied else ""
    return Span(f"{line.rank}/{line.rivals}{shared}", (line.key("rank"), line.key("rivals")))


def _target(line: BriefingLine, register: FactRegister) -> Span:
    if line.target is None:
        return Span(MISSING)
    fact = register.number(
        line.key("target"), f"{line.name}目标", line.target, decimals=line.places, unit=line.unit
    )
    sign = "≤" if line.comparison == "<=" else ""
    return _number(f"{sign}{fact.shown}{'%' if line.is_growth else line.unit}", fact.key)


def outlook_table(given: BriefingInput, register: FactRegister) -> tuple[PaperTable, ...]:
    """Where each target stands at the year's end by the forecast; empty where nothing is forecast."""
    lines = [line for line in given.lines if line.target is not None and line.probability is not None]
    if not lines:
        return ()
    return (
        PaperTable(
            title=f"附表2 {given.as_of.year}年年末预判（模型推算，非统计数据）",
            headers=("指标", "年度目标", "全年预计", "八成可能区间", "完成概率", "后期月份需"),
            rows=tuple(_outlook_row(line, given, register) for line in sorted(lines, key=by_probability)),
            widths=(29, 23, 25, 31, 17, 31),
            numeric=frozenset({1, 2, 4}),
        ),
    )


def by_probability(line: BriefingLine) -> float:
    return line.probability if line.probability is not None else 2.0


def _outlook_row(line: BriefingLine, given: BriefingInput, register: FactRegister) -> tuple[Span, ...]:
    register_forecast(line, register)
    unit = "%" if line.is_growth else line.unit
    p10, p50, p90 = (register.facts[line.key(name)] for name in ("p10", "p50", "p90"))
    between = Span(MISSING)
    if MISSING not in (p10.shown, p90.shown):
        between = Span(f"{p10.shown}至{p90.shown}", (p10.key, p90.key))
    cap = given.policy.chance_cap
    percent = chance_fact(line, register, cap)
    return (
        label(line.short_name or line.name),
        _target(line, register),
        Span(p50.shown + unit if p50.shown != MISSING else MISSING, (p50.key,)),
        between,
        Span(quantities.chance_text(line.probability or 0, cap), (percent.key,)),
        _needed(line, register),
    )


def _needed(line: BriefingLine, register: FactRegister) -> Span:
    spans = [span for span in needed_spans(line, register) if isinstance(span, Span)]
    if not spans:
        return Span(MISSING)
    fact = register.facts[spans[0].facts[0]]
    if line.needed_kind == "growth":
        return Span(analysis_phrases.growth(line.needed, line.decimals), (fact.key,))
    return Span(f"月均{fact.shown}{fact.unit}", (fact.key,))


def reasons_table(given: BriefingInput, register: FactRegister) -> tuple[PaperTable, ...]:
    """Why each light is red or yellow, in the words of the page; empty where none is."""
    lines = given.of("RED", "YELLOW")
    if not lines:
        return ()
    rows = tuple(
        (
            label(line.short_name or line.name),
            light_span(line, register),
            label(parse_period(line.since).end.label if line.since else MISSING),
            label(_why(line)),
        )
        for line in lines
    )
    return (
        PaperTable(
            title="附表3 红灯、黄灯判定依据",
            headers=("指标", "灯", "起始月份", "判定依据"),
            rows=rows,
            widths=(32, 11, 20, 93),
            text=frozenset({3}),
        ),
    )


# What tables one and two already say of the city, the place and the pace.
_TOLD = re.compile(r"^(?:(?:增速)?(?:居|并列)第|全市位次待公布|未公布|后\d*.*个月|(?:高于|低于|与)全市)")


def _why(line: BriefingLine) -> str:
    """The reasons of the page, word for word, without those that only repeat a column."""
    own = [reason.rstrip("。. ") for reason in line.reasons if not _TOLD.match(reason)]
    return full_width("; ".join(own) or MISSING)
