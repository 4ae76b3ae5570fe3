"""Printed pages: what stands at the head and foot of each page of a table's sheet.

Pure. A unit or an estimate said there only is no less true than one above the columns, and is asked about;
the office's name, the month of printing, the booklet's title and page numbers change nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.tables.grammar.lexicon import Token, shape
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.title import DEPARTMENT, Title
from wenpan.documents.words.units import normal

_NOTHING = {
    "indicator", "growth", "ytd_growth", "amount", "level", "ytd", "balance", "filler", "joins", "topics",
    "title_filler", "versus",
}  # fmt: skip
_FILLED_IN = re.compile(
    r"第?\s*\d{0,4}\s*页|共\s*\d{0,4}\s*页|(?i:page|of)\s*\d{0,4}|[-—–]\s*\d{0,4}\s*[-—–]|^\d{1,4}$"
)


def page_asks(table: HeaderTable, names: Names, title: Title, changes: Callable[[str], str]) -> str:
    """The first line of the printed page that may change what the numbers are, or "".

    `changes` says of a line what a note of the same words would change."""
    for said in table.sheet.printed:
        line = _FILLED_IN.sub("", said).strip(" -—–/|·,，、")
        if not line or normal(line) in table.kind.words.page_words:
            continue
        if shape(line) in shape(title.text) or not changes(line) or _known(line, table, names, title):
            continue
        return said
    return ""


def _known(line: str, table: HeaderTable, names: Names, title: Title) -> bool:
    """Whether every word is one of an office, of a title or of a unit and time that the table says itself."""
    tokens = names.lexicon(table.kind).read(line)
    words = table.kind.words.page_words
    own = set(title.regions) | {"@home"}
    for token, following in zip(tokens, (*tokens[1:], None), strict=True):
        office = any(DEPARTMENT.search(t.text) for t in (token, following) if t is not None)
        if token.kind in _NOTHING or normal(token.text) in words:
            continue
        if token.kind == "unit" and _said_above(table, token.text):
            continue
        if token.kind in ("period", "year") and _not_before(token, title):
            continue
        if token.kind in ("region", "city", "home", "carrier") and (office or _place(token) in own):
            continue
        return False
    return True


def _place(token: Token) -> str:
    return {"city": "@city", "home": "@home"}.get(token.kind, token.value)


def _said_above(table: HeaderTable, unit: str) -> bool:
    """The table itself says the unit, above its columns or in their heads."""
    above = table.sheet.rows[table.above : table.last + 1]
    return any(isinstance(v, str) and shape(unit) in shape(cell_text(v)) for row in above for v in row)


def _not_before(token: Token, title: Title) -> bool:
    """A month of printing lies in or after the table's; an earlier one may be that of the numbers."""
    periods = [t.period for t in (*title.of("period"), *title.of("year")) if t.period]
    own = max(((p.year or 0, p.month) for p in periods), default=(0, 0))
    said = token.period
    if said is None or not own[0] or not said.year:
        return False
    return (said.year, said.month or own[1]) >= own
