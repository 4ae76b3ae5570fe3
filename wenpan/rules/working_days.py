"""The calendar of working days in force, built once for each version of its file."""

from __future__ import annotations

from functools import lru_cache

from wenpan.economy.time.calendars import Calendar
from wenpan.rules.loading import load_yaml


def calendar() -> Calendar:
    data, provenance = load_yaml("calendars/china")
    return _calendar(provenance.file, id(data))


@lru_cache(maxsize=4)
def _calendar(_file: str, _version: int) -> Calendar:
    data, _ = load_yaml("calendars/china")  # the parsed object is kept by `load_yaml`
    return Calendar.from_data(data)
