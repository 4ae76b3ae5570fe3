"""Web tables: pages and XML tables that systems hand out under the name .xls.

A page becomes one sheet, as a spreadsheet program opens it: every line of text a row, every row of a table a
row. Merged cells keep their place."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from defusedxml import ElementTree

from wenpan.documents.spreadsheets.sheet import CellValue, Sheet, without_blank_end
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.spreadsheets.xlsx_package import Range

_HTML = ("<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<div", "<style")
_MOST = 1_000_000  # cells
_WIDE = 600
_LINE_ENDS = {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "li", "center", "caption", "title"}
_UNSEEN = {"script", "style", "head"}
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def is_page(text: str) -> bool:
    start = text[:2000].lstrip("\ufeff \r\n\t").lower()
    return start.startswith(_HTML) or "<html" in start or "<table" in start


def is_xml_workbook(text: str) -> bool:
    start = text[:2000].lstrip("\ufeff \r\n\t").lower()
    return start.startswith("<workbook") or (start.startswith("<?xml") and "<html" not in start)


def sheets(text: str) -> list[Sheet]:
    """The page as one sheet. A mail archive (mht) keeps its page encoded and is refused."""
    if text.lstrip("\ufeff \r\n\t").lower().startswith("mime-version:"):
        raise _refused("这个文件是网页存档(mht)")
    page = _Page()
    page.feed(text)
    page.close()
    if sum(sum(v is not None for v in row) > 1 for row in page.rows) < 2:
        raise _refused("这个文件其实是网页(从系统导出的 .xls 常是这样), 里面没有表格")
    return [Sheet("Sheet1", without_blank_end(page.rows), tuple(page.merged), typed=False)]


def _refused(what: str) -> Unreadable:
    return Unreadable("html", f"{what}. 请用 Excel 或 WPS 打开, “另存为” .xlsx 后再传.")


class _Page(HTMLParser):
    """Lines and tables in the order of the page. A table inside a cell is a part of that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[CellValue]] = []
        self.merged: list[Range] = []
        self._inside = 0  # tables around what is read now
        self._unseen = 0
        self._words: list[str] = []
        self._cell: tuple[int, int] | None = None  # its spans
        self._cells: list[tuple[str, int, int]] = []
        self._held: dict[int, int] = {}  # column -> rows below that a cell above still covers
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._line()
            self._inside += 1
            self._held = {} if self._inside == 1 else self._held
        elif self._inside == 1 and tag == "tr":
            self._end_row()
        elif self._inside == 1 and tag in ("td", "th"):
            self._end_cell()
            said = dict(attrs)
            self._cell = (_span(said.get("colspan"), _WIDE), _span(said.get("rowspan"), 10_000))
        elif tag in _LINE_ENDS:
            self._line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._inside:
            if self._inside == 1:
                self._end_row()
            self._inside -= 1
        elif self._inside == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._inside == 1 and tag == "tr":
            self._end_row()
        elif tag in _LINE_ENDS:
            self._line()

    def handle_data(self, data: str) -> None:
        if not self._unseen and (self._cell is not None or not self._inside):
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()
        self._line()

    def _line(self) -> None:
        """A line of text outside tables is a row; inside a cell it only parts words."""
        if self._cell is not None:
            self._words.append(" ")
        elif not self._inside:
            text = _clean(self._words)
            self._words = []
            if text:
                self.rows.append([text])

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._cells.append((_clean(self._words), *self._cell))
            self._cell = None
        self._words = []

    def _end_row(self) -> None:
        self._end_cell()
        if not self._cells:
            return
        row: dict[int, CellValue] = {}
        at, column = len(self.rows), 0
        below = {c: n - 1 for c, n in self._held.items() if n > 1}
        for text, across, down in self._cells:
            while self._held.get(column, 0) > 0:
                column += 1
            row[column] = text or None
            if across > 1 or down > 1:
                self.merged.append((at, column, at + down - 1, column + across - 1))
            if down > 1:
                below |= dict.fromkeys(range(column, column + across), down - 1)
            column += across
        self._cells, self._held = [], below
        width = min(column, _WIDE)
        self._count += width
        if self._count > _MOST:
            raise Unreadable("too_large", "网页里的表太大, 不像正常的报表. 请只保留要报送的表, 另存后再传.")
        self.rows.append([row.get(c) for c in range(width)])


def _span(text: str | None, most: int) -> int:
    return min(max(1, int(text)), most) if text and text.strip().isdigit() else 1


def _clean(words: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(words)).strip()


def xml_sheets(text: str) -> list[Sheet]:
    """The sheets of an XML spreadsheet of 2003, as many systems export it."""
    try:
        tree = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")))
    except ElementTree.ParseError:
        raise _refused("这个文件是 XML, 但不完整或不是表格") from None
    found = [_xml_sheet(sheet) for sheet in tree.iter(f"{_SS}Worksheet")]
    if not found:
        raise _refused("这个文件是 XML, 里面没有表格")
    return found


def _xml_sheet(sheet: ElementTree.Element) -> Sheet:
    rows: list[list[CellValue]] = []
    merged: list[Range] = []
    for line in sheet.iter(f"{_SS}Row"):
        at = _index(line, len(rows))
        rows += [[] for _ in range(at - len(rows))]
        values: list[CellValue] = []
        column = 0
        for cell in line.iter(f"{_SS}Cell"):
            column = _index(cell, column)
            values += [None] * (column - len(values))
            data = cell.find(f"{_SS}Data")
            values.append(None if data is None else _xml_value(data))
            across, down = (_span0(cell.get(f"{_SS}{way}")) for way in ("MergeAcross", "MergeDown"))
            if across or down:
                merged.append((at, column, at + down, column + across))
            column += 1 + across
        rows.append(values)
        if at > 150_000 or column > _WIDE:
            raise Unreadable("too_large", "表格太大, 不像正常的报表. 请只保留要报送的工作表, 另存后再传.")
    return Sheet(str(sheet.get(f"{_SS}Name") or "Sheet1"), without_blank_end(rows), tuple(merged))


def _index(element: ElementTree.Element, following: int) -> int:
    said = element.get(f"{_SS}Index")
    place = int(said) - 1 if said and said.isdigit() else following
    return max(following, min(place, following + 10_000))


def _span0(text: str | None) -> int:
    return min(int(text), _WIDE) if text and text.isdigit() else 0


def _xml_value(data: ElementTree.Element) -> CellValue:
    text = "".join(data.itertext()).strip()
    if data.get(f"{_SS}Type") == "Number" and text:
        try:
            return float(text)
        except ValueError:
            return text
    return text or None
