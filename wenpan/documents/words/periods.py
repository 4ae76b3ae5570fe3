"""Periods as titles and headers write them: 2022年1—9月, 9月份, 前三季度, 2022.09.

Pure. A cumulative period starts in January; `9月` is one month. What can be read in two ways is
not read: 2022.10 typed as a number becomes 2022.1, so 2022.1 is ambiguous everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

YTD, ONE, UNCLEAR = "ytd", "month", ""

_HAN = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DASH = r"(?:-|~|至|到)"
_Y = r"(?:(?P<y>\d{4}|(?<!\d)\d{2})年(?:度)?)?"
_PATTERNS = (
    re.compile(_Y + rf"(?P<a>\d{{1,2}})月?(?:份)?{_DASH}(?P<m>\d{{1,2}})月(?:份)?"),
    re.compile(rf"(?P<y>(?:19|20)\d{{2}})[./](?P<a>1){_DASH}(?P<m>1[0-2]|[2-9])(?![\d./-])"),  # 2022.1-9
    re.compile(_Y + r"前(?P<first>\d{1,2})个?月"),
    re.compile(_Y + r"(?P<named>上半年|前三季度|前3季度|前两季度|前二季度|前2季度|全年)"),
    re.compile(_Y + rf"(?:第)?(?P<qa>[一1]){_DASH}(?P<qb>[一二三四1-4])季度"),
    re.compile(_Y + r"(?:第)?(?P<q>[一二三四1-4])季度"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<sep>[./-])(?P<m>0?[1-9]|1[0-2])(?![\d./-])(?!月)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?!\d)"),
    re.compile(_Y + r"(?<![\d到-])(?<![\d月份]至)(?P<m>\d{1,2})月(?:份|末|底)?(?!\d{1,2}日)"),
)
_DAY = re.compile(r"^((?:19|20)\d{2})[-/.](0?[1-9]|1[0-2])[-/.](\d{1,2})$")  # a period given by its last day
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_NAMED = {"上半年": 6, "前三季度": 9, "前3季度": 9, "前两季度": 6, "前二季度": 6, "前2季度": 6, "全年": 12}
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HAN_YEAR = re.compile(r"([〇零一二三四五六七八九]{4})年")
_HAN_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])(?=月|[至到-](?:十[一二]?|[一二三四五六七八九])月)")
_MONTHS = {h: i for i, h in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}


@dataclass(frozen=True, slots=True)
class ReadPeriod:
    """`year` None: the text names no year. `scope`: ytd (1—9月), month (9月) or "" (either)."""

    year: int | None
    month: int
    scope: str
    text: str
    ambiguous: bool = False


@lru_cache(maxsize=16_384)
def find_period(text: str) -> ReadPeriod | None:
    """The first period that a text names, or None.

    A range that does not start in January (7—9月) is no cumulative period and gives None.
    """
    spelt = normalise_period(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(spelt):
            if (found := _found(match, text)) is not None:
                return found
    return None


def find_year(text: str) -> int | None:
    """The year that a text names: 2022年度目标 → 2022."""
    match = _YEAR.search(normalise_period(text))
    return int(match[1]) if match else None


def period_of(value: object) -> ReadPeriod | None:
    """The period in a cell: text, a date, or a number such as 2022.09 or 202209."""
    if isinstance(value, date):
        return ReadPeriod(value.year, value.month, UNCLEAR, f"{value.year}-{value.month:02d}")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _from_number(float(value))
    if day := _DAY.match(str(value).strip()):
        year, month = int(day[1]), int(day[2])
        there_is = 1 <= int(day[3]) <= monthrange(year, month)[1]  # 2022-02-30 is no day of any period
        return ReadPeriod(year, month, UNCLEAR, str(value)) if there_is else None
    return find_period(str(value))


def _from_number(number: float) -> ReadPeriod | None:
    text = f"{number:.15g}"
    if re.fullmatch(r"(?:19|20)\d{2}\.\d{1,2}", text) or re.fullmatch(r"(?:19|20)\d{4}", text):
        return find_period(text)
    return None


def normalise_period(text: str) -> str:
    """One spelling: NFKC, no spaces, one kind of dash, months and years in digits (元月 is 1月)."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    text = re.sub(r"[—–−‐‑‒―－﹣~]+", "-", text)
    text = _HAN_YEAR.sub(lambda m: m[1].translate(_HAN) + "年", text)
    text = re.sub(r"(?<![亿万千百十])元(?=月|[至到-]\d)", "1", text)
    return _HAN_MONTH.sub(lambda m: str(_MONTHS[m[1]]), text)


def _found(match: re.Match[str], text: str) -> ReadPeriod | None:  # noqa: PLR0911 (a form each)
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else None
    if year is not None and year < 100:
        year += 2000
    if groups.get("named"):
        return ReadPeriod(year, _NAMED[groups["named"]], YTD, text)
    if groups.get("qb"):
        return ReadPeriod(year, _QUARTER[groups["qb"]] * 3, YTD, text)
    if groups.get("q"):
        quarter = _QUARTER[groups["q"]]
        return ReadPeriod(year, quarter * 3, YTD if quarter == 1 else UNCLEAR, text)
    month = int(groups.get("first") or groups["m"])
    if not 1 <= month <= 12:
        return None
    if "first" in groups:
        return ReadPeriod(year, month, YTD, text)
    if "a" in groups:
        return ReadPeriod(year, month, YTD, text) if int(groups["a"]) == 1 else None
    ambiguous = groups.get("sep") == "." and groups["m"] == "1"
    at_end = match[0].endswith(("末", "底"))  # 9月末 is a day, not a month
    scope = UNCLEAR if "sep" in groups or at_end or _without_month_word(match) else ONE
    return ReadPeriod(year, month, scope, text, ambiguous)


def _without_month_word(match: re.Match[str]) -> bool:
    """202209 names a month and says nothing about cumulation."""
    return "月" not in match[0]
