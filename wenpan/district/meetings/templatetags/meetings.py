"""The sections of a memo on the page: the same blocks that its paper prints, so that both say the same."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from wenpan.district.meetings.memo import paper
from wenpan.district.meetings.memo.facts import Memo
from wenpan.documents.papers.paper import PaperTable, block_text

register = template.Library()


@dataclass(frozen=True)
class MemoBlock:
    """A paragraph, or a table with the heading of every cell."""

    text: str = ""
    title: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@register.simple_tag
def memo_title(section: str) -> str:
    return paper.TITLES[section]


@register.simple_tag
def memo_blocks(memo: Memo, section: str) -> list[MemoBlock]:
    found = []
    for block in paper.WRITERS[section](memo):
        if isinstance(block, PaperTable):
            rows = tuple(
                tuple(zip(block.headers, (cell.text for cell in row), strict=True)) for row in block.rows
            )
            found.append(MemoBlock(title=block.title, headers=block.headers, rows=rows))
        elif text := block_text(block):
            found.append(MemoBlock(text=text))
    return found[1:] if section == "answers" else found  # its sentence opens the page
