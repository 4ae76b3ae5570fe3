"""A decision of a meeting as its papers tell it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AgreedLine:
    """`due_words`: every week, monthly: where there is no single day. `number` "" before it has one."""

    text: str
    unit: str
    coops: tuple[str, ...]
    due: date | None
    due_words: str
    number: str
    state: str

    @property
    def until(self) -> str:
        return short_day(self.due) if self.due else self.due_words or "—"


@dataclass(frozen=True)
class HeldMeeting:
    """What stands at the head of its papers. `chair`, `place`, `attending` may be empty."""

    title: str
    held_on: date
    starts: str
    place: str
    chair: str
    attending: str
    issuer: str
    dated: date


def short_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def long_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
