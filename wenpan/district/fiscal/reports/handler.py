"""The finance bureau's tables through the intake: preview and acceptance read the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.fiscal.models import FiscalReport, RevenueRow
from wenpan.district.fiscal.models.reports import OF_TEXT
from wenpan.district.fiscal.reports import queries
from wenpan.district.fiscal.reports.lines import Row, key_of, lines_of
from wenpan.district.intake import handlers
from wenpan.district.intake.handlers import Change, Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding, Severity

Kind = FiscalReport.Kind
_SAID = {
    Kind.REVENUE: ("ytd", "ytd_last", "month"),
    Kind.BUDGET: ("budget", "ytd_last"),
    Kind.DUE: ("amount",),
    Kind.CASH: ("amount",),
    Kind.BONDS: ("issued", "assigned", "spent"),
    Kind.FUNDS: ("wanted", "allotted", "paid"),
}


@dataclass(frozen=True)
class FiscalPlan:
    key: str
    title: str
    rows: Sequence[Row]
    seen: int | None


class FiscalHandler:
    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.needs_period = kind == Kind.REVENUE

    def lacks_period(self, reading: Reading, submission: Submission) -> bool:
        return not key_of(self.kind, reading, submission.filename)

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        found = lines_of(self.kind, reading, submission.filename)
        held = queries.current(self.kind, found.key) if found.key else None
        changes = _changes(self.kind, found.key, found.rows, held)
        counts = Counter(change.kind for change in changes)
        shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
        plan = FiscalPlan(found.key, reading.title, found.rows, held.pk if held else None)
        findings = [*found.findings, *(_displaced(held) if reading.of_text and held else ())]
        return Examination(findings, changes, shown, plan)

    def store(self, submission: Submission, plan: FiscalPlan, *, by: User, at: datetime) -> None:
        from wenpan.district.fiscal.reports import actions

        actions.store_report(
            submission=submission,
            kind=self.kind,
            key=plan.key,
            title=plan.title,
            rows=plan.rows,
            seen=plan.seen,
            by=by,
            at=at,
        )

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.fiscal.reports import actions

        actions.undo_report(submission=submission, by=by, reason=reason, at=at)


def _displaced(held: FiscalReport) -> Iterator[CheckFinding]:
    """A text tells a few items; where a table of the month holds, somebody says why the text should."""
    rows = queries.ROWS[held.kind].objects.filter(report=held)
    if n := rows.exclude(sheet__startswith=OF_TEXT).count():
        yield CheckFinding(
            "fiscal_text.displaces", Severity.SOFT, f"{held.key}已有《{held.title}》, {n}行",
            "同月以表为准", "文字入账后这个月以文字为准; 请说明理由, 或撤回这份文字",
        )  # fmt: skip


def _changes(kind: str, key: str, rows: Sequence[Row], held: FiscalReport | None) -> list[Change]:
    """Row by row against the report that holds; rows of one name are compared in their order."""
    before: dict[tuple[str, int], str] = {}
    if held is not None:
        count: Counter[str] = Counter()
        for old in queries.ROWS[kind].objects.filter(report=held).order_by("pk"):
            before[_name(old), count[_name(old)]] = _said(kind, old)
            count[_name(old)] += 1
    made = []
    seen: Counter[str] = Counter()
    for row in rows:
        name, new = _name(row), _said(kind, row)
        old_words = before.get((name, seen[name]))
        seen[name] += 1
        change = "new" if old_words is None else "unchanged" if old_words == new else "revised"
        place = f"{row.sheet}!A{row.number}"
        made.append(Change(f"{name} · {key}", place, old_words or "", new, change, row=name, column=key))  # type: ignore[arg-type]
    return made


def _name(row: Row) -> str:
    return " ".join(
        part for part in (row.name, getattr(row, "batch", ""), getattr(row, "source", "")) if part
    )


def _said(kind: str, row: Row) -> str:
    if isinstance(row, RevenueRow) and row.sheet.startswith(OF_TEXT):
        return _told(row)
    values = [getattr(row, name) for name in _SAID[Kind(kind)]]
    return " / ".join("—" if value is None else f"{Decimal(value):,.2f}" for value in values) + " 万元"


def _told(row: RevenueRow) -> str:
    """Of a row out of a text all that it says, each with its name: most rows say but two or three things."""
    amounts = (
        (_("累计"), row.ytd), (_("上年同期"), row.ytd_last), (_("增减额"), row.ytd_change),
        (_("当月"), row.month), (_("当月增减额"), row.month_change), (_("预算"), row.budget),
    )  # fmt: skip
    rates = (
        (_("增减率"), row.ytd_growth), (_("同口径增减率"), row.ytd_growth_adjusted),
        (_("当月增减率"), row.month_growth), (row.note or _("为预算"), row.progress),
    )  # fmt: skip
    said = [f"{word} {Decimal(value):,.2f} 万元" for word, value in amounts if value is not None]
    said += [f"{word} {Decimal(rate):.2f}%" for word, rate in rates if rate is not None]
    return "，".join(said).replace("-", "−")


def register() -> None:
    for kind in Kind.values:
        handlers.register(kind, FiscalHandler(kind))
