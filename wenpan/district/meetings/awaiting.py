"""What of meetings awaits a person: a meeting that is near, a memo not looked at, decisions not confirmed,
questions not answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.meetings.models import Meeting, MeetingQuestion
from wenpan.district.meetings.policy import meeting_rules
from wenpan.district.supervision.models import Proposal
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup

State = Meeting.State


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    on = timezone.localdate(at)
    if can(user, "meeting.prepare"):
        return [*_near(on, shown), *_unconfirmed(shown)]
    if can(user, "meeting.view"):
        return list(_unread(user, on, shown))
    return list(_asked(user, shown)) if can(user, "desk.use") and user.unit_id else []


def _near(on: date, shown: int) -> Iterator[AwaitedGroup]:
    """Within the days of its kind, until it is closed: also one that was held and nobody closed."""
    near = {code: kind.near_days for code, kind in meeting_rules(on).kinds.items()}
    rows = Meeting.objects.filter(state__in=[State.PLANNED, State.PUT])
    rows = rows.filter(held_on__lte=on + timedelta(days=max(near.values(), default=0)))
    found = [m for m in rows.order_by("held_on") if m.held_on <= on + timedelta(days=near.get(m.kind, 0))]
    if found:
        items = tuple(
            AwaitedAct(m.title, reverse("meetings:meeting", args=[m.pk]), detail=_next(m, on), due=m.held_on)
            for m in found[:shown]
        )
        yield AwaitedGroup("meetings", _("调度会临近"), len(found), items, reverse("meetings:list"), order=6)


def _next(m: Meeting, on: date) -> str:
    if m.held_on < on:
        return _("会已过，议定事项记完后点“会已开完”")
    if m.state == State.PLANNED:
        return _("会前一纸还没有下发")
    return _("今天开会") if m.held_on == on else _("会前一纸已下发")


def _unconfirmed(shown: int) -> Iterator[AwaitedGroup]:
    """As many as there are decisions; one line a meeting."""
    is_open = Q(record__proposals__state=Proposal.State.OPEN)
    rows = Meeting.objects.filter(is_open).annotate(left=Count("record__proposals", filter=is_open))
    found = list(rows.order_by("held_on").distinct())
    if found:
        items = tuple(
            AwaitedAct(
                m.title, reverse("meetings:meeting", args=[m.pk]) + "#decisions",
                detail=_("待确认%(n)s件") % {"n": m.left},
            )
            for m in found[:shown]
        )  # fmt: skip
        yield AwaitedGroup(
            "meeting-decisions", _("会上议定，待确认"), len(found), items, reverse("meetings:list"), order=7
        )


def _unread(user: Any, on: date, shown: int) -> Iterator[AwaitedGroup]:
    rows = Meeting.objects.filter(state=State.PUT, held_on__gte=on).exclude(seen__user=user)
    if count := rows.count():
        items = tuple(
            AwaitedAct(m.title, reverse("meetings:meeting", args=[m.pk]), detail=_("会前一纸"), due=m.held_on)
            for m in rows.order_by("held_on")[:shown]
        )
        yield AwaitedGroup(
            "meeting-memos", _("会前一纸待阅"), count, items, reverse("meetings:list"), order=6
        )


def _asked(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    rows = MeetingQuestion.objects.filter(unit=user.unit_id, answer="", meeting__state=State.PUT)
    if count := rows.count():
        items = tuple(
            AwaitedAct(
                q.text, reverse("meetings:meeting", args=[q.meeting_id]) + f"#q{q.pk}",
                detail=q.meeting.title, due=q.meeting.held_on,
            )
            for q in rows.select_related("meeting").order_by("meeting__held_on", "order")[:shown]
        )  # fmt: skip
        yield AwaitedGroup(
            "meeting-questions", _("调度会提问，待答复"), count, items, reverse("meetings:list"), order=6
        )
