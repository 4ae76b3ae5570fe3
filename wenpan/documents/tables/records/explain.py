"""Explaining a list: which column is which field of a record, and which columns no list keeps."""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.explained import FIELD, KEY, LEFT_OUT, ExplainedColumn, ExplainedTable
from wenpan.documents.tables.layout.header_rows import header_paths
from wenpan.documents.tables.layout.signature import signature_of
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import RecordTable

_SAMPLES, _ROWS = 3, 8


def signature_of_records(table: RecordTable) -> str:
    """Title, sheet and header together."""
    return signature_of(table.sheet, 0, table.first, header_paths(table.sheet, table.first, table.last))


def explain_records(table: RecordTable, reading: Reading, title: str) -> ExplainedTable:
    sheet = table.sheet
    paths = header_paths(sheet, table.first, table.last)
    rows = [row for row in sheet.rows[table.last + 1 :] if any(v is not None for v in row)]
    columns = tuple(_column(table, i, path, rows) for i, path in enumerate(paths))
    return ExplainedTable(
        sheet=sheet.name,
        title=title,
        kind=table.kind.code,
        produces="records",
        header_at=tuple(range(table.first + 1, table.last + 2)),
        header_rows=tuple(
            tuple(cell_text(v) for v in sheet.rows[r]) for r in range(table.first, table.last + 1)
        ),
        sample_rows=tuple(tuple(cell_text(v) for v in row) for row in rows[:_ROWS]),
        columns=tuple(c for c in columns if c.path or c.samples),
        signature=signature_of_records(table),
        period=reading.period or "",
        taught=table.taught,
    )


def _column(
    table: RecordTable, index: int, path: Sequence[str], rows: Sequence[Sequence[CellValue]]
) -> ExplainedColumn:
    values = [row[index] for row in rows if index < len(row) and row[index] is not None]
    field, month = table.columns.get(index), table.months.get(index, "")
    known = field is not None or bool(month)
    key = field is not None and field.key in ("code", "name")
    numbered = any(word in "".join(path) for word in ("序号", "编号"))
    return ExplainedColumn(
        sheet=table.sheet.name,
        index=index,
        letter=letters(index),
        path=tuple(path),
        samples=tuple(cell_text(v) for v in values[:_SAMPLES]),
        understood=KEY if key else FIELD if known else LEFT_OUT,
        role="field" if known else "ignore",
        field=field.key if field else ("series" if month else ""),
        period=month,
        unit=table.units.get(index, ""),
        why="" if known else "这种清单不记这一项, 没有读入",
        unread=0 if known or numbered else sum(isinstance(v, (int, float)) for v in values),
        taught=table.taught,
    )
