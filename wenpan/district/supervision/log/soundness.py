"""What must not be in this room: for `wenpan doctor`. Reads only; one sentence a trouble.

The columns of a matter are the fold of its log; a log has no gap and its last number is the version; an open
matter is with a unit that still exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, Q

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.log import lifecycle, matter_sets, policy
from wenpan.district.supervision.log.event_log import matter_event
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.models import Event, Feedback, Matter


def troubles(on: date) -> Iterator[str]:
    yield from _logs()
    yield from _gone(on)
    yield from _feedback()


def _logs() -> Iterator[str]:
    """Every matter beside the fold of its log, read in one pass."""
    codes = dict(Unit.objects.values_list("pk", "code"))
    calendar = policy.calendar()
    events = Event.objects.select_related("unit").order_by("matter_id", "sequence").iterator(2000)
    logs = groupby(events, key=lambda e: e.matter_id)
    current: tuple[int, list[Event]] | None = _next(logs)
    helping = _coops(codes)
    for matter in Matter.objects.order_by("pk").iterator(2000):
        while current is not None and current[0] < matter.pk:
            current = _next(logs)
        log = current[1] if current is not None and current[0] == matter.pk else []
        yield from _beside(matter, log, calendar, codes, helping.get(matter.pk, set()))


def _next(logs: Any) -> tuple[int, list[Event]] | None:
    found = next(logs, None)
    return (found[0], list(found[1])) if found else None


def _coops(codes: dict[int, str]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for matter, unit in Matter.coops.through.objects.values_list("matter_id", "unit_id"):
        found.setdefault(matter, set()).add(codes[unit])
    return found


def _beside(
    matter: Matter, log: list[Event], calendar: Any, codes: dict[int, str], coops: set[str]
) -> Iterator[str]:
    if [e.sequence for e in log] != list(range(1, len(log) + 1)) or matter.version != len(log):
        yield f"the events of matter {matter.number} have a gap: restore the last backup."
        return
    try:
        now = state_after([matter_event(e) for e in log], calendar)
    except (KeyError, ValueError) as error:
        yield f"the events of matter {matter.number} cannot be read ({error!r})."
        return
    if wrong := _differing(matter, now, codes, coops):
        yield f"matter {matter.number} is not what its events say ({'、'.join(wrong)}): derive it anew."


def _differing(matter: Matter, now: MatterState, codes: dict[int, str], coops: set[str]) -> list[str]:
    wrong = [name for name in lifecycle.COLUMNS if getattr(matter, name) != getattr(now, name)]
    if codes.get(matter.lead_id or 0, "") != now.lead:
        wrong.append("lead")
    if coops != set(now.coops):
        wrong.append("coops")
    return wrong


def _gone(on: date) -> Iterator[str]:
    """Open matters of units that were merged away."""
    late = Matter.objects.filter(matter_sets.is_open(), lead__active_to__lt=on).select_related("lead")
    for matter in late.order_by("pk"):
        assert matter.lead is not None  # by the filter
        yield f"matter {matter.number} is with {matter.lead.short_name}, merged away: assign it anew."


def _feedback() -> Iterator[str]:
    strange = Feedback.objects.filter(Q(event=None) | ~Q(event__matter=F("matter"))).count()
    if strange:
        yield f"{strange} feedbacks belong to no event of their matter."
