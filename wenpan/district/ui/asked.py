"""What an address asks for, read so that no typed word can break a page.

    asked.integer(request.GET, "target")            # None for ², 1e3, -1, 10²⁵, nothing
    asked.day(request.GET, "until")                 # None for 2月30日; kept within FIRST … LAST
    asked.month(request.GET, "month")
    asked.choice(request.GET, "show", {"open", "all"}, "open")

What cannot be read is not asked for. Pages read numbers, days, months and choices by these alone (a test
reads the sources); plain words come through `ground.clean_input`, which takes out what no database can hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date

from wenpan.economy.time.periods import Month, parse_month

LARGEST = 2**31 - 1  # no number of a row, of a page or of a year is larger
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
_DIGITS = frozenset("0123456789")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,6})?")


def integer(
    get: Mapping[str, str], name: str, *, least: int = 0, most: int = LARGEST, default: int | None = None
) -> int | None:
    """Plain digits 0–9 that make a number from `least` to `most`; else `default`."""
    text = get.get(name, "").strip()
    if not text or len(text) > len(str(most)) or not set(text) <= _DIGITS:
        return default
    value = int(text)
    return value if least <= value <= most else default


def decimal(get: Mapping[str, str], name: str, *, least: float, most: float) -> float | None:
    """−3.5, 12, ５: a plain number within the bounds; None for words, exponents and what lies beyond."""
    text = unicodedata.normalize("NFKC", get.get(name, "")).strip().replace("−", "-")
    if not _DECIMAL.fullmatch(text):
        return None
    value = float(text)
    return value if least <= value <= most else None


def year(get: Mapping[str, str], name: str) -> int | None:
    return integer(get, name, least=FIRST.year, most=LAST.year)


def day(get: Mapping[str, str], name: str) -> date | None:
    """2022-10-18; a day before FIRST or after LAST is that day: beyond them nothing is kept."""
    try:
        found = date.fromisoformat(get.get(name, "").strip())
    except ValueError:
        return None
    return min(max(found, FIRST), LAST)


def month(get: Mapping[str, str], name: str) -> Month | None:
    """2022-10; None for what is none and for years that no table can have."""
    try:
        found = parse_month(get.get(name, "").strip())
    except ValueError:
        return None
    return found if FIRST.year <= found.year <= LAST.year else None


def choice(get: Mapping[str, str], name: str, known: Collection[str], default: str = "") -> str:
    """The word if it is one of the known ones."""
    word = get.get(name, default)
    return word if word in known else default


def words(get: Mapping[str, str], name: str, most: int = 60) -> str:
    """A plain text without spaces around it, at most that long."""
    return get.get(name, "").strip()[:most]
