"""Recurring deadlines: `weekly:5`, `monthly:5,20`, `quarterly` … and their next day.

Pure. The codes are those of `documents.orders.deadlines`. A day that a month lacks is its last day.
A day that is no working day moves to the next one (民法典第203条).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from wenpan.economy.time.calendars import Calendar

WORDS = {
    "daily": "每日", "weekly": "每周", "biweekly": "每两周", "ten-daily": "每旬", "semimonthly": "每半月",
    "monthly": "每月", "bimonthly": "每两个月",
    "quarterly": "每季度", "semiannual": "每半年", "yearly": "每年",
}  # fmt: skip
_WEEKDAYS = "一二三四五六日"
_MONTHS = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "semiannual": 6, "yearly": 12}


def words(code: str) -> str:
    """`monthly:25` → 每月25日前."""
    name, days = parse(code)
    if not days:
        return WORDS.get(name, code)
    if name == "weekly":
        return "每" + "、".join(f"周{_WEEKDAYS[day - 1]}" for day in days)
    return f"{WORDS.get(name, name)}{'、'.join(f'{day}日' for day in days)}前"


def parse(code: str) -> tuple[str, tuple[int, ...]]:
    """`monthly:5,20` → ("monthly", (5, 20)); without days, or with what is no day, ()."""
    name, _, days = code.partition(":")
    parts = days.split(",") if days else []
    return (name, tuple(int(part) for part in parts)) if all(map(str.isdecimal, parts)) else (name, ())


def next_after(code: str, after: date, calendar: Calendar) -> date | None:
    """The first occurrence after `after`; None for an unknown code."""
    name, days = parse(code)
    each = [raw for day in days or (None,) if (raw := _raw(name, day)) is not None]
    return min((_first_after(raw, after, calendar) for raw in each), default=None)


def _first_after(raw: Callable[[date], date], after: date, calendar: Calendar) -> date:
    moment = after
    while True:
        moment = raw(moment)
        found = calendar.on_or_after(moment)
        if found > after:
            return found


def _raw(name: str, day: int | None) -> Callable[[date], date] | None:
    if name == "daily":
        return lambda d: d + timedelta(days=1)
    if name in {"weekly", "biweekly"}:
        weekday, step = (day or 5) - 1, 7 if name == "weekly" else 14
        return lambda d: d + timedelta(days=(weekday - d.weekday() - 1) % 7 + 1 + step - 7)
    if name in {"ten-daily", "semimonthly"}:
        days = (10, 20, 31) if name == "ten-daily" else (15, 31)
        return lambda d: next(c for c in _days_of(d, days) if c > d)
    if name in _MONTHS:
        return lambda d: _month_day(d, _MONTHS[name], day)
    return None


def _at(year: int, month: int, day: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


def _days_of(d: date, days: tuple[int, ...]) -> list[date]:
    return [_at(d.year, m, day) for m in (d.month, d.month + 1) for day in days]


def _month_day(d: date, every: int, day: int | None) -> date:
    """The wanted day (the last, if none is named) of the last month of each period of `every` months."""
    month = (d.month - 1) // every * every + every
    while (found := _at(d.year, month, day or 31)) <= d:
        month += every
    return found
