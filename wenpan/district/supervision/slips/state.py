"""When a slip stands and when it is open: the rules and, beside each, its twin for the database.

A slip is open on a day while it stands unanswered and its matter is not over; a demand that nobody can meet
any more is no demand. Desk, list, counts, slip page, the answer itself, escalation, scoring and the
bulletin's counts all ask here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Slip


def stands_on(slip: Slip, on: date) -> bool:
    """At the end of the day: not withdrawn."""
    return slip.withdrawn_at is None or timezone.localdate(slip.withdrawn_at) > on


def _end(on: date) -> datetime:
    """The first moment of the next day: a moment is compared, no row's day is worked out."""
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))


def is_standing_on(on: date) -> Q:
    return Q(withdrawn_at=None) | Q(withdrawn_at__gte=_end(on))


def answered_on(slip: Slip, on: date) -> bool:
    return slip.answered_at is not None and timezone.localdate(slip.answered_at) <= on


def is_answered_on(on: date) -> Q:
    return Q(answered_at__lt=_end(on))


def open_on(slip: Slip, on: date) -> bool:
    """At the end of the day: neither answered, withdrawn nor overtaken by the end of its matter."""
    if slip.matter.state == lifecycle.DROPPED:
        return False
    ended = slip.matter.closed_on
    return (ended is None or ended > on) and stands_on(slip, on) and not answered_on(slip, on)


def is_open_on(on: date) -> Q:
    unanswered = Q(answered_at=None) | Q(answered_at__gte=_end(on))
    matter_open = (Q(matter__closed_on=None) | Q(matter__closed_on__gt=on)) & ~Q(
        matter__state=lifecycle.DROPPED
    )
    return unanswered & is_standing_on(on) & matter_open
