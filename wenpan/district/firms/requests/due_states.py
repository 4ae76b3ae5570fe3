"""When a request is late and when it is due soon: the rule and, beside it, its twin for the database.

Late is the moment after the due one, as the clocks say. Soon: its last day lies within three days and it is
not late; what ends at midnight ends on the day before. A property test holds both together.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from wenpan.district.firms.models.requests import OPEN
from wenpan.economy.time.clock import last_moment

OVERDUE, SOON = "overdue", "soon"
SOON_DAYS = 3


def due_state(next_due: datetime | None, at: datetime) -> str:
    """Of an open request: OVERDUE, SOON or ""."""
    if next_due is None:
        return ""
    if at > next_due:
        return OVERDUE
    last = timezone.localdate(last_moment(next_due))
    return SOON if last <= timezone.localdate(at) + timedelta(days=SOON_DAYS) else ""


def late(at: datetime) -> Q:
    return Q(phase__in=OPEN, next_due__lt=at)


def soon(at: datetime) -> Q:
    end = timezone.localdate(at) + timedelta(days=SOON_DAYS + 1)
    after = timezone.make_aware(datetime.combine(end, time())) + (at - last_moment(at))
    return Q(phase__in=OPEN, next_due__gte=at, next_due__lt=after)
