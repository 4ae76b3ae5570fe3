"""Leavings: what of a table was not read; and the cells that are merged over several rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.tables.columns import KEYS
from wenpan.documents.tables.explained import LeftOutRow
from wenpan.documents.tables.layout.header_table import HeaderTable


@dataclass
class Leavings:
    """What was not read: rows with numbers, and number cells by column."""

    rows: list[LeftOutRow] = field(default_factory=list)
    cells: dict[int, int] = field(default_factory=dict)

    def count(self, index: int) -> None:
        self.cells[index] = self.cells.get(index, 0) + 1


def merged_keys(table: HeaderTable) -> dict[int, dict[int, CellValue]]:
    """Cells that are merged over several rows below the header name all the rows that they cover."""
    keys = {c.index for c in table.columns if c.role in KEYS} | {table.key}
    filled: dict[int, dict[int, CellValue]] = {}
    for r1, c1, r2, _c2 in table.sheet.merged:
        if r1 <= table.last or r2 == r1 or c1 not in keys or r1 >= len(table.sheet.rows):
            continue
        row = table.sheet.rows[r1]
        value = row[c1] if c1 < len(row) else None
        for r in range(r1 + 1, r2 + 1):
            filled.setdefault(r, {})[c1] = value
    return filled


def with_merged(values: list[CellValue], more: Mapping[int, CellValue]) -> list[CellValue]:
    row = values + [None] * (max(more) + 1 - len(values))
    for index, value in more.items():
        if row[index] is None:
            row[index] = value
    return row
