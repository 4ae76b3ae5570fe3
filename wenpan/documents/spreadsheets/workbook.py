"""Workbooks: xlsx, xls and csv become grids with true addresses; what cannot be read says why.

Pure: bytes in, values out. Nothing is skipped or guessed: row 1 of the grid is row 1 of the sheet,
blanks are None, numbers are floats, formulas are their cached values. Call `read` on foreign files
only in a child process (`district.intake.sandbox`).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

import python_calamine as calamine

from wenpan.documents.spreadsheets import xls_errors, xls_formats, xlsx_package
from wenpan.documents.spreadsheets.mark_findings import annotate
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.spreadsheets.xlsx_package import Range

__all__ = ["Book", "CellValue", "Sheet", "Unreadable", "address", "annotate", "read"]

CellValue = str | float | bool | date | datetime | time | timedelta | None

_MEBI = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = ("<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<div", "<style", "mime-version:")
_CELLS = 5_000_000  # a table of a city is a few thousand cells; more is a stray far cell


@dataclass
class Sheet:
    """One sheet; rows and columns are counted from 0, `address` gives A1."""

    name: str
    rows: list[list[CellValue]]
    merged: tuple[Range, ...] = ()
    formulas_without_value: list[str] = field(default_factory=list)  # A1
    errors: dict[str, str] = field(default_factory=dict)  # A1 -> #REF!
    percent: frozenset[tuple[int, int]] = frozenset()  # numbers shown as percent: 0.062 is 6.2%
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    typed: bool = True  # False: every cell is text because the format has no types (csv)

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass
class Book:
    sheets: tuple[Sheet, ...]
    filename: str = ""


def address(row: int, column: int) -> str:
    """(0, 0) is A1."""
    return f"{xlsx_package.letters(column)}{row + 1}"


def read(data: bytes, filename: str, *, max_bytes: int = 30 * _MEBI) -> Book:
    """The sheets of a file, recognised by content, not by suffix. Raises `Unreadable`."""
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable("empty", "文件是空的, 请确认发送的是保存后的文件.")
    if len(data) > max_bytes:
        raise Unreadable(
            "too_large",
            f"文件有 {len(data) / _MEBI:.1f} MB, 超过 {max_bytes // _MEBI} MB 的上限. "
            "请只保留要报送的工作表, 另存为 .xlsx 后再传.",
        )
    if data[:4] == b"PK\x03\x04":
        return _read_xlsx(data, filename)
    if data[:8] == _OLE:
        return _read_xls(data, filename)
    return _read_text(data, filename)


def _read_xlsx(data: bytes, filename: str) -> Book:
    parts = xlsx_package.inspect(data, max_cells=_CELLS)
    book = _open(data)
    sheets = []
    for meta in book.sheets_metadata:
        part = parts.get(meta.name)
        if meta.typ != calamine.SheetTypeEnum.WorkSheet or part is None:
            continue
        sheet = _sheet(book, meta)
        sheet.formulas_without_value = part.formulas_without_value
        sheet.errors = part.errors
        sheet.percent = part.percent
        sheet.hidden_rows = part.hidden_rows
        sheet.hidden_columns = part.hidden_columns
        sheets.append(sheet)
    return _filled(sheets, filename)


def _read_xls(data: bytes, filename: str) -> Book:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    book = _open(data)
    found = xls_errors.errors(data)
    shown = xls_formats.formats(data)
    sheets = []
    for place, meta in enumerate(book.sheets_metadata):
        if meta.typ == calamine.SheetTypeEnum.WorkSheet:
            sheet = _sheet(book, meta)
            sheet.errors = found[place] if place < len(found) else {}
            own = shown.get(meta.name, xls_formats.SheetFormats())
            sheet.percent, sheet.hidden_rows, sheet.hidden_columns = (
                own.percent,
                own.hidden_rows,
                own.hidden_columns,
            )
            sheets.append(sheet)
    return _filled(sheets, filename)


def _open(data: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise _encrypted() from None
    except Exception:
        raise _truncated() from None


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> Sheet:
    try:
        grid = book.get_sheet_by_name(meta.name)
        rows = grid.to_python(skip_empty_area=False)
        merged = tuple((a[0], a[1], b[0], b[1]) for a, b in grid.merged_cell_ranges or ())
    except Exception:
        raise _truncated() from None
    values: list[list[CellValue]] = [[None if v == "" else v for v in row] for row in rows]
    while values and all(v is None for v in values[-1]):
        values.pop()
    return Sheet(meta.name, values, merged, hidden=meta.visible != calamine.SheetVisibleEnum.Visible)


def _filled(sheets: list[Sheet], filename: str) -> Book:
    if not any(sheet.rows or sheet.formulas_without_value for sheet in sheets):
        raise Unreadable("empty", "工作簿里没有内容, 请确认发送的是填好并保存后的文件.")
    return Book(tuple(sheets), filename)


def _read_text(data: bytes, filename: str) -> Book:
    text = _decode(data)
    start = text[:2000].lstrip("\ufeff \r\n\t").lower()
    if start.startswith(_HTML) or "<html" in start:
        raise Unreadable(
            "html",
            "这个文件其实是网页(从系统导出的 .xls 常是这样), 不是工作簿. "
            "请用 Excel 或 WPS 打开, “另存为” .xlsx 后再传.",
        )
    if start.startswith(("<?xml", "<workbook")):
        raise Unreadable(
            "html", "这个文件是 XML 表格, 不是工作簿. 请用 Excel 或 WPS 打开, “另存为” .xlsx 后再传."
        )
    rows = _parse_csv(text)
    if sum(len(row) > 1 for row in rows) < 2:
        raise _not_a_workbook()
    name = filename.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0] or "Sheet1"
    return Book((Sheet(name, rows, typed=False),), filename)


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data[:4096]:
        raise _not_a_workbook()
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_a_workbook()


def _parse_csv(text: str) -> list[list[CellValue]]:
    head = text[:20_000]
    delimiter = max(",\t;", key=lambda mark: sum(line.count(mark) for line in head.splitlines()))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise _not_a_workbook() from None
    grid: list[list[CellValue]] = [[value.strip() or None for value in row] for row in rows]
    while grid and all(v is None for v in grid[-1]):
        grid.pop()
    return grid


def _encrypted() -> Unreadable:
    return Unreadable("encrypted", "文件有打开密码. 请去掉密码(文件—信息—保护工作簿)另存后再传.")


def _truncated() -> Unreadable:
    return Unreadable("truncated", "文件不完整或已损坏, 打不开. 请重新保存或重新发送.")


def _not_a_workbook() -> Unreadable:
    return Unreadable("not_a_workbook", "这不是工作簿. 可以读 .xlsx、.xls 和 .csv, 请另存为其中一种后再传.")
