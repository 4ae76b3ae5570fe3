"""Days, months, weekdays and hours that no calendar has: 2月30日, 13月5日, 周八, 25时.

Pure. Such words are a slip of the pen. They are never moved to a day near by: what stands there is kept as
written, without a day, and a person is asked.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from wenpan.documents.words.characters import NUMBER, number

_LEAP = 2020
_MONTH = re.compile(rf"(?<![\d.])({NUMBER})月(?:份?({NUMBER})[日号])?")
_HOUR = re.compile(rf"(?<![\d.:])({NUMBER})(?::(\d{{2}})|[时点](?!间)(?:({NUMBER})分)?)")
_WEEKDAY = re.compile(r"\((?:周|星期|礼拜)[七八九十0789]\)")
_NEXT_HOUR = re.compile(rf"(?:上午|下午|中午|晚上?)?{NUMBER}[时点](?!间)(?:{NUMBER}分|半)?整?(?:之?前)?")


class NoSuchDayError(ValueError):
    """The words name a day that its month has not; `last` is the month's last day, if there is the month."""

    def __init__(self, last: date | None = None) -> None:
        super().__init__("日历上没有这一天")
        self.last = last


def exact(year: int, month: int, day: int) -> date:
    """The day as written; NoSuchDayError where the calendar has none, never the nearest one."""
    if not 1 <= month <= 12:
        raise NoSuchDayError
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NoSuchDayError(date(year, month, last))
    return date(year, month, day)


def named_in(words: str) -> bool:
    """Do the words (half-width) of one limit name what no year's calendar has, or no clock?"""
    return (
        any(_no_month_day(m) for m in _MONTH.finditer(words))
        or any(_no_hour(m) for m in _HOUR.finditer(words))
        or bool(_WEEKDAY.search(words))
    )


def hour_after(plain: str, end: int) -> int:
    """Where `end` moves to when an hour that no clock has follows there (`10月20日二十五时前`)."""
    m = _NEXT_HOUR.match(plain, end)
    return m.end() if m and named_in(m[0]) else end


def _no_month_day(m: re.Match[str]) -> bool:
    month = _value(m[1])
    if not 1 <= month <= 12:
        return True
    return bool(m[2]) and not 1 <= _value(m[2]) <= monthrange(_LEAP, month)[1]


def _no_hour(m: re.Match[str]) -> bool:
    hour, minute = _value(m[1]), _value(m[2] or m[3] or "0")
    return hour > 24 or minute > 59 or (hour == 24 and minute > 0)


def _value(words: str) -> int:
    """A number in words; what is none (`一二`) counts as one, so that nothing is held against it."""
    try:
        return number(words)
    except (ValueError, KeyError):
        return 1
