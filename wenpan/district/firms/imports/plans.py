"""What the rows of a list would do: to which firm or request, which columns and events. Data only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from wenpan.district.firms.models import Firm, ServiceRequest
from wenpan.district.intake.handlers import Change
from wenpan.documents.firms.ledger_rows import LedgerRow
from wenpan.documents.firms.ticket_rows import TicketEvent, TicketRow


class Planned(Protocol):
    """A line of any list: what it would change."""

    @property
    def changes(self) -> Iterable[Change]: ...


@dataclass(frozen=True)
class FirmLine:
    """`current` None: a new firm. `values`: columns that change; `former`: names that become known."""

    row: LedgerRow
    current: Firm | None
    values: Mapping[str, Any]
    former: Sequence[str] = ()
    changes: Sequence[Change] = field(default_factory=tuple)

    @property
    def idle(self) -> bool:
        return self.current is not None and not (self.values or self.former)


@dataclass(frozen=True)
class TicketLine:
    """`current` None: a new request, of `firm`, or of a firm that is new too (`new_firm`: its compared name;
    "" with `firm` None: the ticket names none)."""

    row: TicketRow
    current: ServiceRequest | None
    firm: Firm | None
    new_firm: str
    events: Sequence[TicketEvent]
    changes: Sequence[Change] = field(default_factory=tuple)

    @property
    def idle(self) -> bool:
        return self.current is not None and not self.events
