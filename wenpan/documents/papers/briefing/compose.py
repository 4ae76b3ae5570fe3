"""《安禾区2022年1—9月经济运行分析》: the board of one month written as an official paper.

Pure. `compose` gives the paper and the register of its facts; it raises `Inconsistent` with every
reason if the month must not be written about or the paper would contradict itself. The same input
gives the same paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from wenpan.documents.papers.briefing.advice import advice, outlook, troubles
from wenpan.documents.papers.briefing.checks import check
from wenpan.documents.papers.briefing.deals import deals_paragraphs, deals_table
from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput, dated_words
from wenpan.documents.papers.briefing.lines import basis_sentences, sentence
from wenpan.documents.papers.briefing.room_sections import room_blocks
from wenpan.documents.papers.briefing.summary import summary
from wenpan.documents.papers.briefing.tables import main_table, outlook_table, reasons_table
from wenpan.documents.papers.facts import FactRegister, Inconsistent, assert_consistent
from wenpan.documents.papers.paper import (
    LAYOUT,
    Block,
    Imprint,
    Inline,
    Masthead,
    Paper,
    Picture,
    Span,
    heading,
    label,
    paragraph,
)
from wenpan.documents.words import analysis_phrases
from wenpan.documents.words.numbers import full_width, numeral
from wenpan.economy.judging.light_words import LIGHTS


def compose(given: BriefingInput, pictures: Sequence[Picture] = ()) -> tuple[Paper, FactRegister]:
    """The whole analysis. The first of `pictures` (of `briefing_charts`) follows the
    first paragraph, where it always fits the first page; the others open the annex. Raises Inconsistent.
    """
    if refusals := check(given):
        raise Inconsistent(refusals)
    register = FactRegister()
    tables = (
        main_table(given, register),
        *outlook_table(given, register),
        *reasons_table(given, register),
    )
    number = max(int(table.title[2:3]) for table in tables) + 1  # 附表1 … as they name themselves
    tables += deals_table(given.deals, number, register)
    paper = Paper(
        title=title(given),
        blocks=(
            *(summary(given, _lights_told(given, register, most=6), register) if given.summarised else ()),
            *overview(given, register, pictures[:1]),
            *sections(given, register),
            *troubles(given, register),
            *outlook(given, register),
            *advice(given, register),
        ),
        issuer=given.issuer,
        dated=dated_words(given.dated),
        attachments=(*pictures[1:], *tables),
        small_print=_small_print(given),
        imprint=Imprint(given.policy.copies_to, given.issuer, dated_words(given.dated), given.policy.copies),
        masthead=Masthead(given.policy.masthead.format(place=given.place)),
        subject="经济运行分析",
        keywords=(given.place, given.as_of.label, "经济运行分析"),
        layout=LAYOUT,
    )
    assert_consistent(register, paper)
    return paper, register


def title(given: BriefingInput) -> tuple[str, ...]:
    return (f"{given.place}{given.as_of.year}年{analysis_phrases.ytd(given.as_of)}", "经济运行分析")


def _small_print(given: BriefingInput) -> str:
    parts = [
        f"数据截至{given.as_of.label}",
        f"红黄绿灯规则: {given.rule_name}(版本{given.rule_version})" if given.rule_name else "",
        f"台账日志末号: {given.journal_head[:16]}" if given.journal_head else "",
        "预测为模型推算, 不是统计数据",
        "红灯原因由责任单位填写、签认, 其中数字由其负责" if given.reasons else "",
    ]
    return full_width("; ".join(part for part in parts if part) + "。")


def overview(given: BriefingInput, register: FactRegister, pictures: Sequence[Picture] = ()) -> list[Block]:
    blocks: list[Block] = [
        heading(1, "一、总体情况", new_page=given.summarised),
        paragraph(*_lights_told(given, register), "。"),
        *pictures,
    ]
    headline = [line for line in given.lines if line.indicator in given.policy.headline]
    if headline:
        blocks.append(paragraph(*_told(headline, register)))
    blocks.append(paragraph(*_directions(given, register), "。"))
    return blocks


def _count(register: FactRegister, key: str, label_: str, count: int) -> Span:
    fact = register.number(f"counts/{key}", label_, count, decimals=0, unit="项")
    return Span(f"{count}项", (fact.key,))


def _lights_told(given: BriefingInput, register: FactRegister, most: int = 0) -> list[Inline]:
    """`most`: the red ones by name only where they are no more; 0: all."""
    out: list[Inline] = [label(f"{analysis_phrases.ytd(given.as_of)},"), f"{given.place}列入监测的"]
    out += [_count(register, "all", "监测指标", len(given.lines)), "主要指标中,"]
    kinds = [(light, given.of(light)) for light in ("GREEN", "YELLOW", "RED", "UNKNOWN")]
    for light, lines in kinds:
        if lines or light != "UNKNOWN":
            words = "未设目标或数据未出、不作判定的" if light == "UNKNOWN" else LIGHTS[light]
            out += [words, _count(register, light.lower(), words, len(lines)), "、"]
    out = out[:-1] + _core_told(given, register)
    if (red := given.of("RED")) and (not most or len(red) <= most):
        out += ["。亮红灯的是", label("、".join(line.name for line in red))]
    return out


def _core_told(given: BriefingInput, register: FactRegister) -> list[Inline]:
    """Where the paper counts more than the board: the board's own numbers beside it, in words."""
    if all(line.core for line in given.lines):
        return []
    out: list[Inline] = [";其中总览所列核心指标"]
    for light in ("GREEN", "YELLOW", "RED"):
        lit = [line for line in given.of(light) if line.core]
        words = LIGHTS[light]
        out += [words, _count(register, f"core_{light.lower()}", f"核心指标{words}", len(lit)), "、"]
    return out[:-1]


def _directions(given: BriefingInput, register: FactRegister) -> list[Inline]:
    """How many grow and fall, lie under the city, and stand last."""
    growths = [line for line in given.lines if line.growth is not None]
    signs = [_sign(line) for line in growths]
    out: list[Inline] = ["公布增速的", _count(register, "growths", "公布增速", len(growths)), "指标中,"]
    out += [_count(register, "growing", "增长", signs.count(1)), "增长,"]
    if level := signs.count(0):
        out += [_count(register, "level", "持平", level), "持平,"]
    out += [_count(register, "falling", "下降", signs.count(-1)), "下降"]
    compared = [line for line in growths if line.city is not None]
    if compared:
        below = [line for line in compared if (line.growth or 0) < (line.city or 0)]
        out += ["。与全市可比的", _count(register, "compared", "可比", len(compared)), "指标中,"]
        out += [_count(register, "below_city", "低于全市", len(below)), "低于全市平均"]
    last = [line for line in growths if line.last]
    if last:
        out += [",", _count(register, "last", "末位", len(last)), "居全市末位"]
    return out


def _sign(line: BriefingLine) -> int:
    words = analysis_phrases.growth(line.growth, line.growth_decimals)
    return 1 if words.startswith("增长") else -1 if words.startswith("下降") else 0


def _told(lines: Sequence[BriefingLine], register: FactRegister) -> list[Inline]:
    """One sentence an indicator; the period is said again only when it changes."""
    out: list[Inline] = []
    before = [None, *lines]
    for earlier, line in pairwise(before):
        assert line is not None
        changed = earlier is None or earlier.period_words != line.period_words
        out += [*sentence(line, register, with_period=changed), "。"]
        out += basis_sentences(line, register)
    return out


def sections(given: BriefingInput, register: FactRegister) -> list[Block]:
    blocks: list[Block] = [heading(1, "二、主要指标运行情况")]
    taken = list(given.policy.headline)
    number = 0
    for section in given.policy.sections:
        lines = given.section_lines(section, taken)
        if not lines:
            continue
        number += 1
        taken += [line.indicator for line in lines]
        blocks += [heading(2, f"({numeral(number)}){section.title}"), *_paragraphs(lines, register)]
    rest = tuple(line for line in given.lines if line.indicator not in taken)
    if rest:
        number += 1
        blocks += [heading(2, f"({numeral(number)})其他指标"), *_paragraphs(rest, register)]
    if given.deals is not None:
        number += 1
        blocks += [heading(2, f"({numeral(number)})招商引资"), *deals_paragraphs(given.deals, register)]
    rooms = sorted(given.rooms, key=lambda room: (room.order, room.title))
    titles = [f"({numeral(number + at)}){room.title}" for at, room in enumerate(rooms, start=1)]
    return [*blocks, *room_blocks(rooms, titles, register)]


def _paragraphs(lines: Sequence[BriefingLine], register: FactRegister) -> list[Block]:
    """A paragraph for an indicator and its parts; indicators without a target follow the one before."""
    groups: list[list[BriefingLine]] = []
    for line in lines:
        if groups and (line.part_of or line.target is None):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [paragraph(*_told(group, register)) for group in groups]
