"""Ledgers of firms, tickets of a city, tables of clauses through the intake: what was shown is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.firms.imports import firm_plan, firm_store, ticket_plan, ticket_store
from wenpan.district.firms.imports.plans import FirmLine, TicketLine
from wenpan.district.firms.policies import clause_plan, clause_store
from wenpan.district.firms.policies.clause_plan import ClauseLine
from wenpan.district.intake import handlers
from wenpan.district.intake.handlers import Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding

FIRMS, TICKETS, CLAUSES = "firm_ledger", "service_tickets", "support_clauses"


class FirmLedgerHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = firm_plan.firm_plan(reading)
        return _examined(reading, lines, findings)

    def store(self, submission: Submission, plan: Sequence[FirmLine], *, by: User, at: datetime) -> None:
        firm_store.store_firms(submission=submission, plan=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        firm_store.undo_firms(submission=submission, by=by, reason=reason, at=at)


class ServiceTicketHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = ticket_plan.ticket_plan(reading)
        return _examined(reading, lines, findings)

    def store(self, submission: Submission, plan: Sequence[TicketLine], *, by: User, at: datetime) -> None:
        ticket_store.store_tickets(submission=submission, plan=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        ticket_store.undo_tickets(submission=submission, by=by, reason=reason, at=at)


class SupportClauseHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = clause_plan.clause_plan(reading, timezone.localdate(submission.uploaded_at))
        return _examined(reading, lines, findings)

    def store(self, submission: Submission, plan: Sequence[ClauseLine], *, by: User, at: datetime) -> None:
        clause_store.store_clauses(submission=submission, lines=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        clause_store.undo_clauses(submission=submission, by=by, reason=reason, at=at)


def _examined(
    reading: Reading,
    lines: Sequence[FirmLine] | Sequence[TicketLine] | Sequence[ClauseLine],
    findings: Sequence[CheckFinding],
) -> Examination:
    changes = [change for line in lines for change in line.changes]
    counts = Counter(change.kind for change in changes)
    shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
    return Examination(findings, changes, shown, plan=lines)


def register() -> None:
    handlers.register(FIRMS, FirmLedgerHandler())
    handlers.register(TICKETS, ServiceTicketHandler())
    handlers.register(CLAUSES, SupportClauseHandler())
