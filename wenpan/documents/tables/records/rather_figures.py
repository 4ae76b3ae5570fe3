"""Whether what looks like a list of records is rather a table of figures.

Pure. A list that its title calls one stays a list; else the reading that knows more of the columns wins."""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.layout.recognise import recognised
from wenpan.documents.tables.layout.row_names import row_role
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import Context
from wenpan.documents.tables.records.shape import RecordTable
from wenpan.documents.words.units import normal


def rather_figures(
    tables: Sequence[RecordTable], title: str, sheets: Sequence[Sheet], context: Context, names: Names
) -> bool:
    """Whether a list that no title calls one has fewer known columns than the table of figures it may be."""
    if any(word in normal(title) for word in tables[0].kind.titles):
        return False
    figures = [t for t in recognised(sheets, context, names) if t.kind.produces == "figures"]
    known = [
        sum(bool(c.role) and c.role != "ignore" for c in table.columns)
        for table in figures
        if _names_rows(table, names)
    ]
    return max(known, default=0) > max(len(t.columns) for t in tables)


def _names_rows(table: HeaderTable, names: Names) -> bool:
    return bool(row_role(table.sheet, table.kind, names, table.key, table.last))
