"""Special bonds per project and batch on a day, under a dated set of rules. 万元. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.district.fiscal.models import BondRow, FiscalReport
from wenpan.district.fiscal.reports import queries as reports
from wenpan.economy.fiscal.bonds import (
    RUNGS,
    BondBatch,
    BondRules,
    BondStanding,
    rungs_out_of_order,
    standings,
)
from wenpan.rules.figures.bonds import bond_rules

FAILING, WARNING, RECOVER, FINE, UNKNOWN, NOT_ASKED = (
    "failing", "warning", "recover", "fine", "unknown", "not_asked",
)  # fmt: skip


@dataclass(frozen=True)
class BondLine:
    row: BondRow
    standing: BondStanding
    state: str
    out_of_order: tuple[tuple[str, str], ...]

    @property
    def needed(self) -> float:
        """万元 that had to be spent by now."""
        return self.standing.required * self.standing.batch.assigned


@dataclass(frozen=True)
class BondPage:
    """`sets`: those that have begun by the day. `ladder`: (rung, sum, batches that tell it)."""

    report: FiscalReport | None
    on: date | None
    sets: tuple[BondRules, ...]
    rules: BondRules | None
    lines: tuple[BondLine, ...]
    ladder: tuple[tuple[str, float, int], ...]

    def count(self, state: str) -> int:
        return sum(line.state == state for line in self.lines)


def bond_page(code: str = "", key: str = "", state: str = "") -> BondPage:
    """Of the newest table, or of one day's; `code`: a set of rules, else the first that has begun."""
    report = reports.current(FiscalReport.Kind.BONDS, key) or reports.current(FiscalReport.Kind.BONDS)
    if report is None:
        return BondPage(None, None, (), None, (), ())
    on = date.fromisoformat(report.key)
    sets = bond_rules(on=on)
    rules = sets.get(code) or next(iter(sets.values()), None)
    rows = list(report.bondrows.order_by("number"))
    lines = _lines(rows, _spent(report), rules, on) if rules else []
    shown = tuple(line for line in lines if not state or line.state == state)
    return BondPage(report, on, tuple(sets.values()), rules, shown, _ladder(rows))


def _spent(report: FiscalReport) -> dict[tuple[str, str], list[tuple[date, float]]]:
    """What each batch had spent by the day of every table up to this one."""
    found: dict[tuple[str, str], list[tuple[date, float]]] = {}
    for earlier in reports.newest_of_each(FiscalReport.Kind.BONDS, report.key):
        on = date.fromisoformat(earlier.key)
        rows = earlier.bondrows.filter(spent__isnull=False)
        for name, batch, spent in rows.values_list("name", "batch", "spent"):
            found.setdefault((name, batch), []).append((on, float(spent or 0)))
    return found


def _lines(
    rows: Sequence[BondRow],
    spent: dict[tuple[str, str], list[tuple[date, float]]],
    rules: BondRules,
    on: date,
) -> list[BondLine]:
    batches = [
        BondBatch(
            row.name, row.batch, row.issued_on, float(row.issued),
            float(row.assigned if row.assigned is not None else row.issued or 0),
            tuple(spent.get((row.name, row.batch), ())), float(row.retention or 0),
        )
        for row in rows
    ]  # fmt: skip
    return [
        BondLine(row, standing, _state(standing), tuple(rungs_out_of_order(_rungs(row))))
        for row, standing in zip(rows, standings(batches, rules, on), strict=True)
    ]


def _state(standing: BondStanding) -> str:
    if standing.to_recover:
        return RECOVER
    if standing.on_warning_list:
        return WARNING
    if standing.failing:
        return FAILING
    if standing.spent is None:
        return UNKNOWN
    return NOT_ASKED if standing.failing is None else FINE


def _rungs(row: BondRow) -> dict[str, float | None]:
    return {rung: None if (value := getattr(row, rung)) is None else float(value) for rung in RUNGS}


def _ladder(rows: Sequence[BondRow]) -> tuple[tuple[str, float, int], ...]:
    found = []
    for rung in RUNGS:
        known = [float(value) for row in rows if (value := getattr(row, rung)) is not None]
        found.append((rung, sum(known), len(known)))
    return tuple(found)
