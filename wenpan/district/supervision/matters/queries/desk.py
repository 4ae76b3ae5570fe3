"""My unit's desk: what is due from us, in the order in which it must be done, and what we were asked for.

Only the person's own unit. A matter stands in one list: to sign, late, this week, later, paused, or
cooperating.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.observations.models import Estimate
from wenpan.district.projects.models import ProblemReport
from wenpan.district.supervision.log import lifecycle, matter_sets, policy
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.recipients import notices_of
from wenpan.district.supervision.matters import attachments
from wenpan.district.supervision.models import Event, Feedback, Matter, Notice, Slip
from wenpan.district.supervision.slips import state as slip_state

SHOWN, WHOLE = 12, 300  # rows of a list; of the list that is shown to its end
NOTICES_SHOWN, UNSIGNED_SHOWN = 8, 10


@dataclass(frozen=True)
class AskedFor:
    """One form this month: how often it was filled, how many fields and minutes that was."""

    name: str
    times: int
    fields: int
    minutes: float


@dataclass(frozen=True)
class DeskList:
    """One list of the desk: its first rows in the order of their day, and how many there are in all."""

    code: str
    rows: tuple[Matter, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Desk:
    unit: Unit
    to_sign: DeskList
    late: DeskList
    week: DeskList
    later: DeskList
    coop: DeskList
    paused: DeskList
    waiting: int  # reported done, with the office
    slips: tuple[Slip, ...]
    unsigned: tuple[Feedback, ...]  # for the head to sign
    sign_needed: bool  # an answer counts only when it is signed
    notices: tuple[Notice, ...]
    unread: int
    asked: tuple[AskedFor, ...]
    sent_back: dict[int, str]  # matter → what the office found lacking, while it is in work again

    @property
    def due_now(self) -> int:
        return self.late.count + self.week.count + self.to_sign.count

    @property
    def fields(self) -> int:
        return sum(a.fields for a in self.asked)

    @property
    def minutes(self) -> float:
        return sum(a.minutes for a in self.asked)


def desk_of(user: User, at: datetime, whole: str = "") -> Desk | None:
    """None for who belongs to no unit. `whole`: the code of the list that is shown to its end."""
    if user.unit is None or not can(user, "desk.use"):
        return None
    on = timezone.localdate(at)
    mine = Matter.objects.filter(lead=user.unit_id)
    wanted = {code: (mine, condition) for code, condition in _lists(on).items()}
    helped = Matter.coops.through.objects.filter(unit=user.unit_id).values("matter")
    wanted["coop"] = (Matter.objects.filter(pk__in=helped), Q(state__in=matter_sets.LATE_IN, paused=False))
    batches = {code: _batch(code, rows.filter(q), code == whole) for code, (rows, q) in wanted.items()}
    told = Notice.objects.filter(notices_of(user), not_before__lte=at)
    return Desk(
        unit=user.unit,
        **batches,
        waiting=mine.filter(state__in=[lifecycle.ANSWERED, lifecycle.CHECKED]).count(),
        slips=tuple(_slips(user.unit, on)),
        unsigned=tuple(_unsigned(user)),
        sign_needed=policy.office().feedback_signed_by_head,
        notices=tuple(told.select_related("matter").order_by(*_UNREAD_FIRST)[:NOTICES_SHOWN]),
        unread=told.filter(read_at=None).count(),
        asked=tuple(asked_for(user.unit, on)),
        sent_back=_sent_back([m for b in batches.values() for m in b.rows]),
    )


def _sent_back(shown: list[Matter]) -> dict[int, str]:
    again = [m.pk for m in shown if m.returned and m.state == lifecycle.WORKING]
    told = Event.objects.filter(matter__in=again, kind=EventKind.RETURNED).order_by("sequence")
    return dict(told.values_list("matter", "text")) if again else {}


_UNREAD_FIRST = (F("read_at").asc(nulls_first=True), "-not_before", "-pk")


def _lists(on: date) -> dict[str, Q]:
    """What the unit leads: a matter satisfies one of these, or is with the office."""
    sunday = on + timedelta(days=6 - on.weekday())
    working = Q(state=lifecycle.WORKING, paused=False)
    return {
        "to_sign": Q(state=lifecycle.ASSIGNED, paused=False),
        "late": working & Q(due__lt=on),
        "week": working & Q(due__gte=on, due__lte=sunday),
        "later": working & (Q(due__gt=sunday) | Q(due=None)),
        "paused": Q(state__in=matter_sets.LATE_IN, paused=True),
    }


def _batch(code: str, rows: QuerySet[Matter], whole: bool) -> DeskList:
    """Counted apart only where there are more than are shown."""
    most = WHOLE if whole else SHOWN
    ordered = rows.order_by(F("due").asc(nulls_last=True), "year", "serial")
    shown = tuple(ordered.select_related("lead").prefetch_related("coops")[: most + 1])
    if len(shown) <= most:
        return DeskList(code, shown, len(shown))
    return DeskList(code, shown[:most], rows.count())


def _slips(unit: Unit, on: date) -> QuerySet[Slip]:
    """Those that are open, the most urgent first."""
    open_ = Slip.objects.filter(slip_state.is_open_on(on), unit=unit)
    return open_.select_related("unit", "matter").order_by("answer_due", "issued_at")


def _unsigned(user: User) -> list[Feedback]:
    """The newest unsigned word of each open matter of the unit; only for who signs."""
    if not can(user, "desk.sign"):
        return []
    newer = Feedback.objects.filter(matter=OuterRef("matter"), unit=user.unit_id, at__gt=OuterRef("at"))
    found = Feedback.objects.filter(
        ~Exists(newer), unit=user.unit_id, signed_at=None, matter__state__in=matter_sets.WITH_UNIT
    )
    return list(
        found.select_related("matter", "unit", "by", "signed_by").prefetch_related("attachments")[
            :UNSIGNED_SHOWN
        ]
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def asked_for(unit: Unit, on: date) -> list[AskedFor]:
    """What the unit filled in this month, by form, counted from what it sent; forms without any are left out.

    Fields and minutes of a form are policy (rules/supervision/attachments.yaml).
    """
    first = _midnight(on.replace(day=1))
    last = _midnight((on.replace(day=28) + timedelta(days=4)).replace(day=1))

    def times(rows: QuerySet[Any], unit_of: str, at: str) -> int:
        wanted = Q(**{unit_of: unit, f"{at}__gte": first, f"{at}__lt": last})
        return int(rows.filter(wanted).aggregate(n=Count("pk"))["n"])

    counted = {
        "feedback": times(Feedback.objects.all(), "unit", "at"),
        "slip": times(Slip.objects.all(), "unit", "answered_at"),
        "estimate": times(Estimate.objects.all(), "unit", "made_at"),
        "problem": times(ProblemReport.objects.all(), "by__unit", "at"),
    }
    forms = attachments.forms_asked()
    return [
        AskedFor(forms[code].name, n, n * forms[code].fields, n * forms[code].fields * forms[code].minutes)
        for code, n in counted.items()
        if n and code in forms
    ]
