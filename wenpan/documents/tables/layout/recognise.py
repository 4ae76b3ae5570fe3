"""Recognising: which kind each table of a workbook is, sheet by sheet and table by table.

The kind that recognises most of a workbook says what it produces (figures or targets); a sheet, and a table
below another on the same sheet, may be of another kind that produces the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.layout.blocks import next_header, side_by_side, with_lines_above
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.layout.headers import find_table
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import Context
from wenpan.documents.words.units import normal


def recognised(sheets: Sequence[Sheet], context: Context, names: Names) -> list[HeaderTable]:
    """The tables of a workbook, each of the kind that fits it best."""
    asked = context.kinds.get(context.kind or "")
    kinds = [kind for kind in ([asked] if asked else context.kinds.values()) if kind.produces != "records"]
    found = [(sheet, table) for sheet in sheets if (table := _best(sheet, kinds, context, names))]
    if not found:
        return []
    leading = max((table for _sheet, table in found), key=_fit)
    same = [kind for kind in kinds if kind.produces == leading.kind.produces]
    tables: list[HeaderTable] = []
    for sheet, _table in found:
        tables += _tables(sheet, same, context, names)
    return tables


def _best(
    sheet: Sheet, kinds: Sequence[WorkbookKind], context: Context, names: Names, start: int = 0
) -> HeaderTable | None:
    tables = [t for kind in kinds if (t := find_table(sheet, kind, names, context.units, start))]
    if start:
        tables = [with_lines_above(table, start) for table in tables]
    return max(tables, key=_fit, default=None)


def _fit(table: HeaderTable) -> int:
    """Words of the title speak for a kind; a kind that needs more, and has it, fits more closely."""
    kind, title = table.kind, normal(title_of((), table))
    said = any(word in title for word in kind.titles) and not (
        kind.produces == "targets" and _says_done(title)
    )
    actual = any(c.period and c.growth is not None and not c.role and not c.beside for c in table.columns)
    against = 6 if kind.produces == "targets" and actual and not said else 0
    return table.score + 3 * len(kind.needs) + (6 if said else 0) - against


_DONE = re.compile(
    r"完成.{0,8}(?:情况|进度|对比|对照)|(?:进度|进展|完成|执行|落实)(?:情况|通报|表)|对照|对比|对标"
)


def _says_done(title: str) -> bool:
    """年度目标完成情况: what was done is printed beside the target."""
    return bool(_DONE.search(title))


def _tables(sheet: Sheet, kinds: Sequence[WorkbookKind], context: Context, names: Names) -> list[HeaderTable]:
    """The tables of a sheet, one above the other or side by side."""
    tables: list[HeaderTable] = []
    table = _best(sheet, kinds, context, names)
    heads = {word for kind in kinds for role in ("indicator", "region") for word in kind.roles.get(role, ())}
    while table is not None:
        below = next_header(table, heads)
        tables += side_by_side(replace(table, end=below or 0))
        table = _best(sheet, kinds, context, names, start=below) if below else None
    return tables


def title_of(sheets: Sequence[Sheet], table: HeaderTable | None) -> str:
    """The longest line above the table, or above the first sheet's content."""
    sheet = table.sheet if table else next(iter(sheets), None)
    if sheet is None:
        return ""
    rows = sheet.rows[table.above : table.first] if table else sheet.rows[:1]
    texts = [cell_text(v) for row in rows for v in row if isinstance(v, str)]
    texts = [t for t in texts if not normal(t).startswith(("单位", "填报", "制表", "计量单位"))]
    return max(texts, key=len, default=sheet.name)[:200]
