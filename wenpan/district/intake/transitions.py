"""How a submission moves: by one conditional update on its state and version, or not at all.

Of two people who decide the same file one succeeds and the other is told who did. Only `actions` calls this.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from wenpan.district.accounts.models import User
from wenpan.district.intake import check_result
from wenpan.district.intake.models import Submission

State = Submission.State
OPEN = (State.CHECKING, State.UNKNOWN, State.READY, State.REFUSED)


def move(submission: Submission, states: tuple[State, ...], **values: Any) -> None:
    """Raises Refused "clash" naming who was faster, if it changes no row."""
    wanted = Q(pk=submission.pk, state__in=states, version=submission.version)
    if Submission.objects.filter(wanted).update(**values, version=F("version") + 1) != 1:
        raise check_result.overtaken(submission)
    submission.refresh_from_db()


def decide(
    submission: Submission, states: tuple[State, ...], new: State, *, by: User, at: datetime, **values: Any
) -> None:
    move(submission, states, state=new, decided_by=by, decided_at=at, **values)


def subject_of(submission: Submission) -> str:
    """The subject of a journal entry."""
    return f"submission:{submission.pk}"
