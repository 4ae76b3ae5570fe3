"""The life of a matter: what may follow what, and what its events add up to.

Pure. `replay` gives the state after each event of one matter's log, `state_after` the last of them; scoring,
escalation, bulletin, page and doctor read these states and count nothing of their own. Deadlines come from
`economy.time.clock`: a fixed day is a limit in calendar days from the day of assignment, "3个工作日内" one in
working days; a pause stops the count, an extension adds to it, the original promise stays. A limit that falls
on a day is kept by what is done on that day (民法典第201条): late is who comes the day after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from wenpan.district.supervision.log.recurrences import next_after
from wenpan.economy.time import clock
from wenpan.economy.time.calendars import Calendar


class EventKind(StrEnum):
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
    NOTED = "noted"  # a note of the office for the file
    HEAD_SIGNED = "head_signed"  # the head of the unit stands for a feedback (签发)
    LIGHT_CHANGED = "light_changed"  # the light that caused the matter turned
    JOINED = "joined"  # a second paper orders the same
    UNJOINED = "unjoined"  # which was taken back


WORDS = {
    EventKind.DRAFTED: "拟办",
    EventKind.REGISTERED: "立项",
    EventKind.DROPPED: "不予立项",
    EventKind.ASSIGNED: "交办",
    EventKind.SIGNED: "签收",
    EventKind.DECLINED: "退回",
    EventKind.FEEDBACK: "反馈进展",
    EventKind.ANSWERED: "报告办结",
    EventKind.PASSED: "核查通过",
    EventKind.RETURNED: "退办",
    EventKind.ROUND: "本期办结",
    EventKind.CLOSED: "办结销号",
    EventKind.REOPENED: "重办",
    EventKind.EXTENSION_ASKED: "申请延期",
    EventKind.EXTENDED: "同意延期",
    EventKind.EXTENSION_REFUSED: "不同意延期",
    EventKind.PAUSED: "暂缓",
    EventKind.RESUMED: "恢复办理",
    EventKind.RAISED: "提级督办",
    EventKind.SLIP: "发督办单",
    EventKind.SLIP_ANSWERED: "回复督办单",
    EventKind.SLIP_WITHDRAWN: "撤回督办单",
    EventKind.LOOKED: "每周督查",
    EventKind.NOTED: "记事",
    EventKind.HEAD_SIGNED: "主要负责人签发",
    EventKind.LIGHT_CHANGED: "灯色变化",
    EventKind.JOINED: "并入部署",
    EventKind.UNJOINED: "撤销并入",
}


def kind_of(stored: str, data: Mapping[str, Any]) -> EventKind:
    """The kind of an event as it is stored. Until release 0.2 "noted" stood for five things, which are told
    apart by what their data name; such rows are never rewritten. ValueError for an unknown kind."""
    kind = EventKind(stored)
    if kind is not EventKind.NOTED:
        return kind
    if "signed_off" in data:
        return EventKind.HEAD_SIGNED
    if "light" in data:
        return EventKind.LIGHT_CHANGED
    if "proposal" in data:
        return EventKind.UNJOINED if data.get("undone") else EventKind.JOINED
    return EventKind.NOTED


DRAFT, REGISTERED, ASSIGNED, DECLINED = "draft", "registered", "assigned", "declined"
WORKING, ANSWERED, CHECKED, CLOSED, DROPPED = "working", "answered", "checked", "closed", "dropped"
OPEN = frozenset({DRAFT, REGISTERED, ASSIGNED, DECLINED, WORKING, ANSWERED, CHECKED})
WITH_UNIT = frozenset({ASSIGNED, WORKING, ANSWERED, CHECKED})  # it has been handed to somebody
ENDED = frozenset({CLOSED, DROPPED})

# kind → states it may happen in, and the state after it ("" keeps the state)
STEPS: Mapping[EventKind, tuple[frozenset[str], str]] = {
    EventKind.DRAFTED: (frozenset({""}), DRAFT),
    EventKind.REGISTERED: (frozenset({DRAFT}), REGISTERED),
    EventKind.DROPPED: (frozenset({DRAFT, REGISTERED, DECLINED}), DROPPED),
    EventKind.ASSIGNED: (frozenset({REGISTERED, DECLINED, ASSIGNED, WORKING}), ASSIGNED),
    EventKind.SIGNED: (frozenset({ASSIGNED}), WORKING),
    EventKind.DECLINED: (frozenset({ASSIGNED}), DECLINED),
    EventKind.FEEDBACK: (frozenset({WORKING}), ""),
    EventKind.ANSWERED: (frozenset({WORKING}), ANSWERED),
    EventKind.PASSED: (frozenset({ANSWERED}), CHECKED),
    EventKind.RETURNED: (frozenset({ANSWERED, CHECKED}), WORKING),
    EventKind.ROUND: (frozenset({ANSWERED}), WORKING),
    EventKind.CLOSED: (frozenset({CHECKED}), CLOSED),
    EventKind.REOPENED: (frozenset({CLOSED}), WORKING),
    EventKind.EXTENSION_ASKED: (frozenset({ASSIGNED, WORKING}), ""),
    EventKind.EXTENDED: (frozenset({ASSIGNED, WORKING}), ""),
    EventKind.EXTENSION_REFUSED: (frozenset({ASSIGNED, WORKING}), ""),
    EventKind.PAUSED: (frozenset({ASSIGNED, WORKING}), ""),
    EventKind.RESUMED: (frozenset({ASSIGNED, WORKING}), ""),
    EventKind.RAISED: (WITH_UNIT, ""),
    EventKind.SLIP: (WITH_UNIT, ""),
    EventKind.SLIP_ANSWERED: (OPEN, ""),
    EventKind.SLIP_WITHDRAWN: (OPEN, ""),
    EventKind.LOOKED: (OPEN, ""),
    **dict.fromkeys(
        (
            EventKind.NOTED,
            EventKind.HEAD_SIGNED,
            EventKind.LIGHT_CHANGED,
            EventKind.JOINED,
            EventKind.UNJOINED,
        ),
        (OPEN | ENDED, ""),
    ),
}
WHILE_PAUSED = frozenset(
    {
        EventKind.RESUMED,
        EventKind.NOTED,
        EventKind.HEAD_SIGNED,
        EventKind.LIGHT_CHANGED,
        EventKind.JOINED,
        EventKind.UNJOINED,
        EventKind.LOOKED,
        EventKind.SLIP_ANSWERED,
        EventKind.SLIP_WITHDRAWN,
    }
)
HANDLING = frozenset(
    {
        EventKind.SIGNED,
        EventKind.DECLINED,
        EventKind.FEEDBACK,
        EventKind.ANSWERED,
        EventKind.EXTENSION_ASKED,
        EventKind.SLIP_ANSWERED,
    }
)
ACTS_FOR_UNIT = HANDLING | {EventKind.HEAD_SIGNED}  # who did one of these may neither check nor close
NEWS = frozenset(
    {
        EventKind.SIGNED,
        EventKind.FEEDBACK,
        EventKind.ANSWERED,
        EventKind.SLIP_ANSWERED,
    }
)  # any act of the unit
SPOKEN = frozenset({EventKind.FEEDBACK, EventKind.ANSWERED})  # what it says of the matter
MOVES_DUE = frozenset(
    {
        EventKind.ASSIGNED,
        EventKind.EXTENDED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.ROUND,
        EventKind.REOPENED,
        EventKind.RETURNED,
    }
)
# Acts by which the office answers a reported obstacle; a slip or a step up only where a person took it.
ANSWERS_OBSTACLE = frozenset(
    {
        EventKind.RETURNED,
        EventKind.EXTENDED,
        EventKind.EXTENSION_REFUSED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.LOOKED,
        EventKind.NOTED,
        EventKind.ASSIGNED,
        EventKind.PASSED,
        EventKind.ROUND,
    }
)
ANSWERS_BY_HAND = frozenset({EventKind.RAISED, EventKind.SLIP})


@dataclass(frozen=True)
class MatterEvent:
    """An event as the rules see it. `at` is naive, in the place's own time; `data` as `Event.data` keeps it:

    DRAFTED recurrence · ASSIGNED lead, coops, due, limit [amount, unit], due_words, recurrence
    FEEDBACK/ANSWERED claim · EXTENSION_ASKED/EXTENDED due · RAISED level (one more where absent)
    ROUND round (the due it settles), answered (the day of the report; absent in old rows)
    REOPENED due (a new day, where the old one has gone by)
    SLIP level, colour, number · SLIP_ANSWERED/SLIP_WITHDRAWN number
    """

    kind: EventKind
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    by: int | None = None
    unit: str = ""


# The fields of `MatterState` that the database keeps beside each matter, under the same names; the lead and
# the cooperating units are kept by reference.
COLUMNS = (
    "state",
    "paused",
    "original_due",
    "due",
    "due_words",
    "due_estimated",
    "recurrence",
    "extension_asked",
    "level",
    "slip_level",
    "slip_colour",
    "assigned_on",
    "news_on",
    "feedback_on",
    "closed_on",
    "returned",
)


@dataclass(frozen=True)
class MatterState:
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
    assigned_on: date | None = None  # first handed over
    ordered_on: date | None = None  # the order that stands now
    news_on: date | None = None  # 最近办理: any act of a unit, a mere signature too
    feedback_on: date | None = None  # 最近反馈: what a unit said of the matter
    closed_on: date | None = None
    returned: int = 0
    extensions: int = 0
    extended: bool = False  # under the order that stands now
    rounds: int = 0
    blocked: bool = False  # the lead reported an obstacle, and the office has not answered it
    back_on: date | None = None  # since when it is the unit's time again, after it waited for the office
    handlers: frozenset[int] = frozenset()  # who acted for a unit: they may neither check nor close

    @property
    def slip_open(self) -> bool:
        return bool(self.slips_open)

    @property
    def waits_for_office(self) -> bool:
        """It is the office's turn: time that passes now is not the unit's."""
        asked = self.extension_asked is not None or self.blocked
        return asked or self.state in {REGISTERED, DECLINED, ANSWERED, CHECKED}


def allowed(standing: MatterState, kind: EventKind) -> bool:
    """May this happen now? A paused matter only resumes (or is noted, looked at, raised)."""
    states, _ = STEPS[kind]
    if standing.state not in states:
        return False
    if standing.paused and kind not in WHILE_PAUSED:
        return False
    needs = {
        EventKind.RESUMED: standing.paused,
        EventKind.EXTENDED: standing.extension_asked is not None,
        EventKind.EXTENSION_REFUSED: standing.extension_asked is not None,
        EventKind.PASSED: not standing.recurrence,
        EventKind.ROUND: bool(standing.recurrence),
        EventKind.SLIP_ANSWERED: standing.slip_open,
    }
    return needs.get(kind, True)


def replay(events: Iterable[MatterEvent], calendar: Calendar) -> Iterator[MatterState]:
    """The state after each event, in their order."""
    log: list[MatterEvent] = []
    now = MatterState()
    for event in events:
        log.append(event)
        now = _after(now, event)
        if event.kind in MOVES_DUE:
            now = _deadlines(now, log, calendar)
        yield now


def state_after(events: Iterable[MatterEvent], calendar: Calendar) -> MatterState:
    """The last state of `replay`; the deadline is worked out once, at the end."""
    log = list(events)
    now = MatterState()
    for event in log:
        now = _after(now, event)
    return _deadlines(now, log, calendar)


def _after(now: MatterState, e: MatterEvent) -> MatterState:
    _, state = STEPS[e.kind]
    day = e.at.date()
    changes: dict[str, Any] = {"state": state or now.state}
    if e.kind in NEWS:
        changes["news_on"] = day
    if e.kind in SPOKEN:
        changes["feedback_on"] = day
        if e.unit in {"", now.lead}:
            changes["blocked"] = e.data.get("claim") == "blocked"
    if e.kind in ANSWERS_OBSTACLE or (e.kind in ANSWERS_BY_HAND and e.by is not None):
        changes["blocked"] = False
    if e.kind in ACTS_FOR_UNIT and e.by is not None:
        changes["handlers"] = now.handlers | {e.by}
    return replace(now, **(changes | _EFFECTS.get(e.kind, lambda n, h: {})(now, e)))


def _assigned(now: MatterState, e: MatterEvent) -> dict[str, Any]:
    return {
        "lead": str(e.data.get("lead", "")),
        "coops": tuple(e.data.get("coops", ())),
        "due_words": str(e.data.get("due_words", ""))[:80],
        "recurrence": str(e.data.get("recurrence", "")),
        "assigned_on": now.assigned_on or e.at.date(),
        "ordered_on": e.at.date(),
        "extended": False,
        "back_on": None,
        "paused": False,
        "extension_asked": None,  # it was asked of the order that this one replaces
        **(_ANEW if now.assigned_on else {}),
    }


def _standing_slips(slips: tuple[tuple[str, int, str], ...]) -> dict[str, Any]:
    """The gravest that stands is the matter's colour."""
    _number, level, colour = max(slips, key=lambda slip: slip[1], default=("", 0, ""))
    return {"slips": slips, "slip_level": level, "slip_colour": colour}


def _slip(now: MatterState, e: MatterEvent) -> dict[str, Any]:
    number = str(e.data.get("number", ""))
    served = (number, int(e.data.get("level", 1)), str(e.data.get("colour", "")))
    return {**_standing_slips((*now.slips, served)), "slips_open": now.slips_open | {number}}


def _slip_settled(now: MatterState, e: MatterEvent) -> dict[str, Any]:
    """Answered or withdrawn: the one that is named, or the last."""
    number = e.data.get("number")
    return {"slips_open": now.slips_open - {number} if number is not None else frozenset()}


def _slip_withdrawn(now: MatterState, e: MatterEvent) -> dict[str, Any]:
    number = e.data.get("number")
    kept = tuple(slip for slip in now.slips if slip[0] != number) if number is not None else now.slips[:-1]
    return {**_standing_slips(kept), **_slip_settled(now, e)}


# A new due date starts slips and line anew; what was asked in writing may still be answered.
_ANEW: Mapping[str, Any] = {"level": 0, **_standing_slips(())}

_EFFECTS: Mapping[EventKind, Any] = {
    EventKind.ASSIGNED: _assigned,
    EventKind.RETURNED: lambda n, e: {"returned": n.returned + 1},
    EventKind.ROUND: lambda n, e: {"rounds": n.rounds + 1, "back_on": e.at.date(), **_ANEW},
    EventKind.CLOSED: lambda n, e: {"closed_on": e.at.date(), "extension_asked": None},
    EventKind.REOPENED: lambda n, e: {"closed_on": None, **(_ANEW if e.data.get("due") else {})},
    EventKind.EXTENSION_ASKED: lambda n, e: {"extension_asked": date.fromisoformat(e.data["due"])},
    EventKind.EXTENDED: lambda n, e: {
        "extension_asked": None,
        "extensions": n.extensions + 1,
        "extended": True,
        **_ANEW,
    },
    EventKind.EXTENSION_REFUSED: lambda n, e: {"extension_asked": None, "back_on": e.at.date()},
    EventKind.PAUSED: lambda n, e: {"paused": True},
    EventKind.RESUMED: lambda n, e: {"paused": False},
    EventKind.RAISED: lambda n, e: {"level": max(n.level, int(e.data.get("level", n.level + 1)))},
    EventKind.SLIP: _slip,
    EventKind.SLIP_ANSWERED: _slip_settled,
    EventKind.SLIP_WITHDRAWN: _slip_withdrawn,
}


def _deadlines(now: MatterState, log: Sequence[MatterEvent], calendar: Calendar) -> MatterState:
    starts = [i for i, e in enumerate(log) if e.kind is EventKind.ASSIGNED]
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


def is_overdue(standing: MatterState, on: date) -> bool:
    """Late with the unit: open, handed over, not paused, not yet reported done, and the day has gone by."""
    return (
        standing.state in {ASSIGNED, WORKING}
        and not standing.paused
        and standing.due is not None
        and standing.due < on
    )


def light(standing: MatterState, on: date, soon: int) -> str:
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
