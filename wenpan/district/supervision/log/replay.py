"""Replay: what the events of a matter add up to; an event that was taken back adds nothing.

Pure. `replay` gives the state after each event of one matter's log, `state_after` the last of them; scoring,
escalation, bulletin, page and doctor read these states and count nothing of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from wenpan.district.supervision.log import due_days
from wenpan.district.supervision.log.events import (
    ACTS_FOR_UNIT,
    ANSWERS_BY_HAND,
    ANSWERS_OBSTACLE,
    MOVES_DUE,
    NEWS,
    SPOKEN,
    EventKind,
    MatterEvent,
)
from wenpan.district.supervision.log.lifecycle import STEPS, MatterState
from wenpan.economy.time.calendars import Calendar

Entry = TypeVar("Entry")


def standing(log: Iterable[Entry], kind: Callable[[Entry], EventKind]) -> list[Entry]:
    """The log without what was taken back and without the taking back, in the same order."""
    found: list[Entry] = []
    for entry in log:
        if kind(entry) is not EventKind.TAKEN_BACK:
            found.append(entry)
        elif found:
            found.pop()
    return found


def replay(events: Iterable[MatterEvent], calendar: Calendar) -> Iterator[MatterState]:
    """The state after each event, in their order."""
    clock: list[MatterEvent] = []
    states: list[tuple[MatterEvent, MatterState]] = []  # each event that stands, and the state after it
    now = MatterState()
    for event in events:
        if event.kind is EventKind.TAKEN_BACK:
            if states and states.pop()[0].kind in _OF_THE_CLOCK:
                clock.pop()
            now = states[-1][1] if states else MatterState()
            yield now
            continue
        if event.kind in _OF_THE_CLOCK:
            clock.append(event)
        now = _after(now, event)
        if event.kind in MOVES_DUE:
            now = _with_deadlines(now, clock, calendar)
        states.append((event, now))
        yield now


def state_after(events: Iterable[MatterEvent], calendar: Calendar) -> MatterState:
    """The last state of `replay`; the deadline is worked out once, at the end."""
    log = standing(events, lambda event: event.kind)
    now = MatterState()
    for event in log:
        now = _after(now, event)
    return _with_deadlines(now, log, calendar)


_OF_THE_CLOCK = MOVES_DUE | {EventKind.ANSWERED, EventKind.CLOSED}  # what due days are worked out from


def _changed(now: MatterState, changes: Mapping[str, Any]) -> MatterState:
    """As `dataclasses.replace`, which sets each of the thirty fields anew: a month replays 40,000 events."""
    made = object.__new__(MatterState)
    vars(made).update(vars(now), **changes)
    return made


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
    if effect := _EFFECTS.get(e.kind):
        changes |= effect(now, e)
    return _changed(now, changes)


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
    EventKind.URGED: lambda n, e: {"urged_on": e.at.date()},
    EventKind.SLIP: _slip,
    EventKind.SLIP_ANSWERED: _slip_settled,
    EventKind.SLIP_WITHDRAWN: _slip_withdrawn,
}


def _with_deadlines(now: MatterState, log: Sequence[MatterEvent], calendar: Calendar) -> MatterState:
    return _changed(now, due_days.of(log, calendar, recurrence=now.recurrence, paused=now.paused))
