"""A paper before it has a layout: headings, paragraphs, tables, pictures, and which fact each number is.

Pure. The same paper becomes the .docx (`gbt9704`), the preview page and the archived record. A
paragraph is a row of spans. A span that carries numbers names their facts (`facts`), in the order
in which they stand; a `label` holds digits that are no figures (names, months, dates).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenpan.documents.words.numbers import full_width


@dataclass(frozen=True)
class Span:
    text: str
    facts: tuple[str, ...] = ()
    label: bool = False


Inline = str | Span


def label(text: str) -> Span:
    """Digits that are no figure: 500—5000万元项目投资, 1—9月."""
    return Span(text, label=True)


@dataclass(frozen=True)
class Heading:
    level: int  # 1: 一、  2: (一)  3: 1.  0: 附件1, at the head of an annex, on a new page
    text: str
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    spans: tuple[Span, ...]
    # body | numbered (its first span is a lead-in, printed bold) | note | small
    # number (文号, centred) | to (主送机关, from the left edge)
    style: str = "body"


@dataclass(frozen=True)
class PaperTable:
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Span, ...], ...]
    widths: tuple[int, ...]  # mm, at most 156 together
    numeric: frozenset[int] = frozenset()  # columns printed to the right
    text: frozenset[int] = frozenset()  # columns of sentences, printed to the left
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    caption: str
    png: bytes
    alt: str
    width_mm: int = 150


Block = Heading | Paragraph | PaperTable | Picture


@dataclass(frozen=True)
class Imprint:
    """版记: who gets copies, who printed it when."""

    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""
    copies: int = 0  # 共印50份; 0: not said


@dataclass(frozen=True)
class Masthead:
    """版头: the name in red, the number below it (a gap where it has none yet), a red line."""

    name: str  # 安禾区督查通报
    number: str = ""  # 安督通〔2022〕9号


LAYOUT = 3  # of papers that are made today; those kept in an older one are made again in theirs


@dataclass(frozen=True)
class Paper:
    title: tuple[str, ...]  # one or two lines
    blocks: tuple[Block, ...]
    issuer: str = ""
    dated: str = ""  # 2022年10月20日
    attachments: tuple[Block, ...] = ()
    small_print: str = ""
    imprint: Imprint | None = None
    subject: str = ""
    keywords: tuple[str, ...] = field(default=())
    masthead: Masthead | None = None
    to: str = ""  # 主送机关
    annexes: tuple[str, ...] = ()  # 附件说明: the names of the annexes, in order
    # 2: figures are content controls, the imprint stands at the foot of its page; 3: 28 characters fit a line
    layout: int = 1
    template: str = ""  # hash of the place's own head and end, "" for ours

    def all_blocks(self) -> Iterator[Block]:
        yield from self.blocks
        yield from self.attachments

    def spans(self) -> Iterator[Span]:
        """Every span of every paragraph and table cell, in reading order."""
        for block in self.all_blocks():
            if isinstance(block, Paragraph):
                yield from block.spans
            elif isinstance(block, PaperTable):
                for row in block.rows:
                    yield from row


def spans(*parts: Inline | Sequence[Inline]) -> tuple[Span, ...]:
    """Strings and spans in one row, punctuation made full-width over the seams; empty ones dropped."""
    flat: list[Span] = []
    for part in parts:
        for item in [part] if isinstance(part, str | Span) else part:
            span = Span(item) if isinstance(item, str) else item
            if span.text:
                flat.append(span)
    return _widened(flat)


def _widened(row: list[Span]) -> tuple[Span, ...]:
    """`full_width` over the whole row; it may only replace signs here, so the seams stay in place."""
    tight = [Span(full_width(span.text), span.facts, span.label) for span in row]
    whole = full_width("".join(span.text for span in tight))
    if len(whole) != sum(len(span.text) for span in tight):
        return tuple(Span(full_width(span.text), span.facts, span.label) for span in tight)
    out, at = [], 0
    for span in tight:
        end = at + len(span.text)
        out.append(Span(whole[at:end], span.facts, span.label))
        at = end
    return tuple(out)


def heading(level: int, text: str, *, new_page: bool = False) -> Heading:
    return Heading(level, full_width(text), new_page)


def paragraph(*parts: Inline | Sequence[Inline], style: str = "body") -> Paragraph:
    return Paragraph(spans(*parts), style)


def block_text(block: Block) -> str:
    """The text of a block, for searching and for tests."""
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Paragraph):
        return "".join(span.text for span in block.spans)
    if isinstance(block, PaperTable):
        return "\n".join("\t".join(span.text for span in row) for row in block.rows)
    return block.caption


def to_json(paper: Paper, keep: Callable[[bytes], str] | None = None) -> dict[str, Any]:
    """The record that is archived; `from_json` gives the same paper back.

    `keep` takes a picture's bytes and gives the name under which they are kept elsewhere; without
    it the picture stands in the record in base64.
    """
    kept = keep or (lambda png: base64.b64encode(png).decode())
    return {
        **({"layout": paper.layout} if paper.layout > 1 else {}),
        **({"template": paper.template} if paper.template else {}),
        "title": list(paper.title),
        "issuer": paper.issuer,
        "dated": paper.dated,
        "small_print": paper.small_print,
        "subject": paper.subject,
        "keywords": list(paper.keywords),
        "imprint": _imprint_json(paper.imprint) if paper.imprint else None,
        "masthead": vars(paper.masthead) if paper.masthead else None,
        "to": paper.to,
        "annexes": list(paper.annexes),
        "blocks": [_block_json(block, kept) for block in paper.blocks],
        "attachments": [_block_json(block, kept) for block in paper.attachments],
    }


def _imprint_json(imprint: Imprint) -> dict[str, Any]:
    kept = dict(vars(imprint))
    if not imprint.copies:  # as papers were kept before it was known
        del kept["copies"]
    return kept


def _span_json(span: Span) -> tuple[Any, ...]:
    return span.text, span.facts, span.label


def _block_json(block: Block, keep: Callable[[bytes], str]) -> dict[str, Any]:
    if isinstance(block, Heading):
        new_page = {"new_page": True} if block.new_page else {}
        return {"is": "heading", "level": block.level, "text": block.text, **new_page}
    if isinstance(block, Paragraph):
        return {"is": "paragraph", "style": block.style, "spans": [_span_json(s) for s in block.spans]}
    if isinstance(block, PaperTable):
        return {
            "is": "table",
            "title": block.title,
            "headers": list(block.headers),
            "rows": [[_span_json(cell) for cell in row] for row in block.rows],
            "widths": list(block.widths),
            "numeric": sorted(block.numeric),
            "text": sorted(block.text),
            "notes": list(block.notes),
        }
    return {
        "is": "picture",
        "caption": block.caption,
        "alt": block.alt,
        "width_mm": block.width_mm,
        "png": keep(block.png),
    }


def _span(data: list[Any]) -> Span:
    return Span(data[0], tuple(data[1]), data[2])


def _block(data: dict[str, Any]) -> Block:
    kind = data["is"]
    if kind == "heading":
        return Heading(data["level"], data["text"], data.get("new_page", False))
    if kind == "paragraph":
        return Paragraph(tuple(_span(s) for s in data["spans"]), data["style"])
    if kind == "table":
        rows = tuple(tuple(_span(cell) for cell in row) for row in data["rows"])
        return PaperTable(
            data["title"],
            tuple(data["headers"]),
            rows,
            tuple(data["widths"]),
            frozenset(data["numeric"]),
            frozenset(data["text"]),
            tuple(data["notes"]),
        )
    return Picture(data["caption"], base64.b64decode(data["png"]), data["alt"], data["width_mm"])


def from_json(data: dict[str, Any]) -> Paper:
    """The paper of a record with its pictures inside; KeyError if it is none. Older ones have no head."""
    masthead = data.get("masthead")
    return Paper(
        title=tuple(data["title"]),
        blocks=tuple(_block(block) for block in data["blocks"]),
        issuer=data["issuer"],
        dated=data["dated"],
        attachments=tuple(_block(block) for block in data["attachments"]),
        small_print=data["small_print"],
        imprint=Imprint(**data["imprint"]) if data["imprint"] else None,
        subject=data["subject"],
        keywords=tuple(data["keywords"]),
        masthead=Masthead(**masthead) if masthead else None,
        to=data.get("to", ""),
        annexes=tuple(data.get("annexes", ())),
        layout=data.get("layout", 1),
        template=data.get("template", ""),
    )
