"""The matrix of objects and sentences as a person may see it, the list behind a number, the months kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from wenpan.district.accounts.models import User
from wenpan.district.checkup.checks import deals, indicators, matters, projects, requests
from wenpan.district.checkup.checks.base import CheckupGap, CheckupTally, QueryCheck, WholeCheck
from wenpan.district.checkup.models import CheckupMonth
from wenpan.district.checkup.policy import ASPECTS, CheckedObject, CheckupRules, Invariant, checkup_rules

CHECKS: dict[str, QueryCheck | WholeCheck] = {
    check.code: check
    for check in (indicators.CHECK, projects.CHECK, matters.CHECK, deals.CHECK, requests.CHECK)
}
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class CheckupCell:
    """One sentence about one kind of object."""

    aspect: str
    name: str  # of the aspect
    invariant: Invariant
    concerned: str  # whom the denominator counts
    tally: CheckupTally


@dataclass(frozen=True)
class CheckupRow:
    code: str
    name: str
    cells: tuple[CheckupCell, ...]


@dataclass(frozen=True)
class CheckupMatrix:
    rows: tuple[CheckupRow, ...]
    rules: CheckupRules

    @property
    def aspects(self) -> list[str]:
        return [gettext(name) for name in self.rules.aspects.values()]

    @property
    def lacking(self) -> int:
        return sum(cell.tally.lacking for row in self.rows for cell in row.cells)

    @property
    def broken(self) -> int:
        """Sentences that do not hold throughout."""
        return sum(cell.tally.lacking > 0 for row in self.rows for cell in row.cells)

    @property
    def sentences(self) -> int:
        return sum(len(row.cells) for row in self.rows)

    def cell(self, code: str, aspect: str) -> CheckupCell | None:
        cells = (cell for row in self.rows if row.code == code for cell in row.cells)
        return next((cell for cell in cells if cell.aspect == aspect), None)


def matrix(user: User | None, at: datetime) -> CheckupMatrix:
    """Of what the person may see; None: of the whole district. Two queries a kind at most, seven for the
    indicators."""
    rules = checkup_rules()
    rows = []
    for code, check in CHECKS.items():
        if user is None or check.may(user):
            of = rules.objects[code]
            tallies = check.tallies(user, at, of)
            rows.append(
                CheckupRow(code, gettext(of.name), tuple(_cell(a, rules, of, tallies[a]) for a in ASPECTS))
            )
    return CheckupMatrix(tuple(rows), rules)


def _cell(aspect: str, rules: CheckupRules, of: CheckedObject, tally: CheckupTally) -> CheckupCell:
    return CheckupCell(aspect, gettext(rules.aspects[aspect]), of.of(aspect), of.concerned(aspect), tally)


@dataclass(frozen=True)
class CheckupGapList:
    """The list behind one number. `rows` pages in the database where it can; `line` makes a row's words."""

    check: QueryCheck | WholeCheck
    cell: CheckupCell
    name: str
    rows: Any
    at: datetime
    rules: CheckedObject

    def line(self, row: Any) -> CheckupGap:
        return self.check.gap(row, self.cell.aspect, self.at, self.rules)


def gap_list(user: User, code: str, aspect: str, at: datetime) -> CheckupGapList | None:
    """None for what the person may not see, and for what is no sentence."""
    check = CHECKS.get(code)
    if check is None or aspect not in ASPECTS or not check.may(user):
        return None
    rules = checkup_rules()
    of = rules.objects[code]
    cell = _cell(aspect, rules, of, check.tallies(user, at, of)[aspect])
    return CheckupGapList(check, cell, gettext(of.name), check.gaps(user, aspect, at, of), at, of)


@dataclass(frozen=True)
class KeptCheckup:
    """`tallies`: "matter.fresh" → as it stood when the bulletin of the month was issued."""

    month: str
    tallies: Mapping[str, CheckupTally]

    @property
    def lacking(self) -> int:
        return sum(tally.lacking for tally in self.tallies.values())


def kept_months() -> list[KeptCheckup]:
    """Newest first, each month as it was kept last."""
    found: dict[str, KeptCheckup] = {}
    for kept in CheckupMonth.objects.order_by("-month", "-at")[: 2 * MONTHS_SHOWN]:
        cells = kept.cells.get("cells", {})
        tallies = {key: CheckupTally(int(n), int(out)) for key, (n, out) in cells.items()}
        found.setdefault(kept.month, KeptCheckup(kept.month, tallies))
    return list(found.values())[:MONTHS_SHOWN]
