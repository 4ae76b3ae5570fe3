"""What earlier meetings of a kind agreed and what came of it, and what the last one asked. Read, not kept.

Decisions are the proposals of a meeting's record; their state is that of their matters on the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from wenpan.district.meetings.memo.facts import (
    DONE,
    GONE,
    HEARD,
    LATE,
    SILENT,
    WAITING,
    AgreedMatter,
    AskedBefore,
    Citation,
)
from wenpan.district.meetings.models import Meeting
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Feedback, Matter, Proposal
from wenpan.rules.schema import read_kept

State = Proposal.State
OLDER = 12  # meetings before the last one whose open decisions are still told


def last_meeting(meeting: Meeting) -> Meeting | None:
    """The last of this kind that was held before."""
    rows = Meeting.objects.filter(kind=meeting.kind, state=Meeting.State.HELD, held_on__lt=meeting.held_on)
    return rows.order_by("-held_on").first()


def agreed(meeting: Meeting, on: date) -> list[AgreedMatter]:
    """Of the last meeting all, of those before it what is still open; the last one's first. Three queries."""
    rows = Meeting.objects.filter(
        kind=meeting.kind, state=Meeting.State.HELD, held_on__lt=meeting.held_on, record__isnull=False
    )
    before = list(rows.order_by("-held_on")[: OLDER + 1])
    if not before:
        return []
    by_record = {m.record_id: m for m in before}
    last = last_meeting(meeting)
    proposals = Proposal.objects.filter(source__in=by_record).exclude(state=State.SPLIT)
    proposals = proposals.select_related("lead", "matter__lead").order_by("source__dated", "order", "pk")
    words = _last_words([p.matter_id for p in proposals if p.matter_id], on)
    found = []
    for p in proposals:
        held = by_record[p.source_id]
        of_last = last is not None and held.pk == last.pk
        if p.merged_into_id and p.matter_id is None:
            continue  # part of another line
        if of_last or (p.matter is not None and p.matter.state in lifecycle.OPEN):
            found.append(_agreed(p, held, words, on, of_last=of_last))
    return sorted(found, key=lambda row: not row.last_time)


def _agreed(
    p: Proposal, held: Meeting, words: dict[int, Feedback], on: date, *, of_last: bool
) -> AgreedMatter:
    m = p.matter
    lead = m.lead if m is not None and m.assigned_on is not None else p.lead
    said = words.get(m.pk) if m is not None else None
    said = said if said is not None and timezone.localdate(said.at) >= held.held_on else None
    return AgreedMatter(
        matter=m.pk if m is not None else 0,
        number=m.number if m is not None else "",
        title=m.title if m is not None else p.text,
        unit=lead.code if lead else "",
        unit_name=lead.short_name if lead else "",
        due=m.due if m is not None and m.assigned_on is not None else p.deadline,
        state=str(m.get_state_display()) if m is not None else str(p.get_state_display()),
        outcome=outcome_of(p, m, on, heard=said is not None),
        meeting=held.title,
        heard=_short(said.process) if said is not None else "",
        heard_on=timezone.localdate(said.at) if said is not None else None,
        assigned_on=m.assigned_on if m is not None else None,
        last_time=of_last,
    )


def outcome_of(p: Proposal, m: Matter | None, on: date, *, heard: bool) -> str:
    """One of `OUTCOMES`. Late goes before heard: a word does not keep the day."""
    if m is None:
        return GONE if p.state == State.DROPPED else WAITING
    if m.state == lifecycle.CLOSED:
        return DONE
    if m.state == lifecycle.DROPPED:
        return GONE
    if m.assigned_on is None or m.state == lifecycle.DECLINED:
        return WAITING
    if m.state in (lifecycle.ASSIGNED, lifecycle.WORKING) and not m.paused and m.due and m.due < on:
        return LATE
    return HEARD if heard or m.state in (lifecycle.ANSWERED, lifecycle.CHECKED) else SILENT


def _last_words(matters: Iterable[int], on: date) -> dict[int, Feedback]:
    """The last feedback of each, said by the end of the day."""
    rows = Feedback.objects.filter(matter__in=list(matters), at__lt=_midnight(on)).order_by("at", "pk")
    return {row.matter_id: row for row in rows}


def _midnight(on: date) -> object:
    from datetime import datetime, time

    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))


def _short(words: str, most: int = 90) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 2]}……"


def asked_before(meeting: Meeting) -> list[AskedBefore]:
    """The questions of the last meeting with their answers. One query."""
    last = last_meeting(meeting)
    if last is None:
        return []
    rows = last.questions.select_related("unit").order_by("order")
    return [
        AskedBefore(
            question=q.pk,
            unit=q.unit.code if q.unit else "",
            unit_name=q.unit.short_name if q.unit else "",
            text=q.text,
            answer=_short(q.answer, 200),
            meeting=last.title,
            subject=q.subject,
            citations=tuple(read_kept(Citation, data) for data in q.citations),
        )
        for q in rows
    ]
