"""The phases of a request, and what its events add up to.

Pure. `replay` never refuses: it reads what was written down. What may be written stands in `event_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from wenpan.economy.requests.events import CallBackResult, EntryResult, RequestEvent, RequestOutcome
from wenpan.economy.requests.events import RequestEventKind as K


class Phase(StrEnum):
    REGISTERED = "registered"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    APPEALED = "appealed"
    IN_HAND = "in_hand"
    REPLIED = "replied"
    CHECKED = "checked"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return PHASE_LABELS[self]


PHASE_LABELS = {
    "registered": "待受理", "declined": "不予受理", "accepted": "待分办", "assigned": "待签收",
    "appealed": "申诉中", "in_hand": "办理中", "replied": "待核验",
    "checked": "待回访销号", "closed": "已销号",
}  # fmt: skip
OPEN_PHASES = tuple(phase for phase in Phase if phase not in (Phase.DECLINED, Phase.CLOSED))
_ALL_OPEN = frozenset(OPEN_PHASES)

# Where an event may happen, and where it leads (None: the phase stays).
MOVES: dict[K, tuple[frozenset[Phase], Phase | None]] = {
    K.ACCEPTED: (frozenset({Phase.REGISTERED}), Phase.ACCEPTED),
    K.DECLINED: (frozenset({Phase.REGISTERED, Phase.ACCEPTED}), Phase.DECLINED),
    K.ASSIGNED: (frozenset({Phase.ACCEPTED, Phase.ASSIGNED, Phase.IN_HAND}), Phase.ASSIGNED),
    K.SIGNED_FOR: (frozenset({Phase.ASSIGNED}), Phase.IN_HAND),
    K.RETURNED: (frozenset({Phase.ASSIGNED}), Phase.ACCEPTED),
    K.APPEALED: (frozenset({Phase.ASSIGNED, Phase.IN_HAND}), Phase.APPEALED),
    K.APPEAL_DECIDED: (frozenset({Phase.APPEALED}), None),  # upheld: back to be assigned; else to the unit
    K.CONTACTED: (_ALL_OPEN, None),
    K.PROGRESSED: (frozenset({Phase.IN_HAND}), None),
    K.PAUSED: (_ALL_OPEN, None),
    K.RESUMED: (_ALL_OPEN, None),
    K.EXTENSION_ASKED: (frozenset({Phase.ASSIGNED, Phase.IN_HAND}), None),
    K.EXTENDED: (_ALL_OPEN, None),
    K.EXTENSION_REFUSED: (_ALL_OPEN, None),
    K.REPLIED: (frozenset({Phase.IN_HAND}), Phase.REPLIED),
    K.CHECKED: (frozenset({Phase.REPLIED}), None),  # passed: on; not passed: back to the unit
    K.REDONE: (frozenset({Phase.REPLIED, Phase.CHECKED}), Phase.IN_HAND),
    K.CALLED_BACK: (frozenset({Phase.CHECKED, Phase.CLOSED}), None),
    K.CLOSED: (_ALL_OPEN, Phase.CLOSED),
    K.REOPENED: (frozenset({Phase.CLOSED}), Phase.IN_HAND),
    K.RAISED: (_ALL_OPEN, None),
    K.SUPERVISED: (_ALL_OPEN, None),
    K.MESSAGED: (frozenset(Phase), None),
    K.INSPECTED: (frozenset({Phase.CLOSED}), None),
}

ATTEMPTS = 2  # after the second, the office decides: once more, or closed as explained or cannot


@dataclass(frozen=True)
class RequestAttempt:
    """From acceptance or reopening to the closing; `result` is the last call-back of this attempt."""

    began: datetime
    closed: datetime | None = None
    outcome: RequestOutcome | None = None
    result: CallBackResult | None = None


@dataclass(frozen=True)
class RequestState:
    """What stands after the last event. None: it has not happened."""

    phase: Phase
    received: datetime
    accepted: datetime | None = None
    entry: EntryResult | None = None
    joined_to: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    handlers: frozenset[str] = frozenset()  # persons who handled any attempt
    contacted: datetime | None = None
    replied: datetime | None = None
    checked: datetime | None = None  # the last check that passed, of this attempt
    paused: bool = False
    extension_asked: bool = False
    closed: datetime | None = None
    outcome: RequestOutcome | None = None
    call_back: RequestEvent | None = None  # the last one of this attempt
    tries: int = 0  # call-backs of this attempt, answered or not
    attempts: tuple[RequestAttempt, ...] = ()
    raised: int = 0
    supervised: bool = False
    inspected: bool = False
    moved: datetime | None = None  # the last event that is not a message

    @property
    def is_open(self) -> bool:
        return self.phase in OPEN_PHASES

    @property
    def is_valid(self) -> bool:
        return self.accepted is not None and self.phase is not Phase.DECLINED

    @property
    def is_solved(self) -> bool:
        return self.phase is Phase.CLOSED and self.outcome is RequestOutcome.SOLVED

    @property
    def waits_for_call_back(self) -> bool:
        return self.phase is Phase.CHECKED and self.call_back is None


def replay(events: Iterable[RequestEvent]) -> RequestState:
    """The state after the events; they are put in order of time. ValueError where there is no receipt."""
    ordered = sorted(events, key=lambda event: event.at)
    first = next((event for event in ordered if event.kind is K.RECEIVED), None)
    if first is None:
        raise ValueError("诉求没有登记记录")
    state = RequestState(Phase.REGISTERED, first.at, moved=first.at)
    for event in ordered:
        if event is not first:
            state = _after(state, event)
    return state


def _after(state: RequestState, event: RequestEvent) -> RequestState:
    kind = event.kind
    leads_to = MOVES[kind][1] if kind in MOVES else None
    state = replace(state, phase=leads_to or state.phase)
    if kind is not K.MESSAGED:
        state = replace(state, moved=event.at)
    if kind in (K.PROGRESSED, K.REPLIED, K.SIGNED_FOR) and event.by:
        state = replace(state, handlers=state.handlers | {event.by})
    change = _CHANGES.get(kind)
    return change(state, event) if change else state


def _accepted(state: RequestState, event: RequestEvent) -> RequestState:
    return replace(state, accepted=state.accepted or event.at, attempts=(RequestAttempt(event.at),))


def _declined(state: RequestState, event: RequestEvent) -> RequestState:
    return replace(state, entry=event.entry, joined_to=event.joined_to)


def _assigned(state: RequestState, event: RequestEvent) -> RequestState:
    return replace(state, unit=event.unit, units=event.units)


def _appeal_decided(state: RequestState, event: RequestEvent) -> RequestState:
    return replace(state, phase=Phase.ACCEPTED if event.passed else Phase.ASSIGNED)


def _contacted(state: RequestState, event: RequestEvent) -> RequestState:
    return replace(state, contacted=state.contacted or event.at)


def _replied(state: RequestState, event: RequestEvent) -> RequestState:
    return replace(state, replied=event.at, contacted=state.contacted or event.at)


def _checked(state: RequestState, event: RequestEvent) -> RequestState:
    if not event.passed:
        return replace(state, phase=Phase.IN_HAND)
    return replace(state, phase=Phase.CHECKED, checked=event.at)


def _called_back(state: RequestState, event: RequestEvent) -> RequestState:
    """A firm that is not satisfied puts the request back into the unit's hands, for one more attempt."""
    told = tuple(replace(attempt, result=event.result) for attempt in state.attempts[-1:])
    state = replace(state, call_back=event, tries=state.tries + 1, attempts=(*state.attempts[:-1], *told))
    first = len(state.attempts) < ATTEMPTS
    if event.result is CallBackResult.DISSATISFIED and state.phase is Phase.CHECKED and first:
        again = (*state.attempts, RequestAttempt(event.at))
        return replace(state, phase=Phase.IN_HAND, checked=None, call_back=None, tries=0, attempts=again)
    return state


def _closed(state: RequestState, event: RequestEvent) -> RequestState:
    attempt = state.attempts[-1] if state.attempts else RequestAttempt(state.received)
    ended = replace(attempt, closed=event.at, outcome=event.outcome)
    return replace(
        state, closed=event.at, outcome=event.outcome, paused=False, extension_asked=False,
        attempts=(*state.attempts[:-1], ended),
    )  # fmt: skip


def _reopened(state: RequestState, event: RequestEvent) -> RequestState:
    return replace(
        state, closed=None, outcome=None, checked=None, call_back=None, tries=0,
        attempts=(*state.attempts, RequestAttempt(event.at)),
    )  # fmt: skip


_CHANGES: dict[K, Callable[[RequestState, RequestEvent], RequestState]] = {
    K.ACCEPTED: _accepted,
    K.DECLINED: _declined,
    K.ASSIGNED: _assigned,
    K.APPEAL_DECIDED: _appeal_decided,
    K.CONTACTED: _contacted,
    K.REPLIED: _replied,
    K.CHECKED: _checked,
    K.CALLED_BACK: _called_back,
    K.CLOSED: _closed,
    K.REOPENED: _reopened,
    K.REDONE: lambda state, event: replace(state, checked=None),
    K.PAUSED: lambda state, event: replace(state, paused=True),
    K.RESUMED: lambda state, event: replace(state, paused=False),
    K.EXTENSION_ASKED: lambda state, event: replace(state, extension_asked=True),
    K.EXTENDED: lambda state, event: replace(state, extension_asked=False),
    K.EXTENSION_REFUSED: lambda state, event: replace(state, extension_asked=False),
    K.RAISED: lambda state, event: replace(state, raised=state.raised + 1),
    K.SUPERVISED: lambda state, event: replace(state, supervised=True),
    K.INSPECTED: lambda state, event: replace(state, inspected=True),
}
