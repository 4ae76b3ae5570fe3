"""OpenDocument spreadsheets: the sheets of an .ods with merged cells, percent cells and hidden lines.

Read as a stream: a repeated blank row or cell is counted, never laid out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from wenpan.documents.spreadsheets import printed_pages
from wenpan.documents.spreadsheets.sheet import CellValue, Sheet, address, without_blank_end
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.spreadsheets.xlsx_comments import plain
from wenpan.documents.spreadsheets.xlsx_package import Range, judge_directory

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_HIDDEN = ("collapse", "filter")


def sheets(data: bytes, *, max_cells: int) -> list[Sheet]:
    """Raises `Unreadable` for what must not be parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            judge_directory(archive)
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise Unreadable("encrypted", "文件有打开密码. 请去掉密码另存后再传.")
            tree = ElementTree.fromstring(archive.read("content.xml"))
            named = "styles.xml" in archive.namelist()
            printed = printed_pages.of_ods(archive.read("styles.xml"), tree) if named else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ElementTree.ParseError):
        raise Unreadable("truncated", "文件不完整或已损坏, 打不开. 请重新保存或重新发送.") from None
    hidden = _hidden_styles(tree)
    return [_Reader(table, hidden, printed, max_cells).sheet() for table in tree.iter(f"{_T}table")]


def _hidden_styles(tree: Element) -> set[str]:
    """Names of the styles of tables that are not displayed."""
    style = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
    return {
        str(one.get(f"{style}name"))
        for one in tree.iter(f"{style}style")
        for properties in one.iter(f"{style}table-properties")
        if properties.get(f"{_T}display") == "false"
    }


class _Reader:
    def __init__(
        self, table: Element, hidden: set[str], printed: Mapping[str, tuple[str, ...]], max_cells: int
    ) -> None:
        self.table, self.most, self.cells = table, max_cells, 0
        self.rows: list[list[CellValue]] = []
        self.merged: list[Range] = []
        self.percent: set[tuple[int, int]] = set()
        self.errors: dict[str, str] = {}
        self.hidden_rows: set[int] = set()
        style = str(table.get(f"{_T}style-name") or "")
        self.hidden = style in hidden
        self.printed = printed.get(style, printed.get("", ()))
        self.comments: dict[tuple[int, int], str] = {}

    def sheet(self) -> Sheet:
        at = 0
        for row in self._rows(self.table):
            again = _count(row, "number-rows-repeated")
            values = self._row(row, at)
            if row.get(f"{_T}visibility") in _HIDDEN:
                self.hidden_rows |= set(range(at, at + min(again, 100_000)))
            if values:
                self._lay(at, values, again)
            at += again
        return Sheet(
            str(self.table.get(f"{_T}name") or "Sheet1"), without_blank_end(self.rows), tuple(self.merged),
            errors=self.errors, percent=frozenset(self.percent), hidden=self.hidden,
            hidden_rows=frozenset(self.hidden_rows), hidden_columns=frozenset(self._hidden_columns()),
            comments=self.comments, printed=self.printed,
        )  # fmt: skip

    def _rows(self, inside: Element) -> Iterator[Element]:
        for child in inside:
            if child.tag == f"{_T}table-row":
                yield child
            elif child.tag in (f"{_T}table-header-rows", f"{_T}table-rows", f"{_T}table-row-group"):
                yield from self._rows(child)

    def _lay(self, at: int, values: list[CellValue], again: int) -> None:
        self.cells += (at + again - len(self.rows) + 1) + len(values) * again
        if self.cells > self.most:
            raise Unreadable("too_large", "表格太大, 不像正常的报表. 请只保留要报送的工作表, 另存后再传.")
        self.rows += [[] for _ in range(at - len(self.rows))]
        self.rows += [list(values) for _ in range(again)]

    def _row(self, row: Element, at: int) -> list[CellValue]:
        values: list[CellValue] = []
        column = 0
        for cell in row:
            if cell.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
                continue
            again = _count(cell, "number-columns-repeated")
            value = self._value(cell, at, column)
            if value is not None:
                if column + again > 16_384:
                    raise Unreadable("too_large", "表格太宽, 不像正常的报表. 请只保留要报送的列, 另存后再传.")
                values += [None] * (column - len(values)) + [value] * again
            self._spans(cell, at, column)
            column += again
        return values

    def _spans(self, cell: Element, at: int, column: int) -> None:
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            self.merged.append((at, column, at + down - 1, column + across - 1))

    def _value(self, cell: Element, at: int, column: int) -> CellValue:
        for note in cell.iterfind(f"{_O}annotation"):
            if remark := plain(_words(note), note.findtext(_CREATOR) or ""):
                self.comments[at, column] = remark
        kind = cell.get(f"{_O}value-type")
        said = cell.get(f"{_O}value")
        if kind in ("float", "currency", "percentage") and said is not None:
            if kind == "percentage":
                self.percent.add((at, column))
            return float(said)
        if kind == "date":
            return _date(str(cell.get(f"{_O}date-value")))
        if kind == "boolean":
            return cell.get(f"{_O}boolean-value") == "true"
        text = _words(cell)
        if text.startswith("#") and (kind == "string" or kind is None) and cell.get(f"{_T}formula"):
            self.errors[address(at, column)] = text
            return None
        return text or None

    def _hidden_columns(self) -> Iterator[int]:
        at = 0
        for column in self.table.iter(f"{_T}table-column"):
            again = _count(column, "number-columns-repeated")
            if column.get(f"{_T}visibility") in _HIDDEN:
                yield from range(at, at + min(again, 16_384))
            at += again


def _words(element: Element) -> str:
    """The lines of a cell or of a comment; the comment at a cell is none of its own."""
    inside = element.iterfind(f"{_O}annotation")
    others = {p for note in inside for p in note.iter(f"{_TEXT}p")}
    lines = [p for p in element.iter(f"{_TEXT}p") if p not in others]
    return "\n".join("".join(p.itertext()) for p in lines).strip()


def _count(element: Element, name: str) -> int:
    text = str(element.get(f"{_T}{name}") or "1")
    return max(1, int(text)) if text.isdigit() else 1


def _date(text: str) -> CellValue:
    parse: Callable[[str], Any] = datetime.fromisoformat
    try:
        return parse(text)  # type: ignore[no-any-return]
    except ValueError:
        return text
