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


ON_TIME, BEFORE_REMINDER, IN_TERM, AFTER_TERM, MISSING, NOT_DUE, LISTED = (
    "on_time", "before_reminder", "in_term", "after_term", "missing", "not_due", "listed",
)  # fmt: skip


def sending_state(
    *, due: date | None, sent: date | None, served: date | None, until: date | None, on: date
) -> str:
    """How a return came in, as facts: on time, late but before a reminder was served, within the reminder's
    term, after it; not sent yet, and not due yet. The due day and the term's last day are in time."""
    if sent is None:
        return NOT_DUE if due is not None and on <= due else MISSING
    if due is None or sent <= due:
        return ON_TIME
    if served is None or sent < served:
        return BEFORE_REMINDER
    return IN_TERM if until is not None and sent <= until else AFTER_TERM
