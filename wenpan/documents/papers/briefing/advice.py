"""Parts three to five of the analysis: what is wrong, where the year will end, what is suggested.

Pure. Everything is derived from the judgement. A suggestion names the unit, the indicator and the
pace that is needed; it is labelled 供参考 and stops at departments, towns and parks: what a firm
reports is nobody's to suggest (统计法).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput, words_for
from wenpan.documents.papers.briefing.lines import (
    growth_span,
    lit_spans,
    name_span,
    run_words,
    target_spans,
    turn_spans,
)
from wenpan.documents.papers.briefing.outlook import chance_spans, needed_spans, outlook_spans
from wenpan.documents.papers.briefing.reasons import reason_paragraphs
from wenpan.documents.papers.briefing.tables import by_probability
from wenpan.documents.papers.briefing.together import together
from wenpan.documents.papers.briefing.under_way import under_way_spans
from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import Block, Inline, Paragraph, Span, heading, label, paragraph
from wenpan.documents.words.numbers import numeral


def _severity(line: BriefingLine) -> tuple[bool, float]:
    return (line.light != "RED", by_probability(line))


def _names(lines: Iterable[BriefingLine]) -> Inline:
    return label("、".join(line.name for line in lines))


def _counted(register: FactRegister, key: str, words: str, count: int) -> Span:
    fact = register.number(f"counts/{key}", words, count, decimals=0, unit="项")
    return Span(f"{count}项", (fact.key,))


def troubles(given: BriefingInput, register: FactRegister) -> list[Block]:
    """Red lights, last places, growth turning down, yellow lights, figures that are not out."""
    found = [
        _red(given, register),
        _last(given, register),
        _turned(given, register),
        _yellow(given, register),
        _not_out(given, register),
    ]
    blocks: list[Block] = [heading(1, "三、存在的主要问题")]
    parts = [part for part in found if part]
    if not parts:
        return [*blocks, paragraph("本月没有亮红灯、黄灯的指标, 也没有缺报指标。")]
    for at, part in enumerate(parts):
        blocks.append(paragraph(f"{numeral(at + 1)}是", *part, "。", style="numbered"))
        if at == 0:
            blocks += reason_paragraphs(sorted(given.of("RED"), key=_severity), given.reasons)
    return blocks


def _listed(items: Iterable[Sequence[Inline]], sign: str = ";") -> list[Inline]:
    """The items with `sign` between them."""
    out: list[Inline] = []
    for item in items:
        out += [*([sign] if out else []), *item]
    return out


def _red(given: BriefingInput, register: FactRegister) -> list[Inline]:
    red = sorted(given.of("RED"), key=_severity)
    if not red:
        return []
    head: list[Inline] = [_counted(register, "red", "红灯", len(red)), "指标亮红灯。"]
    return [*head, *_listed(_red_item(line, given, register) for line in red)]


def _red_item(line: BriefingLine, given: BriefingInput, register: FactRegister) -> list[Inline]:
    """固定资产投资(自6月起)低于市下达目标(增长8.0%)20.3个百分点."""
    run = run_words(line, given.as_of)
    why = target_spans(line, register)[1:] or [growth_span(line, register)]
    since: list[Inline] = ["(", run, ")"] if run else []
    held = lit_spans(line, register) if line.held else []
    return [name_span(line), *since, *why, *held]


def _last(given: BriefingInput, register: FactRegister) -> list[Inline]:
    last = [line for line in given.lines if line.last]
    fallen = [line for line in given.lines if line.rank_change is not None and line.rank_change < 0]
    out: list[Inline] = []
    if last:
        out += [_names(last), "居全市末位"]
    if fallen:
        out += [*([";"] if out else []), _counted(register, "fallen", "位次后移", len(fallen))]
        out += ["指标在全市的位次较上期后移"]
    return ["位次靠后。", *out] if out else []


def _turned(given: BriefingInput, register: FactRegister) -> list[Inline]:
    """Growth that turned negative, and falls that grew by a point or more."""
    worse = [line for line in given.lines if line.is_growth and _worse(line)]
    if not worse:
        return []
    items = [[name_span(line), *turn_spans(line, register)[1:]] for line in worse]
    return ["部分指标走弱。", *_listed(items)]


def _worse(line: BriefingLine) -> bool:
    if line.actual is None or line.before is None or line.actual >= 0:
        return False
    return line.before >= 0 or line.before - line.actual >= 1


def _yellow(given: BriefingInput, register: FactRegister) -> list[Inline]:
    yellow = given.of("YELLOW")
    if not yellow:
        return []
    count = _counted(register, "yellow", "黄灯", len(yellow))
    out: list[Inline] = [count, "指标亮黄灯。", _names(yellow), "需防止转红"]
    if held := [line for line in yellow if line.held]:
        out += ["(其中", _names(held), "本期已好转,按规则暂未转灯)"]
    return out


def _not_out(given: BriefingInput, register: FactRegister) -> list[Inline]:
    absent = [line for line in given.lines if line.actual is None]
    if not absent:
        return []
    count = _counted(register, "not_out", "数据未出", len(absent))
    return [count, "指标数据未出, 暂不判定, 不视为正常。", _names(absent), "须及时报送"]


def outlook(given: BriefingInput, register: FactRegister) -> list[Block]:
    """Where the year will end: the worst in detail, the others by name; all of them in table two."""
    policy = given.policy
    aimed = [line for line in given.lines if line.target is not None and line.probability is not None]
    safe = [line for line in aimed if (line.probability or 0) >= policy.outlook_below]
    risky = sorted((line for line in aimed if line not in safe), key=by_probability)
    blocks: list[Block] = [heading(1, "四、年末预判")]
    if not aimed:
        return [*blocks, paragraph("有目标的指标历史数据不足, 本月不作年末预判。")]
    blocks.append(
        paragraph(
            "按历史走势推算(非统计数据), 有年度目标、可作预测的",
            _counted(register, "aimed", "可预测", len(aimed)),
            "指标中, 完成把握较大的",
            _counted(register, "safe", "把握较大", len(safe)),
            ", 存在不同程度困难的",
            _counted(register, "risky", "有困难", len(risky)),
            label(", 详见附表2。"),
        )
    )
    blocks += together(given.together, register, policy.chance_cap)
    if safe:
        items = [
            [name_span(line), *chance_spans(line, register, policy.chance, policy.chance_cap)[1:]]
            for line in safe
        ]
        blocks.append(paragraph("有望完成的: ", *_listed(items), "。", style="numbered"))
    for line in risky[: policy.outlook_details]:
        blocks.append(_outlook_of(line, given, register))
    if others := risky[policy.outlook_details :]:
        blocks.append(paragraph("其他有困难的: ", _names(others), "。", style="numbered"))
    refused = [line for line in given.lines if line.target is not None and line not in aimed]
    if refused:
        blocks.append(
            paragraph("暂不预测的: ", _names(refused), "(历史数据不足或本期数据未出)。", style="numbered")
        )
    return blocks


def _outlook_of(line: BriefingLine, given: BriefingInput, register: FactRegister) -> Paragraph:
    policy = given.policy
    spans = outlook_spans(line, register, policy.chance, policy.chance_cap)
    needed = _needed(line, register)
    return paragraph(
        name_span(line), ":", *spans, *([";", *needed] if needed else []), "。", style="numbered"
    )


def _needed(line: BriefingLine, register: FactRegister) -> list[Inline]:
    """后三个月需增长8.4%方可完成年度目标; one that is reached needs nothing more."""
    needed = needed_spans(line, register)
    return [*needed, "方可完成年度目标"] if _open(line, register) else needed


def advice(given: BriefingInput, register: FactRegister) -> list[Block]:
    """One heading a unit, the unit with the worst light first: which indicator, what pace, what to do."""
    blocks: list[Block] = [heading(1, "五、下一步工作建议(供参考)")]
    wanting = sorted(given.of("RED", "YELLOW"), key=_severity)
    if not wanting:
        blocks.append(paragraph("各项指标运行在目标之内, 建议保持现有力度, 按月跟踪。"))
    by_unit: dict[str, list[BriefingLine]] = {}
    for line in wanting:
        by_unit.setdefault(line.owner_name or "牵头单位待明确", []).append(line)
    for at, (unit, lines) in enumerate(list(by_unit.items())[: given.policy.suggestions]):
        blocks.append(heading(3, f"{at + 1}. {unit}"))
        blocks += _advice_to(lines, given, register)
    blocks.append(paragraph(given.policy.closing, style="note"))
    return blocks


def _advice_to(lines: Sequence[BriefingLine], given: BriefingInput, register: FactRegister) -> list[Block]:
    """Lines that deserve the same advice in one paragraph."""
    by_words: dict[str, list[BriefingLine]] = {}
    for line in lines:
        by_words.setdefault(_words(line, given), []).append(line)
    blocks: list[Block] = [
        _advice_paragraph(words, group, given, register) for words, group in by_words.items()
    ]
    under_way = {one.indicator: one for one in given.under_way}
    for line in lines:
        if named := under_way_spans(under_way.get(line.indicator), line.light):
            blocks.append(paragraph(name_span(line), ":", *named, style="numbered"))
    return blocks


def _words(line: BriefingLine, given: BriefingInput) -> str:
    if line.probability is None or line.target is None:
        return given.policy.advice_unknown
    return words_for(line.probability, given.policy.advice)


def _advice_paragraph(
    words: str, lines: Sequence[BriefingLine], given: BriefingInput, register: FactRegister
) -> Paragraph:
    items = [[name_span(line), *needed_spans(line, register)] for line in lines]
    aim = ",方可完成年度目标" if any(_open(line, register) for line in lines) else ""
    weak = [span for line in lines for span in _weak_parts(line, given, register)]
    return paragraph(*_listed(items), f"{aim}。{words}。", *weak)


def _open(line: BriefingLine, register: FactRegister) -> bool:
    """Something is still needed."""
    return any(isinstance(part, Span) for part in needed_spans(line, register))


def _weak_parts(line: BriefingLine, given: BriefingInput, register: FactRegister) -> list[Inline]:
    """Parts of the indicator that do worse than the whole, with their own units."""
    if line.growth is None:
        return []
    parts = [part for part in given.lines if part.part_of == line.indicator and part.growth is not None]
    weak = [part for part in parts if (part.growth or 0) < line.growth]
    items: list[list[Inline]] = [
        [name_span(part), "(", growth_span(part, register), f",{part.owner_name})"] for part in weak
    ]
    return [name_span(line), "的分项中应重点调度", *_listed(items, "、"), "。"] if weak else []
