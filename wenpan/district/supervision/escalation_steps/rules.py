"""The steps up which an overdue matter goes: which reminders and steps should have happened by a day.

Pure. A step comes `after` so many working days past the day that was due, a reminder `before` so many; both
follow from the due date, the calendar and the day alone, so that a week of downtime changes nothing but the
hour. Nobody is told outside working hours: `next_working_moment` is when a word may reach a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wenpan.economy.time.calendars import Calendar

AUDIENCES = ("liaison", "unit_head", "charge", "office")
_MOST = 400  # days; no limit reaches further


@dataclass(frozen=True)
class EscalationStep:
    """`level` 0 only reminds; a higher one raises the matter to that level (提级)."""

    code: str
    name: str
    level: int
    after: int
    to: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Reminder:
    code: str
    before: int
    to: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class EscalationRules:
    steps: tuple[EscalationStep, ...]
    reminders: tuple[Reminder, ...]
    since: date
    note: str = ""

    @property
    def far(self) -> int:
        """How many working days before a due date the first reminder comes."""
        return max((r.before for r in self.reminders), default=0)

    def step(self, code: str) -> EscalationStep | None:
        return next((s for s in self.steps if s.code == code), None)

    def level(self, level: int) -> EscalationStep | None:
        """The step of a level; of one above the last, the last."""
        known = [s for s in self.steps if 0 < s.level <= level]
        return max(known, key=lambda s: s.level, default=None)


@dataclass(frozen=True)
class Reached:
    """A step with the day on which it came; `estimated`: that year's holidays are not published."""

    step: EscalationStep
    day: date
    estimated: bool


def reached(due: date | None, on: date, rules: EscalationRules, calendar: Calendar) -> tuple[Reached, ...]:
    """The steps that should have happened by `on` for what was due on `due` and is still with its unit.

    A matter that is paused or without a deadline has `due` None: nothing.
    """
    if due is None or due >= on or on < rules.since:
        return ()
    found = []
    for step in rules.steps:
        day = calendar.working_days_after(due, step.after)
        if day <= on:
            found.append(Reached(step, day, calendar.is_estimated(day)))
    return tuple(found)


def reminder(due: date | None, on: date, rules: EscalationRules, calendar: Calendar) -> Reminder | None:
    """The nearest reminder that has come, while it is not overdue. One that was missed is not sent late."""
    if due is None or on > due or on < rules.since:
        return None
    come = [r for r in rules.reminders if working_days_before(due, r.before, calendar) <= on]
    return min(come, key=lambda r: r.before, default=None)


def working_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day before `day`."""
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after `first` up to `last`, at most those of `_MOST` days; 0 if `last` is not later."""
    days = min((last - first).days, _MOST)
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))


def next_working_moment(at: datetime, calendar: Calendar) -> datetime:
    """`at` itself within working hours, else the start of the next span of work. Local time in and out."""
    for n in range(_MOST):
        day = at.date() + timedelta(days=n)
        for start, end in calendar.spans_on(day):
            first = at.replace(year=day.year, month=day.month, day=day.day, hour=start.hour,
                               minute=start.minute, second=0, microsecond=0)  # fmt: skip
            last = first.replace(hour=end.hour, minute=end.minute)
            if at < last:
                return max(at, first)
    return at  # a calendar without any work: say it at once rather than never


def horizon(on: date, working_days: int, calendar: Calendar) -> date:
    """The last due date of which something may be said on `on`, if so many working days ahead matter."""
    return calendar.working_days_after(on, working_days) if working_days else on
