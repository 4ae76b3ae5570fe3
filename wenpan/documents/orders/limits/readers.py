"""Readers: what the words of one limit mean for a paper of a given day.

Pure. A reader takes the match of its pattern (`patterns`), the paper's day and the calendar, and gives the kind,
the day, the rhythm, and whether the day is estimated; None where the words are no limit after all. A month or day
without a year is the next one to come after the paper's day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from wenpan.documents.orders.limits.rhythms import WEEK, code_of
from wenpan.documents.orders.no_such_day import NoSuchDayError, exact
from wenpan.documents.words.characters import number
from wenpan.documents.words.characters import year as parse_year
from wenpan.economy.time.calendars import Calendar

Found = tuple[str, "date | None", str, bool]  # kind, day, rhythm, estimated
IMPOSSIBLE: Found = ("impossible", None, "", False)
Reader = Callable[[re.Match[str], date, Calendar], "Found | None"]


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _given_year(m: re.Match[str], on: date) -> int | None:
    if m["y"]:
        return parse_year(m["y"])
    word = m["yw"]
    if not word:
        return None
    return on.year + (word in ("明年", "次年", "来年"))


def _coming(on: date, m: re.Match[str], make: Callable[[int], date]) -> date:
    """In the year that is written; else the first such day that is not before the document."""
    year = _given_year(m, on)
    if year is not None:
        return make(year)
    try:
        day = make(on.year)
    except NoSuchDayError as none:  # 2月29日 in a paper of autumn 2023: that of 2024 is meant
        if none.last is None or none.last >= on:
            raise
        return make(on.year + 1)
    return day if day >= on else make(on.year + 1)


def _month_of(text: str, on: date) -> tuple[int, int]:
    """(year offset, month) of 本月, 下月 …"""
    if text in ("下月", "下个月", "次月"):
        return (1, 1) if on.month == 12 else (0, on.month + 1)
    return 0, on.month


def _day(year: int, month: int, day: int) -> date:
    last = month_end(year, month).day
    return date(year, month, min(max(day, 1), last))


def _months_later(on: date, months: int) -> date:
    index = on.year * 12 + on.month - 1 + months
    return _day(index // 12, index % 12 + 1, on.day)


def _part(part: str, year: int, month: int) -> date:
    """The last day of 初/上旬/中旬/下旬/底 of a month."""
    if part.startswith(("初", "上旬")):
        return _day(year, month, 10)
    middle = part.startswith(("中旬", "中上旬", "上中旬"))
    return _day(year, month, 20) if middle else month_end(year, month)


def calendar_day(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    day = number(m["d"])
    if m["m"]:
        if "." in m.group(0) and not m["y"] and not 1 <= number(m["m"]) <= 12:
            return None  # 13.45前: a figure
        return ("date", _coming(on, m, lambda y: exact(y, number(m["m"]), day)), "", False)
    if m["mw"]:
        shift, month = _month_of(m["mw"], on)
        return ("date", exact(on.year + shift, month, day), "", False)
    this = exact(on.year, on.month, day)
    after = on.replace(day=1) + timedelta(days=32)
    return ("date", this if this >= on else exact(after.year, after.month, day), "", False)


def month_part(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    part = m["part"] or ""
    before = not part and m["by"] in ("前", "之前", "以前")
    if m["mw"]:
        shift, month = _month_of(m["mw"], on)
        return ("date", _part(part, on.year + shift, month), "", False)
    if not m["m"]:
        return ("date", month_end(on.year, on.month), "", False)
    month = number(m["m"])
    if not 1 <= month <= 12:
        return None
    if before:  # 10月前: before October begins
        return ("date", _coming(on, m, lambda y: date(y, month, 1) - timedelta(days=1)), "", False)
    return ("date", _coming(on, m, lambda y: _part(part, y, month)), "", False)


def month_range(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    last = number(m["last"])
    if not 1 <= last <= 12 or (m["first"] == "1" and month_end(on.year, last) < on):
        return None
    return ("date", _coming(on, m, lambda y: month_end(y, last)), "", False)


def last_of_days(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    """6月27日、9月30日、2024年1月5日前: due in the end by the last; its year as it is written or comes next."""
    years = re.findall(r"(\d{4})年", m.group(0))
    month, day = number(m["m"]), number(m["d"])
    if years:
        return ("date", exact(int(years[-1]), month, day), "", False)
    return ("date", _coming(on, m, lambda y: exact(y, month, day)), "", False)


def batches(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    month = number(m["m2"])
    if not m["d2"]:
        return ("date", _coming(on, m, lambda y: month_end(y, month)), "", False)
    return ("date", _coming(on, m, lambda y: exact(y, month, number(m["d2"]))), "", False)


def day_range(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    month = number(m["m2"] or m["m1"])
    if m["y2"]:  # 2023年12月10日至2024年1月5日
        return ("date", exact(int(m["y2"]), month, number(m["d2"])), "", False)
    exact(2020, number(m["m1"]), number(m["d1"]))  # a leap year: a first day that no year has
    return ("date", _coming(on, m, lambda y: exact(y, month, number(m["d2"]))), "", False)


def year_part(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    part, quarter = m["part"] or "", m["q"]
    if quarter:
        end = 3 * number(quarter)
        return ("date", _coming(on, m, lambda y: month_end(y, end)), "", False)
    if part.startswith("上半年"):
        return ("date", _coming(on, m, lambda y: date(y, 6, 30)), "", False)
    year = _given_year(m, on) or on.year
    if m["y"] and not part and m["by"] in ("前", "之前", "以前"):
        return ("date", date(year - 1, 12, 31), "", False)
    return ("date", date(year, 12, 31), "", False)


def weekday(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    shift = {"下": 7, "上": -7}.get((m["w"] or "")[:1], 0)
    monday = on - timedelta(days=on.weekday()) + timedelta(days=shift)
    whole = m["we"] or m.group(0).endswith("内")  # 本周内: to its last day
    weekday = WEEK.index(m["wd"]) if m["wd"] else 6 if whole else 4
    day = monday + timedelta(days=min(weekday, 6))
    if not m["w"] and day < on:
        day += timedelta(days=7)
    return ("date", day, "", False)


_FROM_THE_DOCUMENT = re.compile(
    r"^(?:自|从)?(?:会议?(?:结束)?|散会|(?:本?(?:通知|方案|文件|意见|纪要))?(?:印发|下发|发布))"
)


def duration(m: re.Match[str], on: date, calendar: Calendar) -> Found | None:
    event = m["event"]
    if event and not _FROM_THE_DOCUMENT.match(event):
        return ("event", None, "", False)
    if m["half"]:
        return ("date", _months_later(on, 6) if m["half"] == "半年" else on + timedelta(days=15), "", False)
    day = _after(on, number(m["n"]), m["unit"], calendar)
    return ("date", day, "", "工作日" in m["unit"] and calendar.is_estimated(day))


def _after(on: date, n: int, unit: str, calendar: Calendar) -> date:
    """`n` of a unit of time after a day; 2023年内 is the year itself. Hours round up to days."""
    if "工作日" in unit:
        return calendar.working_days_after(on, n)
    if unit == "年":
        return date(n, 12, 31) if n > 1900 else _months_later(on, 12 * n)
    if "季度" in unit:
        later = _months_later(on, 3 * n - 1)
        return month_end(later.year, later.month)
    if "月" in unit:
        return _months_later(on, n)
    days = {"周": 7 * n, "期": 7 * n, "时": -(-n // 24) if n >= 24 else 0, "钟": 0}
    return on + timedelta(days=days.get(unit[-1], n))


def today(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return ("date", on + timedelta(days={"明": 1, "后": 2}.get(m["day"][0], 0)), "", False)


_FESTIVALS = {
    "元旦": (1, 1), "春节": None, "清明": (4, 5), "五一": (5, 1), "劳动节": (5, 1), "端午": None,
    "中秋": None, "国庆": (10, 1), "十一": (10, 1), "六一": (6, 1), "七一": (7, 1), "八一": (8, 1),
}  # fmt: skip


def festival(m: re.Match[str], on: date, calendar: Calendar) -> Found | None:
    fixed = _FESTIVALS[m["f"]]
    if fixed:
        day = _coming(on, m, lambda y: date(y, *fixed))
    else:
        found = _lunar(m["f"], on, _given_year(m, on), calendar)
        if found is None:
            return ("event", None, "", False)
        day = found
    return ("date", day - timedelta(days=1), "", calendar.is_estimated(day))


def _lunar(name: str, on: date, year: int | None, calendar: Calendar) -> date | None:
    """The first day off of Spring Festival (January–February), 端午 (June) or 中秋 (September)."""
    months = {"春节": (1, 2), "端午": (5, 6), "中秋": (9, 10)}[name]
    first = {1: 10, 5: 27, 9: 7}[months[0]]
    for y in (year,) if year else (on.year, on.year + 1):
        days = sorted(
            d
            for d in calendar.holidays
            if d.year == y and d.month in months and (d.month, d.day) >= (months[0], first)
        )
        if days and (year or days[0] >= on):
            return days[0]
    return None


def event(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return ("event", None, "", False)


def no_weekday(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return IMPOSSIBLE


def recurring(m: re.Match[str], on: date, _: Calendar) -> Found | None:
    return ("recurring", None, code_of(m.group(0)), False)
