"""The calendar of working days in force, built once for each version of its files.

The place's own file wins year by year: a year that only the program's file knows (the notice that came with a
new version) holds as well.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from wenpan.economy.time.calendars import Calendar
from wenpan.rules.loading import OURS, RuleError, load_file, load_yaml

NAME = "calendars/china"


def calendar() -> Calendar:
    data, provenance = load_yaml(NAME)
    return _calendar(provenance.file, id(data))


@lru_cache(maxsize=4)
def _calendar(_file: str, _version: int) -> Calendar:
    return calendar_of(calendar_data())


def calendar_data(home: Path | None = None) -> dict[str, Any]:
    """The file in force as it is, with the years that only ours has."""
    data, provenance = load_yaml(NAME, home)
    if not provenance.overridden:
        return dict(data)
    ours, _origin = load_file(OURS / f"{NAME}.yaml")
    return {**data, "years": {**ours["years"], **(data.get("years") or {})}}


def calendar_of(data: dict[str, Any]) -> Calendar:
    """RuleError for days that cannot be read."""
    try:
        return Calendar.from_data(data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RuleError(NAME, "years", str(error)[:80], "节假日和调休日期") from None
