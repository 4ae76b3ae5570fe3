"""Blocks: the tables of one sheet, one above the other or side by side."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.tables.columns import HeaderColumn, says_measure
from wenpan.documents.tables.layout.header_rows import header_paths
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.layout.signature import signature_of
from wenpan.documents.words import periods
from wenpan.documents.words.units import normal

_CONTINUED = re.compile(r"续表?|第\d+页|^\(?单位[::]|^\(?计量单位")


def with_lines_above(table: HeaderTable, above: int) -> HeaderTable:
    """The table below another one: its own lines begin at row `above`."""
    paths = header_paths(table.sheet, table.first, table.last)
    return replace(table, above=above, signature=signature_of(table.sheet, above, table.first, paths))


def next_header(table: HeaderTable, heads: Collection[str]) -> int | None:
    """Where the lines above the next table of the sheet begin; None where there is none.

    A header that is printed again on a new page is the same table, but under another title it is another one.
    """
    rows = table.sheet.rows
    printed = {tuple(_texts(rows[r])) for r in range(table.first, table.last + 1)}
    titles = {text for row in rows[table.above : table.first] for text in _texts(row) if text}
    for r in range(table.last + 2, len(rows)):
        if any(type(v) is float and not 1900 <= v < 210_000 for v in rows[r]):
            continue  # a number that is no year and no month: a row of data, as nearly all are
        texts = _texts(rows[r])
        words = [t for t in texts if t]
        if len(words) < 2 or not (any(w in heads for w in words) or _is_header(table, rows[r])):
            continue
        if any(isinstance(v, float) and periods.period_of(v) is None for v in rows[r] if v is not None):
            continue
        above = _lines_above(table, r)
        lines = [t for row in rows[above:r] for t in _texts(row) if t]
        again = tuple(texts) in printed
        if again and not [t for t in lines if t not in titles and not _CONTINUED.search(t)]:
            continue
        return above
    return None


def _lines_above(table: HeaderTable, r: int) -> int:
    """The first of the lines of one or two texts that stand right above row `r`."""
    rows = table.sheet.rows
    above = r
    while (
        above > table.last + 2
        and sum(v is not None for v in rows[above - 1]) <= 2
        and not any(isinstance(v, float) for v in rows[above - 1])
    ):
        above -= 1
    return above


def _is_header(table: HeaderTable, row: Sequence[CellValue]) -> bool:
    """Words for measures where the numbers of two columns should be: a header without a name for its rows."""
    columns = [c.index for c in table.columns if c.role in ("figure", "rank") and c.index < len(row)]
    texts = [v for i in columns if isinstance(v := row[i], str) and v.strip()]
    return len(texts) > 1 and all(says_measure(text, table.kind) for text in texts)


def _texts(row: Sequence[CellValue]) -> list[str]:
    return [normal(v) if isinstance(v, str) else "" for v in row]


def side_by_side(table: HeaderTable) -> list[HeaderTable]:
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
