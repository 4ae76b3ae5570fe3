"""Due days: the day that an order names, after pauses, extensions, rounds and what was sent back.

Pure. A fixed day is a limit in calendar days from the day of assignment, "3个工作日内" one in working days; a
pause stops the count, an extension adds to it, the original promise stays. The count itself is the clock of
`economy.time`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from wenpan.district.supervision.log.events import EventKind, MatterEvent
from wenpan.district.supervision.log.recurrences import next_after
from wenpan.economy.time import clock
from wenpan.economy.time.calendars import Calendar


def of(log: Sequence[MatterEvent], calendar: Calendar, *, recurrence: str, paused: bool) -> dict[str, Any]:
    """`original_due`, `due` and `due_estimated` of a matter's state, as far as the log says them."""
    starts = [i for i, e in enumerate(log) if e.kind is EventKind.ASSIGNED]
    if not starts:
        return {}
    first = _promise(log[starts[0]], calendar)
    current = log[starts[-1] :]
    if recurrence:
        due = _round_due(recurrence, current, calendar)
        return {"original_due": first or due, "due": None if paused else due}
    given = _promise(current[0], calendar)
    if given is None:
        return {"original_due": first}
    due, estimated = _clocked(current, given, calendar, paused=paused)
    return {"original_due": first or given, "due": due, "due_estimated": estimated}


def _promise(e: MatterEvent, calendar: Calendar) -> date | None:
    """The day that an assignment names, before any pause or extension."""
    if due := e.data.get("due"):
        return date.fromisoformat(due)
    if limit := e.data.get("limit"):
        return due_of(e.at.date(), int(limit[0]), str(limit[1]), calendar)
    return None


def due_of(start: date, amount: int, unit: str, calendar: Calendar) -> date:
    """`amount` working days or calendar days after `start` (the day itself does not count)."""
    if unit == "working_days":
        return calendar.working_days_after(start, amount)
    return start + timedelta(days=amount)


def _round_due(recurrence: str, log: Sequence[MatterEvent], calendar: Calendar) -> date | None:
    """The next occurrence that no round has settled yet.

    What was reported in time settles its own round and no other, however late the office looked at it; a late
    report also stands for the rounds that had gone by. Rounds of before release 0.2 do not
    name the day of the report: the day of the check counts.
    """
    due = next_after(recurrence, log[0].at.date(), calendar)
    for e in log:
        if e.kind is EventKind.ROUND and due is not None:
            answered = e.data.get("answered")
            reported = date.fromisoformat(answered) if answered else e.at.date()
            due = next_after(recurrence, max(due, reported), calendar)
    return due


_CLOCKED = {
    EventKind.PAUSED: clock.ClockEventKind.PAUSE,
    EventKind.RESUMED: clock.ClockEventKind.RESUME,
    EventKind.CLOSED: clock.ClockEventKind.DONE,
}


def _clocked(
    log: Sequence[MatterEvent], given: date, calendar: Calendar, *, paused: bool
) -> tuple[date | None, bool]:
    """The day due after pauses and extensions, and whether it falls in a year that is only estimated.

    Extensions name a day, and so does a reopening after the day due; the clock starts anew with each, so that
    a pause after it moves that day too. What was reported done and is sent back (退办) had waited for the
    office: those days do not count against the unit.
    """
    start = log[0].at
    limit = log[0].data.get("limit")
    working = limit is not None and str(limit[1]) == "working_days" and not log[0].data.get("due")
    due: date | None = given
    base = [
        clock.ClockEvent(start, clock.ClockEventKind.START, _limit(start.date(), given, working, calendar))
    ]
    reported: datetime | None = None
    for e in log[1:]:
        if e.kind is EventKind.ANSWERED:
            reported = e.at
        elif e.kind is EventKind.RETURNED and reported is not None:
            base.append(clock.ClockEvent(reported, clock.ClockEventKind.PAUSE))
            base.append(clock.ClockEvent(e.at, clock.ClockEventKind.RESUME))
        elif e.kind is EventKind.EXTENDED or (e.kind is EventKind.REOPENED and e.data.get("due")):
            given = date.fromisoformat(e.data["due"])
            base = [
                clock.ClockEvent(
                    e.at, clock.ClockEventKind.START, _limit(e.at.date(), given, working, calendar)
                )
            ]
            due = given
        elif kind := _CLOCKED.get(e.kind):
            base.append(clock.ClockEvent(e.at, kind))
    if given <= base[0].at.date():  # ordered for a day that had gone by: late from the start
        return (None if paused else given), calendar.is_estimated(given)
    reading = clock.read(base, calendar=calendar, at=log[-1].at)
    if paused or reading.due is None:
        return None, calendar.is_estimated(given)
    due = (reading.due - timedelta(minutes=1)).date()
    return due, calendar.is_estimated(due)


def _limit(start: date, due: date, working: bool, calendar: Calendar) -> clock.Limit:
    if not working:
        return clock.Limit(max((due - start).days, 0), clock.LimitUnit.DAYS)
    days, day = 0, start
    while day < due:
        day += timedelta(days=1)
        days += calendar.is_working_day(day)
    return clock.Limit(days, clock.LimitUnit.WORKING_DAYS)
