"""A plan of visits: when the next one is due, and how far the plan is carried out. Pure.

One truth for firms (领导包联) and for sites of projects (深入现场). The next visit is due so many months
after the last one that settled it, or after the start. Met settles it; so does a firm that refuses (told
apart, and no failure). A call by phone does not; what is gone is due no more: the office looks after that.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

SETTLES = ("met", "refused")


@dataclass(frozen=True)
class VisitDue:
    """`due` None: the firm or site is gone. `last`: the last visit that settled it."""

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
    """`visits`: (day, result) of the plan's person to the place; those after `on` are not looked at."""
    known = sorted((day, result) for day, result in visits if starts_on <= day <= on)
    last_result = known[-1][1] if known else ""
    settled = [day for day, result in known if result in SETTLES]
    last = settled[-1] if settled else None
    if last_result == "gone":
        return VisitDue(None, last, last_result)
    return VisitDue(months_after(last or starts_on, every), last, last_result)


@dataclass(frozen=True)
class PlanCoverage:
    """Of the places in the plan (`planned` of them): how each one's last `months` months ended. The parts
    make `planned`."""

    planned: int
    met: int
    phone: int
    refused: int
    gone: int
    not_yet: int
    months: int


def plan_coverage(
    planned: Collection[Hashable], results: Mapping[Hashable, Sequence[str]], months: int
) -> PlanCoverage:
    """`results`: of each place, what its visits of the last `months` months found, the earliest first. A
    place counts once, by the best that came of it: met, phone, refused; gone where that is the last."""
    counts = Counter(_best(results.get(place, ())) for place in planned)
    return PlanCoverage(
        len(planned), counts["met"], counts["phone"], counts["refused"], counts["gone"], counts[""], months
    )


def _best(results: Sequence[str]) -> str:
    if results and results[-1] == "gone":
        return "gone"
    return next((word for word in ("met", "phone", "refused", "gone") if word in results), "")
