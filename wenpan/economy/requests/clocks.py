"""What every clock of a request says at one moment, from its events and a dated set.

Pure, on the one clock (`economy.time.clock`), which counts minutes, pauses and extensions. Here stands what
is particular to requests: which event begins and ends a clock, what a closing and a reopening do to it,
limits by class, limits in months, a last day that is no working day. Nothing is stored and nothing can be
reset: every attempt stays readable.

    late: the moment asked for, or the end of the clock, lies after its due moment
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from wenpan.economy.requests.clock_rules import (
    COLLECTED,
    ClockLimit,
    Reopening,
    RequestClockRule,
    RequestRules,
)
from wenpan.economy.requests.events import RequestEvent, RequestOutcome, known_by
from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.time.calendars import Calendar
from wenpan.economy.time.clock import ClockEvent, ClockEventKind, Limit, LimitUnit, read

_DAY = timedelta(days=1)


class RequestClockState(StrEnum):
    OPEN = "open"
    MET = "met"
    LATE = "late"
    PAUSED = "paused"
    STOPPED = "stopped"  # declined or withdrawn while the clock ran in time: neither met nor late

    @property
    def label(self) -> str:
        return {"open": "计时中", "met": "按时", "late": "超时", "paused": "暂停", "stopped": "不再计时"}[
            self
        ]


@dataclass(frozen=True)
class ClockRound:
    """One stretch of a clock, from its begin or a reopening to its end; `ended` None: it runs."""

    began: datetime
    ended: datetime | None


@dataclass(frozen=True)
class RequestClock:
    """`began` None: it has not begun. `due` None: not begun, or paused. Later rounds follow reopenings."""

    code: str
    name: str
    state: RequestClockState
    began: datetime | None
    due: datetime | None
    ended: datetime | None
    rounds: tuple[ClockRound, ...] = ()
    estimated: bool = False

    @property
    def is_late(self) -> bool:
        return self.state is RequestClockState.LATE


def request_clocks(
    events: Iterable[RequestEvent],
    rules: RequestRules,
    *,
    calendar: Calendar,
    at: datetime,
    request_class: str = "",
) -> tuple[RequestClock, ...]:
    """Every clock of the set that this class has, in its order; events after `at` are not looked at.

    An empty or unknown class is the set's default. Nothing received by `at` gives no clocks.
    """
    known = known_by(events, at)
    if not any(event.kind is K.RECEIVED for event in known):
        return ()
    named = request_class if request_class in rules.classes else rules.default_class
    found = []
    for rule in rules.clocks:
        limit = rule.limit_of(named)
        if limit is not None:
            found.append(_clock(known, rule, limit, rules, calendar, at))
    return tuple(found)


def _clock(
    known: Sequence[RequestEvent], rule: RequestClockRule, limit: ClockLimit, rules: RequestRules,
    calendar: Calendar, at: datetime,
) -> RequestClock:  # fmt: skip
    rounds, begin, log = _rounds(known, rule, _begin(known, rule, rules, at))
    if begin is None:
        ended = rounds[-1].ended if rounds else None
        state = RequestClockState.OPEN if ended is None else _ended_state(known)
        return RequestClock(rule.code, rule.name, state, None, None, ended, rounds)
    start = ClockEvent(begin, ClockEventKind.START, _as_limit(limit, begin))
    extensions = [_extension(e, limit) for e in known if e.kind is K.EXTENDED and e.days and e.at >= begin]
    rest = sorted([*log, *(extensions if rule.extends else ())], key=lambda e: e.at)
    after = [replace(event, at=max(event.at, begin)) for event in rest]
    says = read([start, *after], calendar=calendar, at=max(at, begin))
    ended = rounds[-1].ended
    due = _rolled(says.due, limit, calendar) if rule.rolls else says.due
    late = due is not None and (ended or at) > due
    paused = says.paused and ended is None
    state = (
        RequestClockState.LATE if late
        else _ended_state(known) if ended is not None
        else RequestClockState.PAUSED if paused
        else RequestClockState.OPEN
    )  # fmt: skip
    return RequestClock(rule.code, rule.name, state, begin, due, ended, rounds, says.estimated)


def _ended_state(known: Sequence[RequestEvent]) -> RequestClockState:
    last = next((e for e in reversed(known) if e.kind in (K.CLOSED, K.DECLINED)), None)
    given_up = last is not None and (last.kind is K.DECLINED or last.outcome is RequestOutcome.WITHDRAWN)
    return RequestClockState.STOPPED if given_up else RequestClockState.MET


def _rounds(
    known: Sequence[RequestEvent], rule: RequestClockRule, first: datetime | None
) -> tuple[tuple[ClockRound, ...], datetime | None, list[ClockEvent]]:
    """(rounds, the begin that counts, pauses and end for the clock) by walking through the events once."""
    received = next(event.at for event in known if event.kind is K.RECEIVED)
    rounds: list[ClockRound] = [ClockRound(first or received, None)]
    begin, log = first, list[ClockEvent]()
    paused = closed = False
    for event in known:
        running = rounds[-1].ended is None
        if event.kind is K.PAUSED and not closed:
            paused = True
        elif event.kind is K.RESUMED:
            paused = False
        if event.kind in (K.CLOSED, K.DECLINED):
            closed, paused = True, False
        elif event.kind is K.REOPENED:
            closed = False
        if running and (event.kind in rule.ends or event.kind is K.DECLINED):
            rounds[-1] = ClockRound(rounds[-1].began, event.at)
        elif event.kind is K.REOPENED and not running and rule.reopening is not Reopening.STAYS:
            rounds.append(ClockRound(event.at, None))
            if rule.reopening is Reopening.RESTARTS:
                begin, log = (event.at if begin is not None else None), []
        _note(log, event.at, standing=_stands(rule, rounds, paused=paused))
    if begin is None and rounds[-1].ended is None:
        rounds = []
    if rounds and rounds[-1].ended is not None:
        log = _ended(log, rounds[-1].ended)
    return tuple(rounds), begin, log


def _ended(log: list[ClockEvent], at: datetime) -> list[ClockEvent]:
    """A clock that has ended stands still by its end, not by a pause: its due moment stays readable."""
    kept = [event for event in log if event.at < at]
    if kept and kept[-1].kind is ClockEventKind.PAUSE:
        kept.append(ClockEvent(at, ClockEventKind.RESUME))
    return [*kept, ClockEvent(at, ClockEventKind.DONE)]


def _stands(rule: RequestClockRule, rounds: Sequence[ClockRound], *, paused: bool) -> bool:
    over = rounds[-1].ended is not None
    if over:
        return rule.reopening is Reopening.CONTINUES
    return rule.pauses and paused


def _note(log: list[ClockEvent], at: datetime, *, standing: bool) -> None:
    """A pause or its end, where that is a change."""
    last = next((event.kind for event in reversed(log)), ClockEventKind.RESUME)
    wanted = ClockEventKind.PAUSE if standing else ClockEventKind.RESUME
    if wanted is not last:
        log.append(ClockEvent(at, wanted))


def _begin(
    known: Sequence[RequestEvent], rule: RequestClockRule, rules: RequestRules, at: datetime
) -> datetime | None:
    if rule.begins != COLLECTED:
        return next((event.at for event in known if event.kind == rule.begins), None)
    received = next(event.at for event in known if event.kind is K.RECEIVED)
    collected = datetime.combine(collection_day(received.date(), rules.collected), time())
    begin = max(collected, received)
    return begin if begin <= at else None


def collection_day(on: date, days: Sequence[int]) -> date:
    """The first of the month's collection days on or after `on`; the 30th of February is its last day."""
    day = on
    while day.day not in {min(d, monthrange(day.year, day.month)[1]) for d in days}:
        day += _DAY
    return day


def _as_limit(limit: ClockLimit, begin: datetime) -> Limit:
    """A limit in months is one in days to the same day of the later month, or that month's last day."""
    if not limit.months:
        return limit.limit
    years, month = divmod(begin.month - 1 + limit.months, 12)
    year, month = begin.year + years, month + 1
    until = date(year, month, min(begin.day, monthrange(year, month)[1]))
    return Limit((until - begin.date()).days, LimitUnit.DAYS)


def _extension(event: RequestEvent, limit: ClockLimit) -> ClockEvent:
    """In the kind of time of the clock; in days where the clock counts months, hours or minutes."""
    unit = limit.limit.unit
    if not unit.is_days:
        unit = LimitUnit.WORKING_DAYS if unit.is_working else LimitUnit.DAYS
    return ClockEvent(event.at, ClockEventKind.EXTEND, Limit(event.days or 0, unit))


def _rolled(due: datetime | None, limit: ClockLimit, calendar: Calendar) -> datetime | None:
    """民法典第203条: the end of the next working day where the last day is none; limits in all days only."""
    if due is None or limit.limit.unit is not LimitUnit.DAYS:
        return due
    last = (due - timedelta(minutes=1)).date()
    moved = calendar.on_or_after(last)
    return due if moved == last else datetime.combine(moved + _DAY, time())
