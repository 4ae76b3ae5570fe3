"""The life of a matter: its states, what may follow what, when it is late and what light it has.

Pure. A limit that falls on a day is kept by what is done on that day (民法典第201条): late is who comes the
day after. What the events of a matter add up to is worked out by `replay`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wenpan.district.supervision.log.events import EventKind

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
    EventKind.INSTRUCTED: (WITH_UNIT, ""),
    EventKind.SEEN: (WITH_UNIT, ""),
    EventKind.URGED: (frozenset({ASSIGNED, WORKING}), ""),
    **dict.fromkeys(
        (
            EventKind.NOTED,
            EventKind.HEAD_SIGNED,
            EventKind.LIGHT_CHANGED,
            EventKind.JOINED,
            EventKind.UNJOINED,
            EventKind.TAKEN_BACK,
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
        EventKind.TAKEN_BACK,
        EventKind.LOOKED,
        EventKind.INSTRUCTED,
        EventKind.SEEN,
        EventKind.SLIP_ANSWERED,
        EventKind.SLIP_WITHDRAWN,
    }
)
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
    urged_on: date | None = None  # 催办: the last time
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
