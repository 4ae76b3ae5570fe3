"""Rhythms: 每周五, 每月5日、20日, 半月一调度 as the codes of recurring deadlines (`weekly:5`, `monthly:5,20`).

Pure. `recurrences` of supervision gives the next day of each code.
"""

from __future__ import annotations

import re

from wenpan.documents.orders.no_such_day import NoSuchDayError
from wenpan.documents.words.characters import NUMBER as _N
from wenpan.documents.words.characters import number

_LONGEST_CODE = 24
WEEK = "一二三四五六日天"
MORE_WEEKDAYS = rf"(?:[、和与及](?:每?(?:周|星期))?[{WEEK}])*"
MONTH_DAYS = rf"{_N}(?:[日号]?[、和与及](?:每月)?{_N})*[日号]"


def code_of(text: str) -> str:
    unit = re.search(r"两周|双周|半年|半个?月|双月|[两2]个月|季度?|星期|周|月|旬|年|工作日|日|天", text)
    word = unit.group(0) if unit else ""
    if word in ("周", "星期"):
        named = re.search(rf"(?:周|星期)([{WEEK}](?!督|调|通|检|研|报|会|总|小|次){MORE_WEEKDAYS})", text)
        return _on_days("weekly", [min(WEEK.index(d), 6) + 1 for d in named[1] if d in WEEK] if named else [])
    if word == "月":
        on_days = re.search(MONTH_DAYS, text)
        days = [number(d) for d in re.findall(_N, on_days[0])] if on_days else []
        if not all(1 <= day <= 31 for day in days):
            raise NoSuchDayError
        return _on_days("monthly", days)
    names = {
        "两周": "biweekly",
        "双周": "biweekly",
        "半年": "semiannual",
        "半月": "semimonthly",
        "半个月": "semimonthly",
        "双月": "bimonthly",
        "两个月": "bimonthly",
        "2个月": "bimonthly",
        "旬": "ten-daily",
        "年": "yearly",
    }
    if word.startswith("季"):
        return "quarterly"
    return names.get(word, "daily")


def _on_days(name: str, days: list[int]) -> str:
    """`monthly:5,20`: every day that is named, in order; more than a record holds give the rhythm alone."""
    code = f"{name}:{','.join(str(day) for day in sorted(set(days)))}" if days else name
    return code if len(code) <= _LONGEST_CODE else name
