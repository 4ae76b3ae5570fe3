"""Where a query letter stands, and what may be done with it. Pure."""

from __future__ import annotations

from datetime import date

OPEN, LATE, ANSWERED, CLOSED = "open", "late", "answered", "closed"


def letter_state(*, due: date, answered: bool, closed: bool, on: date) -> str:
    """On its due day a letter is not late yet; one that was answered waits for the statistician."""
    if closed:
        return CLOSED
    if answered:
        return ANSWERED
    return LATE if on > due else OPEN
