"""Published tables of deals through the intake."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.attraction.boards import listing
from wenpan.district.attraction.boards.listing import BoardPlan
from wenpan.district.intake.handlers import Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading

KIND = "deal_board"


class BoardHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        plan, findings = listing.board_changes(reading, timezone.localdate(submission.uploaded_at))
        changes = list(plan.changes)
        counts = Counter(change.kind for change in changes)
        shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
        return Examination(findings, changes, shown, plan=plan)

    def store(self, submission: Submission, plan: BoardPlan, *, by: User, at: datetime) -> None:
        from wenpan.district.attraction.boards.list_actions import store_board

        store_board(submission=submission, plan=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.attraction.boards.list_actions import undo_board

        undo_board(submission=submission, by=by, reason=reason, at=at)
