"""Series: the lines between the name of a series and its dates, as terminals export them.

The line 国家/地区 says whose the series is: a place of ours gives it to the column; another one, or one that
contradicts the column's name, makes the column a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.grammar.path_words import HOME
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.names import Names
from wenpan.documents.words.units import normal


def with_places(
    sheet: Sheet, kind: WorkbookKind, names: Names, columns: Sequence[HeaderColumn], key: int, last: int
) -> list[HeaderColumn]:
    """The columns of a table of dates with the place that the lines below the header give them."""
    words = kind.words
    placed = list(columns)
    for row in sheet.rows[last + 1 : last + 1 + len(words.series_lines)]:
        head = normal(cell_text(row[key])) if key < len(row) else ""
        if head not in (*words.series_places, *words.series_lines):
            break
        if head in words.series_places:
            placed = [_of(c, row[c.index] if c.index < len(row) else None, names, kind, key) for c in placed]
    return placed


def _of(column: HeaderColumn, value: object, names: Names, kind: WorkbookKind, key: int) -> HeaderColumn:
    text = cell_text(value)
    if not text or column.index == key or column.role != "figure":
        return column
    region = HOME if normal(text) in kind.home_words else names.region(text)
    if region is None:
        return replace(column, role="", left_over=(text,))
    if column.region and column.region != region:
        return replace(column, role="", why=f"列名和“{text}”写的是两个地方")
    return replace(column, region=region)
