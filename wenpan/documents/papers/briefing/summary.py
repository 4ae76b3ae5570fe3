"""内容摘要: the first two pages, for whoever reads no further: what turned, why, what next.

Pure. Every figure is a fact that the text after it prints too; the causes are the units' own words, cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from math import ceil

from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput
from wenpan.documents.papers.briefing.lines import growth_span, name_span, target_spans, turn_spans
from wenpan.documents.papers.briefing.outlook import needed_spans
from wenpan.documents.papers.briefing.reasons import reason_spans
from wenpan.documents.papers.briefing.tables import by_probability
from wenpan.documents.papers.briefing.under_way import under_way_spans
from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import Block, Inline, Span, block_text, heading, label, paragraph
from wenpan.economy.time.periods import parse_period

TITLE = "内容摘要"
PAGES_HOLD = 34  # lines on two pages of 22, below the head (5 lines) and the title (4)
_NAMED = 8
_WIDE = 27  # characters of a line, one left for signs that may not begin one


@dataclass(frozen=True)
class SummaryRoom:
    """How much is told: reds with causes, characters of a cause, suggestions."""

    reds: int
    words: int
    next: int


def summary(given: BriefingInput, told: Sequence[Inline], register: FactRegister) -> list[Block]:
    """`told`: the sentence of the lights, as the text has it. As much as two pages hold."""
    for room in _rooms(given):
        if _lines(_written(given, told, deepcopy(register), room)) <= PAGES_HOLD:
            break
    return _written(given, told, register, room)


def _rooms(given: BriefingInput) -> Iterator[SummaryRoom]:
    """From what the policy asks for down to the least."""
    reds, words, ahead = given.policy.summary_reds, given.policy.summary_words, given.policy.summary_next
    for fewer_reds, fewer_next in ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (3, 3)):
        for share in (1.0, 0.8, 0.65, 0.5, 0.35):
            most = max(int(words * share), 24)
            yield SummaryRoom(max(reds - fewer_reds, 2), most, max(ahead - fewer_next, 2))
    yield SummaryRoom(2, 24, 1)


def _lines(blocks: Sequence[Block]) -> int:
    """As printed: two characters of indent, Latin signs half as wide."""
    return sum(
        ceil((2 + sum(0.5 if sign.isascii() else 1 for sign in block_text(block))) / _WIDE)
        for block in blocks
    )


def _written(
    given: BriefingInput, told: Sequence[Inline], register: FactRegister, room: SummaryRoom
) -> list[Block]:
    return [
        heading(1, TITLE),
        paragraph(*told, "。"),
        heading(2, "本月有什么变化"),
        *_turned(given, register, room),
        heading(2, "为什么"),
        *_why(given, register, room),
        heading(2, "下一步怎么办"),
        *_next(given, register, room),
    ]


def _new(line: BriefingLine, given: BriefingInput) -> bool:
    return bool(line.since) and parse_period(line.since).end == given.as_of


def _turned(given: BriefingInput, register: FactRegister, room: SummaryRoom) -> list[Block]:
    """Lights that came this month, and growths that changed their sign."""
    blocks: list[Block] = []
    for light, words in (("RED", "转为红灯"), ("YELLOW", "转为黄灯"), ("GREEN", "转为绿灯")):
        lines = [line for line in given.of(light) if _new(line, given)]
        if lines:
            names = label(_names(lines))
            count = _count(register, light, words, len(lines))
            blocks.append(paragraph(f"{words}的", count, ":", names, "。"))
    signs = [line for line in given.lines if line.is_growth and _sign_turned(line)]
    if signs:
        items = [[name_span(line), *turn_spans(line, register)[1:]] for line in signs[: room.reds]]
        blocks.append(paragraph("增速正负有变的: ", *_joined(items), "。"))
    return blocks or [paragraph("与上月相比, 没有指标转灯, 增速也没有由正转负或由负转正。")]


def _names(lines: Sequence[BriefingLine]) -> str:
    """At most eight by name."""
    return "、".join(line.name for line in lines[:_NAMED]) + ("等" if len(lines) > _NAMED else "")


def _sign_turned(line: BriefingLine) -> bool:
    return line.actual is not None and line.before is not None and (line.actual < 0) != (line.before < 0)


def _count(register: FactRegister, light: str, words: str, count: int) -> Span:
    fact = register.number(f"counts/turned_{light.lower()}", words, count, decimals=0, unit="项")
    return Span(f"{count}项", (fact.key,))


def _joined(items: Sequence[Sequence[Inline]]) -> list[Inline]:
    out: list[Inline] = []
    for item in items:
        out += [*([";"] if out else []), *item]
    return out


def _weight(line: BriefingLine, given: BriefingInput) -> tuple[bool, float]:
    """What every district is measured by comes first, then what is least likely to be reached."""
    return (line.indicator not in (*given.policy.headline, *given.policy.required), by_probability(line))


def _why(given: BriefingInput, register: FactRegister, room: SummaryRoom) -> list[Block]:
    """Each red with its gap and its cause; those beyond the policy's number stand in the text."""
    red = sorted(given.of("RED"), key=lambda line: _weight(line, given))
    if not red:
        return [paragraph("本月没有亮红灯的指标。")]
    said = {one.indicator: one for one in given.reasons}
    most = room.reds
    blocks: list[Block] = []
    for line in red[:most]:
        gap = target_spans(line, register)[1:] or [growth_span(line, register)]
        cause = reason_spans(said.get(line.indicator), room.words)
        blocks.append(paragraph(name_span(line), *gap, "。", *cause, style="numbered"))
    if others := red[most:]:
        count = register.number("counts/other_reds", "其余红灯", len(others), decimals=0, unit="项")
        blocks.append(paragraph("其余", Span(f"{count.shown}项", (count.key,)), "红灯指标的原因见第三部分。"))
    return blocks


def _next(given: BriefingInput, register: FactRegister, room: SummaryRoom) -> list[Block]:
    """One line an indicator, the worst first: the pace, and the matter, project and person by name."""
    wanting = sorted(given.of("RED", "YELLOW"), key=lambda line: (line.light != "RED", _weight(line, given)))
    under_way = {one.indicator: one for one in given.under_way}
    blocks: list[Block] = []
    for line in wanting[: room.next]:
        needed = needed_spans(line, register)
        named = under_way_spans(under_way.get(line.indicator), line.light, short=True)
        who = label(f"({line.owner_name})") if line.owner_name else ""
        blocks.append(
            paragraph(
                name_span(line), who, *([":", *needed] if needed else []), "。", *named, style="numbered"
            )
        )
    return blocks or [paragraph("各项指标运行在目标之内, 按月跟踪。")]
