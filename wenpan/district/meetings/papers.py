"""The papers of a meeting as .docx: memo, follow-up, draft of the minutes. Chinese, as papers are."""

from __future__ import annotations

from datetime import date

from django.utils import timezone, translation

from wenpan.district.meetings.memo import paper as memo_paper
from wenpan.district.meetings.models import Meeting
from wenpan.district.meetings.queries import Decision, ShownMemo, decisions
from wenpan.district.supervision.log import recipients
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.meetings import follow_up, minutes
from wenpan.documents.papers.meetings.decision import AgreedLine, HeldMeeting
from wenpan.documents.papers.paper import Paper

RECURRENCES = {"daily": "每日", "weekly": "每周", "monthly": "每月", "quarterly": "每季度", "yearly": "每年"}


def memo_docx(meeting: Meeting, shown: ShownMemo) -> bytes:
    dated = timezone.localdate(shown.kept.made_at) if shown.kept else timezone.localdate()
    paper = memo_paper.compose(shown.memo, meeting.title, meeting.held_on, _issuer(), dated)
    return render(paper, created=dated)


def follow_up_docx(meeting: Meeting) -> bytes:
    return render(follow_up_paper(meeting), created=_dated(meeting))


def minutes_docx(meeting: Meeting) -> bytes:
    paper = minutes.compose(_held(meeting), lines(meeting))
    return render(paper, created=_dated(meeting))


def follow_up_paper(meeting: Meeting) -> Paper:
    asked = list(meeting.questions.values_list("answer", flat=True))
    return follow_up.compose(_held(meeting), lines(meeting), len(asked), sum(1 for words in asked if words))


def lines(meeting: Meeting) -> list[AgreedLine]:
    """What was decided, without what was dropped or stands in another line."""
    with translation.override("zh-hans"):
        return [_line(d) for d in decisions(meeting) if d.counts]


def _line(d: Decision) -> AgreedLine:
    m = d.proposal.matter
    return AgreedLine(
        text=d.text,
        unit=d.lead.short_name if d.lead else "、".join(u.short_name for u in d.leads),
        coops=tuple(u.short_name for u in d.units),
        due=d.due,
        due_words=d.proposal.deadline_text or RECURRENCES.get(d.proposal.recurrence.partition(":")[0], ""),
        number=m.number if m is not None else "",
        state=str(m.get_state_display()) if m is not None else "",
    )


def _held(meeting: Meeting) -> HeldMeeting:
    return HeldMeeting(
        meeting.title, meeting.held_on, meeting.starts, meeting.place, meeting.chair, meeting.attending,
        _issuer(), _dated(meeting),
    )  # fmt: skip


def _dated(meeting: Meeting) -> date:
    return timezone.localdate(meeting.closed_at) if meeting.closed_at else timezone.localdate()


def _issuer() -> str:
    office = recipients.office()
    return office.name if office else ""
