"""What units do with a matter and what the office answers: sign, decline, feed back, check, extend, close.

The unit that handles can neither check nor close; who fed back can do neither anywhere.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.escalation.actions import raise_by_hand
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.due_days import due_of
from wenpan.district.supervision.log.event_data import CheckedData, DueData, FeedbackData, HeadSignedData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.notifications import notify
from wenpan.district.supervision.log.recipients import recipients_of
from wenpan.district.supervision.matters import available_actions as may
from wenpan.district.supervision.matters.available_actions import require_action
from wenpan.district.supervision.models import Event, Feedback, Matter


@transaction.atomic
def sign(*, matter: Matter, by: User, at: datetime | None = None, seen: int | None = None) -> Event:
    """签收 by the lead unit."""
    require_action(may.SIGN, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(matter=matter, kind=EventKind.SIGNED, by=by, at=at, seen=seen)


@transaction.atomic
def decline(
    *, matter: Matter, reason: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """退回: not ours, with the reason; the office assigns anew."""
    require_action(may.DECLINE, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(
        matter=matter, kind=EventKind.DECLINED, by=by, text=_needed(reason), at=at, seen=seen
    )


@transaction.atomic
def feed_back(
    *,
    matter: Matter,
    claim: str,
    process: str,
    by: User,
    situation: str = "",
    advice: str = "",
    unchanged: bool = False,
    sheet: bool = False,
    at: datetime | None = None,
    seen: int | None = None,
) -> Feedback:
    """One feedback in the form of the written report: for the weekly check, the bulletin and the leader.

    "done" sends the matter to be checked (the lead only); a cooperating unit reports progress. A lead that
    has not signed for the matter signs by it. The words of last time again are taken only as a deliberate
    "nothing has changed" (`unchanged`). Raises Refused: "bad_value" without words, "unchanged".
    """
    at = at or timezone.now()
    require_action(may.FEED_BACK, matter=matter, by=by, at=at, seen=seen)
    if claim not in Feedback.Claim.values or not process.strip():
        raise Refused("bad_value", _("请写明落实过程和进展。"))
    done = claim == Feedback.Claim.DONE
    if done and by.unit_id != matter.lead_id:
        raise Refused("permission", _("这个事项不由您的单位牵头。"))
    said = (process.strip(), situation.strip(), advice.strip())
    same = _as_last_time(matter, by, said)
    if same and not unchanged:
        raise Refused("unchanged", _("文字与上次反馈完全相同。确无变化的，请勾选“确认无变化”后再报。"))
    if matter.state == lifecycle.ASSIGNED and by.unit_id == matter.lead_id:
        event_log.append(matter=matter, kind=EventKind.SIGNED, by=by, at=at, seen=seen)
        seen = None
    due = matter.due
    late = due is not None and due < timezone.localdate(at)  # on the day itself it is in time
    data = FeedbackData(claim=claim, due=due.isoformat() if due else "", late=late)
    if same:
        data["unchanged"] = True
    if sheet:
        data["sheet"] = True
    event = event_log.append(
        matter=matter,
        kind=EventKind.ANSWERED if done else EventKind.FEEDBACK,
        by=by,
        text=process.strip()[:200],
        data=data,
        at=at,
        seen=seen,
    )
    return Feedback.objects.create(
        matter=matter,
        unit=by.own_unit,
        claim=claim,
        process=process.strip(),
        situation=situation.strip(),
        advice=advice.strip(),
        by=by,
        at=at,
        due=due,
        late=late,
        event=event,
    )


def _as_last_time(matter: Matter, by: User, said: tuple[str, str, str]) -> bool:
    last = matter.feedback.filter(unit=by.unit_id).order_by("-at", "-pk").first()
    return last is not None and (last.process, last.situation, last.advice) == said


@transaction.atomic
def check(
    *, matter: Matter, passed: bool, text: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """核查: passed (a recurring matter's round ends by it), or 退办 with what is lacking."""
    action = may.RETURN if not passed and matter.state == lifecycle.CHECKED else may.CHECK
    require_action(action, matter=matter, by=by, at=at, seen=seen)
    if passed and policy.office().feedback_signed_by_head:
        last = matter.feedback.filter(claim=Feedback.Claim.DONE).order_by("-at").first()
        if last is not None and last.signed_at is None:
            raise Refused("state", _("单位主要负责人尚未签发这份反馈。"))
    kind = EventKind.RETURNED if not passed else EventKind.ROUND if matter.recurrence else EventKind.PASSED
    data = CheckedData()
    if kind is EventKind.ROUND and matter.due:
        data["round"] = matter.due.isoformat()
    if kind is EventKind.ROUND and (
        reported := matter.events.filter(kind=EventKind.ANSWERED).order_by("-sequence").first()
    ):
        data["answered"] = timezone.localdate(reported.at).isoformat()
    return event_log.append(matter=matter, kind=kind, by=by, text=_needed(text), data=data, at=at, seen=seen)


@transaction.atomic
def close(
    *, matter: Matter, by: User, text: str = "", at: datetime | None = None, seen: int | None = None
) -> Event:
    """办结销号, after a check; not while a part of it is open."""
    require_action(may.CLOSE, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(matter=matter, kind=EventKind.CLOSED, by=by, text=text, at=at, seen=seen)


@transaction.atomic
def reopen(
    *, matter: Matter, reason: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """重办 of what was closed (回头看). Where the day due has gone by meanwhile the type's limit counts anew:
    nobody is late for months in which the matter was closed. The promise stays as it was."""
    require_action(may.REOPEN, matter=matter, by=by, at=at, seen=seen)
    at = at or timezone.now()
    today = timezone.localdate(at)
    data = DueData()
    if matter.due is not None and matter.due <= today and not matter.recurrence:
        kind = policy.types()[matter.kind]
        data["due"] = due_of(today, kind.limit, kind.unit, policy.calendar()).isoformat()
    return event_log.append(
        matter=matter, kind=EventKind.REOPENED, by=by, text=_needed(reason), data=data, at=at, seen=seen
    )


@transaction.atomic
def ask_extension(
    *, matter: Matter, until: date, reason: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """申请延期: up to and on the day due, to a later day, with the reason. The promise stays as it was."""
    require_action(may.ASK, matter=matter, by=by, at=at, seen=seen)
    if matter.due is None or until <= matter.due:
        raise Refused("bad_value", _("新时限应晚于现时限%(due)s。") % {"due": matter.due})
    return event_log.append(matter=matter, kind=EventKind.EXTENSION_ASKED, by=by, text=_needed(reason),
                  data=DueData(due=until.isoformat()), at=at, seen=seen)  # fmt: skip


@transaction.atomic
def decide_extension(
    *,
    matter: Matter,
    granted: bool,
    by: User,
    text: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> Event:
    """The office grants the day that was asked for, or refuses with a reason."""
    require_action(may.DECIDE, matter=matter, by=by, at=at, seen=seen)
    asked = matter.extension_asked
    assert asked is not None  # by the rule above
    if granted:
        if matter.due is not None and asked <= matter.due:  # a pause has moved the day since
            raise Refused("state", _("新时限应晚于现时限%(due)s。") % {"due": matter.due})
        data = DueData(due=asked.isoformat())
        return event_log.append(
            matter=matter, kind=EventKind.EXTENDED, by=by, text=text, data=data, at=at, seen=seen
        )
    return event_log.append(
        matter=matter, kind=EventKind.EXTENSION_REFUSED, by=by, text=_needed(text), at=at, seen=seen
    )


@transaction.atomic
def pause(
    *, matter: Matter, reason: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """暂缓: the count stands still, and the matter is left out of the rates."""
    require_action(may.PAUSE, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(
        matter=matter, kind=EventKind.PAUSED, by=by, text=_needed(reason), at=at, seen=seen
    )


@transaction.atomic
def resume(
    *, matter: Matter, by: User, text: str = "", at: datetime | None = None, seen: int | None = None
) -> Event:
    require_action(may.RESUME, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(matter=matter, kind=EventKind.RESUMED, by=by, text=text, at=at, seen=seen)


@transaction.atomic
def raise_level(
    *, matter: Matter, reason: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """提级: one step up the line."""
    require_action(may.RAISE, matter=matter, by=by, at=at, seen=seen)
    return raise_by_hand(matter=matter, reason=_needed(reason), by=by, at=at or timezone.now(), seen=seen)


@transaction.atomic
def urge(
    *, matter: Matter, by: User, text: str = "", at: datetime | None = None, seen: int | None = None
) -> Event:
    """催办: the unit's liaison officers and head are told, once a day."""
    at = at or timezone.now()
    require_action(may.URGE, matter=matter, by=by, at=at, seen=seen)
    event = event_log.append(matter=matter, kind=EventKind.URGED, by=by, text=text, at=at, seen=seen)
    words = _("催办：%(number)s %(title)s") % {"number": matter.number, "title": matter.title[:80]}
    notify(
        users=recipients_of(matter.lead, ("liaison", "unit_head")),
        key=f"urge:{matter.pk}:{event.sequence}",
        text=f"{words}。{text.strip()}" if text.strip() else words,
        kind="urged",
        matter=matter,
        at=at,
    )
    return event


@transaction.atomic
def nothing_new(*, matter: Matter, by: User, at: datetime | None = None, seen: int | None = None) -> Feedback:
    """无变化: the unit's last words again, as a deliberate statement of today. What was reported as done is
    not claimed anew; an obstacle that was reported stands.

    Raises Refused "state" where the unit has not said anything yet.
    """
    last = matter.feedback.filter(unit=by.unit_id or 0).order_by("-at", "-pk").first()
    if last is None:
        raise Refused("state", _("本单位还没有反馈过，请先写一次进展。"))
    blocked = last.claim == Feedback.Claim.BLOCKED
    return feed_back(
        matter=matter,
        claim=Feedback.Claim.BLOCKED if blocked else Feedback.Claim.PROGRESS,
        process=last.process,
        situation=last.situation,
        advice=last.advice,
        unchanged=True,
        by=by,
        at=at,
        seen=seen,
    )


@transaction.atomic
def note(
    *, matter: Matter, text: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """A word for the file."""
    require_action(may.NOTE, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(matter=matter, kind=EventKind.NOTED, by=by, text=_needed(text), at=at, seen=seen)


@transaction.atomic
def sign_off(*, feedback: Feedback, by: User, at: datetime | None = None) -> Feedback:
    """签发: the head of the unit stands for the feedback."""
    require(by, "desk.sign")
    if by.unit_id != feedback.unit_id:
        raise Refused("permission", _("这不是您单位的反馈。"))
    at = at or timezone.now()
    if (
        Feedback.objects.filter(pk=feedback.pk, signed_at__isnull=True).update(signed_by=by, signed_at=at)
        != 1
    ):
        raise Refused("clash", _("这份反馈已经签发。"))
    feedback.refresh_from_db()
    matter = Matter.objects.get(pk=feedback.matter_id)
    data = HeadSignedData(signed_off=feedback.pk)
    event_log.append(matter=matter, kind=EventKind.HEAD_SIGNED, by=by, data=data, at=at)
    return feedback


def _needed(words: str) -> str:
    if not words.strip():
        raise Refused("reason_missing", _("请写明理由。"))
    return words
