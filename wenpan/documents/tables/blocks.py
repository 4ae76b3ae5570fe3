"""Blocks: the tables of one sheet, one above the other or side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wenpan.documents.spreadsheets.workbook import CellValue, Sheet
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.headers import HeaderTable, find_table, header_paths, signature_of
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.names import Names
from wenpan.documents.words import periods
from wenpan.documents.words.units import normal


def find_tables(
    sheet: Sheet, kind: WorkbookKind, names: Names, units: Mapping[str, str]
) -> list[HeaderTable]:
    """The tables of a sheet for a kind: one above the other, or side by side; none where it has none."""
    table = find_table(sheet, kind, names, units)
    tables: list[HeaderTable] = []
    while table is not None:
        below = _next_header(table)
        tables += _side_by_side(replace(table, end=below or 0))
        table = find_table(sheet, kind, names, units, start=below) if below else None
        if table and below:
            paths = header_paths(sheet, table.first, table.last)
            table = replace(table, above=below, signature=signature_of(sheet, below, table.first, paths))
    return tables


def _next_header(table: HeaderTable) -> int | None:
    """Where the lines above the next table of the sheet begin; None where there is none.

    A header that is printed again on a new page is the same table.
    """
    rows, kind = table.sheet.rows, table.kind
    heads = {word for role in ("indicator", "region") for word in kind.roles.get(role, ())}
    printed = {tuple(_texts(rows[r])) for r in range(table.first, table.last + 1)}
    for r in range(table.last + 2, len(rows)):
        texts = _texts(rows[r])
        words = [t for t in texts if t]
        if len(words) < 2 or tuple(texts) in printed or not any(w in heads for w in words):
            continue
        if any(isinstance(v, float) and periods.period_of(v) is None for v in rows[r] if v is not None):
            continue
        above = r
        while (
            above > table.last + 2
            and sum(v is not None for v in rows[above - 1]) <= 2
            and not any(isinstance(v, float) for v in rows[above - 1])
        ):
            above -= 1
        return above
    return None


def _texts(row: Sequence[CellValue]) -> list[str]:
    return [normal(v) if isinstance(v, str) else "" for v in row]


def _side_by_side(table: HeaderTable) -> list[HeaderTable]:
    """Two tables beside each other have two columns of names."""
    keys = [c.index for role in ("indicator", "region") for c in table.by_role(role)]
    roles = {table.columns[k].role for k in keys}
    if len(keys) < 2 or len(roles) != 1 or not keys[0] < keys[1] - 1:
        return [table]
    tables = []
    for start, stop in zip(keys, [*keys[1:], len(table.columns)], strict=True):
        columns = tuple(
            c
            if start <= c.index < stop or (start == keys[0] and c.index < start)
            else HeaderColumn(c.index, "", "ignore", beside="elsewhere")
            for c in table.columns
        )
        tables.append(replace(table, columns=columns, key=start))
    return tables
