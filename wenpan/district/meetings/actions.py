"""Every write of the room. What a meeting decides is written by supervision's own actions, from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.meetings import queries
from wenpan.district.meetings.memo import memo_json
from wenpan.district.meetings.memo_facts import live_memo
from wenpan.district.meetings.models import KeptMemo, Meeting, MeetingQuestion, MemoSeen
from wenpan.district.meetings.policy import meeting_rules
from wenpan.district.supervision.models import Proposal
from wenpan.district.supervision.sources.actions import deciding, dictating
from wenpan.documents.papers.meetings.decision import long_day
from wenpan.rules.schema import keep

State = Meeting.State
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class MeetingPlan:
    """What the office writes of a meeting. `title` "": the kind's name with its day."""

    kind: str
    held_on: date
    title: str = ""
    starts: str = ""
    place: str = ""
    chair: str = ""
    attending: str = ""


@transaction.atomic
def plan_meeting(*, given: MeetingPlan, by: User, at: datetime | None = None) -> Meeting:
    """Raises Refused: "bad_value" (unknown kind, no time of day), "clash" (one of the kind on that day)."""
    require(by, "meeting.prepare")
    at = at or timezone.now()
    values = _values(given)
    hold()
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(kind=given.kind, created_by=by, created_at=at, **values)
    except IntegrityError:
        raise _clash(given) from None
    _tell(
        meeting,
        "create",
        _("筹备%(title)s，%(day)s") % {"title": meeting.title, "day": meeting.held_on},
        by,
        at,
    )
    return meeting


@transaction.atomic
def amend(
    *, meeting: Meeting, given: MeetingPlan, by: User, seen: int | None = None, at: datetime | None = None
) -> Meeting:
    """Another day or place; of a meeting that is over nothing. The kind stays."""
    require(by, "meeting.prepare")
    if meeting.record_id is not None and meeting.held_on != given.held_on:
        raise Refused("state", _("会上已经记下议定事项，日期不能再改。"))
    try:
        with transaction.atomic():
            _step(meeting, (State.PLANNED, State.PUT), seen, **_values(given))
    except IntegrityError:
        raise _clash(given) from None
    _tell(
        meeting,
        "amend",
        _("修改%(title)s，%(day)s") % {"title": meeting.title, "day": meeting.held_on},
        by,
        at,
    )
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, by: User, seen: int | None = None, at: datetime | None = None) -> Meeting:
    require(by, "meeting.prepare")
    if meeting.record_id is not None:
        raise Refused("state", _("会上已经记下议定事项，不能取消。"))
    _step(meeting, (State.PLANNED, State.PUT), seen, state=State.CANCELLED)
    _tell(meeting, "withdraw", _("取消%(title)s") % {"title": meeting.title}, by, at)
    return meeting


@transaction.atomic
def put(*, meeting: Meeting, by: User, seen: int | None = None, at: datetime | None = None) -> KeptMemo:
    """下发: the memo is kept as it stands, and its questions are put to their units."""
    require(by, "meeting.prepare")
    at = at or timezone.now()
    memo = live_memo(meeting, timezone.localdate(at))
    _step(meeting, (State.PLANNED,), seen, state=State.PUT)
    made = KeptMemo.objects.create(meeting=meeting, facts=memo_json.keep(memo), made_by=by, made_at=at)
    units = {unit.code: unit for unit in Unit.objects.all()}
    MeetingQuestion.objects.bulk_create(
        MeetingQuestion(
            meeting=meeting, order=n, unit=units.get(q.unit), text=q.text[:600],
            subject=q.subject[:600],
            citations=[keep(c) for c in q.citations],
        )
        for n, q in enumerate(memo.questions, start=1)
    )  # fmt: skip
    words = {"title": meeting.title, "n": len(memo.questions)}
    _tell(meeting, "issue", _("下发%(title)s会前一纸，提问%(n)s条") % words, by, at, as_of=memo.facts.as_of)
    return made


@transaction.atomic
def mark_seen(*, meeting: Meeting, by: User, at: datetime | None = None) -> bool:
    """已阅; False where the person had looked at it before."""
    require(by, "meeting.view")
    at = at or timezone.now()
    hold()
    if MemoSeen.objects.filter(meeting=meeting, user=by).exists():
        return False
    MemoSeen.objects.create(meeting=meeting, user=by, at=at)
    _tell(meeting, "read", _("已阅%(title)s会前一纸") % {"title": meeting.title}, by, at)
    return True


@transaction.atomic
def answer(
    *, question: MeetingQuestion, words: str, by: User, seen: int | None = None, at: datetime | None = None
) -> MeetingQuestion:
    """By a person of the unit that was asked, or by the office what the unit says in the meeting. It may be
    completed until the meeting is over.

    Raises NotYours for another unit's question; Refused: "bad_value", "state" (the meeting is over), "clash".
    """
    require(by, "meeting.prepare", "desk.use")
    if not can(by, "meeting.prepare") and (question.unit_id is None or question.unit_id != by.unit_id):
        raise NotYours
    words = words.strip()
    if not words or len(words) > 1000:
        raise Refused("bad_value", _("请写明答复，不超过1000个字。"))
    at = at or timezone.now()
    hold()
    meeting = Meeting.objects.get(pk=question.meeting_id)
    if meeting.state != State.PUT:
        raise Refused("state", _("会已开完或已取消，不能再答复。"))
    version = question.version if seen is None else seen
    changed = MeetingQuestion.objects.filter(pk=question.pk, version=version).update(
        answer=words,
        answered_by=by,
        answered_at=at,
        version=version + 1,
        carried_from=_carried_from(question, words, by, at),
    )
    if changed != 1:
        raise Refused("clash", _("这一条刚被别人答复过，请刷新后再看。"))
    question.refresh_from_db()
    summary = _("答复%(title)s第%(n)s问：%(words)s")
    _tell(meeting, "answer",
          summary % {"title": meeting.title, "n": question.order, "words": words[:160]}, by, at)  # fmt: skip
    return question


@transaction.atomic
def take_down(
    *, meeting: Meeting, line: str, by: User, sure: bool = False, at: datetime | None = None
) -> list[Proposal]:
    """One decision, as it is said. `sure`: what was understood without a question becomes a matter at once.

    The record is a source of supervision, opened with the first line. Raises Refused "state" before the day
    of the meeting and once it is over.
    """
    require(by, "meeting.prepare")
    at = at or timezone.now()
    hold()
    meeting.refresh_from_db()
    if meeting.state not in (State.PLANNED, State.PUT):
        raise Refused("state", _("会已开完或已取消，不能再记。"))
    if timezone.localdate(at) < meeting.held_on:
        raise Refused("state", _("%(day)s开会，还不能记议定事项。") % {"day": meeting.held_on})
    if meeting.record is None:
        made = dictating.open_record(
            title=_("%(title)s议定事项") % {"title": meeting.title}, issuer=meeting.chair,
            dated=meeting.held_on, by=by, at=at,
        )  # fmt: skip
        Meeting.objects.filter(pk=meeting.pk).update(record=made)
        meeting.refresh_from_db()
        _tell(meeting, "open", _("开始记录%(title)s") % {"title": meeting.title}, by, at)
    record_of = meeting.record
    assert record_of is not None
    rows = dictating.dictate(source=record_of, line=line, by=by, at=at)
    for row in rows:
        if sure and row.lead_id is not None and not row.questions:
            deciding.confirm(proposal=row, by=by, at=at)
    return rows


@transaction.atomic
def close(*, meeting: Meeting, by: User, seen: int | None = None, at: datetime | None = None) -> Meeting:
    """开完: nothing more is taken down; the record is settled where nothing of it is open any more."""
    require(by, "meeting.prepare")
    at = at or timezone.now()
    if timezone.localdate(at) < meeting.held_on:
        raise Refused("state", _("%(day)s才开会。") % {"day": meeting.held_on})
    _step(meeting, (State.PLANNED, State.PUT), seen, state=State.HELD, closed_at=at)
    kept_record = meeting.record
    if kept_record is not None and not kept_record.proposals.filter(state=Proposal.State.OPEN).exists():
        deciding.settle(source=kept_record, by=by, at=at)
    _tell(meeting, "close", _("%(title)s开完") % {"title": meeting.title}, by, at)
    return meeting


def _carried_from(question: MeetingQuestion, words: str, by: User, at: datetime) -> str:
    """Where the unit had said just these words; "" where they are new, or the office takes them down."""
    if question.unit_id is None or question.unit_id != by.unit_id:
        return ""
    draft = queries.drafts_of([question], timezone.localdate(at)).get(question.pk)
    return draft.label[:160] if draft is not None and draft.words.strip() == words else ""


def _values(given: MeetingPlan) -> dict[str, Any]:
    kind = meeting_rules(given.held_on).kinds.get(given.kind)
    if kind is None:
        raise Refused("bad_value", _("没有这种会议：%(kind)s。") % {"kind": given.kind})
    if given.starts and not _CLOCK.fullmatch(given.starts):
        raise Refused("bad_value", _("时间应写作 09:30。"))
    title = given.title.strip() or f"{long_day(given.held_on)}{kind.name}"
    return {
        "title": title[:120],
        "held_on": given.held_on,
        "starts": given.starts,
        "place": given.place.strip()[:60],
        "chair": given.chair.strip()[:40],
        "attending": given.attending.strip()[:400],
    }


def _clash(given: MeetingPlan) -> Refused:
    return Refused("clash", _("%(day)s已有一次同类会议。") % {"day": given.held_on})


def _step(meeting: Meeting, states: tuple[str, ...], seen: int | None, **values: Any) -> None:
    """A conditional update: only from these states, only as it was seen."""
    hold()
    meeting_now = Meeting.objects.get(pk=meeting.pk)
    if meeting_now.state not in states:
        words = {"title": meeting_now.title, "state": meeting_now.get_state_display()}
        raise Refused("state", _("%(title)s%(state)s，不能再改。") % words)
    version = meeting.version if seen is None else seen
    rows = Meeting.objects.filter(pk=meeting.pk, version=version, state__in=states)
    if rows.update(version=version + 1, **values) != 1:
        raise Refused("clash", _("这次会刚被别人改过，请刷新后再看。"))
    meeting.refresh_from_db()


def _tell(meeting: Meeting, deed: str, summary: str, by: User, at: datetime | None, **detail: Any) -> None:
    record(by=by, action=f"meeting.{deed}", subject=f"meeting:{meeting.pk}", at=at, summary=summary,
           detail=detail)  # fmt: skip
