"""Weeks of inspection: which Monday, when it opens, in which ways one looks.

Pure. A week runs from Monday to Sunday and opens on its first working day, be it a worked Saturday; a week
without one has no inspection.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wenpan.economy.calendars import Calendar

WAYS = (("phone", _("电话")), ("site", _("现场")), ("papers", _("材料")))


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def opens_on(week: date, calendar: Calendar) -> date | None:
    """The first working day of the week that begins on this Monday; None: there is none."""
    days = (week + timedelta(days=n) for n in range(7))
    return next((day for day in days if calendar.is_working_day(day)), None)


def words(week: date) -> str:
    """2022年10月17日—23日; the month is repeated only where it changes."""
    last = week + timedelta(days=6)
    end = f"{last.day}日" if last.month == week.month else f"{last.month}月{last.day}日"
    end = f"{last.year}年{end}" if last.year != week.year else end
    return f"{week.year}年{week.month}月{week.day}日—{end}"
