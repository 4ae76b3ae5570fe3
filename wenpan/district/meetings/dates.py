"""Meetings on the calendar: of the office and the leaders all, of a unit those that asked it something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from wenpan.district.meetings.models import Meeting
from wenpan.district.meetings.queries import kind_name, visible
from wenpan.district.ui.dates import MEETING, DatedItem


def dated(user: Any, unit: Any, since: date, until: date) -> Sequence[DatedItem]:
    """A meeting that was called off stays, as over: a calendar that had it must learn so."""
    rows = visible(user).filter(held_on__gte=since, held_on__lte=until)
    if unit is not None:
        rows = rows.filter(questions__unit=unit).distinct()
    return [
        DatedItem(
            key=f"meeting:{m.pk}",
            day=m.held_on,
            kind=MEETING,
            title=f"{m.starts} {m.title}".strip(),
            url=reverse("meetings:meeting", args=[m.pk]),
            outside=f"{m.starts} {kind_name(m)}".strip(),
            sequence=m.version,
            over=m.state == Meeting.State.CANCELLED,
        )
        for m in rows.order_by("held_on", "pk")
    ]
