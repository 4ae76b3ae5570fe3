"""Working days: holidays, 调休 and half-days, as dated data.

Pure. A year whose holiday notice is not out yet is estimated from the statutory days and says so
(`is_estimated`); nothing crashes at the turn of a year. Built from `wenpan/rules/calendars/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

Span = tuple[time, time]
_DAY = timedelta(days=1)


def _days(entries: Iterable[Any]) -> Iterable[date]:
    """Dates and ranges `2022-10-01/2022-10-07`, both ends included."""
    for entry in entries:
        first, _, last = str(entry).partition("/")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            yield day
            day += _DAY


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, and during which spans of the day."""

    holidays: frozenset[date]
    workdays: frozenset[date]  # weekend days that are worked (调休)
    half_days: frozenset[date]  # only the first span is worked
    published: frozenset[int]  # years whose notice is out
    spans: tuple[Span, ...] = ((time(8, 30), time(12)), (time(14), time(17, 30)))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Calendar:
        """From the parsed YAML; years beyond the notices get their statutory days off."""
        holidays, workdays = set[date](), set[date]()
        for year in data["years"].values():
            holidays.update(_days(year.get("holidays", [])))
            workdays.update(_days(year.get("workdays", [])))
        published = frozenset(int(year) for year in data["years"])
        statutory = data.get("statutory", {})
        for year in range(max(published) + 1, max(published) + 31):
            holidays.update(date.fromisoformat(f"{year}-{day}") for day in statutory.get("fixed", []))
            holidays.update(_days(statutory.get("movable", {}).get(year, [])))
        spans = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in data["working_hours"])
        return cls(
            frozenset(holidays),
            frozenset(workdays),
            frozenset(_days(data.get("half_days", []))),
            published,
            spans,
        )

    def is_working_day(self, day: date) -> bool:
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def is_estimated(self, day: date) -> bool:
        return day.year not in self.published

    def spans_on(self, day: date) -> tuple[Span, ...]:
        if not self.is_working_day(day):
            return ()
        return self.spans[:1] if day in self.half_days else self.spans

    def working_days_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself does not count (民法典第201条)."""
        if count < 0:
            raise ValueError("工作日数不能为负")
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def on_or_after(self, day: date) -> date:
        """`day`, or the next working day if it is not one (民法典第203条)."""
        while not self.is_working_day(day):
            day += _DAY
        return day
