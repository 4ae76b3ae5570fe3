"""The log of a month: matters as they stood on a day that has gone by, from events up to that day only.

One pass over the events that the month needs: those of matters on which anything happened since it began,
and of those that may have fallen behind without a word. Of all others the derived columns are the fold of
the same events. So an event of today does not change a month that is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.events import EventKind, MatterEvent, kind_of
from wenpan.district.supervision.log.lifecycle import MatterState
from wenpan.district.supervision.log.replay import state_after
from wenpan.district.supervision.models import Event, Matter, Slip
from wenpan.district.supervision.scoring.month import Logged
from wenpan.district.supervision.slips.queries import span
from wenpan.economy.time.periods import Month

_COLUMNS = (
    "pk", "number", "title", "kind", "source", "cause", "parent", "state", "paused", "lead__code",
    "original_due", "due", "recurrence", "assigned_on", "closed_on", "returned",
)  # fmt: skip
_UNSIGNED_BACK = timedelta(days=31)  # handed over so long before the month, a matter may turn unsigned in it


@dataclass
class MonthLog:
    """A month's matters (handed over by its end), their events, and how they stood at its two ends."""

    month: Month
    start: datetime
    end: datetime
    matters: dict[int, dict[str, Any]]
    logs: dict[int, list[Logged]]  # events before the end, of the matters that need them
    moved: frozenset[int]  # something happened since the month began
    moved_after: frozenset[int]  # something happened since the month ended
    answered: dict[int, date]  # the last day on which it was reported done, before the end
    _folded: dict[tuple[int, bool], MatterState | None] = field(default_factory=dict)

    @cached_property
    def first_day(self) -> date:
        return timezone.localdate(self.start)

    @cached_property
    def after(self) -> date:
        """The first day after the month: at its beginning, matters stand as the month ended."""
        return timezone.localdate(self.end)

    @cached_property
    def last_day(self) -> date:
        return self.after - timedelta(days=1)

    def at_end(self, pk: int) -> MatterState | None:
        return self._standing(pk, ended=True)

    def at_start(self, pk: int) -> MatterState | None:
        """None: not handed over yet."""
        return self._standing(pk, ended=False)

    def _standing(self, pk: int, *, ended: bool) -> MatterState | None:
        if pk not in (self.moved_after if ended else self.moved):
            return self._column_standing(pk)
        key = (pk, ended)
        if key not in self._folded:
            found = [e.event for e in self.logs.get(pk, ())]
            if not ended:
                first = self.start.replace(tzinfo=None)
                found = [h for h in found if h.at < first]
            standing = state_after(found, policy.calendar())
            self._folded[key] = standing if standing.assigned_on else None
        return self._folded[key]

    def _column_standing(self, pk: int) -> MatterState:
        row = self.matters[pk]
        if "standing" not in row:
            row["standing"] = MatterState(
                state=row["state"],
                paused=row["paused"],
                lead=row["lead__code"] or "",
                original_due=row["original_due"],
                due=row["due"],
                recurrence=row["recurrence"],
                assigned_on=row["assigned_on"],
                closed_on=row["closed_on"],
                returned=row["returned"],
            )
        found: MatterState = row["standing"]
        return found


def month_log(month: Month) -> MonthLog:
    start, end = span(month)
    last = timezone.localdate(end) - timedelta(days=1)
    handed = Matter.objects.filter(assigned_on__lte=last)
    matters = {row["pk"]: row for row in handed.order_by("year", "serial").values(*_COLUMNS)}
    since = Event.objects.order_by()
    moved = frozenset(since.filter(at__gte=start).values_list("matter", flat=True).distinct())
    moved_after = frozenset(since.filter(at__gte=end).values_list("matter", flat=True).distinct())
    return MonthLog(month, start, end, matters, _logs(handed, start, end), moved, moved_after, _answered(end))


def _logs(handed: Any, start: datetime, end: datetime) -> dict[int, list[Logged]]:
    first, after = timezone.localdate(start), timezone.localdate(end)
    behind = Q(state__in=(lifecycle.ASSIGNED, lifecycle.WORKING), paused=False, due__lt=after)
    unsigned = Q(state=lifecycle.ASSIGNED, assigned_on__gte=first - _UNSIGNED_BACK)
    touched = Q(pk__in=Event.objects.filter(at__gte=start).order_by().values("matter"))
    asked = Slip.objects.filter(answer_due__gte=first - timedelta(days=1), answer_due__lt=after)
    served = Q(pk__in=asked.order_by().values("matter"))
    needed = handed.filter(touched | behind | unsigned | served).order_by().values("pk")
    return read(Event.objects.filter(matter__in=needed, at__lt=end))


def read(events: Any) -> dict[int, list[Logged]]:
    """By matter, in the order of the log."""
    rows = events.order_by("matter", "sequence").values_list(
        "matter", "pk", "kind", "at", "data", "unit__code", "by"
    )
    zone = timezone.get_current_timezone()
    found: dict[int, list[Logged]] = {}
    for matter, pk, kind, at, data, unit, by in rows.iterator(5000):
        moment = at.astimezone(zone).replace(tzinfo=None)
        event = MatterEvent(kind_of(kind, data), moment, data, by, unit or "")
        found.setdefault(matter, []).append(Logged(pk, event))
    return found


def _answered(end: datetime) -> dict[int, date]:
    """When a matter was last reported done: what "in time" is judged by, not the day of the check."""
    done = Event.objects.filter(kind=EventKind.ANSWERED, at__lt=end).order_by()
    last = done.values("matter").annotate(last=Max("at")).values_list("matter", "last")
    zone = timezone.get_current_timezone()
    return {matter: at.astimezone(zone).date() for matter, at in last}


def delegated_spans(book: MonthLog) -> dict[int, tuple[tuple[date, date | None], ...]]:
    """When parts of a matter lay with other units than its own lead, as the month knew it."""
    found: dict[int, list[tuple[date, date | None]]] = {}
    for pk, row in book.matters.items():
        parent = row["parent"]
        if parent not in book.logs or parent not in book.matters:
            continue
        part, whole = book.at_end(pk), book.at_end(parent)
        if part is None or whole is None or part.assigned_on is None or part.state == lifecycle.DROPPED:
            continue
        if part.lead and part.lead != whole.lead:
            found.setdefault(parent, []).append((part.assigned_on, part.closed_on))
    return {parent: tuple(spans) for parent, spans in found.items()}
