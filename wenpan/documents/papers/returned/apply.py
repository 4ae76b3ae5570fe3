"""A paper with the words that somebody gave it: the same figures, each still tied to its fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wenpan.documents.papers.paper import Block, Heading, Paper, PaperTable, Paragraph, Picture, Span, label
from wenpan.documents.papers.returned.sentence_figures import sentence_figures

_HEADINGS = {"公文附件": 0, "公文一级标题": 1, "公文二级标题": 2, "公文三级标题": 3}


class EditsDoNotFit(Exception):  # noqa: N818 - said as people say it
    """The paper is another than the one that the edits were made of."""


def edited(paper: Paper, edits: Sequence[Mapping[str, Any]]) -> Paper:
    """In the order of the edits; a block that they do not name is left out. Raises EditsDoNotFit."""
    originals = list(paper.all_blocks())
    body: list[Block] = []
    annex: list[Block] = []
    done: dict[int, tuple[list[Block], int]] = {}
    here = body
    for edit in edits:
        if "of" not in edit:
            here.append(_new(edit))
            continue
        number = int(edit["of"])
        if number >= len(originals):
            raise EditsDoNotFit
        if number not in done:
            here = body if number < len(paper.blocks) else annex
            here.append(originals[number])
            done[number] = (here, len(here) - 1)
        place, at = done[number]
        place[at] = _changed(place[at], edit)
    return replace(paper, blocks=tuple(body), attachments=tuple(annex))


def _new(edit: Mapping[str, Any]) -> Block:
    text, style = str(edit["text"]), str(edit.get("style", ""))
    if style in _HEADINGS:
        return Heading(_HEADINGS[style], text)
    return Paragraph(tuple(pieces(text)))


def _changed(block: Block, edit: Mapping[str, Any]) -> Block:
    text, part = edit.get("text"), str(edit.get("part", ""))
    if isinstance(block, PaperTable) and "cells" in edit:
        return replace(block, rows=_rows(block, edit["cells"]))
    if text is None:
        return block
    if isinstance(block, Heading):
        return replace(block, text=text)
    if isinstance(block, Paragraph):
        return replace(block, spans=respanned(block.spans, text))
    return replace(block, caption=text) if isinstance(block, Picture) else _of_table(block, part, text)


def _of_table(block: PaperTable, part: str, text: str) -> PaperTable:
    if part.startswith("note:"):
        at = int(part[5:])
        return replace(block, notes=tuple(text if n == at else note for n, note in enumerate(block.notes)))
    return replace(block, title=text)


def _rows(table: PaperTable, cells: Mapping[str, str]) -> tuple[tuple[Span, ...], ...]:
    rows = [list(row) for row in table.rows]
    for place, text in cells.items():
        r, c = (int(n) for n in place.split(","))
        rows[r][c] = replace(rows[r][c], text=text, label=rows[r][c].label or not rows[r][c].facts)
    return tuple(tuple(row) for row in rows)


def respanned(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The new words with the figures of the old ones where they still stand, in the same order."""
    out: list[Span] = []
    at = 0
    for span in spans:
        found = text.find(span.text, at) if span.facts and span.text else -1
        if found < 0:
            continue
        out += [*pieces(text[at:found]), span]
        at = found + len(span.text)
    return (*out, *pieces(text[at:]))


def pieces(text: str) -> list[Span]:
    """Words between figures: digits that were no figures before (names, months) are labels again."""
    if not text:
        return []
    return [label(text)] if any(sign.isdigit() for sign in text) or sentence_figures(text) else [Span(text)]
