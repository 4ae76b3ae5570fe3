"""What is in the treasury and what is due against it; what projects want and what has come. 万元. Reads only.

The due list of one day and the cash of one day may be of different days: both days are told. What is not
reported is None, never nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from wenpan.district.fiscal.models import FiscalReport, FundRow, TreasuryRow
from wenpan.district.fiscal.reports import queries as reports
from wenpan.rules.figures.treasury import OTHER, treasury_rules

Kind = FiscalReport.Kind


@dataclass(frozen=True)
class TreasuryLine:
    """One nature of money. `left`: cash less what is due, where both are reported."""

    nature: str
    name: str
    cash: Decimal | None
    expected: Decimal | None
    due: Decimal | None
    groups: tuple[tuple[str, Decimal], ...]  # (人员, amount), the largest first
    small: Decimal  # of the due, in payments too small to be listed one by one
    due_before: Decimal | None  # on the list before

    @property
    def left(self) -> Decimal | None:
        return None if self.cash is None or self.due is None else self.cash - self.due


@dataclass(frozen=True)
class Treasury:
    cash_day: str
    due_day: str
    before_day: str
    lines: tuple[TreasuryLine, ...]
    hidden_below: float

    def total(self, name: str) -> Decimal | None:
        """None where no line has a number."""
        values = [getattr(line, name) for line in self.lines]
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if known else None


def treasury(day: str = "") -> Treasury:
    """The newest cash and due lists, or the newest up to a day."""
    until = day or "9999"
    due_reports = reports.newest_of_each(Kind.DUE, until, 2)
    cash_reports = reports.newest_of_each(Kind.CASH, until, 1)
    due, before = due_reports[-1:], due_reports[:-1]
    rules = treasury_rules()
    now, small = _due(due, rules.hidden_below)
    earlier, _small = _due(before, rules.hidden_below)
    cash, expected = _cash(cash_reports, "cash"), _cash(cash_reports, "expected")
    found = []
    for nature in [*rules.natures, ""]:
        groups = now.get(nature, {})
        if nature not in now and nature not in cash and nature not in expected and nature not in earlier:
            continue
        ordered = sorted(groups.items(), key=lambda item: -item[1])
        found.append(
            TreasuryLine(
                nature, rules.natures.get(nature, "其他"), cash.get(nature), expected.get(nature),
                sum(groups.values(), Decimal(0)) if due else None,
                tuple((rules.group_name(code), amount) for code, amount in ordered),
                small.get(nature, Decimal(0)),
                sum(earlier.get(nature, {}).values(), Decimal(0)) if before else None,
            )
        )  # fmt: skip
    return Treasury(
        cash_reports[-1].key if cash_reports else "", due[0].key if due else "",
        before[0].key if before else "", tuple(found), rules.hidden_below,
    )  # fmt: skip


def _due(found: list[FiscalReport], below: float) -> tuple[dict[str, dict[str, Decimal]], dict[str, Decimal]]:
    amounts: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    small: dict[str, Decimal] = defaultdict(Decimal)
    rows = TreasuryRow.objects.filter(report__in=found, listing="due")
    for nature, group, amount in rows.values_list("nature", "group", "amount"):
        amounts[nature][group or OTHER] += amount
        if amount < below:
            small[nature] += amount
    return amounts, small


def _cash(found: list[FiscalReport], listing: str) -> dict[str, Decimal]:
    rows = TreasuryRow.objects.filter(report__in=found, listing=listing).values("nature")
    return {row["nature"]: row["total"] for row in rows.annotate(total=Sum("amount"))}


def due_list(day: str = "") -> QuerySet[TreasuryRow]:
    """The payments of the newest due list that are large enough to be listed, the largest first."""
    found = reports.newest_of_each(Kind.DUE, day or "9999", 1)
    rows = TreasuryRow.objects.filter(
        report__in=found, listing="due", amount__gte=treasury_rules().hidden_below
    )
    return rows.select_related("report").order_by("-amount", "pk")


@dataclass(frozen=True)
class ProjectFunds:
    """`had`: what was allotted from all sources; `short`: wanted less had, where the want is told."""

    name: str
    code: str
    wanted: Decimal | None
    had: Decimal
    paid: Decimal
    sources: tuple[tuple[str, Decimal], ...]

    @property
    def short(self) -> Decimal | None:
        return None if self.wanted is None else self.wanted - self.had


def project_funds() -> tuple[FiscalReport | None, list[ProjectFunds]]:
    """Of the newest master table, the largest gap first; projects whose want is not told stand last."""
    report = reports.current(Kind.FUNDS)
    if report is None:
        return None, []
    rows: dict[tuple[str, str], list[FundRow]] = defaultdict(list)
    for row in report.fundrows.order_by("number", "pk"):
        rows[row.name, row.code].append(row)
    found = [_funds(name, code, of) for (name, code), of in rows.items()]
    found.sort(key=lambda one: (one.short is None, -(one.short or 0), one.name))
    return report, found


def _funds(name: str, code: str, rows: list[FundRow]) -> ProjectFunds:
    wanted = next((row.wanted for row in rows if row.wanted is not None), None)
    by_source: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.source:
            by_source[row.source] += row.allotted or 0
    had, paid = sum(by_source.values(), Decimal(0)), sum((row.paid or Decimal(0) for row in rows), Decimal(0))
    return ProjectFunds(name, code, wanted, had, paid, tuple(by_source.items()))
