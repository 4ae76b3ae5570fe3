"""Ledgers of firms and tickets of a city through the intake: what was shown is what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from wenpan.district.accounts.models import User
from wenpan.district.firms.imports import firm_plan, firm_store, ticket_plan, ticket_store
from wenpan.district.firms.imports.plans import FirmLine, Planned, TicketLine
from wenpan.district.intake import handlers
from wenpan.district.intake.handlers import Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding

FIRMS, TICKETS = "firm_ledger", "service_tickets"


class FirmLedgerHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = firm_plan.firm_plan(reading)
        return examined(reading, lines, findings)

    def store(self, submission: Submission, plan: Sequence[FirmLine], *, by: User, at: datetime) -> None:
        firm_store.store_firms(submission=submission, plan=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        firm_store.undo_firms(submission=submission, by=by, reason=reason, at=at)


class ServiceTicketHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = ticket_plan.ticket_plan(reading)
        return examined(reading, lines, findings)

    def store(self, submission: Submission, plan: Sequence[TicketLine], *, by: User, at: datetime) -> None:
        ticket_store.store_tickets(submission=submission, plan=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        ticket_store.undo_tickets(submission=submission, by=by, reason=reason, at=at)


def examined(reading: Reading, lines: Sequence[Planned], findings: Sequence[CheckFinding]) -> Examination:
    """What the lines of a list would change, counted."""
    changes = [change for line in lines for change in line.changes]
    counts = Counter(change.kind for change in changes)
    shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
    return Examination(findings, changes, shown, plan=lines)


def register() -> None:
    handlers.register(FIRMS, FirmLedgerHandler())
    handlers.register(TICKETS, ServiceTicketHandler())
