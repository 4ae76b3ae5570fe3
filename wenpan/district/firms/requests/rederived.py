"""Requests beside their events: the derived columns are made again and compared. For `wenpan doctor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils import timezone

from wenpan.district.firms.models import ServiceRequest
from wenpan.district.firms.requests.append import derived_columns
from wenpan.district.firms.requests.event_log import event_of

# What follows from the events alone; due moments follow from the calendar of the day as well.
COMPARED = ("phase", "unit", "paused", "joined_to", "outcome", "accepted_at", "replied_at", "closed_at",
            "attempts")  # fmt: skip
_AT_ONCE = 500


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each request whose columns its events do not give."""
    at, rows = timezone.now(), ServiceRequest.objects.order_by("pk")
    tell(f"requests: {rows.count()} made again from their events")
    rows = rows.select_related("unit", "joined_to").prefetch_related("entries", "assists")
    for request in rows.iterator(_AT_ONCE):
        entries = sorted(request.entries.all(), key=lambda entry: entry.sequence)
        if not entries:
            yield f"request {request.number}: has no event."
            continue
        columns, assists = derived_columns(request, [event_of(entry) for entry in entries], at)
        wrong = [name for name in COMPARED if columns[name] != getattr(request, name)]
        if {unit.pk for unit in assists} != {unit.pk for unit in request.assists.all()}:
            wrong.append("assists")
        if request.version < entries[-1].sequence:
            wrong.append("version")
        if wrong:
            yield f"request {request.number}: {', '.join(wrong)} do not follow from its events."
