"""iCalendar (RFC 5545) of dated items: days, never hours; the same UID for the same thing; a later SEQUENCE
when its day moved; CANCELLED when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import icalendar

from wenpan.district.ui.dates import DatedItem

DAY = timedelta(days=1)


def as_calendar(items: Iterable[DatedItem], *, name: str, place: str, address: str, at: datetime) -> bytes:
    """`place`: what makes UIDs of this place its own; `address`: of the program, for links. Of an item only
    `outside` is said where it has one."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Wenpan//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for item in items:
        calendar.add_component(_entry(item, place, address, at))
    return bytes(calendar.to_ical())


def _entry(item: DatedItem, place: str, address: str, at: datetime) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{item.key}@{place}.wenpan")
    entry.add("dtstamp", at)
    entry.add("dtstart", item.day)
    entry.add("dtend", item.day + DAY)
    entry.add("summary", item.outside or item.title)
    entry.add("sequence", item.sequence)
    entry.add("status", "CANCELLED" if item.over else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    if item.url:
        entry.add("url", f"{address}{item.url}")
    return entry
