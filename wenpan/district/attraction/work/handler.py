"""Ledgers of visits and receptions through the intake: what was shown is what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.attraction.work import listing
from wenpan.district.attraction.work.listing import ReceptionLine
from wenpan.district.intake.handlers import Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading

KIND = "receptions"


class ReceptionsHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = listing.reception_changes(
            reading,
            timezone.localdate(submission.uploaded_at),
            submission.unit or submission.uploaded_by.unit,
        )
        changes = [change for line in lines for change in line.changes]
        counts = Counter(change.kind for change in changes)
        shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
        return Examination(findings, changes, shown, plan=lines)

    def store(self, submission: Submission, plan: Sequence[ReceptionLine], *, by: User, at: datetime) -> None:
        from wenpan.district.attraction.work.list_actions import store_receptions

        store_receptions(submission=submission, lines=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.attraction.work.list_actions import undo_receptions

        undo_receptions(submission=submission, by=by, reason=reason, at=at)
