"""A paper as the rows of its .docx, which belong to its blocks: the one made here, and one sent back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wenpan.documents.papers.gbt9704.template import opened
from wenpan.documents.papers.paper import Heading, Paper, PaperTable, Paragraph, Span
from wenpan.documents.words.numbers import full_width

_BETWEEN = "\ue000"  # a sign of no paper
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FIXED = -1  # of no block: title, date, issuer, imprint: the program's own


@dataclass(frozen=True)
class PaperElement:
    """A paragraph (`cells` empty) or a table. `block` counts over body and annexes; `part` is "" for the
    whole block, else title, caption or note:0. `marks`: numbers of its figures, by their content controls.
    """

    text: str
    block: int = FIXED
    part: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    marks: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    style: str = ""


Frame = tuple[list[PaperElement], list[PaperElement]]


def elements_of(paper: Paper, frame: Frame | None = None) -> list[PaperElement]:
    """In the order of the page; empty lines are none. `frame`: head and end of the place's own template."""
    return [one for one in _elements(paper, frame) if one.text.strip() or one.cells]


def frame_of(paper: Paper, template: bytes) -> Frame:
    """What the template's head and end say, filled for this paper."""
    own = opened(template, paper)
    own.document.add_paragraph(_BETWEEN)
    own.close()
    rows = _elements_within(own.document.element.body)
    at = next(n for n, one in enumerate(rows) if one.text == _BETWEEN)
    return rows[:at], rows[at + 1 :]


def _elements(paper: Paper, frame: Frame | None) -> Iterator[PaperElement]:
    mark = 0
    yield from frame[0] if frame else _head(paper)
    for at, block in enumerate(paper.all_blocks()):
        if at == len(paper.blocks):
            yield from _closing(paper)
        if isinstance(block, Heading):
            yield PaperElement(block.text, at)
        elif isinstance(block, Paragraph):
            marks = tuple(range(mark, mark + sum(bool(s.facts) for s in block.spans)))
            mark += len(marks)
            yield PaperElement("".join(s.text for s in block.spans), at, marks=marks, spans=block.spans)
        elif isinstance(block, PaperTable):
            yield PaperElement(full_width(block.title), at, "title")
            cells = (block.headers, *(tuple(span.text for span in row) for row in block.rows))
            yield PaperElement("\t".join(block.headers), at, cells=cells)
            for n, note in enumerate(block.notes):
                yield PaperElement(full_width(note), at, f"note:{n}")
        else:
            yield PaperElement(full_width(block.caption), at, "caption")
    if not paper.attachments:
        yield from _closing(paper)
    if frame:
        yield PaperElement(paper.small_print)
    yield from frame[1] if frame else _end(paper)


def _end(paper: Paper) -> Iterator[PaperElement]:
    if paper.layout == 1:
        yield PaperElement(paper.small_print)
    if imprint := paper.imprint:
        yield PaperElement(full_width(f"抄送: {imprint.copies_to}。") if imprint.copies_to else "")
        right = f"\t{imprint.printed_on}印发" if imprint.printed_on else ""
        yield PaperElement(f"{full_width(imprint.printed_by)}{right}")
    if paper.layout > 1:
        yield PaperElement(paper.small_print)


def _head(paper: Paper) -> Iterator[PaperElement]:
    if paper.masthead:
        yield PaperElement(paper.masthead.name)
        yield PaperElement(paper.masthead.number)
    for line in paper.title:
        yield PaperElement(line)
    yield PaperElement(f"{paper.to}：" if paper.to else "")


def _closing(paper: Paper) -> Iterator[PaperElement]:
    for n, name in enumerate(paper.annexes):
        numbered = f"{n + 1}．{name}" if len(paper.annexes) > 1 else name
        yield PaperElement(f"{'　　　' if n else '附件：'}{numbered}")
    yield PaperElement(paper.issuer)
    yield PaperElement(paper.dated)


def elements_sent(data: bytes) -> list[PaperElement]:
    """Of a .docx that came back; tracked changes count as accepted. Raises what python-docx raises."""
    from docx import Document

    return _elements_within(Document(io.BytesIO(data)).element.body)


def _elements_within(body: Any) -> list[PaperElement]:
    found: list[PaperElement] = []
    for node in _rows(body):
        if node.tag.endswith("}p"):
            style = node.find(_w("pPr") + "/" + _w("pStyle"))
            name = "" if style is None else str(style.get(_w("val")))
            boxed = [inner for box in node.iter(_w("txbxContent")) for inner in box.findall(_w("p"))]
            found += [PaperElement(_text(inner)) for inner in boxed]
            found.append(PaperElement(_text(node), marks=_marks(node), style=name))
        else:
            cells = tuple(tuple(_text(cell) for cell in row.iter(_w("tc"))) for row in node.iter(_w("tr")))
            found.append(PaperElement("\t".join(cells[0]) if cells else "", cells=cells))
    return [one for one in found if one.text.strip() or one.cells]


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _rows(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside what Word or WPS puts around whole paragraphs."""
    for node in body:
        if node.tag in (_w("p"), _w("tbl")):
            yield node
        elif node.tag == _w("sdt"):
            content = node.find(_w("sdtContent"))
            yield from _rows(content) if content is not None else ()
        elif node.tag in (_w("customXml"), _w("ins"), _w("moveTo")):
            yield from _rows(node)


def _text(node: Any) -> str:
    """Without what stands in boxes and what was moved away; with what was typed as a formula."""
    boxes = [box for box in node.iter(_w("txbxContent"), _w("moveFrom")) if box is not node]
    said = (
        n
        for n in node.iter(_w("t"), _w("tab"), _FORMULA)
        if n.getparent().tag != _w("tabs") and not any(box in n.iterancestors() for box in boxes)
    )
    return "".join("\t" if n.tag == _w("tab") else (n.text or "") for n in said)


def _marks(node: Any) -> tuple[int, ...]:
    away = list(node.iter(_w("moveFrom")))
    kept = (tag for tag in node.iter(_w("tag")) if not any(one in tag.iterancestors() for one in away))
    tags = (tag.get(_w("val")) or "" for tag in kept)
    return tuple(int(tag[2:]) for tag in tags if tag.startswith("f:") and tag[2:].isdecimal())
