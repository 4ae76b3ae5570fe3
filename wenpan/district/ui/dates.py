"""What falls on which day for a person, told by every room for itself: one query for the calendar page and
for the feeds that leave the program.

A room registers a provider: `dated(provider)`, called with the person, a unit (None: all that is the
person's) and two days, gives what falls between them, both included. Providers answer for permissions
themselves. Nothing is kept: a day is read off records that stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.ground.registries import Providers

RELEASE, DEADLINE, VISIT, MEETING = "release", "deadline", "visit", "meeting"
KINDS: dict[str, Promise] = {
    RELEASE: _("发布"),
    DEADLINE: _("时限"),
    VISIT: _("走访"),
    MEETING: _("会议"),
}


@dataclass(frozen=True)
class DatedItem:
    """`key`: the same for the same thing whatever day it moves to; `sequence` grows when it moves or ends;
    `over`: it is done or called off. `outside`: what a feed may say, where that is not `title`."""

    key: str
    day: date
    kind: str
    title: str
    url: str = ""
    outside: str = ""
    sequence: int = 0
    over: bool = False


_dates: Providers[[Any, Any, date, date], Sequence[DatedItem]] = Providers()
dated = _dates.add


def dates_of(user: Any, unit: Any, since: date, until: date) -> list[DatedItem]:
    """By day, then kind, then words."""
    found = [item for items in _dates.ask(user, unit, since, until) for item in items]
    order = list(KINDS)
    return sorted(found, key=lambda item: (item.day, order.index(item.kind), item.title))
