"""The day of a paper, as its lines or its file name write it; what no calendar has is said, never mended.

Pure. 2022年10月14日, 2022-10-14, 二〇二二年十月十四日, 20221014, with a weekday behind it or without. A day
that its month has not (2月30日), a weekday that no week has (周八) and one that is another day's are slips of
the pen: then there is no day, and the sentence asks a person.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from wenpan.documents.words.characters import number, same_length, year

_DATE = re.compile(r"(20\d\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")
_CHINESE = re.compile(
    r"([二〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_PACKED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_WEEKDAY = re.compile(r"\s*[(,、]?\s*(?:周|星期|礼拜)\s*([一二三四五六日天七八九十0-9])(?!期|次|个|年)")
_WEEK = "一二三四五六日"


class WrittenDay(NamedTuple):
    """`doubt`: the sentence that asks, where what is written is no day; then `day` is None."""

    day: date | None = None
    doubt: str = ""


def written_day(text: str) -> WrittenDay | None:
    """The first whole date of a text; None where it has none."""
    plain = same_length(text)
    if m := _DATE.search(plain) or _PACKED.search(plain):
        return _checked(plain, m, (int(m[1]), int(m[2]), int(m[3])))
    if m := _CHINESE.search(plain):
        try:
            numbers = (year(m[1]), number(m[2]), number(m[3]))
        except (ValueError, KeyError):
            return WrittenDay(None, no_such_day(m[0]))
        return _checked(plain, m, numbers)
    return None


def weekday_doubt(plain: str, end: int, day: date) -> str:
    """What is wrong with the weekday that stands behind a day, in half-width text; empty: nothing."""
    m = _WEEKDAY.match(plain, end)
    if m is None:
        return ""
    named = "日" if m[1] == "天" else m[1]
    if named not in _WEEK:
        return f"“{m[0].strip(' (,、')}”不是星期几"
    if _WEEK.index(named) != day.weekday():
        real = f"{day.year}年{day.month}月{day.day}日是星期{_WEEK[day.weekday()]}"
        return f"“{m[0].strip(' (,、')}”与日期不符, {real}"
    return ""


def no_such_day(words: str) -> str:
    return f"“{words.strip()}”在日历上没有"


def _checked(plain: str, m: re.Match[str], numbers: tuple[int, int, int]) -> WrittenDay:
    try:
        day = date(*numbers)
    except ValueError:
        return WrittenDay(None, no_such_day(m[0]))
    doubt = weekday_doubt(plain, m.end(), day)
    return WrittenDay(None, f"“{m[0].strip()}”后的{doubt}") if doubt else WrittenDay(day)
