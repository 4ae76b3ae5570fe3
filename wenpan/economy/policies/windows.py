"""The window in which a policy is claimed: which reminder a day asks for. Pure.

A stage lies so many days after the opening or before the closing day. Of several that have come, the last one
holds: a day on which nobody was awake is made up by the next one, and nobody is told three things at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class WindowStage:
    """One of the two is given: days after the opening day, or before the closing day."""

    code: str
    name: str
    after_opening: int | None = None
    before_closing: int | None = None

    def day(self, opens: date | None, closes: date) -> date | None:
        """None where it hangs on an opening that is not known."""
        if self.after_opening is not None:
            return None if opens is None else opens + timedelta(days=self.after_opening)
        return closes - timedelta(days=self.before_closing or 0)


def stage_on(
    opens: date | None, closes: date | None, on: date, stages: Sequence[WindowStage]
) -> WindowStage | None:
    """The stage that the day has reached; None before the first, before the opening, and after the closing.

    `closes` None: claimed all year round, nothing to remind of."""
    if closes is None or on > closes or (opens is not None and on < opens):
        return None
    days = [(stage.day(opens, closes), number, stage) for number, stage in enumerate(stages)]
    come = [(day, number, stage) for day, number, stage in days if day is not None and day <= on]
    return max(come, key=lambda one: one[:2])[2] if come else None
