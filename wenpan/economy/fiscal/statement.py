"""A finance bureau's statement: what its rows are by their names, and where its sums contradict each other.

Pure. 一、 is level 1, (一) 2, 1、 3, (1) 4. A row 其中: is part of the row above it and never added again;
国税征收 and 地税征收 divide a row by who collected it. "增值税50%" is value added tax, of which the place
keeps half.
A sum is contradicted only where numbers that round to the printed ones cannot agree: n + 1 numbers may be
apart by (n + 1) / 2 of their last digit. A row without a number leaves its sum untried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

ITEM, OF_WHICH, COLLECTOR, TOTAL = "item", "of_which", "collector", "total"
CODES = {
    "一般公共预算收入": "revenue", "地方一般公共预算收入": "revenue", "公共财政预算收入": "revenue",
    "公共财政收入": "revenue", "地方财政收入": "revenue", "税收收入": "tax", "税收": "tax",
    "非税收入": "non_tax",
}  # fmt: skip
_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]\s*"),
    re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]\s*"),
    re.compile(r"^\d{1,2}[、.．](?!\d)\s*"),
    re.compile(r"^[(（]\d{1,2}[)）]\s*"),
)
_PART = re.compile(r"^(?:其中|#|＃)[:：]?\s*")
_COLLECTOR = re.compile(r"(?:国税|地税|税务|财政|海关)(?:局|部门)?(?:征收|入库|组织)?(?:的?收入)?$")
_TOTAL = re.compile(r"(?:合计|总计|总额)$")
_RATIO = re.compile(r"[(（]?(\d{1,3}(?:\.\d+)?)[%％](?:部分)?[)）]?$")


@dataclass(frozen=True)
class StatementRow:
    """`ratio`: percent that the place keeps, as the name says. `code`: revenue, tax, non_tax or ""."""

    name: str
    plain: str
    level: int
    side: str
    ratio: float | None
    code: str


@dataclass(frozen=True)
class SumFault:
    """`row`: index of the row that is a sum; `follows`: what its parts give."""

    row: int
    parts: tuple[int, ...]
    printed: Decimal
    follows: Decimal


def rows_of(names: Sequence[str]) -> list[StatementRow]:
    found: list[StatementRow] = []
    level = 0
    for name in names:
        text = "".join(name.split())
        side, plain, numbered = _known(text)
        if numbered:
            level = numbered
        if side == ITEM and not numbered and found and _COLLECTOR.search(plain):
            side = COLLECTOR
        ratio = _RATIO.search(plain)
        bare = plain[: ratio.start()] if ratio else plain
        at = (
            level + 1 if side in (OF_WHICH, COLLECTOR) or (not numbered and side == ITEM and level) else level
        )
        share = float(ratio[1]) if ratio else None
        found.append(StatementRow(name.strip(), bare, at or 1, side, share, CODES.get(bare, "")))
    return found


def _known(text: str) -> tuple[str, str, int]:
    """(side, name without its mark, numbered level or 0)."""
    if part := _PART.match(text):
        plain = text[part.end() :]
        return (COLLECTOR if _COLLECTOR.search(plain) else OF_WHICH), plain, 0
    for number, pattern in enumerate(_LEVELS, 1):
        if mark := pattern.match(text):
            return ITEM, text[mark.end() :], number
    return (TOTAL if _TOTAL.search(text) else ITEM), text, 0


def sum_faults(
    rows: Sequence[StatementRow], values: Sequence[Decimal | None], digit: Decimal = Decimal(1)
) -> list[SumFault]:
    """Every sum of the statement against its parts. `digit`: the last printed digit."""
    found = []
    for whole, parts in (*_children(rows), *_totals(rows, values)):
        if fault := _fault(whole, parts, values, digit):
            found.append(fault)
    for wholes, parts in _collectors(rows):
        faults = [_fault(whole, parts, values, digit) for whole in wholes]
        if faults and all(faults) and faults[0] is not None:  # they divide the row above or one that holds it
            found.append(faults[0])
    return sorted(found, key=lambda fault: fault.row)


def _fault(
    whole: int, parts: Sequence[int], values: Sequence[Decimal | None], digit: Decimal
) -> SumFault | None:
    printed, given = values[whole], [values[part] for part in parts]
    if printed is None or not given or any(one is None for one in given):
        return None
    follows = sum((one for one in given if one is not None), Decimal(0))
    apart = abs(follows - printed) > digit * (len(given) + 1) / 2
    return SumFault(whole, tuple(parts), printed, follows) if apart else None


def _children(rows: Sequence[StatementRow]) -> Iterator[tuple[int, list[int]]]:
    for whole, row in enumerate(rows):
        if row.side != ITEM:
            continue
        inside: list[int] = []
        for index in range(whole + 1, len(rows)):
            if rows[index].side == TOTAL or (rows[index].side == ITEM and rows[index].level <= row.level):
                break
            if rows[index].side == ITEM:
                inside.append(index)
        if inside:
            top = min(rows[index].level for index in inside)
            yield whole, [index for index in inside if rows[index].level == top]


def _collectors(rows: Sequence[StatementRow]) -> Iterator[tuple[list[int], list[int]]]:
    """Runs of collectors with the rows that they may divide: the item above, and every item that holds it."""
    for whole, row in enumerate(rows):
        if row.side != ITEM:
            continue
        run = []
        for index in range(whole + 1, len(rows)):
            if rows[index].side not in (OF_WHICH, COLLECTOR):
                break
            if rows[index].side == COLLECTOR:
                run.append(index)
        if len(run) > 1:
            holders, level = [whole], row.level
            for index in range(whole - 1, -1, -1):
                if rows[index].side == ITEM and rows[index].level < level:
                    holders.append(index)
                    level = rows[index].level
            yield holders, run


def _totals(
    rows: Sequence[StatementRow], values: Sequence[Decimal | None]
) -> Iterator[tuple[int, list[int]]]:
    """A 合计 is what stands above it, back to the 合计 before, which it contains; of a section that has its
    own number that number, else its lines."""
    parts: list[int] = []
    for index, row in enumerate(rows):
        if row.side == TOTAL:
            if parts:
                yield index, list(parts)
            parts = [index]
        elif row.side == ITEM:
            above = [p for p in parts if rows[p].side == ITEM and _holds(rows, p, index)]
            if above and values[above[-1]] is not None:
                continue
            parts = [p for p in parts if p not in above]
            parts.append(index)


def _holds(rows: Sequence[StatementRow], whole: int, part: int) -> bool:
    between = rows[whole + 1 : part + 1]
    return all(row.level > rows[whole].level or row.side != ITEM for row in between)


def rate_fault(now: Decimal, last: Decimal, printed: Decimal) -> Decimal | None:
    """The growth that two amounts printed to their last whole digit give, where the printed one (to a tenth)
    cannot be it; None where it can, or where last year was nothing."""
    half = Decimal("0.5")
    if last <= half or now < 0:
        return None
    low = 100 * ((now - half) / (last + half) - 1) - Decimal("0.05")
    high = 100 * ((now + half) / (last - half) - 1) + Decimal("0.05")
    return None if low <= printed <= high else 100 * (now / last - 1)
