"""What a program recognised in scanned pages: lines with their boxes, joined to paragraphs with places.

Pure. Input is the table (tsv) of tesseract. A place is 第2页图像30%—36%处: the strip of the page's picture
that a person compares. A paragraph ends where its line is short, or the next is set in or numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wenpan.documents.orders.task_tables.grid import Remark
from wenpan.documents.orders.text import NEW_ITEM, Text

KIND = "scan"
_PLACE = re.compile(r"第(\d{1,4})页图像(\d{1,3})%—(\d{1,3})%处")
_PAGE_NUMBER = re.compile(r"[-—一~_.·\s]*\d{1,3}[-—一~_.·\s]*")
_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_HALF = re.compile(r"(?<=[\u3400-\u9fff]),|(?<=[\u3400-\u9fff]);|(?<=[\u3400-\u9fff]):")
_DASH = re.compile(r"(?<=\d)一(?=\d)")  # 1—9月
_FIRST = re.compile(r"[\]\[|lI丨](?=[—一-]\d{1,2}月)")  # nothing but 1 stands before —9月
_FULL = {",": "，", ";": "；", ":": "："}
_MARK = re.compile(r"^((?:绝|机|秘)\s*密)\s*[^\d\s]{0,2}\s*(\d{1,2}\s*(?:年|个月)|长期|永久|解密前|启封前)$")
_PAGE, _WORD = "1", "5"  # levels of the table
_INDENT, _SHORT = 1.0, 2.5  # heights of a line


@dataclass(frozen=True)
class ScanLine:
    """A line; its box in points of the picture, `page_height` that of the page."""

    text: str
    page: int
    left: int
    top: int
    right: int
    bottom: int
    page_height: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True)
class Strip:
    """A strip of a page's picture, in per cent from above."""

    page: int
    top: int
    bottom: int


def strip_of(place: str) -> Strip | None:
    """The strip that a place names; None of any other place."""
    found = _PLACE.fullmatch(place)
    return Strip(*map(int, found.groups())) if found else None


def lines_of(table: str, page: int) -> list[ScanLine]:
    """The lines of a page, from the table of its recognised words. Signs that are no words are left out."""
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    high = next((int(row[9]) for row in rows if row[0] == _PAGE), 0)
    held: dict[tuple[str, ...], list[list[str]]] = {}
    for row in rows:
        if row[0] == _WORD and len(row) > 11 and row[11].strip():
            held.setdefault(tuple(row[2:5]), []).append(row)
    found = [_line(words, page, high) for words in held.values()]
    return [line for line in found if re.search(r"\w", line.text)]


def _line(words: Sequence[Sequence[str]], page: int, high: int) -> ScanLine:
    boxes = [[int(n) for n in word[6:10]] for word in words]
    text = _BETWEEN.sub("", " ".join(word[11].strip() for word in words))
    return ScanLine(
        _mended(text), page,
        min(b[0] for b in boxes), min(b[1] for b in boxes),
        max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes), max(high, 1),
    )  # fmt: skip


def _mended(text: str) -> str:
    """Signs that are regularly recognised as others, where nothing else can stand."""
    return _DASH.sub("—", _FIRST.sub("1", _HALF.sub(lambda sign: _FULL[sign[0]], text)))


def apart(sparse: Sequence[ScanLine], block: Sequence[ScanLine]) -> list[ScanLine]:
    """Of words found wherever they stand, those in rows that `block` lacks: 秘密 alone, no piece of a row."""
    return [
        one for one in sparse
        if not any(2 * (min(one.bottom, b.bottom) - max(one.top, b.top)) > one.height for b in block)
    ]  # fmt: skip


def as_marks(lines: Sequence[ScanLine]) -> list[str]:
    """For the door, which looks for marks of secrecy: a star is often recognised as another sign."""
    return [_MARK.sub(r"\1★\2", line.text) for line in lines]


def text_of(lines: Sequence[ScanLine], unread: Sequence[int]) -> Text:
    """Paragraphs with their places, remarked as recognised by a program; `unread`: pages without words."""
    told = [Remark("recognised", "全文", "扫描件由程序识别(OCR), 文字可能有误. 请对照图像")]
    if unread:
        pages = "、".join(map(str, unread))
        told.append(Remark("pages_unread", f"第{pages}页", f"第{pages}页没有认出文字, 没有读."))
    kept = list(_paragraphs(lines))
    return Text(tuple(t for t, _ in kept), KIND, tuple(p for _, p in kept), tuple(told))


def _paragraphs(lines: Sequence[ScanLine]) -> Iterator[tuple[str, str]]:
    edges = {page: _edges([line for line in lines if line.page == page]) for page in {n.page for n in lines}}
    held: ScanLine | None = None
    last: ScanLine | None = None
    for line in lines:
        if _PAGE_NUMBER.fullmatch(line.text):
            continue
        if held is None or last is None or _begins(line, last, edges):
            if held is not None:
                yield held.text, _place(held)
            held = line
        else:
            gap = " " if re.search(r"[A-Za-z]$", held.text) and re.match(r"[A-Za-z]", line.text) else ""
            bottom = line.bottom if line.page == held.page else held.page_height
            held = replace(held, text=held.text + gap + line.text, bottom=max(bottom, held.bottom))
        last = line
    if held is not None:
        yield held.text, _place(held)


def _edges(lines: Sequence[ScanLine]) -> tuple[int, int]:
    """Where the lines of a page begin and end; a few that stand outside are not asked."""
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return lefts[len(lines) // 10], rights[len(lines) - 1 - len(lines) // 10]


def _begins(line: ScanLine, last: ScanLine, edges: dict[int, tuple[int, int]]) -> bool:
    """Whether a paragraph begins with `line`, which stands under `last`."""
    set_in = line.left - edges[line.page][0] > _INDENT * line.height
    short = edges[last.page][1] - last.right > _SHORT * last.height
    return bool(set_in or short or NEW_ITEM.match(line.text))


def _place(line: ScanLine) -> str:
    """With one per cent more on both sides: a box is tight."""
    top = max(0, 100 * line.top // line.page_height - 1)
    bottom = min(100, -(-100 * line.bottom // line.page_height) + 1)
    return f"第{line.page}页图像{top}%—{bottom}%处"
