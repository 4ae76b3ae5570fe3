"""Headers: the block of rows whose words a kind recognises best, and what its columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.columns import HeaderColumn, classify, mapped
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.header_rows import header_ends, header_paths, header_starts
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.layout.row_names import (
    dates_column,
    dates_unnamed,
    key_column,
    row_role,
    with_measures_beside,
)
from wenpan.documents.tables.layout.series import with_places
from wenpan.documents.tables.layout.signature import signature_of
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.title import read_title
from wenpan.documents.words.units import normal


def find_table(
    sheet: Sheet, kind: WorkbookKind, names: Names, units: Mapping[str, str], start: int = 0
) -> HeaderTable | None:
    """The best header of a sheet for a kind; None if no block of rows names what the kind needs."""
    best: HeaderTable | None = None
    for first in header_starts(sheet, start=start):
        deepest = (
            _table(sheet, kind, names, units, first, last, start)
            for last in reversed(header_ends(sheet, first))
        )
        table = next((t for t in deepest if t), None)
        if table and (best is None or table.score > best.score):
            best = table
        if best and first > best.last + 3:
            break
    return best


def mapped_table(
    sheet: Sheet, kind: WorkbookKind, rows: tuple[int, int], mapping: Mapping[str, Any], signature: str
) -> HeaderTable:
    """The table as a person mapped it; `rows` are the first and the last header row, from 0."""
    paths = header_paths(sheet, *rows)
    wanted = mapping.get("columns", {})
    columns = tuple(
        replace(
            mapped(i, " ".join(path), wanted[str(i)])
            if str(i) in wanted
            else HeaderColumn(i, " ".join(path), "ignore", beside="not_taught"),
            path=tuple(path),
        )
        for i, path in enumerate(paths)
    )
    key = next((c.index for c in columns if c.role in ("indicator", "region")), 0)
    out = frozenset(normal(str(name)) for name in mapping.get("rows_out") or ())
    subject = str(mapping.get("subject") or "")
    return HeaderTable(
        sheet, kind, rows[0], rows[1], columns, key, signature, taught=True, rows_out=out, subject=subject
    )


def _table(
    sheet: Sheet,
    kind: WorkbookKind,
    names: Names,
    units: Mapping[str, str],
    first: int,
    last: int,
    start: int,
) -> HeaderTable | None:
    paths = header_paths(sheet, first, last)
    columns = [classify(i, path, kind, names, units) for i, path in enumerate(paths)]
    dated = "period" in kind.needs and "indicator" not in kind.needs
    key = dates_column(sheet, kind, columns, last) if dated else key_column(sheet, kind, names, columns, last)
    if key is None or (not dated and dates_unnamed(sheet, kind, columns, key, last)):
        return None
    if dated:
        columns = [replace(c, role="") if c.role == "period" and c.index != key else c for c in columns]
        columns[key] = replace(columns[key], role="period")
        columns = with_places(sheet, kind, names, columns, key, last)
    elif columns[key].role in ("", "figure", "unit"):
        role = row_role(sheet, kind, names, key, last)
        columns[key] = HeaderColumn(key, columns[key].header, role)
    columns = with_measures_beside(sheet, kind, columns, key, last)
    roles = {c.role for c in columns} | ({"region"} if any(c.region for c in columns) else set())
    if any(c.indicator for c in columns) or names.indicator(sheet.name, kind).code:
        roles.add("indicator")
    if "indicator" in kind.needs and "indicator" not in roles:
        above = read_title(sheet, first, kind, names, first=start)
        roles |= {"indicator"} if len(above.indicators) == 1 else set()
    if (
        "region" in kind.needs
        and columns[key].role != "region"
        and len({c.region for c in columns} - {""}) < 2
    ):
        return None
    if kind.produces == "figures" and "value" not in kind.needs and not _enough(columns):
        return None
    if not set(kind.needs) <= roles:
        return None
    return HeaderTable(sheet, kind, first, last, tuple(columns), key, signature_of(sheet, 0, first, paths))


def _enough(columns: Sequence[HeaderColumn]) -> bool:
    return any(c.role == "figure" for c in columns)
