"""What a workbook hides: sheets, rows and columns out of sight, formulas that were never calculated."""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.documents.spreadsheets.workbook import Book
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import Severity


def report_structure(reading: Reading, book: Book, tables: Sequence[HeaderTable]) -> None:
    """Findings about the file as a whole; `tables` are those that are read."""
    for sheet in book.sheets:
        if sheet.hidden and sheet.rows:
            reading.add(
                "sheets.hidden", Severity.NOTE, f"工作表“{sheet.name}”是隐藏的, 没有读入", "",
                "其中有要报送的数时, 请取消隐藏后再传", sheet.name,
            )  # fmt: skip
    used = {table.sheet.name for table in tables}
    for sheet in book.sheets:
        read = sheet.name in used or not tables
        if read and sheet.formulas_without_value:
            cells = sheet.formulas_without_value
            reading.add(
                "cells.formula_without_value", Severity.HARD,
                f"{_some(cells)} 是公式, 但文件里没有存计算结果", "公式的结果",
                "请用 Excel 或 WPS 打开后保存一次, 或粘贴为数值后再传", sheet.name, cells[0],
            )  # fmt: skip
        if not read and not sheet.hidden and any(isinstance(v, float) for row in sheet.rows for v in row):
            reading.add(
                "sheets.not_read", Severity.NOTE, f"工作表“{sheet.name}”没有认出表头, 没有读入", "",
                "其中有要报送的数时, 请核对它的表头", sheet.name,
            )  # fmt: skip
    begun = {(table.sheet.name, table.above) for table in tables}
    for table in tables:
        if table.end and (table.sheet.name, table.end) not in begun:
            reading.add(
                "tables.not_read", Severity.NOTE, f"第 {table.end + 1} 行起的表没有认出表头, 没有读入", "",
                "其中有要报送的数时, 请核对它的表头", table.sheet.name, f"A{table.end + 1}",
            )  # fmt: skip
        _report_hidden_lines(reading, table)
        _report_unread_columns(reading, table)


def _report_hidden_lines(reading: Reading, table: HeaderTable) -> None:
    sheet = table.sheet
    rows = sorted(r for r in sheet.hidden_rows if table.last < r < len(sheet.rows) and any(sheet.rows[r]))
    if rows:
        reading.add(
            "rows.hidden", Severity.SOFT, f"第 {_some([str(r + 1) for r in rows])} 行是隐藏的, 也读入了",
            "没有隐藏的行",
            "请核实隐藏的行也要报送; 不要时请删除", sheet.name, f"A{rows[0] + 1}",
        )  # fmt: skip
    columns = [
        c
        for c in table.columns
        if c.index in sheet.hidden_columns and c.role in ("figure", "target", "value")
    ]
    if columns:
        names = [letters(c.index) for c in columns]
        reading.add(
            "columns.hidden", Severity.SOFT, f"{_some(names)} 列是隐藏的, 也读入了", "没有隐藏的列",
            "请核实隐藏的列也要报送; 不要时请删除", sheet.name, f"{names[0]}{table.first + 1}",
        )  # fmt: skip


def _report_unread_columns(reading: Reading, table: HeaderTable) -> None:
    sheet = table.sheet
    for column in table.columns:
        if column.role or not column.header:
            continue
        below = sheet.rows[table.last + 1 : table.last + 200]
        if any(column.index < len(row) and isinstance(row[column.index], float) for row in below):
            reading.add(
                "columns.unknown", Severity.NOTE,
                f"不认识的列“{column.header}”, 没有读入", "表头写明口径和单位",
                "其中有要报送的数时, 请改表头, 如“1—9月累计增速(%)”", sheet.name,
                f"{letters(column.index)}{table.first + 1}",
            )  # fmt: skip


def _some(items: Sequence[str]) -> str:
    return "、".join(items[:8]) + (f" 等{len(items)}处" if len(items) > 8 else "")
