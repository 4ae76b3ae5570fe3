"""The unit of a column of money, as its header says it: 万元, 万美元, 亿港元."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.words.units import normal, units_in, without_units
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


def supposed(paths: Sequence[Sequence[str]], units: Mapping[int, str], unstated: str) -> dict[int, str]:
    """The units of columns that say none: that of the columns of the same words under other groups, where
    these agree; `unstated` where no column of the table says one. Each is asked about."""
    silent = [index for index, unit in units.items() if not unit]
    if len(silent) == len(units):
        return dict.fromkeys(silent, unstated) if unstated else {}
    said: dict[str, set[str]] = {}
    for index, unit in units.items():
        if unit and len(paths[index]) > 1:
            said.setdefault(_leaf(paths[index]), set()).add(unit)
    found = {index: said.get(_leaf(paths[index]), set()) for index in silent if len(paths[index]) > 1}
    return {index: next(iter(known)) for index, known in found.items() if len(known) == 1}


def _leaf(path: Sequence[str]) -> str:
    return normal(without_units(path[-1]))
