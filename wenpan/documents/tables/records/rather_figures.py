"""Whether what looks like a list of records is rather a table of figures.

Pure. A list that its title calls one stays a list; else the reading that knows more of the columns wins. A
statement that keeps every row (a board of deals, revenue by tax) is one only if it says more than figures."""

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

# What 任务, 完成数 and 完成率 may be of any indicator; a column besides them makes a board one of deals.
_OF_ANYTHING = {"code", "name", "task", "arrived", "done_rate"}


def rather_figures(
    tables: Sequence[RecordTable], title: str, sheets: Sequence[Sheet], context: Context, names: Names
) -> bool:
    """Whether a list that no title calls one has fewer known columns than the table of figures it may be."""
    kind = tables[0].kind
    said = any(word in normal(title) for word in kind.titles)
    if said and not kind.every_row:
        return False
    found = recognised(sheets, context, names)
    figures = [t for t in found if t.kind.produces == "figures" and _names_rows(t, names)]
    if kind.every_row:
        return any(_only_figures(t, tables, names) for t in figures)
    known = [sum(bool(c.role) and c.role != "ignore" for c in table.columns) for table in figures]
    return max(known, default=0) > max(len(t.columns) for t in tables)


def _only_figures(table: HeaderTable, statements: Sequence[RecordTable], names: Names) -> bool:
    """Most rows are indicators of the catalogue, or districts under the words of any indicator."""
    if table.one("region"):
        return all({c.key for c in s.columns.values()} <= _OF_ANYTHING for s in statements)
    below = table.sheet.rows[table.last + 1 : table.stop]
    rows = [v for row in below if table.key < len(row) and isinstance(v := row[table.key], str)]
    return 2 * sum(bool(names.indicator(v, table.kind).code) for v in rows) > len(rows)


def _names_rows(table: HeaderTable, names: Names) -> bool:
    return bool(row_role(table.sheet, table.kind, names, table.key, table.last))
