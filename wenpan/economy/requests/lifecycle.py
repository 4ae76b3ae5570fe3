"""The phases of a request, and what its events add up to.

Pure. `replay` never refuses: it reads what was written down. What may be written stands in `event_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from types import SimpleNamespace

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


_BLANK = {f.name: f.default for f in fields(RequestState) if f.default is not MISSING}


def replay(events: Iterable[RequestEvent]) -> RequestState:
    """The state after the events; they are put in order of time. ValueError where there is no receipt."""
    ordered = sorted(events, key=lambda event: event.at)
    first = next((event for event in ordered if event.kind is K.RECEIVED), None)
    if first is None:
        raise ValueError("诉求没有登记记录")
    now = SimpleNamespace(**_BLANK, phase=Phase.REGISTERED, received=first.at)  # a state that still changes
    now.moved = first.at
    for event in ordered:
        if event is not first:
            _take(now, event)
    return RequestState(**vars(now))


def _take(now: SimpleNamespace, event: RequestEvent) -> None:
    kind = event.kind
    if kind in MOVES and (leads_to := MOVES[kind][1]):
        now.phase = leads_to
    if kind is not K.MESSAGED:
        now.moved = event.at
    if kind in (K.PROGRESSED, K.REPLIED, K.SIGNED_FOR) and event.by:
        now.handlers = now.handlers | {event.by}
    if change := _CHANGES.get(kind):
        change(now, event)


def _accepted(now: SimpleNamespace, event: RequestEvent) -> None:
    now.accepted, now.attempts = now.accepted or event.at, (RequestAttempt(event.at),)


def _declined(now: SimpleNamespace, event: RequestEvent) -> None:
    now.entry, now.joined_to = event.entry, event.joined_to


def _assigned(now: SimpleNamespace, event: RequestEvent) -> None:
    now.unit, now.units = event.unit, event.units


def _appeal_decided(now: SimpleNamespace, event: RequestEvent) -> None:
    now.phase = Phase.ACCEPTED if event.passed else Phase.ASSIGNED


def _contacted(now: SimpleNamespace, event: RequestEvent) -> None:
    now.contacted = now.contacted or event.at


def _replied(now: SimpleNamespace, event: RequestEvent) -> None:
    now.replied, now.contacted = event.at, now.contacted or event.at


def _checked(now: SimpleNamespace, event: RequestEvent) -> None:
    if event.passed:
        now.phase, now.checked = Phase.CHECKED, event.at
    else:
        now.phase = Phase.IN_HAND


def _called_back(now: SimpleNamespace, event: RequestEvent) -> None:
    """A firm that is not satisfied puts the request back into the unit's hands, for one more attempt."""
    told = tuple(replace(attempt, result=event.result) for attempt in now.attempts[-1:])
    now.call_back, now.tries, now.attempts = event, now.tries + 1, (*now.attempts[:-1], *told)
    first = len(now.attempts) < ATTEMPTS
    if event.result is CallBackResult.DISSATISFIED and now.phase is Phase.CHECKED and first:
        now.phase, now.checked, now.call_back, now.tries = Phase.IN_HAND, None, None, 0
        now.attempts = (*now.attempts, RequestAttempt(event.at))


def _closed(now: SimpleNamespace, event: RequestEvent) -> None:
    attempt = now.attempts[-1] if now.attempts else RequestAttempt(now.received)
    now.closed, now.outcome, now.paused, now.extension_asked = event.at, event.outcome, False, False
    now.attempts = (*now.attempts[:-1], replace(attempt, closed=event.at, outcome=event.outcome))


def _reopened(now: SimpleNamespace, event: RequestEvent) -> None:
    now.closed = now.outcome = now.checked = now.call_back = None
    now.tries, now.attempts = 0, (*now.attempts, RequestAttempt(event.at))


def _redone(now: SimpleNamespace, _event: RequestEvent) -> None:
    """What the firm said of the answer before says nothing of the next one: it is asked again."""
    now.checked, now.call_back, now.tries = None, None, 0


def _sets(name: str, value: object) -> Callable[[SimpleNamespace, RequestEvent], None]:
    return lambda now, _event: setattr(now, name, value)


def _raised(now: SimpleNamespace, _event: RequestEvent) -> None:
    now.raised += 1


_CHANGES: dict[K, Callable[[SimpleNamespace, RequestEvent], None]] = {
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
    K.REDONE: _redone,
    K.PAUSED: _sets("paused", True),
    K.RESUMED: _sets("paused", False),
    K.EXTENSION_ASKED: _sets("extension_asked", True),
    K.EXTENDED: _sets("extension_asked", False),
    K.EXTENSION_REFUSED: _sets("extension_asked", False),
    K.RAISED: _raised,
    K.SUPERVISED: _sets("supervised", True),
    K.INSPECTED: _sets("inspected", True),
}
