"""Questions of a dispatch meeting on the week's sheet: what the unit has reported stands there already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.meetings import actions, queries
from wenpan.district.meetings.models import Meeting, MeetingQuestion
from wenpan.district.ui.week_sheet import SheetQuestion

LONGEST = 1000


def questions(user: User, at: datetime) -> tuple[SheetQuestion, ...]:
    """Those put to the person's unit that wait for an answer, by the day of the meeting. Two queries."""
    if not can(user, "desk.use") or user.unit_id is None:
        return ()
    rows = MeetingQuestion.objects.filter(unit=user.unit_id, answer="", meeting__state=Meeting.State.PUT)
    found = list(rows.select_related("meeting", "unit").order_by("meeting__held_on", "order"))
    drafts = queries.drafts_of(found, timezone.localdate(at))
    lines = []
    for q in found:
        url = reverse("meetings:meeting", args=[q.meeting_id]) + f"#q{q.pk}"
        kind = _("%(day)s调度会提问") % {"day": f"{q.meeting.held_on:%m-%d}"}
        own = drafts.get(q.pk)
        lines.append(
            SheetQuestion(
                f"question:{q.pk}", kind, q.text, url, LONGEST, _writer(q, user),
                draft=own.words[:LONGEST] if own else "", draft_from=own.label if own else "",
                hint=_("答复，一句话"),
            )
        )  # fmt: skip
    return tuple(lines)


def _writer(question: MeetingQuestion, user: User) -> Callable[[str, datetime], MeetingQuestion]:
    def write(words: str, at: datetime) -> MeetingQuestion:
        return actions.answer(question=question, words=words, by=user, at=at)

    return write
