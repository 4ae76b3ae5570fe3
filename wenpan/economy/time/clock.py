"""The clock: when something is due, given the log of what happened to it.

Pure. All times are naive and in the place's own zone. A limit counts minutes of one of three kinds
of time: working minutes (工作日, 工作小时), or minutes of all days (自然日, 小时). A limit in whole
days starts with the next (working) day, as 民法典第201条 has it; one in hours or minutes starts at
once (`Counting`, where a place has it otherwise). A pause stops the count and does not count against
anybody; an extension adds to the limit and never overwrites the original promise, which stays
readable as `original_due`.

    elapsed(t) = W(t) - W(start) - Σ over pauses (W(min(t, end)) - W(begin))
    due        = the first t at which elapsed(t) = limit

where W(t) is the kind's count of minutes from an origin to t.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from wenpan.economy.time.calendars import Calendar


def last_moment(due: datetime) -> datetime:
    """As people say it: what ends at midnight is due on the day before."""
    return due - timedelta(minutes=1)


class LimitUnit(StrEnum):
    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    HOURS = "hours"
    WORKING_MINUTES = "working_minutes"
    MINUTES = "minutes"

    @property
    def is_working(self) -> bool:
        return self.value.startswith("working")

    @property
    def is_days(self) -> bool:
        return self.value.endswith("days")


class Counting(StrEnum):
    """From when a limit counts; `BY_LAW` is the next day for days and at once for hours and minutes."""

    BY_LAW = "by_law"
    AT_ONCE = "at_once"
    SAME_DAY = "same_day"  # the day of the start is the first day
    NEXT_DAY = "next_day"


@dataclass(frozen=True)
class Limit:
    amount: int
    unit: LimitUnit
    counting: Counting = Counting.BY_LAW


class ClockEventKind(StrEnum):
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    DONE = "done"


@dataclass(frozen=True)
class ClockEvent:
    at: datetime
    kind: ClockEventKind
    limit: Limit | None = None  # of START and EXTEND; an extension has the unit of the start


@dataclass(frozen=True)
class ClockReading:
    """What the clock says at one moment. Minutes are of the limit's own kind of time."""

    original_due: datetime | None
    due: datetime | None  # None while a pause is open
    elapsed: int
    allowed: int
    paused: bool
    done_at: datetime | None
    overdue: bool
    estimated: bool  # the deadline falls in a year whose holidays are not published yet

    @property
    def remaining(self) -> int:
        return self.allowed - self.elapsed


class _Timeline:
    """W(t) and its inverse for one kind of time, by prefix sums over days that grow as asked."""

    def __init__(self, calendar: Calendar, first: date, working: bool) -> None:
        self.calendar = calendar
        self.first = first
        self.working = working
        self.spans: list[tuple[tuple[int, int], ...]] = []
        self.before = [0]

    def _add_day(self) -> None:
        day = self.first + timedelta(days=len(self.spans))
        spans = _minute_spans(self.calendar, day) if self.working else ((0, 1440),)
        self.spans.append(spans)
        self.before.append(self.before[-1] + sum(b - a for a, b in spans))

    def count(self, moment: datetime) -> int:
        """W: whole counted minutes from the origin to `moment`."""
        day = (moment.date() - self.first).days
        while len(self.spans) <= day:
            self._add_day()
        minute = moment.hour * 60 + moment.minute
        return self.before[day] + sum(max(0, min(minute, b) - a) for a, b in self.spans[day])

    def moment(self, count: int) -> datetime:
        """The first moment at which W reaches `count`."""
        while self.before[-1] < count:
            self._add_day()
        day = max(bisect_left(self.before, count) - 1, 0)
        rest = count - self.before[day]
        for a, b in self.spans[day]:
            if rest <= b - a:
                return datetime.combine(self.first + timedelta(days=day), time()) + timedelta(
                    minutes=a + rest
                )
            rest -= b - a
        raise AssertionError("unreachable: prefix sums and spans agree")


def _minute_spans(calendar: Calendar, day: date) -> tuple[tuple[int, int], ...]:
    return tuple((a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in calendar.spans_on(day))


@lru_cache(maxsize=64)
def _timeline(calendar: Calendar, first: date, working: bool) -> _Timeline:
    return _Timeline(calendar, first, working)


def _minutes(limit: Limit, calendar: Calendar) -> int:
    if not limit.unit.is_days:
        return limit.amount * (60 if limit.unit.value.endswith("hours") else 1)
    full_day = sum((b.hour * 60 + b.minute) - (a.hour * 60 + a.minute) for a, b in calendar.spans)
    return limit.amount * (full_day if limit.unit.is_working else 1440)


def _start_of_count(event: ClockEvent, limit: Limit) -> datetime:
    counting = limit.counting
    if counting is Counting.BY_LAW:
        counting = Counting.NEXT_DAY if limit.unit.is_days else Counting.AT_ONCE
    if counting is Counting.AT_ONCE:
        return event.at
    return datetime.combine(event.at.date() + timedelta(days=counting is Counting.NEXT_DAY), time())


def _pauses(events: Sequence[ClockEvent], begin: datetime) -> list[tuple[datetime, datetime | None]]:
    """Closed pauses as pairs, an open one with None; what lies before the count begins is cut off."""
    pauses: list[tuple[datetime, datetime | None]] = []
    opened: datetime | None = None
    for event in events:
        if event.kind is ClockEventKind.PAUSE and opened is None:
            opened = event.at
        elif event.kind is ClockEventKind.RESUME and opened is not None:
            pauses.append((max(opened, begin), max(event.at, begin)))
            opened = None
    if opened is not None:
        pauses.append((max(opened, begin), None))
    return pauses


def _due(
    line: _Timeline, begin: datetime, allowed: int, pauses: Sequence[tuple[datetime, datetime | None]]
) -> datetime | None:
    target = line.count(begin) + allowed
    for paused, resumed in pauses:
        if line.count(paused) >= target:
            break
        if resumed is None:
            return None
        target += line.count(resumed) - line.count(paused)
    return line.moment(target)


def read(events: Sequence[ClockEvent], *, calendar: Calendar, at: datetime) -> ClockReading:
    """What the clock says at `at`, from the events up to `at`; later ones are not looked at.

    The first event must be a START with a limit; ValueError otherwise. Events are in time order.
    """
    known = [event for event in events if event.at <= at]
    if not known or known[0].kind is not ClockEventKind.START or known[0].limit is None:
        raise ValueError("时钟需要一个带时限的起点")
    start, limit = known[0], known[0].limit
    begin = _start_of_count(start, limit)
    line = _timeline(calendar, date(start.at.year, 1, 1), limit.unit.is_working)
    original = _minutes(limit, calendar)
    extensions = [e.limit for e in known if e.kind is ClockEventKind.EXTEND and e.limit is not None]
    allowed = original + sum(_minutes(extension, calendar) for extension in extensions)
    pauses = _pauses(known, begin)
    done_at = next((e.at for e in known if e.kind is ClockEventKind.DONE), None)
    end = max(min(done_at or at, at), begin)
    elapsed = line.count(end) - line.count(begin)
    for paused, resumed in pauses:
        elapsed -= max(0, line.count(min(resumed or end, end)) - line.count(min(paused, end)))
    due = _due(line, begin, allowed, pauses)
    return ClockReading(
        original_due=_due(line, begin, original, ()),
        due=due,
        elapsed=elapsed,
        allowed=allowed,
        paused=bool(pauses) and pauses[-1][1] is None,
        done_at=done_at,
        overdue=due is not None and end > due and elapsed >= allowed,
        estimated=due is not None and calendar.is_estimated(due.date()),
    )
