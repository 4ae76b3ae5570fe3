"""A record as it was known on an earlier day: copies and rows for showing, never saved."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.event_log import matter_event
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.models import Event, Feedback, InspectionItem, Matter, Slip

Row = TypeVar("Row", Feedback, Slip, InspectionItem)


def as_it_stood(matter: Matter, now: MatterState) -> Matter:
    """A copy with the columns of that day; never saved."""
    shown = copy.copy(matter)
    shown.lead = Unit.objects.filter(code=now.lead).first() if now.lead else None
    for name in lifecycle.COLUMNS:
        setattr(shown, name, getattr(now, name))
    return shown


def until(day: date, row: Row, at: str, *names: str, empty: Any = None) -> Row:
    """The row without what came after the day: `at`, and the fields that belong to it. Never saved."""
    moment = getattr(row, at)
    if moment is not None and timezone.localdate(moment) > day:
        for name in (at, *names):
            setattr(row, name, None if name == at else empty)
    return row


def all_as_they_stood(parts: Sequence[Matter], day: date) -> list[Matter]:
    """Each part as its own log says of that day."""
    logs: dict[int, list[Event]] = {p.pk: [] for p in parts}
    for e in Event.objects.filter(matter__in=logs).select_related("unit").order_by("matter", "sequence"):
        if timezone.localdate(e.at) <= day:
            logs[e.matter_id].append(e)
    calendar = policy.calendar()
    return [as_it_stood(p, state_after([matter_event(e) for e in logs[p.pk]], calendar)) for p in parts]
