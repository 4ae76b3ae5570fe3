"""What one row of a form would do: to which deal, which columns, events and amounts. Data only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wenpan.district.attraction.models import Deal
from wenpan.district.intake.handlers import Change
from wenpan.documents.deals.deal_rows import DealRow, RowAmount


@dataclass(frozen=True)
class NewEvent:
    kind: str
    on: date
    stage: str = ""
    approved_on: date | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    document: str = ""
    source: str = ""


@dataclass(frozen=True)
class NewAmount:
    amount: RowAmount
    as_of: date
    source: str


@dataclass
class DealLine:
    """`current` None: a new deal. `values`: columns that change; units as rows of `Unit`."""

    row: DealRow
    code: str
    current: Deal | None
    values: dict[str, Any]
    events: Sequence[NewEvent] = ()
    amounts: Sequence[NewAmount] = ()
    changes: Sequence[Change] = field(default_factory=tuple)

    @property
    def idle(self) -> bool:
        return self.current is not None and not (self.values or self.events or self.amounts)


@dataclass(frozen=True)
class ListPlan:
    lines: Sequence[DealLine]
    day: date
    today: date
    about: Mapping[str, str] = field(default_factory=dict)
