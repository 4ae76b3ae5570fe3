"""The numbers of a paragraph, whatever stands around them: amount, percentage, points, place, ratio. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from wenpan.documents.proof.numbers import AMOUNT
from wenpan.documents.words.characters import number


class PaperNumber(NamedTuple):
    """`kind`: level | percent | points | rank | climb | ratio. `sign`: 1, -1, 0 where nothing says it."""

    start: int
    end: int
    kind: str
    value: Decimal
    decimals: int
    unit: str
    sign: int
    word: str = ""


_N = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_S = r"(?<![\d.])(?P<sign>[+-]?)"
_GOES_ON = (
    r"(?=(?:[、和与及,](?:[一-龥]{1,2})?[-+]?\d+(?:\.\d+)?)*[、和与及,](?:[一-龥]{1,2})?[-+]?\d+(?:\.\d+)?%s)"
)
_POINT = "个?(?:百分)?点"
_OTHER = _S.replace("sign", "sign2") + _N.replace("number", "number2")
_MOVES = "前移|后移|上升|下降|下滑|前进|后退|退后|提升|进|退|升|降"
_ONES = "[一二三四五六七八九]"
_PLACE = rf"第(?P<number>\d{{1,2}}|[二三]?十{_ONES}?|{_ONES})(?![一二三四五六七八九十])(?:位|名)?"
_NO_PLACE = "(?!的(?!是|为)|产业|季度|[条款次批个章节年届轮期])"
_PATTERNS = (
    ("percent", re.compile(rf"{_S}{_N}%")),
    ("points", re.compile(rf"{_S}{_N}个?百分点|{_OTHER}个点")),
    ("percent", re.compile(rf"{_S}{_N}{_GOES_ON % '%'}")),
    ("points", re.compile(rf"{_S}{_N}{_GOES_ON % _POINT}")),
    ("level", AMOUNT),
    ("climb", re.compile(rf"(?:{_MOVES})了?(?P<number>\d{{1,2}})个?(?:位|名)")),
    ("rank", re.compile(_PLACE + _NO_PLACE)),
    ("ratio", re.compile(r"比[为是]?(?P<number>\d\.\d+)(?:[:比]1)?(?![\d.%]|亿|万|元|个)")),
)
_UP = re.compile(r"[增涨升提快高多扩进正超↑▲]|领先|加快|前移|回升|向好")
_DOWN = re.compile(r"[降跌减落缩负慢低少退掉滑亏萎弱↓▼]|收窄|放缓|放慢|后移")
_NEITHER = re.compile(
    r"增速|增幅|增长率?(?:速度|幅度)|增加值|增值税|增收|减收|速度|幅度|正增长|由[正负升降]转[正负升降]|提高到|快报|高质量|高新|多少|位次|降幅?收窄|落实|退税|减税|负责|高技术|进出口|进口"
)


def direction(plain: str, at: int) -> tuple[int, str]:
    """The sign that the words before a number in its own clause say, and the word."""
    begun = max((plain.rfind(s, 0, at) for s in ",;:。()、?!【】[]|"), default=-1) + 1
    said = re.split(r"[\d.]+(?:%|个?百分点|亿元|万元|位|元)?", plain[begun:at])[-1]
    if re.search("(?:降|跌|减)幅", said):
        return -1, "降幅"
    said = _NEITHER.sub("", said)
    up, down = [*_UP.finditer(said)], [*_DOWN.finditer(said)]
    if not up and not down:
        return 0, ""
    last = max(up[-1:] + down[-1:], key=lambda m: m.end())
    return (1 if up and last is up[-1] else -1), said[max(0, last.start() - 1) : last.end() + 1]


def printed(plain: str) -> list[PaperNumber]:
    taken, found = bytearray(len(plain)), list[PaperNumber]()
    for kind, pattern in _PATTERNS:
        for m in pattern.finditer(plain):
            groups = m.groupdict()
            name = "number" if groups.get("number") else "number2"
            at = m.start(name)
            if taken.find(1, at, m.end()) >= 0:
                continue
            raw = m[name].replace(",", "").lstrip("-")
            at = m.end(name) - len(m[name].lstrip("-"))
            if not raw[0].isdigit():
                raw = str(number(raw))
            unit = groups.get("unit") or {"percent": "%", "points": "个百分点"}.get(kind, "")
            counted = kind == "level" and not re.search("元|平方米|千瓦时", unit)
            taken[at : m.end()] = b"\1" * (m.end() - at)
            if counted:
                continue
            start = m.start() if kind == "rank" else at
            said = groups.get("sign") or groups.get("sign2") or ""
            sign, word = (1 if said == "+" else -1, said) if said else direction(plain, at)
            if kind == "climb":
                sign, word = (-1 if re.match("后|下|退|降", m.group()) else 1), m.group()[:2]
            found.append(
                PaperNumber(
                    start - len(said),
                    m.end(),
                    kind,
                    Decimal(raw),
                    len(raw.partition(".")[2]),
                    unit,
                    sign,
                    word,
                )
            )
    return sorted(found)
