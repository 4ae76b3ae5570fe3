"""A whole published table of deals held against itself: every column's parts, every printed rate, every
order.

Pure. Rows stand as they were printed; a row 合计 is the whole of the rows of its block, a row 其中 stands
inside the row above it that is none. A rate is checked beside its own numerator and denominator in the
same row. What is not printed is not checked, and a blank is no zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from wenpan.economy.funnel.published import (
    PublishedFinding,
    PublishedPart,
    PublishedRate,
    check_nesting,
    check_parts,
    check_rates,
)

RATES = {
    "start_rate": ("started", "signed"),
    "done_rate": ("arrived", "task"),
}  # rate → numerator, denominator
ORDER = ("signed", "performed", "registered", "landed", "started", "completed", "producing")
_WHOLE = re.compile(r"^(?:全[市区县省])?(?:合计|总计|共计|累计)")
_WITHIN = re.compile(r"^[\s　]*其中[:：]?\s*")


@dataclass(frozen=True)
class PublishedRow:
    """`counts`: column → number; `rates`: column → as it was printed ("68.9", "68.9%")."""

    name: str
    counts: Mapping[str, Decimal]
    rates: Mapping[str, str]


@dataclass(frozen=True)
class TableFinding:
    """`row`: the place of the row in the table, None where the finding is of a column; `column` its key."""

    row: int | None
    column: str
    finding: PublishedFinding


def check_table(
    rows: Sequence[PublishedRow], labels: Mapping[str, str], *, nested: bool
) -> tuple[TableFinding, ...]:
    """Everything in the table that contradicts itself; `labels`: column → its word in sentences."""
    found = [*_sums(rows, labels)]
    for place, row in enumerate(rows):
        for column, (reached, n) in RATES.items():
            printed = percent_text(row.rates.get(column, ""))
            if printed and reached in row.counts and n in row.counts:
                rate = PublishedRate(row.name, row.counts[n], row.counts[reached], printed)
                found += [TableFinding(place, column, f) for f in check_rates([rate])]
        counts = [(labels.get(key, key), int(row.counts[key])) for key in ORDER if key in row.counts]
        found += [TableFinding(place, "", f) for f in check_nesting(counts, nested=nested)]
    return tuple(found)


def percent_text(text: str) -> str:
    """ "68.9%" → "68.9"; a bare ratio of a spreadsheet (0.689) → "68.9"; "" for what is no number."""
    plain = text.strip().rstrip("%％").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return ""
    if not value.is_finite():
        return ""
    if plain != text.strip() or value > 2:
        return plain
    return f"{value * 100:.1f}" if value != int(value) else plain


def _sums(rows: Sequence[PublishedRow], labels: Mapping[str, str]) -> list[TableFinding]:
    """The whole of a block may stand above its rows or below; a table without a whole has nothing to sum."""
    wholes = [place for place, row in enumerate(rows) if _WHOLE.match(row.name.strip())]
    if len(wholes) != 1:
        return []
    whole = wholes[0]
    block = rows[whole + 1 :] if whole == 0 else rows[:whole]
    parts = list(_parts(block))
    found = []
    for column in rows[whole].counts:
        own = [
            PublishedPart(name, row.counts[column], within)
            for name, within, row in parts
            if column in row.counts
        ]
        if own:
            what = labels.get(column, column)
            findings = check_parts(rows[whole].counts[column], own, what)
            found += [TableFinding(None, column, f) for f in findings]
    return found


def _parts(block: Sequence[PublishedRow]) -> list[tuple[str, str, PublishedRow]]:
    """(name, the row that it is said to stand inside of, row)."""
    found, holder = [], ""
    for row in block:
        inside = bool(_WITHIN.match(row.name))
        name = _WITHIN.sub("", row.name).strip() or row.name.strip()
        found.append((name, holder if inside else "", row))
        if not inside:
            holder = name
    return found
