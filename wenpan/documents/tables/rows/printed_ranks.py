"""Printed ranks: which rank column belongs to which figure, and what its cells say."""

from __future__ import annotations

import re

from wenpan.documents.spreadsheets import cells
from wenpan.documents.spreadsheets.cells import Cell
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.grammar.path_words import CITY
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.words.units import normal


def whole(cell: Cell) -> int | None:
    """8, "第8位" and "8/10" are rank 8."""
    if cell.kind == cells.NUMBER and cell.value is not None:
        return int(cell.value) if cell.value == int(cell.value) and 0 < cell.value < 1000 else None
    found = re.search(r"\d{1,3}", normal(cell.text)) if cell.kind == cells.TEXT else None
    return int(found[0]) if found else None


def ranked(table: HeaderTable) -> list[tuple[HeaderColumn, HeaderColumn]]:
    """Each rank column with the figure column that it ranks: the nearest at its left that fits its words."""
    figures = table.by_role("figure")
    pairs = []
    for column in table.by_role("rank"):
        left = [f for f in figures if f.index < column.index and _fits(column, f)]
        if left:
            pairs.append((column, left[-1]))
    return pairs


def _fits(rank: HeaderColumn, figure: HeaderColumn) -> bool:
    return (
        (not rank.indicator or rank.indicator == figure.indicator)
        and (not rank.region or rank.region in (figure.region, CITY))
        and (rank.growth is None or figure.growth is None or rank.growth == figure.growth)
    )
