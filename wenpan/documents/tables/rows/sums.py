"""Sums: whose the row 合计 is. Of the city's districts it is the city; of towns, departments or firms it is
nobody's that the ledger knows."""

from __future__ import annotations

from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import Context
from wenpan.documents.words.units import normal

SUMS = ("合计", "总计", "小计", "共计", "累计")


def adds_up_districts(table: HeaderTable, names: Names, context: Context) -> bool:
    """Whether the rows are districts: two or more of them, and nothing that is none."""
    column = table.one("region")
    if column is None:
        return False
    districts: set[str] = set()
    seen: set[str] = set()
    for row in table.sheet.rows[table.last + 1 : table.stop]:
        value = row[column.index] if column.index < len(row) else None
        if not isinstance(value, str) or value in seen:
            continue
        seen.add(value)
        if normal(value) in (*table.kind.city_words, *table.kind.home_words):
            continue
        if sum(v is not None for v in row) == 1:
            continue  # a note, a section
        region = names.region(value)
        if region is None or value.strip() in context.units:
            return False
        districts |= {region}
    return len(districts - {context.city}) > 1
