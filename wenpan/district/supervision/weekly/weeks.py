"""Weeks of inspection: which Monday, when it opens, in which ways one looks.

Pure. A week runs from Monday to Sunday and opens on its first working day, be it a worked Saturday; a week
without one has no inspection.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.economy.time.calendars import Calendar

WAYS = (("phone", gettext_lazy("电话")), ("site", gettext_lazy("现场")), ("papers", gettext_lazy("材料")))


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def opens_on(week: date, calendar: Calendar) -> date | None:
    """The first working day of the week that begins on this Monday; None: there is none."""
    days = (week + timedelta(days=n) for n in range(7))
    return next((day for day in days if calendar.is_working_day(day)), None)


def words(week: date) -> str:
    """2022年10月17日—23日; the month is repeated only where it changes."""
    last = week + timedelta(days=6)
    whole, short, day = _("%(y)s年%(m)s月%(d)s日"), _("%(m)s月%(d)s日"), _("%(d)s日")
    form = whole if last.year != week.year else short if last.month != week.month else day
    return f"{_day(whole, week)}—{_day(form, last)}"


def _day(form: str, day: date) -> str:
    return form % {"y": day.year, "m": day.month, "d": day.day}
