"""Word tables: every table of a .docx is a sheet 表1, 表2, …; the lines right above it are its title."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from wenpan.documents.spreadsheets import printed_pages
from wenpan.documents.spreadsheets.sheet import CellValue, Sheet, without_blank_end
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.spreadsheets.xlsx_package import Range, judge_directory

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ABOVE = 3  # lines above a table that may be its title, its month and its unit
_CONFIRM = "这是 Word 文件里的表, 没有单元格地址, 请看一下各列认得对不对"
_LONG = 60  # characters: a longer line is text


def sheets(data: bytes) -> list[Sheet]:
    """Raises `Unreadable` where the file is broken or holds no table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            judge_directory(archive)
            body = ElementTree.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
            printed = printed_pages.of_docx(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ElementTree.ParseError):
        raise Unreadable("truncated", "文件不完整或已损坏, 打不开. 请重新保存或重新发送.") from None
    found: list[Sheet] = []
    above: list[str] = []
    for block in _blocks(body) if body is not None else ():
        if block.tag == f"{_W}p":
            text = _text(block)
            above = [] if len(text) > _LONG else [*above, text] if text else above
        elif block.tag == f"{_W}tbl":
            found.append(_table(block, f"表{len(found) + 1}", above[-_ABOVE:]))
            above = []
    if not found:
        raise Unreadable(
            "not_a_workbook",
            "这个 Word 文件里没有表格. 表格请放在 .docx 的表格里或 .xlsx 里; 文件、讲话请到“来文”登记.",
        )
    for sheet in found:
        sheet.printed = printed
    return found


def _blocks(body: Element) -> Iterator[Element]:
    """Paragraphs and tables in their order, also those in content controls."""
    for child in body:
        if child.tag == f"{_W}sdt":
            content = child.find(f"{_W}sdtContent")
            yield from _blocks(content) if content is not None else ()
        else:
            yield child


def _text(element: Element) -> str:
    """What is read: without deleted text; a break is a space."""
    words: list[str] = []
    for part in element.iter():
        if part.tag == f"{_W}t":
            words.append(part.text or "")
        elif part.tag in (f"{_W}br", f"{_W}tab"):
            words.append(" ")
    return "".join(words).strip()


def _table(table: Element, name: str, above: list[str]) -> Sheet:
    rows: list[list[CellValue]] = [[line] for line in above]
    merged: list[Range] = []
    open_down: dict[int, tuple[int, int]] = {}  # column -> first row of a merged cell, its last column
    for line in table.iterfind(f"{_W}tr"):
        values: list[CellValue] = []
        at = len(rows)
        for cell in line.iterfind(f"{_W}tc"):
            column, across = len(values), _across(cell)
            down = _down(cell)
            if down == "continue" and column in open_down:
                first, last = open_down[column]
                merged[:] = [m for m in merged if m[:2] != (first, column)]
                merged.append((first, column, at, last))
                values += [None] * across
                continue
            open_down.pop(column, None)
            if down == "restart":
                open_down[column] = (at, column + across - 1)
            if across > 1:
                merged.append((at, column, at, column + across - 1))
            values += [" ".join(filter(None, map(_text, cell.iterfind(f"{_W}p")))) or None]
            values += [None] * (across - 1)
        rows.append(values)
    return Sheet(name, without_blank_end(rows), tuple(merged), confirm=_CONFIRM, typed=False)


def _across(cell: Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    text = "" if span is None else str(span.get(f"{_W}val") or "")
    return min(max(1, int(text)), 600) if text.isdigit() else 1


def _down(cell: Element) -> str:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return "" if merge is None else str(merge.get(f"{_W}val") or "continue")
