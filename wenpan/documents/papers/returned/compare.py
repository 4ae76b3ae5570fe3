"""A paper that came back beside the one that was made: changed words are edits, changed figures are problems.

Pure. What is taken: words of paragraphs, headings, notes and captions, whole sentences and paragraphs left
out, new paragraphs without figures, words in the cells of a table. What is refused, with the figure's own
name: another number, direction, unit, light or place; a figure that was not there; a table with other rows;
the parts that the program writes (title, number, date, issuer, imprint).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from wenpan.documents.papers.facts import PaperProblem
from wenpan.documents.papers.paper import Paper, Span
from wenpan.documents.papers.returned.elements import FIXED, PaperElement, elements_of, frame_of
from wenpan.documents.papers.returned.pairing import pairs
from wenpan.documents.papers.returned.sentence_figures import SentenceFigure, sentence_figures

_WIDE = str.maketrans("％，：；（）", "%,:;()")
RESTORE = "数字只能由台账改；请恢复原数，确有差错的先更正台账再重新生成"
LEFT_OUT = "数字连同它的分句一起删，或恢复原数"
_CLAUSE = re.compile(r"[，。；：、,;:（）()]")
_CLAUSE_SIGNS, _SAME_CLAUSE = 3, 0.75  # characters that make a clause of its own; how alike the same one is
NOT_OURS = "新的数字请先入账或登记来源；不需要时删去"


def compared(
    paper: Paper,
    facts: Sequence[Mapping[str, Any]],
    sent: Sequence[PaperElement],
    template: bytes | None = None,
) -> tuple[list[dict[str, Any]], list[PaperProblem]]:
    """Edits for `apply.edited` (the whole order of the paper, as JSON) and what cannot be taken.

    `template`: the place's own head and end, which the paper was made with.
    """
    made = elements_of(paper, frame_of(paper, template) if template is not None else None)
    found = pairs(made, sent)
    known = {fact["key"]: fact for fact in facts}
    edits: list[dict[str, Any]] = []
    problems: list[PaperProblem] = []
    for at, one in enumerate(sent):
        if at not in found:
            problems += _new(one)
            if not one.cells:
                edits.append({"text": one.text.strip(), "style": one.style})
            continue
        original = made[found[at]]
        if original.block == FIXED:
            if _plain(original.text) != _plain(one.text) or original.cells != one.cells:
                problems.append(_fixed(original, one))
            continue
        edit: dict[str, Any] = {"of": original.block, "part": original.part}
        if original.cells:
            cells, wrong = _cells(original, one)
            problems += wrong
            edits.append({**edit, **({"cells": cells} if cells else {})})
            continue
        problems += changed_figures(original, one, known)
        same = _plain(original.text) == _plain(one.text)
        edits.append(edit if same else {**edit, "text": one.text.strip()})
    return edits, problems


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_WIDE)


def _new(one: PaperElement) -> Iterator[PaperProblem]:
    if one.cells:
        yield PaperProblem("new_table", one.text[:40], "多出一张表", "表格由程序生成；请删去这张表")
        return
    for said in (said for said in sentence_figures(one.text) if not said.deadline):
        yield PaperProblem("untracked", one.text[:40], f"新写的“{said.said}”没有来源", NOT_OURS)


def _fixed(original: PaperElement, one: PaperElement) -> PaperProblem:
    found = f"改成了“{one.text.strip()[:60]}”"
    return PaperProblem("fixed", original.text[:40], found, "标题、文号、日期、署名和版记由程序填写；请恢复")


def changed_figures(
    original: PaperElement, one: PaperElement, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[PaperProblem]:
    """Figures may go with their clause; what stays must be what it was, and nothing may be added."""
    before = [f for f in sentence_figures(original.text) if not f.deadline or _is_fact(original, f)]
    kept = {f.said for f in before}
    after = [f for f in sentence_figures(one.text) if not f.deadline or f.said in kept]
    matcher = SequenceMatcher(None, [f.said for f in before], [f.said for f in after], autojunk=False)
    for deed, a, b, c, d in matcher.get_opcodes():
        if deed == "equal":
            continue
        for was in before[a + (d - c) : b]:
            if clause := _stands_without(original.text, one.text, was):
                found = f"删去了“{was.said}”，“{clause}”还在"
                yield PaperProblem("figure_changed", _name(original, was, known), found, LEFT_OUT)
        for number, said in enumerate(after[c:d]):
            if a + number < b:
                was = before[a + number]
                found = f"原为“{was.said}”，改成了“{said.said}”"
                yield PaperProblem("figure_changed", _name(original, was, known), found, RESTORE)
            else:
                yield PaperProblem("untracked", one.text[:40], f"新写的“{said.said}”没有来源", NOT_OURS)


def _stands_without(before: str, after: str, was: SentenceFigure) -> str:
    """The clause that lost its figure and still stands (`固定资产投资下降`); "" where it went with it."""
    begun = max((m.end() for m in _CLAUSE.finditer(before, 0, was.start)), default=0)
    end = next((m.start() for m in _CLAUSE.finditer(before, was.end)), len(before))
    rest = _plain(before[begun : was.start] + before[was.end : end])
    if sum("一" <= sign <= "龥" for sign in rest) < _CLAUSE_SIGNS:
        return ""
    stood = {_plain(clause) for clause in _CLAUSE.split(before)}
    for clause in _CLAUSE.split(after):
        now = _plain(clause)
        if now not in stood and SequenceMatcher(None, rest, now, autojunk=False).ratio() >= _SAME_CLAUSE:
            return clause.strip()
    return ""


def _is_fact(element: PaperElement, said: SentenceFigure) -> bool:
    return _fact_span(element, said) is not None


def _fact_span(element: PaperElement, said: SentenceFigure) -> Span | None:
    at = 0
    for span in element.spans:
        if span.facts and at < said.end and said.start < at + len(span.text):
            return span
        at += len(span.text)
    return None


def _name(element: PaperElement, said: SentenceFigure, known: Mapping[str, Mapping[str, Any]]) -> str:
    """The figure's own name and period, where the sentence says which fact it is."""
    span = _fact_span(element, said)
    told = [known[key] for key in span.facts if key in known] if span else []
    if not told:
        return element.text[:40]
    return " ".join(filter(None, (str(told[0]["label"]), str(told[0]["period"]))))


def _cells(original: PaperElement, one: PaperElement) -> tuple[dict[str, str], list[PaperProblem]]:
    """Words of cells may change; rows and columns stay, and so do their figures."""
    if [len(row) for row in original.cells] != [len(row) for row in one.cells]:
        found = f"原有{len(original.cells)}行，退回的有{len(one.cells)}行"
        if len(original.cells) == len(one.cells):
            found = "有的行栏数不同"
        return {}, [PaperProblem("table", original.text[:40], found, "表格的行和栏不能增删；请恢复")]
    changed: dict[str, str] = {}
    problems: list[PaperProblem] = []
    for r, (row, other) in enumerate(zip(original.cells, one.cells, strict=True)):
        for c, (was, now) in enumerate(zip(row, other, strict=True)):
            if _plain(was) == _plain(now):
                continue
            if [f.said for f in sentence_figures(was)] != [f.said for f in sentence_figures(now)] or r == 0:
                where = f"{row[0][:20]} · {original.cells[0][c]}"
                problems.append(PaperProblem("figure_changed", where, f"原为“{was}”，改成了“{now}”", RESTORE))
            else:
                changed[f"{r - 1},{c}"] = now.strip()
    return changed, problems
