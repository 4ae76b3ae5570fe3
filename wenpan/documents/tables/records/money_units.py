"""The unit of a column of money, as its header says it: 万元, 万美元, 亿港元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.words.units import normal, units_in
from wenpan.economy.funnel.money import unit_of

UNITED = ("amount", "money")  # types of columns that have a unit
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def unit_written(path: Sequence[str], above: str) -> str:
    """Of the header's parts the lowest that names a unit; else what stands above the table."""
    for part in reversed(path):
        if units := units_in(part):
            return units[0]
        foreign = [inside for inside in _IN_BRACKETS.findall(normal(part)) if unit_of(inside)]
        if foreign:
            return str(foreign[0])
    return above


def unit_above(sheet: Sheet, first: int) -> str:
    for row in sheet.rows[:first]:
        for value in row:
            if isinstance(value, str) and "单位" in value and (units := units_in(value)):
                return next((u for u in units if u.endswith("元")), "")
    return ""
