"""The life of a matter: what may follow what, and what its events add up to.

Pure. `fold` reads the whole log of one matter in order; nothing is counted anywhere else. Deadlines come
from `economy.clock`: a fixed day is a limit in calendar days from the day of assignment, "3个工作日内" one in
working days; a pause stops the count, an extension adds to it, the original promise stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from wenpan.district.supervision.log.recurrences import next_after
from wenpan.economy.time import clock
from wenpan.economy.time.calendars import Calendar


class Kind(StrEnum):
    """What can happen to a matter. The Chinese words stand in `WORDS`."""

    DRAFTED = "drafted"
    REGISTERED = "registered"
    DROPPED = "dropped"
    ASSIGNED = "assigned"
    SIGNED = "signed"
    DECLINED = "declined"
    FEEDBACK = "feedback"  # progress, not the end
    ANSWERED = "answered"  # the unit says that it is done
    PASSED = "passed"  # checked: it is
    RETURNED = "returned"  # checked: it is not (退办)
    ROUND = "round"  # one round of a recurring matter is checked and done
    CLOSED = "closed"
    REOPENED = "reopened"  # 重办
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    PAUSED = "paused"
    RESUMED = "resumed"
    RAISED = "raised"  # 提级
    SLIP = "slip"
    SLIP_ANSWERED = "slip_answered"
    SLIP_WITHDRAWN = "slip_withdrawn"
    LOOKED = "looked"  # weekly check
    NOTED = "noted"


WORDS = {
    Kind.DRAFTED: "拟办", Kind.REGISTERED: "立项", Kind.DROPPED: "不予立项", Kind.ASSIGNED: "交办",
    Kind.SIGNED: "签收", Kind.DECLINED: "退回", Kind.FEEDBACK: "反馈进展", Kind.ANSWERED: "报告办结",
    Kind.PASSED: "核查通过", Kind.RETURNED: "退办", Kind.ROUND: "本期办结", Kind.CLOSED: "办结销号",
    Kind.REOPENED: "重办", Kind.EXTENSION_ASKED: "申请延期", Kind.EXTENDED: "同意延期",
    Kind.EXTENSION_REFUSED: "不同意延期", Kind.PAUSED: "暂缓", Kind.RESUMED: "恢复办理",
    Kind.RAISED: "提级督办", Kind.SLIP: "发督办单", Kind.SLIP_ANSWERED: "回复督办单",
    Kind.SLIP_WITHDRAWN: "撤回督办单",
    Kind.LOOKED: "每周督查", Kind.NOTED: "记事",
}  # fmt: skip

DRAFT, REGISTERED, ASSIGNED, DECLINED = "draft", "registered", "assigned", "declined"
WORKING, ANSWERED, CHECKED, CLOSED, DROPPED = "working", "answered", "checked", "closed", "dropped"
OPEN = frozenset({DRAFT, REGISTERED, ASSIGNED, DECLINED, WORKING, ANSWERED, CHECKED})
WITH_UNIT = frozenset({ASSIGNED, WORKING, ANSWERED, CHECKED})  # it has been handed to somebody
ENDED = frozenset({CLOSED, DROPPED})

# kind → states it may happen in, and the state after it ("" keeps the state)
STEPS: Mapping[Kind, tuple[frozenset[str], str]] = {
    Kind.DRAFTED: (frozenset({""}), DRAFT),
    Kind.REGISTERED: (frozenset({DRAFT}), REGISTERED),
    Kind.DROPPED: (frozenset({DRAFT, REGISTERED, DECLINED}), DROPPED),
    Kind.ASSIGNED: (frozenset({REGISTERED, DECLINED, ASSIGNED, WORKING}), ASSIGNED),
    Kind.SIGNED: (frozenset({ASSIGNED}), WORKING),
    Kind.DECLINED: (frozenset({ASSIGNED}), DECLINED),
    Kind.FEEDBACK: (frozenset({WORKING}), ""),
    Kind.ANSWERED: (frozenset({WORKING}), ANSWERED),
    Kind.PASSED: (frozenset({ANSWERED}), CHECKED),
    Kind.RETURNED: (frozenset({ANSWERED, CHECKED}), WORKING),
    Kind.ROUND: (frozenset({ANSWERED}), WORKING),
    Kind.CLOSED: (frozenset({CHECKED}), CLOSED),
    Kind.REOPENED: (frozenset({CLOSED}), WORKING),
    Kind.EXTENSION_ASKED: (frozenset({ASSIGNED, WORKING}), ""),
    Kind.EXTENDED: (frozenset({ASSIGNED, WORKING}), ""),
    Kind.EXTENSION_REFUSED: (frozenset({ASSIGNED, WORKING}), ""),
    Kind.PAUSED: (frozenset({ASSIGNED, WORKING}), ""),
    Kind.RESUMED: (frozenset({ASSIGNED, WORKING}), ""),
    Kind.RAISED: (WITH_UNIT, ""),
    Kind.SLIP: (WITH_UNIT, ""),
    Kind.SLIP_ANSWERED: (OPEN, ""),
    Kind.SLIP_WITHDRAWN: (OPEN, ""),
    Kind.LOOKED: (OPEN, ""),
    Kind.NOTED: (OPEN | ENDED, ""),
}
WHILE_PAUSED = frozenset({Kind.RESUMED, Kind.NOTED, Kind.LOOKED, Kind.SLIP_ANSWERED, Kind.SLIP_WITHDRAWN})
HANDLING = frozenset({
    Kind.SIGNED, Kind.DECLINED, Kind.FEEDBACK, Kind.ANSWERED, Kind.EXTENSION_ASKED, Kind.SLIP_ANSWERED,
})  # fmt: skip
NEWS = frozenset({Kind.SIGNED, Kind.FEEDBACK, Kind.ANSWERED, Kind.SLIP_ANSWERED})  # words from the unit


@dataclass(frozen=True)
class Happening:
    """An event as the rules see it. `at` is naive, in the place's own time; `data` as `Event.data` keeps it:

    DRAFTED recurrence · ASSIGNED lead, coops, due, limit [amount, unit], due_words, recurrence
    EXTENSION_ASKED/EXTENDED due · ROUND round (the due it settles) · RAISED level (one more where absent)
    REOPENED due (a new day, where the old one has gone by)
    SLIP level, colour, number · SLIP_ANSWERED/SLIP_WITHDRAWN number
    """

    kind: Kind
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    by: int | None = None
    unit: str = ""


@dataclass(frozen=True)
class Standing:
    """What the events of a matter add up to."""

    state: str = ""
    paused: bool = False
    lead: str = ""
    coops: tuple[str, ...] = ()
    original_due: date | None = None
    due: date | None = None  # None: no deadline, or the count stands still
    due_words: str = ""
    due_estimated: bool = False
    recurrence: str = ""
    extension_asked: date | None = None
    level: int = 0
    slip_level: int = 0
    slip_colour: str = ""
    slips: tuple[tuple[str, int, str], ...] = ()  # number, level, colour: those that stand on this due date
    slips_open: frozenset[str] = frozenset()  # numbers that wait for an answer, of earlier due dates too
    assigned_on: date | None = None
    news_on: date | None = None
    closed_on: date | None = None
    returned: int = 0
    extensions: int = 0
    rounds: int = 0
    handlers: frozenset[int] = frozenset()  # who acted for a unit: they may neither check nor close

    @property
    def slip_open(self) -> bool:
        return bool(self.slips_open)


def allowed(standing: Standing, kind: Kind) -> bool:
    """May this happen now? A paused matter only resumes (or is noted, looked at, raised)."""
    states, _ = STEPS[kind]
    if standing.state not in states:
        return False
    if standing.paused and kind not in WHILE_PAUSED:
        return False
    needs = {
        Kind.RESUMED: standing.paused,
        Kind.EXTENDED: standing.extension_asked is not None,
        Kind.EXTENSION_REFUSED: standing.extension_asked is not None,
        Kind.PASSED: not standing.recurrence,
        Kind.ROUND: bool(standing.recurrence),
        Kind.SLIP_ANSWERED: standing.slip_open,
    }
    return needs.get(kind, True)


def fold(events: Iterable[Happening], calendar: Calendar) -> Standing:
    """The standing after these events, in their order."""
    log = list(events)
    now = Standing()
    for happening in log:
        now = _after(now, happening)
    return _deadlines(now, log, calendar)


def _after(now: Standing, e: Happening) -> Standing:
    _, state = STEPS[e.kind]
    day = e.at.date()
    changes: dict[str, Any] = {"state": state or now.state}
    if e.kind in NEWS:
        changes["news_on"] = day
    if (e.kind in HANDLING or e.data.get("signed_off")) and e.by is not None:
        changes["handlers"] = now.handlers | {e.by}
    return replace(now, **(changes | _EFFECTS.get(e.kind, lambda n, h: {})(now, e)))


def _assigned(now: Standing, e: Happening) -> dict[str, Any]:
    return {
        "lead": str(e.data.get("lead", "")),
        "coops": tuple(e.data.get("coops", ())),
        "due_words": str(e.data.get("due_words", "")),
        "recurrence": str(e.data.get("recurrence", "")),
        "assigned_on": now.assigned_on or e.at.date(),
        "paused": False,
        "extension_asked": None,  # it was asked of the order that this one replaces
        **(_ANEW if now.assigned_on else {}),
    }


def _standing_slips(slips: tuple[tuple[str, int, str], ...]) -> dict[str, Any]:
    """The gravest that stands is the matter's colour."""
    _number, level, colour = max(slips, key=lambda slip: slip[1], default=("", 0, ""))
    return {"slips": slips, "slip_level": level, "slip_colour": colour}


def _slip(now: Standing, e: Happening) -> dict[str, Any]:
    number = str(e.data.get("number", ""))
    served = (number, int(e.data.get("level", 1)), str(e.data.get("colour", "")))
    return {**_standing_slips((*now.slips, served)), "slips_open": now.slips_open | {number}}


def _slip_settled(now: Standing, e: Happening) -> dict[str, Any]:
    """Answered or withdrawn: the one that is named, or the last."""
    number = e.data.get("number")
    return {"slips_open": now.slips_open - {number} if number is not None else frozenset()}


def _slip_withdrawn(now: Standing, e: Happening) -> dict[str, Any]:
    number = e.data.get("number")
    kept = tuple(slip for slip in now.slips if slip[0] != number) if number is not None else now.slips[:-1]
    return {**_standing_slips(kept), **_slip_settled(now, e)}


# A new due date starts slips and line anew; what was asked in writing may still be answered.
_ANEW: Mapping[str, Any] = {"level": 0, **_standing_slips(())}

_EFFECTS: Mapping[Kind, Any] = {
    Kind.ASSIGNED: _assigned,
    Kind.RETURNED: lambda n, e: {"returned": n.returned + 1},
    Kind.ROUND: lambda n, e: {"rounds": n.rounds + 1, **_ANEW},
    Kind.CLOSED: lambda n, e: {"closed_on": e.at.date(), "extension_asked": None},
    Kind.REOPENED: lambda n, e: {"closed_on": None, **(_ANEW if e.data.get("due") else {})},
    Kind.EXTENSION_ASKED: lambda n, e: {"extension_asked": date.fromisoformat(e.data["due"])},
    Kind.EXTENDED: lambda n, e: {"extension_asked": None, "extensions": n.extensions + 1, **_ANEW},
    Kind.EXTENSION_REFUSED: lambda n, e: {"extension_asked": None},
    Kind.PAUSED: lambda n, e: {"paused": True},
    Kind.RESUMED: lambda n, e: {"paused": False},
    Kind.RAISED: lambda n, e: {"level": max(n.level, int(e.data.get("level", n.level + 1)))},
    Kind.SLIP: _slip,
    Kind.SLIP_ANSWERED: _slip_settled,
    Kind.SLIP_WITHDRAWN: _slip_withdrawn,
}


def _deadlines(now: Standing, log: Sequence[Happening], calendar: Calendar) -> Standing:
    starts = [i for i, e in enumerate(log) if e.kind is Kind.ASSIGNED]
    if not starts:
        return now
    first = _promise(log[starts[0]], calendar)
    current = log[starts[-1] :]
    if now.recurrence:
        due = _round_due(now.recurrence, current, calendar)
        return replace(now, original_due=first or due, due=None if now.paused else due)
    given = _promise(current[0], calendar)
    if given is None:
        return replace(now, original_due=first)
    due, estimated = _clocked(current, given, calendar, paused=now.paused)
    return replace(now, original_due=first or given, due=due, due_estimated=estimated)


def _promise(e: Happening, calendar: Calendar) -> date | None:
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


def _round_due(recurrence: str, log: Sequence[Happening], calendar: Calendar) -> date | None:
    """The next occurrence that no round has settled yet."""
    due = next_after(recurrence, log[0].at.date(), calendar)
    for e in log:
        if e.kind is Kind.ROUND and due is not None:
            due = next_after(recurrence, max(due, e.at.date()), calendar)
    return due


_CLOCKED = {
    Kind.PAUSED: clock.EventKind.PAUSE,
    Kind.RESUMED: clock.EventKind.RESUME,
    Kind.CLOSED: clock.EventKind.DONE,
}


def _clocked(
    log: Sequence[Happening], given: date, calendar: Calendar, *, paused: bool
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
    base = [clock.Event(start, clock.EventKind.START, _limit(start.date(), given, working, calendar))]
    reported: datetime | None = None
    for e in log[1:]:
        if e.kind is Kind.ANSWERED:
            reported = e.at
        elif e.kind is Kind.RETURNED and reported is not None:
            base.append(clock.Event(reported, clock.EventKind.PAUSE))
            base.append(clock.Event(e.at, clock.EventKind.RESUME))
        elif e.kind is Kind.EXTENDED or (e.kind is Kind.REOPENED and e.data.get("due")):
            given = date.fromisoformat(e.data["due"])
            base = [clock.Event(e.at, clock.EventKind.START, _limit(e.at.date(), given, working, calendar))]
            due = given
        elif kind := _CLOCKED.get(e.kind):
            base.append(clock.Event(e.at, kind))
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


def is_overdue(standing: Standing, on: date) -> bool:
    """Late with the unit: open, handed over, not paused, not yet reported done, and the day has gone by."""
    return (
        standing.state in {ASSIGNED, WORKING}
        and not standing.paused
        and standing.due is not None
        and standing.due < on
    )


def light(standing: Standing, on: date, soon: int) -> str:
    """RED: overdue. YELLOW: due within `soon` days, sent back, or nobody has it. UNKNOWN: paused, drafts."""
    if standing.state in {DRAFT, REGISTERED, DROPPED} or standing.paused:
        return "UNKNOWN"
    if is_overdue(standing, on):
        return "RED"
    if standing.state in {CLOSED, CHECKED, ANSWERED}:
        return "GREEN"
    if standing.state == DECLINED or (standing.returned and standing.state == WORKING):
        return "YELLOW"
    if standing.due is not None and (standing.due - on).days <= soon:
        return "YELLOW"
    return "GREEN"
