"""When a visit is due, from plan and visits. Pure.

The next visit is due so many months after the last one that settled it, or after the start. Met settles it;
so does a firm that refuses (told apart, and no failure). A call by phone does not; a firm that is gone is due
no more: the office looks after that.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SETTLES = ("met", "refused")


@dataclass(frozen=True)
class VisitDue:
    """`due` None: the firm is gone. `last`: the last visit that settled it."""

    due: date | None
    last: date | None
    last_result: str

    def is_due(self, on: date) -> bool:
        """Due in the month of `on`, or before."""
        return self.due is not None and self.due <= date(on.year, on.month, monthrange(on.year, on.month)[1])

    def is_late(self, on: date) -> bool:
        return self.due is not None and self.due < on


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def visit_due(starts_on: date, every: int, visits: Iterable[tuple[date, str]], on: date) -> VisitDue:
    """`visits`: (day, result) of the plan's person to the firm; those after `on` are not looked at."""
    known = sorted((day, result) for day, result in visits if starts_on <= day <= on)
    last_result = known[-1][1] if known else ""
    settled = [day for day, result in known if result in SETTLES]
    last = settled[-1] if settled else None
    if last_result == "gone":
        return VisitDue(None, last, last_result)
    return VisitDue(months_after(last or starts_on, every), last, last_result)
