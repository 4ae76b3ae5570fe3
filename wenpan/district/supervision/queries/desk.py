"""My unit's desk: what is due from us, in the order in which it must be done, and what we were asked for.

Only the person's own unit. A matter stands in one list: to sign, late, this week, later, or cooperating.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import can
from wenpan.district.observations.models import Estimate
from wenpan.district.projects.models import ProblemReport
from wenpan.district.supervision import files, policy, rules
from wenpan.district.supervision.models import Feedback, Matter, Notice, Slip
from wenpan.district.supervision.queries import matters

LATER_SHOWN, NOTICES_SHOWN = 40, 20


@dataclass(frozen=True)
class AskedFor:
    """One form this month: how often it was filled, how many fields and minutes that was."""

    name: str
    times: int
    fields: int
    minutes: float


@dataclass(frozen=True)
class Desk:
    unit: Unit
    to_sign: tuple[Matter, ...]
    late: tuple[Matter, ...]
    week: tuple[Matter, ...]
    later: tuple[Matter, ...]
    later_more: int  # beyond those that are shown
    coop: tuple[Matter, ...]
    waiting: int  # reported done, with the office
    paused: tuple[Matter, ...]
    slips: tuple[Slip, ...]
    unsigned: tuple[Feedback, ...]  # for the head to sign
    sign_needed: bool  # an answer counts only when it is signed
    notices: tuple[Notice, ...]
    unread: int
    asked: tuple[AskedFor, ...]

    @property
    def due_now(self) -> int:
        return len(self.late) + len(self.week) + len(self.to_sign)

    @property
    def fields(self) -> int:
        return sum(a.fields for a in self.asked)

    @property
    def minutes(self) -> float:
        return sum(a.minutes for a in self.asked)


def desk_of(user: Any, at: datetime) -> Desk | None:
    """None for who belongs to no unit."""
    if user.unit is None or not can(user, "desk.use"):
        return None
    on = timezone.localdate(at)
    ours = list(_leading(user).order_by("due", "year", "serial"))
    active = [m for m in ours if m.state in {rules.ASSIGNED, rules.WORKING} and not m.paused]
    sunday = on + timedelta(days=6 - on.weekday())
    to_sign = [m for m in active if m.state == rules.ASSIGNED]
    working = [m for m in active if m.state == rules.WORKING]
    later = [m for m in working if m.due is None or m.due > sunday]
    unread = Notice.objects.filter(user=user, read_at=None, not_before__lte=at)
    return Desk(
        unit=user.unit,
        to_sign=tuple(to_sign),
        late=tuple(m for m in working if m.due is not None and m.due < on),
        week=tuple(m for m in working if m.due is not None and on <= m.due <= sunday),
        later=tuple(later[:LATER_SHOWN]),
        later_more=max(0, len(later) - LATER_SHOWN),
        coop=tuple(_cooperating(user).order_by("due", "pk")[:LATER_SHOWN]),
        waiting=sum(m.state in {rules.ANSWERED, rules.CHECKED} for m in ours),
        paused=tuple(m for m in ours if m.paused),
        slips=tuple(_slips(user.unit)),
        unsigned=tuple(_unsigned(user)),
        sign_needed=policy.office().feedback_signed_by_head,
        notices=tuple(
            Notice.objects.filter(user=user, not_before__lte=at).select_related("matter")[:NOTICES_SHOWN]
        ),
        unread=unread.count(),
        asked=tuple(asked_for(user.unit, on)),
    )


def _leading(user: Any) -> QuerySet[Matter]:
    mine = matters.visible(user).filter(lead=user.unit_id, state__in=matters.WITH_UNIT)
    return mine.select_related("lead", "source").prefetch_related("coops")


def _cooperating(user: Any) -> QuerySet[Matter]:
    """In work with another unit in the lead."""
    ids = Matter.coops.through.objects.filter(unit=user.unit_id).values("matter")
    found = Matter.objects.filter(pk__in=ids, state__in=matters.LATE_IN, paused=False)
    return found.select_related("lead", "source").prefetch_related("coops")


def _slips(unit: Unit) -> QuerySet[Slip]:
    """Neither answered nor withdrawn, the most urgent first."""
    open_ = Slip.objects.filter(unit=unit, answered_at=None, withdrawn_at=None)
    return open_.select_related("unit", "matter").order_by("answer_due", "issued_at")


def _unsigned(user: Any) -> list[Feedback]:
    """The newest unsigned word of each open matter of the unit; only for who signs."""
    if not can(user, "desk.sign"):
        return []
    newer = Feedback.objects.filter(matter=OuterRef("matter"), unit=user.unit_id, at__gt=OuterRef("at"))
    found = Feedback.objects.filter(
        ~Exists(newer), unit=user.unit_id, signed_at=None, matter__state__in=matters.WITH_UNIT
    )
    return list(
        found.select_related("matter", "unit", "by", "signed_by").prefetch_related("attachments")[:40]
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
    forms = files.forms_asked()
    return [
        AskedFor(forms[code].name, n, n * forms[code].fields, n * forms[code].fields * forms[code].minutes)
        for code, n in counted.items()
        if n and code in forms
    ]
