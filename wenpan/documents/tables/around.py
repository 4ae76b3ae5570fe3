"""Around a table: its sheet's name, where it changes what the numbers are, and growths written as fractions.

Pure. A sheet named after another place, an estimate or something that nobody knows is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.title import DEPARTMENT, DONE, without_number
from wenpan.documents.words.units import normal

_MACHINE = re.compile(r"(?i)sheet\s*\d*|工作表\s*\d*|[(（]\d+[)）]")
_OF_THE_SHEET = ("estimate", "need", "average", "index", "last_year")


def sheet_asks(table: HeaderTable, names: Names, subject: str, city: str) -> tuple[str, tuple[str, ...]]:
    """Why the sheet's name makes the table unclear, and its words; ("", ()) where it changes nothing."""
    sheet, words = table.sheet, table.kind.words
    if not sheet.typed or table.kind.produces != "figures":
        return "", ()
    text = _MACHINE.sub("", sheet.name)
    if normal(text) in words.sheet_filler:
        return "", ()
    tokens = names.lexicon(table.kind).read(without_number(text))
    filler = re.compile(f"(?:[a-z0-9]|{'|'.join(map(re.escape, words.sheet_filler)) or '-'})+")
    own = bool(table.one("region")) or len({c.region for c in table.columns} - {""}) > 1
    known = {"city": city, "home": subject}
    strange = [
        t.text
        for t in tokens
        if (t.kind in ("region", "city", "home") and not own and known.get(t.kind, t.value) != subject)
        or (t.kind in ("carrier", "provinces") and not own and not DEPARTMENT.search(t.text))
        or (t.kind == "beside" and t.value in _OF_THE_SHEET)
        or (t.kind == "beside" and t.value == "target" and not any(word in text for word in DONE))
        or (t.kind == "basis" and t.value != "natural")
        or t.kind == "things"
        or (t.kind == "left" and not filler.fullmatch(t.text))
    ]
    if not strange:
        return "", ()
    return f"工作表名“{sheet.name}”里的“{'、'.join(strange)}”与标题对不上, 是什么数不明确", tuple(strange)


def without_fractions(table: HeaderTable, columns: Sequence[HeaderColumn]) -> tuple[HeaderColumn, ...]:
    """Growths that are all below one, to three places and without a percent sign: 0.033 may be 3.3 %."""
    above = table.sheet.rows[table.above : table.first]
    if any(isinstance(v, str) and "%" in normal(v) for row in above for v in row):
        return tuple(columns)
    return tuple(
        replace(c, role="", why="数都小于1, 是百分数还是没有乘100不明确")
        if c.role == "figure" and c.growth and not c.unit and not c.fixed and _are_fractions(table, c.index)
        else c
        for c in columns
    )


def _are_fractions(table: HeaderTable, index: int) -> bool:
    below = islice(enumerate(table.sheet.rows[table.last + 1 : table.stop], table.last + 1), 200)
    found = [
        (r, row[index])
        for r, row in below
        if index < len(row) and isinstance(row[index], float) and row[index]
    ]
    numbers = [v for r, v in found if isinstance(v, float) and (r, index) not in table.sheet.percent]
    fine = sum(len(cell_text(abs(v)).partition(".")[2]) > 2 for v in numbers)
    return len(numbers) == len(found) > 1 and all(abs(v) < 1 for v in numbers) and fine * 2 >= len(numbers)
