"""Which step may follow which, and where a unit stands by its steps. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

WAY = ("listed", "visited", "qualified", "handed", "county", "city", "entered")
# after a return or a refusal the unit may be visited, found to qualify or hand in anew
NEXT: dict[str, frozenset[str]] = {
    "listed": frozenset({"visited", "qualified", "refused", "left"}),
    "visited": frozenset({"visited", "qualified", "refused", "left"}),
    "qualified": frozenset({"visited", "handed", "refused", "left"}),
    "handed": frozenset({"county", "returned"}),
    "county": frozenset({"city", "returned"}),
    "city": frozenset({"entered", "returned"}),
    "entered": frozenset({"left"}),
    "returned": frozenset({"visited", "qualified", "handed", "refused", "left"}),
    "refused": frozenset({"visited", "qualified"}),
    "left": frozenset({"visited", "qualified"}),
}
REASONED = frozenset({"returned", "refused", "left"})


def standing(steps: Sequence[tuple[str, date]]) -> tuple[str, date]:
    """The last step that was not cancelled, in the order in which they were taken; ValueError without any."""
    if not steps:
        raise ValueError("no step")
    return steps[-1]


def same_day_last_year(on: date) -> date:
    """29 February is compared with 28 February."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return date(on.year - 1, 2, 28)
