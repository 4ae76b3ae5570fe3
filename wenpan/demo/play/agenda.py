"""The agenda of the demonstration: what people will do, played in the order of time, on working days."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import count
from typing import Any

from wenpan.demo.play.arrivals import SHANGHAI

Act = Callable[[datetime], object]


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI)


class Story:
    """An agenda of what people will do, played in the order of time."""

    def __init__(self, users: dict[str, Any], until: date) -> None:
        from wenpan.district.accounts.models import Unit
        from wenpan.district.supervision.log import policy

        self.users, self.until = users, until
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.calendar = policy.calendar()
        self.agenda: list[tuple[datetime, int, Act]] = []
        self.number = count()

    @property
    def clerk(self) -> Any:
        return self.users["supervisor"]

    @property
    def chief(self) -> Any:
        return self.users["chief"]

    def plan(self, day: date, act: Act, hour: int = 9, minute: int = 0) -> None:
        """On a working day: what falls on another is done on the next."""
        moment = at(self.calendar.on_or_after(day), hour, minute)
        if moment.date() < self.until:
            heapq.heappush(self.agenda, (moment, next(self.number), act))

    def play(self) -> None:
        while self.agenda:
            moment, _number, act = heapq.heappop(self.agenda)
            act(moment)

    def liaison_of(self, unit: Any) -> Any:
        named = {user.unit_id: user for user in self.users.values() if user.role == "liaison"}
        return named[unit.pk]
