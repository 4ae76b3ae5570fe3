"""When a slip is open: the rule and, beside it, its twin for the database.

A slip is open on a day while it stands unanswered and its matter is not over; a demand that nobody can meet
any more is no demand. Desk, list, counts, slip page and the answer itself all ask here.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Slip


def open_on(slip: Slip, on: date) -> bool:
    """At the end of the day: neither answered, withdrawn nor overtaken by the end of its matter."""
    if slip.matter.state == lifecycle.DROPPED:
        return False
    ended = slip.matter.closed_on
    settled = (timezone.localdate(at) for at in (slip.answered_at, slip.withdrawn_at) if at)
    return (ended is None or ended > on) and all(day > on for day in settled)


def is_open_on(on: date) -> Q:
    """`open_on` for the database."""
    unanswered = Q(answered_at=None) | Q(answered_at__date__gt=on)
    standing = Q(withdrawn_at=None) | Q(withdrawn_at__date__gt=on)
    matter_open = (Q(matter__closed_on=None) | Q(matter__closed_on__gt=on)) & ~Q(
        matter__state=lifecycle.DROPPED
    )
    return unanswered & standing & matter_open
