"""What may be done with a request now, by whom: the page offers it, the action requires it.

Pure over a situation. The office (受理, 分办, 核验, 回访, 销号) and the handling unit have each their steps;
an assisting unit may write progress. `offered` is what the page shows, `may` what the action asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from wenpan.economy.requests.events import RequestEventKind as K
from wenpan.economy.requests.lifecycle import MOVES, RequestState

OFFICE = (
    K.ACCEPTED, K.DECLINED, K.ASSIGNED, K.APPEAL_DECIDED, K.EXTENDED, K.EXTENSION_REFUSED, K.CHECKED,
    K.CALLED_BACK, K.CLOSED, K.REDONE, K.REOPENED, K.RAISED, K.INSPECTED,
)  # fmt: skip
UNIT = (K.SIGNED_FOR, K.RETURNED, K.APPEALED, K.PROGRESSED, K.REPLIED, K.EXTENSION_ASKED)
BOTH = (K.CONTACTED, K.PAUSED, K.RESUMED, K.MESSAGED)
SUPERVISING = (K.SUPERVISED, K.RAISED)


@dataclass(frozen=True)
class RequestSituation:
    """`office`, `unit`, `supervising`: what the role may; `leads`, `assists`: the person's unit does."""

    state: RequestState
    office: bool
    unit: bool
    supervising: bool
    leads: bool
    assists: bool

    def may(self, kind: K) -> bool:
        """Whether this person may take this step at all; whether now is another question."""
        if self.office and kind in (*OFFICE, *BOTH):
            return True
        if self.supervising and kind in SUPERVISING:
            return True
        if self.unit and self.assists and kind is K.PROGRESSED:
            return True
        return self.unit and self.leads and kind in (*UNIT, *BOTH)

    def offered(self) -> tuple[K, ...]:
        """The steps that the page offers, in the order of the work."""
        return tuple(kind for kind in MOVES if self.may(kind) and self._now(kind))

    def _now(self, kind: K) -> bool:
        state = self.state
        if state.phase not in MOVES[kind][0]:
            return False
        if kind in (K.EXTENDED, K.EXTENSION_REFUSED):
            return state.extension_asked
        if kind is K.EXTENSION_ASKED:
            return not state.extension_asked
        if kind is K.PAUSED:
            return not state.paused
        if kind is K.RESUMED:
            return state.paused
        return kind is not K.INSPECTED or (state.outcome == "withdrawn" and not state.inspected)
