"""One indicator's part of the analysis: its figures as facts, its sentences as spans.

Pure. Every clause registers the facts that it prints; what is not known leaves its clause out.
"""

from __future__ import annotations

from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.facts import Fact, FactRegister
from wenpan.documents.papers.paper import Inline, Span, label
from wenpan.documents.words import analysis_phrases
from wenpan.economy.figures.indicators import MEASURE_LABELS, Measure
from wenpan.economy.judging.light_words import LIGHTS
from wenpan.economy.time.periods import Month, parse_period


def light_span(line: BriefingLine, register: FactRegister, before: str = "") -> Span:
    fact = register.word(line.key("light"), f"{line.name}灯色", LIGHTS[line.light], line.period)
    return Span(before + fact.shown, (fact.key,))


def lit_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """亮红灯; of a light that the rules still hold why it is worse than the figures; of one that warns though
    the target is kept (the last place, a doubtful year's end) where its reasons stand."""
    if line.light == "UNKNOWN":
        return []
    warns = line.on_target and line.light in ("RED", "YELLOW") and not line.held
    why: list[Inline] = [label("(判定依据见附表3)")] if warns else []
    return [",", *held_spans(line, register), light_span(line, register, "亮"), *why]


def held_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """本期已好转,按连续2期好转后转灯的规则仍, before the light; nothing of a light that is not held."""
    if not line.held:
        return []
    keys = [hold_fact(line, register).key] if line.hold_periods else []
    if line.better_periods > 1:
        words = f"{line.name}已好转期数"
        better = register.number(line.key("better"), words, line.better_periods, decimals=0, unit="期")
        keys = [better.key, *keys]
    return [Span(analysis_phrases.turned_better(line.better_periods, line.hold_periods), tuple(keys))]


def hold_fact(line: BriefingLine, register: FactRegister) -> Fact:
    words = f"{line.name}转灯所需好转期数"
    return register.number(line.key("hold"), words, line.hold_periods, decimals=0, unit="期")


def name_span(line: BriefingLine) -> Span:
    return label(line.name)


def actual_span(line: BriefingLine, register: FactRegister) -> Span:
    """The judged figure in words: 增长3.2%, or 45.20亿元."""
    if line.is_growth:
        return growth_span(line, register)
    fact = register.number(
        line.key(line.measure),
        f"{line.name}{MEASURE_LABELS[Measure(line.measure)]}",
        line.actual,
        decimals=line.places,
        unit=line.unit,
        period=line.period,
        source=line.figure_id,
    )
    return Span(analysis_phrases.amount(line.actual, line.unit, line.places), (fact.key,))


def growth_span(line: BriefingLine, register: FactRegister) -> Span:
    """The growth in words, also beside a judged level."""
    fact = register.number(
        line.growth_key,
        f"{line.name}增速" if not line.is_growth else f"{line.name}{MEASURE_LABELS[Measure(line.measure)]}",
        line.growth,
        decimals=line.growth_decimals,
        period=line.period,
        source=line.figure_id if line.is_growth else None,
    )
    return Span(analysis_phrases.growth(line.growth, line.growth_decimals), (fact.key,))


def level_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """323.45亿元, before a growth; nothing where no level is published."""
    if not line.is_growth or line.level is None:
        return []
    fact = register.number(
        line.key("level"),
        f"{line.name}{'余额' if line.is_balance else '累计'}",
        line.level,
        decimals=line.level_decimals,
        unit=line.level_unit,
        period=line.period,
        source=line.level_id,
    )
    return [Span(analysis_phrases.amount(line.level, line.level_unit, line.level_decimals), (fact.key,)), ","]


def basis_sentences(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """扣除留抵退税后，税收收入增长2.1%。 for every further basis that is published."""
    out: list[Inline] = []
    for basis in line.other_bases:
        fact = register.number(
            line.key(f"{line.measure}/{basis.basis}"),
            f"{line.name}{basis.label}增速",
            basis.value,
            decimals=line.decimals,
            period=line.period,
            source=basis.figure_id,
        )
        words = analysis_phrases.growth(basis.value, line.decimals)
        said = f"{basis.label}后" if basis.label.startswith("扣除") else f"按{basis.label}"
        out += [f"{said},", name_span(line), Span(words, (fact.key,)), "。"]
    return out


def turn_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    if not line.is_growth or line.actual is None or line.before is None:
        return []
    register.number(line.key("previous"), f"{line.name}上期", line.before, decimals=line.decimals)
    key = line.key("change")
    register.difference(key, f"{line.name}较上期", line.key(line.measure), line.key("previous"))
    return [",", Span(analysis_phrases.turn(line.actual, line.before, line.than, line.decimals), (key,))]


def city_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """Against the city's own figure; only growths are compared."""
    if line.growth is None or line.city is None or line.versus_city is None:
        return []
    places = line.growth_decimals
    own = growth_span(line, register)
    register.number(line.key("city"), f"{line.name}全市", line.city, decimals=places, period=line.period)
    key = line.key("versus_city")
    label_ = f"{line.name}与全市相差"
    register.difference(key, label_, line.growth_key, line.key("city"), page=line.versus_city)
    words = Span(analysis_phrases.against(line.growth, line.city, decimals=places), (key,))
    return [",", words] if line.is_growth else [",", own, ",", words]


def place_facts(line: BriefingLine, register: FactRegister) -> list[str]:
    """Keys of the place and of its change, registered."""
    rank = register.number(
        line.key("rank"), f"{line.name}位次", line.rank, decimals=0, unit="位", period=line.period
    )
    register.number(line.key("rivals"), f"{line.name}参排地区", line.rivals, decimals=0, unit="个")
    if line.rank_change is None:
        return [rank.key]
    change = register.number(
        line.key("rank_change"), f"{line.name}位次变动", line.rank_change, decimals=0, unit="位"
    )
    return [rank.key, change.key]


def place_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    if line.rank_pending:
        return _pending_spans(line, register)
    if line.rank is None:
        return []
    keys = place_facts(line, register)
    words = analysis_phrases.place(
        line.rank, line.rivals or 0, line.rank_change, than=line.than, tied=line.tied, last=line.last
    )
    missing = "、".join(line.missing_rivals)
    note = [label(f"({missing}尚未公布, 未参与排位)")] if missing else []
    what = "" if line.is_growth or line.growth is None else "增速"
    return [",", Span(what + words, tuple(keys)), *note]


def _pending_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """全市位次待公布,上月10/10,按发布日历11月21日前后公布."""
    before, rivals = line.rank_previous, line.rivals_previous
    words = analysis_phrases.place_pending(before, rivals, than=line.than)
    due = analysis_phrases.by_calendar(line.rank_due)
    if before is None or rivals is None:
        return [",", label(words + due)]
    rank = register.number(line.key("rank_previous"), f"{line.name}上期位次", before, decimals=0, unit="位")
    among = register.number(
        line.key("rivals_previous"), f"{line.name}上期参排地区", rivals, decimals=0, unit="个"
    )
    return [",", Span(words, (rank.key, among.key)), *([label(due)] if due else [])]


def target_spans(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """Against the primary target: points for a growth, share done and schedule for a level."""
    if line.target is None or line.actual is None:
        return []
    return [";", *(_growth_target(line, register) if line.is_growth else _level_target(line, register))]


def _growth_target(line: BriefingLine, register: FactRegister) -> list[Inline]:
    aim = register.number(
        line.key("target"), f"{line.name}目标", line.target, decimals=line.decimals, unit=line.unit
    )
    gap = line.key("gap")
    page = line.gap if line.comparison != "<=" or line.gap is None else None
    register.difference(gap, f"{line.name}与目标相差", line.key(line.measure), aim.key, page=page)
    words = analysis_phrases.against_target(
        line.actual, line.target, line.comparison or ">=", line.set_by or "", line.decimals
    )
    return [Span(words, (aim.key, gap))]


def _level_target(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """Share of the year's target done, against the share due: due = done - schedule_gap."""
    if not line.target or line.actual is None:
        return []
    done = line.actual / line.target * 100
    due = done - line.schedule_gap if line.schedule_gap is not None else None
    places = analysis_phrases.progress_places(done, due)
    first = register.number(
        line.key("progress"), f"{line.name}完成进度", done, decimals=places, period=line.period
    )
    keys = [first.key]
    if due is not None:
        register.number(
            line.key("schedule"), f"{line.name}时序进度", due, decimals=places, period=line.period
        )
        key = line.key("ahead")
        register.difference(
            key, f"{line.name}与时序相差", line.key("progress"), line.key("schedule"), page=line.schedule_gap
        )
        keys.append(key)
    return [Span(analysis_phrases.progress(done, due, line.set_by or ""), tuple(keys))]


def run_words(line: BriefingLine, as_of: Month) -> Span | None:
    """本月新转入, 自6月起: since when this light has been on."""
    if not line.since:
        return None
    first = parse_period(line.since).end
    if first == as_of:
        return label("本月新转入")
    year = "" if first.year == as_of.year else f"{first.year}年"
    return label(f"自{year}{first.month}月起")


def sentence(line: BriefingLine, register: FactRegister, *, with_period: bool = True) -> list[Inline]:
    """Everything that is known of one indicator, without the full stop."""
    head: list[Inline] = [label(f"{line.period_words},")] if with_period else []
    if line.actual is None:
        return [
            *head,
            name_span(line),
            analysis_phrases.NOT_PUBLISHED,
            ",",
            light_span(line, register, "灯色"),
        ]
    return [
        *head,
        name_span(line),
        *level_spans(line, register),
        actual_span(line, register),
        *turn_spans(line, register),
        *city_spans(line, register),
        *place_spans(line, register),
        *target_spans(line, register),
        *lit_spans(line, register),
    ]
