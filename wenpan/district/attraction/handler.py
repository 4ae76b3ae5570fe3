"""Forms of deals through the intake: what was shown is what is stored."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date, datetime

from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.attraction.lists import listing
from wenpan.district.attraction.lists.list_lines import ListPlan
from wenpan.district.intake import handlers
from wenpan.district.intake.handlers import Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading

KIND = "deals"


class DealsHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        plan, findings = listing.deal_list_changes(reading, list_day(reading, submission), _today(submission))
        changes = [change for line in plan.lines for change in line.changes]
        counts = Counter(change.kind for change in changes)
        shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
        return Examination(findings, changes, shown, plan=plan)

    def store(self, submission: Submission, plan: ListPlan, *, by: User, at: datetime) -> None:
        from wenpan.district.attraction.lists import list_actions

        list_actions.store_deals(submission=submission, plan=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.attraction.lists import list_actions

        list_actions.undo_deals(submission=submission, by=by, reason=reason, at=at)


def _today(submission: Submission) -> date:
    return timezone.localdate(submission.uploaded_at)


def list_day(reading: Reading, submission: Submission) -> date:
    """The last day of the list's month, or the day on which the file came, whichever is earlier."""
    today = _today(submission)
    if not reading.period:
        return today
    year, month = int(reading.period[:4]), int(reading.period[5:7])
    return min(today, date(year, month, monthrange(year, month)[1]))


def register() -> None:
    handlers.register(KIND, DealsHandler())
