"""A matter's log as the rules read it, and what names a matter in the journal and in its year. Reads only."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone

from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.events import MatterEvent, kind_of
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.models import Event, Matter


def address(matter: Matter) -> str:
    """The subject of a journal entry."""
    return f"matter:{matter.pk}"


def matter_event(event: Event) -> MatterEvent:
    at = timezone.localtime(event.at).replace(tzinfo=None)
    return MatterEvent(
        kind_of(event.kind, event.data),
        at,
        event.data,
        event.by_id,
        event.unit.code if event.unit else "",
    )


def state_of(matter: Matter) -> MatterState:
    """The fold of the matter's events, read from the log."""
    events = matter.events.select_related("unit").order_by("sequence")
    return state_after((matter_event(e) for e in events), policy.calendar())


def next_serial(model: Any, year: int) -> int:
    """The next number of a year. Two at once: the unique constraint refuses the second."""
    return int(model.objects.filter(year=year).aggregate(n=Max("serial"))["n"] or 0) + 1
