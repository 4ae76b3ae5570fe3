"""What a sentence says in figures: direction, number and unit together, lights and places among rivals.

Pure. Two versions of a sentence say the same where these are the same in the same order, whatever the words
around them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_UNITS = (
    "个百分点|百分点|亿美元|万美元|亿千瓦时|万千瓦时|亿元|万元|万人|万吨|元|%|‰|季度|个月|位|项|个|家|件|次|天|"
    "日|月|年|户|人|倍|万|亿|吨|分|期|批"
)
_NUMBER = re.compile(rf"\d+(?:[.,]\d+)*(?:\s*[—–~-]\s*\d+(?:\.\d+)?)?\s*(?:{_UNITS})?")
_DIRECTION = re.compile(
    "增长|下降|提高|提升|增加|减少|回升|回落|加快|放缓|高于|低于|快于|慢于|好于|差于|超过|不足|前移|后移|"
    "扩大|收窄|降低|上升|(?:[多少增降超欠])(?:了|约|达)?$"
)
_WORD = re.compile(
    "红灯|黄灯|绿灯|末位|首位|倒数第[一二三四五六七八九十]+|第[一二三四五六七八九十]+位|持平|由正转负|由负转正"
)
_SPACED = re.compile(r"\s|,(?=\d)")
_CLAUSE = re.compile(r"[\uff0c。；\uff1a、,;:\uff08\uff09()]")
_DAY = re.compile(  # deadlines and document numbers: words of an order, which people may write
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|(?<!\d)\d{1,2}日(?:前|内)|\d{1,3}个?(?:工作日|日|天)(?:内|前)"
    r"|〔\d{4}〕\d+号|(?<!\d)\d{4}-\d{3,6}(?!\d)|\d{1,2}[:时点]\d{0,2}分?"
)
_HEAD = re.compile(r"^\s*(?:附件\s*\d+|[(（]?\d{1,2}[)）.．、])")  # 1. and (1) count paragraphs, not things


@dataclass(frozen=True)
class SentenceFigure:
    """`said` is compared; `start`, `end` stand in the text as it was given. `deadline`: a day or a document's
    number, which an order may set.
    """

    said: str
    start: int
    end: int
    deadline: bool = False


def sentence_figures(text: str) -> list[SentenceFigure]:
    """In reading order. Full-width digits and signs count as their plain ones."""
    plain = "".join(n if len(n := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in text)
    head = _HEAD.match(plain)
    begin = head.end() if head else 0
    days = [m.span() for m in _DAY.finditer(plain)]
    found = [
        SentenceFigure(
            f"{_direction(plain, m.start())}{_SPACED.sub('', m.group())}",
            m.start(),
            m.end(),
            any(a <= m.start() and m.end() <= b for a, b in days),
        )
        for m in _NUMBER.finditer(plain, begin)
    ]
    found += [SentenceFigure(m.group(), m.start(), m.end()) for m in _WORD.finditer(plain)]
    return sorted(found, key=lambda one: one.start)


def _direction(text: str, start: int) -> str:
    """The last direction word before a number in its clause, at most eight signs off, no number between."""
    before = text[max(0, start - 8) : start]
    cut = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    cut = max([cut, *(m.end() for m in re.finditer(r"\d", before))])
    words = _DIRECTION.findall(before[cut:])
    return words[-1] if words else ""
