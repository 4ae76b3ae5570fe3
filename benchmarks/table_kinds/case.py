"""One variant of a table, what a careful clerk takes from it, and the verdict over what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.table_kinds.words import PLACE, REGIONS, UNITS
from wenpan.documents.spreadsheets.workbook import Book, Sheet, address
from wenpan.documents.tables.interpret import Context, Reading, interpret
from wenpan.rules import catalogue, workbook_kinds

Fact = tuple[str, str, str, str, str, str]  # region, indicator, period, measure, basis, value
RIGHT, ASKED, WRONG, DROPPED = "right", "asked", "wrong", "dropped"


@dataclass
class Case:
    """A sheet under construction. `must`: read so; `may`: read so or not at all; every other number: never.

    `tell`: cells about which a word is due. `ask`: nothing must be taken without a question."""

    kind: str
    name: str = ""
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    must: dict[str, Fact] = field(default_factory=dict)
    may: dict[str, list[Fact]] = field(default_factory=dict)
    tell: set[str] = field(default_factory=set)
    ask: bool = False
    sheet: str = "Sheet1"
    typed: bool = True
    period: str | None = None
    percent: set[tuple[int, int]] = field(default_factory=set)
    filename: str = "数据.xlsx"

    def row(self, *values: Any) -> int:
        self.rows.append(list(values))
        return len(self.rows) - 1

    def group(self, row: int, first: int, last: int) -> None:
        self.merged.append((row, first, row, last))

    def down(self, column: int, first: int, last: int) -> None:
        self.merged.append((first, column, last, column))

    def expect(self, row: int, column: int, *fact: Any) -> None:
        self.must[address(row, column)] = (*fact[:5], _plain(fact[5]))  # type: ignore[assignment]

    def allow(self, row: int, column: int, *fact: Any) -> None:
        self.may.setdefault(address(row, column), []).append((*fact[:5], _plain(fact[5])))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Verdict:
    case: Case
    word: str  # RIGHT, ASKED, WRONG or DROPPED
    silent: int = 0
    lines: tuple[str, ...] = ()


Builder = Callable[[Random, "Case"], None]


def _plain(value: Any) -> str:
    number = Decimal(str(value))
    return f"{number.normalize():f}"


def context(case: Case) -> Context:
    return Context(
        dict(catalogue()), REGIONS, UNITS, PLACE["home"], {}, workbook_kinds(), period=case.period,
        city=PLACE["city"],
    )  # fmt: skip


def read(case: Case) -> Reading:
    width = max(map(len, case.rows))
    rows = [[_cell(v) for v in row] + [None] * (width - len(row)) for row in case.rows]
    sheet = Sheet(case.sheet, rows, tuple(case.merged), percent=frozenset(case.percent), typed=case.typed)
    return interpret(Book((sheet,), case.filename), context(case))


def _cell(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def judge(case: Case) -> Verdict:
    """What was read against what a clerk reads."""
    got = read(case)
    hard = {f.cell for f in got.findings if f.severity == "hard"}
    refused = got.question is not None or any(f.severity == "hard" and not f.cell for f in got.findings)
    facts = {
        f.cell: (f.region, f.indicator, f.period, f.measure, f.basis, _plain(f.value))
        for f in got.figures
        if f.value is not None and f.cell not in hard
    }
    lines = []
    for cell, fact in facts.items():
        allowed = [*([case.must[cell]] if cell in case.must else []), *case.may.get(cell, [])]
        if fact not in allowed:
            lines.append(f"{cell}: read {fact}, due {allowed or 'nothing'}")
    if case.ask and case.must == {} and facts and not refused and not lines:
        lines.append("read without a question")
    if lines:
        return Verdict(case, WRONG, len(lines), tuple(lines))
    missing = [cell for cell in case.must if cell not in facts]
    told = _told(got)
    silent = [c for c in (*missing, *sorted(case.tell - set(facts))) if not refused and not _is_told(c, told)]
    if silent:
        return Verdict(case, DROPPED, 0, tuple(f"{c}: nothing said, due {case.must.get(c)}" for c in silent))
    if missing:
        why = got.question.words if got.question else "; ".join(sorted({f.found for f in got.findings})[:4])
        return Verdict(case, ASKED, 0, (f"{missing[0]} (+{len(missing) - 1}): {why}",))
    return Verdict(case, RIGHT)


_ADDRESS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{1,4}(?![A-Za-z0-9])")


def _told(got: Reading) -> tuple[set[str], set[str], set[int]]:
    columns = {c.letter for t in got.tables for c in t.columns if c.understood in ("asked", "left_out")}
    rows = {r.row for t in got.tables for r in t.rows_left_out}
    cells = {f.cell for f in got.findings} | {a for f in got.findings for a in _ADDRESS.findall(f.found)}
    return cells, columns, rows


def _is_told(cell: str, told: tuple[set[str], set[str], set[int]]) -> bool:
    cells, columns, rows = told
    letter, number = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return cell in cells or letter in columns or number in rows or f"A{number}" in cells


def tally(verdicts: Iterable[Verdict]) -> dict[str, int]:
    counts = dict.fromkeys((RIGHT, ASKED, WRONG, DROPPED), 0) | {"silent": 0}
    for verdict in verdicts:
        counts[verdict.word] += 1
        counts["silent"] += verdict.silent
    return counts
