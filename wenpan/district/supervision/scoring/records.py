"""What scoring reads and writes: the log of a matter, slips, and lines of points. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wenpan.district.supervision.log.events import MatterEvent

Span = tuple[date, date | None]


@dataclass(frozen=True)
class Logged:
    """One event: its id in the log, and what the rules see of it."""

    pk: int
    event: MatterEvent


@dataclass(frozen=True)
class ServedSlip:
    """A slip on a unit; `settled_on` the day it was answered or withdrawn."""

    event: int
    number: str
    unit: str
    answer_due: date
    settled_on: date | None


@dataclass(frozen=True)
class MatterLog:
    """The whole log of a matter up to the month's end. `delegated`: when parts of it lay with other units."""

    pk: int
    number: str
    events: Sequence[Logged]
    delegated: tuple[Span, ...] = ()
    slips: tuple[ServedSlip, ...] = ()


@dataclass(frozen=True)
class PointLine:
    """Points for one thing. `key` names it for an appeal; `events` are the ids that it rests on."""

    key: str
    unit: str
    rule: str
    matter: int
    number: str
    day: date
    points: Decimal
    words: str
    events: tuple[int, ...]
