"""Days as ledgers write them: 2022-09-30, 2022年9月30日, 2022.9.30, 20220930, a serial number of Excel.

Pure. A month without a day is its last day and says so; what names no year is no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wenpan.documents.words.periods import normalise_period

# 长期坚持 as a limit of a table's cell or of a note
ALL_THE_TIME = (
    r"(?:全年|贯穿全年|常年|长期|长期坚持|长期推进|长期任务|常态化|常态化推进|常态化开展|常态化坚持"
    r"|持续推进|持续坚持|持续开展|持续实施|持续)"
)

_DAY = re.compile(r"^((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\d{1,2}:\d{2}(?::\d{2})?)?$")
_TIME = re.compile(r"(?<=[\sT日])(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?(?:\.\d+)?[分秒]?$")
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
    return _from_text(normalise_period(str(value)))


def read_moment(value: object) -> datetime | None:
    """Day and time of day, to the second; a day alone is its first minute. None where no day is named."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0, tzinfo=None)
    if isinstance(value, float) and 30_000 < value < 80_000:
        return datetime.combine(_SERIAL_FROM, time()) + timedelta(seconds=round(value * 86_400))
    text = str(value).strip() if value is not None else ""
    found = _TIME.search(text)
    day = read_day(text[: found.start()].rstrip(" T") if found else value)
    if day is None or day.month_only:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime.combine(day.on, time(hour, minute, second))


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
