"""What has changed, and where the month stands, told by every room for itself: the other half of 今日.

A room registers `changed(provider)`: groups of what turned, moved, came or fell due of late; and
`month_steps(provider)`: the steps of this month with who is late. Providers answer for permissions
themselves. A change is read off dates and judgements that stand; a room's answer holds while nobody writes
what it read (`table_cache`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wenpan.district.ground.registries import Providers
from wenpan.district.ui.table_cache import ask_cached


@dataclass(frozen=True)
class ChangeLine:
    """`before`, `light`: the lights it turned from and to; "" where it is no light. `good`: praise."""

    text: str
    url: str = ""
    detail: str = ""
    light: str = ""
    before: str = ""
    good: bool = False


@dataclass(frozen=True)
class ChangeGroup:
    """`count` of all, `lines` the first of them. `since`: against when, in words."""

    code: str
    title: str
    count: int
    lines: tuple[ChangeLine, ...]
    order: int = 50
    since: str = ""
    url: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class MonthStep:
    """A step of the month. `state`: done | due | late; `late`: who or what is late, in words."""

    code: str
    title: str
    state: str
    words: str
    url: str = ""
    due: date | None = None
    late: str = ""
    order: int = 50


_changes: Providers[[Any, datetime, int], Sequence[ChangeGroup]] = Providers()
_steps: Providers[[Any, datetime], Sequence[MonthStep]] = Providers()
changed, month_steps = _changes.add, _steps.add


def changes_of(user: Any, at: datetime, shown: int) -> list[ChangeGroup]:
    """The groups with something in them, in their order."""
    told = ask_cached("changes", _changes, user, at, shown)
    found = [group for groups in told for group in groups if group.count]
    return sorted(found, key=lambda group: (group.order, group.code))


def steps_of(user: Any, at: datetime) -> list[MonthStep]:
    found = (step for steps in ask_cached("steps", _steps, user, at) for step in steps)
    return sorted(found, key=lambda step: (step.order, step.code))
