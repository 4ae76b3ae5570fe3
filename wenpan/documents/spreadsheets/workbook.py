"""Workbooks: xlsx, xls, ods, csv, web pages and Word tables become grids with true addresses; what cannot
be read says why.

Pure: bytes in, values out. Nothing is skipped or guessed: row 1 of the grid is row 1 of the sheet,
blanks are None, numbers are floats, formulas are their cached values. Call `read` on foreign files
only in a child process (`district.ground.sandbox`).
"""

from __future__ import annotations

import io

import python_calamine as calamine

from wenpan.documents.spreadsheets import (
    ods,
    printed_pages,
    text_tables,
    web_tables,
    word_tables,
    xls_errors,
    xls_formats,
    xlsx_package,
)
from wenpan.documents.spreadsheets.mark_findings import annotate
from wenpan.documents.spreadsheets.sheet import Book, CellValue, Sheet, address, without_blank_end
from wenpan.documents.spreadsheets.unreadable import Unreadable

__all__ = ["Book", "CellValue", "Sheet", "Unreadable", "address", "annotate", "read"]

_MEBI = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELLS = 5_000_000  # a table of a city is a few thousand cells; more is a stray far cell


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
        return _read_zip(data, filename)
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
        sheet.comments = part.comments
        sheet.printed = part.printed
        sheets.append(sheet)
    return _filled(sheets, filename)


def _read_xls(data: bytes, filename: str) -> Book:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    book = _open(data)
    found = xls_errors.errors(data)
    shown = xls_formats.formats(data)
    heads = xls_errors.sheet_records(data, printed_pages.XLS_RECORDS)
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
            sheet.comments = own.comments
            sheet.printed = printed_pages.of_xls(heads[place]) if place < len(heads) else ()
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
    cells: list[list[CellValue]] = [list(row) for row in rows]
    for row in cells:
        if "" in row:  # most rows of a long table are full
            row[:] = [None if v == "" else v for v in row]
    values = without_blank_end(cells)
    return Sheet(meta.name, values, merged, hidden=meta.visible != calamine.SheetVisibleEnum.Visible)


def _filled(sheets: list[Sheet], filename: str) -> Book:
    if not any(sheet.rows or sheet.formulas_without_value for sheet in sheets):
        raise Unreadable("empty", "工作簿里没有内容, 请确认发送的是填好并保存后的文件.")
    return Book(tuple(sheets), filename)


def _read_zip(data: bytes, filename: str) -> Book:
    kind = xlsx_package.kind_of_package(data)
    if kind == "ods":
        return _filled(ods.sheets(data, max_cells=_CELLS), filename)
    if kind == "docx":
        return _filled(word_tables.sheets(data), filename)
    return _read_xlsx(data, filename)


def _read_text(data: bytes, filename: str) -> Book:
    text = text_tables.decode(data)
    if web_tables.is_xml_workbook(text):
        return _filled(web_tables.xml_sheets(text), filename)
    if web_tables.is_page(text):
        return _filled(web_tables.sheets(text), filename)
    return Book((text_tables.sheet(text, filename),), filename)


def _encrypted() -> Unreadable:
    return Unreadable("encrypted", "文件有打开密码. 请去掉密码(文件—信息—保护工作簿)另存后再传.")


def _truncated() -> Unreadable:
    return Unreadable("truncated", "文件不完整或已损坏, 打不开. 请重新保存或重新发送.")
