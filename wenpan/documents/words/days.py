"""Days as ledgers write them: 2022-09-30, 2022年9月30日, 2022.9.30, 20220930, a serial number of Excel.

Pure. A month without a day is its last day and says so; what names no year is no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wenpan.documents.words.periods import plain

_DAY = re.compile(r"^((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\d{1,2}:\d{2}(?::\d{2})?)?$")
_DIGITS = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
_MONTH = re.compile(r"^((?:19|20)\d{2})[-/年](\d{1,2})月?份?$")
_SERIAL_FROM = date(1899, 12, 30)
_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class ReadDay:
    on: date
    month_only: bool = False


def read_day(value: object) -> ReadDay | None:
    """None where no day or month of a year is named exactly. 2022.9 and 2022.10 as numbers are not read."""
    if isinstance(value, date):
        return ReadDay(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, (bool, int, float)) or value is None:
        return _from_number(float(value)) if value and not isinstance(value, bool) else None
    return _from_text(plain(str(value)))


def _from_text(text: str) -> ReadDay | None:
    if text.isdigit() and len(text) in (5, 13):
        return _from_number(float(text))
    if found := _DAY.match(text) or _DIGITS.match(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH.match(text):
        year, month = int(found[1]), int(found[2])
        return _made(year, month, 0) if 1 <= month <= 12 else None
    return None


def _from_number(number: float) -> ReadDay | None:
    """20220930, a serial number of days, or milliseconds since 1970."""
    if number != int(number):
        return None
    if found := _DIGITS.match(str(int(number))):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if 1e11 < number < 5e12:
        on = date(1970, 1, 1) + timedelta(milliseconds=number)
    elif 30_000 < number < 80_000:
        on = _SERIAL_FROM + timedelta(days=int(number))
    else:
        return None
    return ReadDay(on) if _FIRST <= on < _LAST else None


def _made(year: int, month: int, day: int) -> ReadDay | None:
    try:
        if day == 0:
            return ReadDay(date(year, month, monthrange(year, month)[1]), month_only=True)
        return ReadDay(date(year, month, day))
    except ValueError:
        return None
