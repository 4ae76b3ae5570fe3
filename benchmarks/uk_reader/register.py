"""A register of projects that another authority keeps, report by report, with its ratings.

Pure: a sheet and a `RegisterKind` in, entries and findings out. Amounts stay in the register's own unit. A
cell that is read only by knowing the fault (Ł for £), that is kept back (exempt), or that is no number, no
date, no colour is a finding at its address; its value is then None and is never guessed. A register
without codes gets them: a project keeps its code while its name, or a like name with the same start, goes on.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wenpan.documents.spreadsheets.workbook import Book, Sheet
from wenpan.economy.quality.finding import CheckFinding, Severity

from .cells import Cells, Entry, message
from .kind import RegisterKind

_LOOK = 15  # rows in which the header may stand


@dataclass
class Register:
    kind: RegisterKind
    entries: list[Entry] = field(default_factory=list)
    findings: list[CheckFinding] = field(default_factory=list)


def read_register(book: Book, kind: RegisterKind) -> Register:
    """The first sheet that has the register's columns; without one a hard finding says which are missing."""
    found = Register(kind)
    tables = [(sheet, *header) for sheet in book.sheets if (header := _header(sheet, kind))]
    if not tables:
        words = "、".join(kind.columns[name][0] for name in kind.needs)
        found.findings.append(
            CheckFinding(
                "register.columns", Severity.HARD, "没有找到登记册的表头", words, "请核对文件和登记册种类"
            )
        )
        return found
    sheet, top, columns = tables[0]
    rows = [
        read
        for number in range(top + 1, len(sheet.rows))
        if (read := Cells(sheet, columns, number, kind, found.findings).entry())
    ]
    found.entries = _coded(sheet, rows, columns["name"], found)
    return found


def _header(sheet: Sheet, kind: RegisterKind) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(sheet.rows[:_LOOK]):
        texts = [" ".join(str(v).lower().split()) if v is not None else "" for v in row]
        columns = {
            name: texts.index(word) for name, words in kind.columns.items() for word in words if word in texts
        }
        if set(kind.needs) <= set(columns):
            return number, columns
    return None


def key(name: str, kind: RegisterKind) -> str:
    """What stays of a name when case, brackets, signs and generic words go."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", name)).lower().replace("&", " and ")
    words = [w for w in re.findall(r"\w+", plain) if w not in kind.generic_words]
    return "".join(words) or plain.strip()


def _coded(sheet: Sheet, rows: Sequence[Entry], column: int, found: Register) -> list[Entry]:
    """The entries with codes, report by report, and a finding where a code is not sure."""
    codes = _Codes(found.kind)
    coded: list[Entry] = []
    for year in sorted({row.year for row in rows}):
        report = codes.of([row for row in rows if row.year == year])
        coded += report
        for entry in report:
            for check in codes.doubts(entry):
                found.findings.append(
                    message(check, sheet, entry.row - 1, column, entry.name, code=entry.code)
                )
    return coded


class _Codes:
    """Gives codes to the reports of a register, oldest first."""

    def __init__(self, kind: RegisterKind) -> None:
        self.kind = kind
        self.known: dict[str, str] = {}  # key -> code
        self.used: set[str] = set()
        self.before: list[Entry] = []
        self.times: Counter[str] = Counter()  # of keys in the report that was coded last

    def of(self, report: Sequence[Entry]) -> list[Entry]:
        keys = {row.row: key(row.name, self.kind) for row in report}
        self.times = Counter(keys.values())
        here = {
            row: (self.known[name], "name")
            for row, name in keys.items()
            if self.times[name] == 1 and name in self.known
        }
        _drop_twins(here)
        rest = [row for row in report if row.row not in here]
        taken = {code for code, _ in here.values()}
        left = [entry for entry in self.before if entry.code not in taken]
        here |= {row.row: (code, "alike") for row, code in _alike(rest, left, self.kind)}
        for row in rest:
            if row.row not in here:
                here[row.row] = self._new(keys[row.row]), ""
        self.before = [replace(row, code=here[row.row][0], linked=here[row.row][1]) for row in report]
        self.used |= {entry.code for entry in self.before}
        self.known |= {keys[e.row]: e.code for e in self.before if self.times[keys[e.row]] == 1}
        return self.before

    def doubts(self, entry: Entry) -> list[str]:
        twice = self.times[key(entry.name, self.kind)] > 1
        return ["alike"] * (entry.linked == "alike") + ["name_twice"] * twice

    def _new(self, name: str) -> str:
        base = f"{self.kind.code_prefix}-{hashlib.sha256(name.encode()).hexdigest()[:8].upper()}"
        code, number = base, 1
        while code in self.used:
            number += 1
            code = f"{base}-{number}"
        self.used.add(code)
        return code


def _drop_twins(here: dict[int, tuple[str, str]]) -> None:
    """Two names of earlier reports may lead to one project: then neither is sure."""
    times = Counter(code for code, _ in here.values())
    for row in [r for r, (code, _) in here.items() if times[code] > 1]:
        del here[row]


def _alike(rows: Sequence[Entry], before: Sequence[Entry], kind: RegisterKind) -> list[tuple[Entry, str]]:
    found: list[tuple[Entry, str]] = []
    taken: set[str] = set()
    for old in before:
        same = [r for r in rows if old.start and r.start == old.start and r not in [f for f, _ in found]]
        scores = [
            (difflib.SequenceMatcher(None, key(old.name, kind), key(r.name, kind)).ratio(), -r.row, r)
            for r in same
        ]
        best = max(scores, key=lambda s: s[:2], default=None)
        if best and best[0] >= kind.alike and old.code not in taken:
            taken.add(old.code)
            found.append((best[2], old.code))
    return found
