"""The paper that directives are read from: its words, its day, its deadlines in their places.

Pure. Positions are those of the joined text; `plain` has its length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from wenpan.documents.orders import deadlines
from wenpan.documents.orders.acceptance import Acceptance
from wenpan.documents.orders.deadlines import Deadline
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.documents.words.characters import same_length
from wenpan.economy.time.calendars import Calendar

_LASTS = re.compile(
    r"(?:(?:缓缴|延长|延期|顺延|执行|保留|有效|暂缓)(?:到|至)|(?:压缩|缩短|压减|控制|限定)(?:到|至|在))$"
)  # 缓缴至年底
_IF_NOT = re.compile(r"(?:仍|还|尚)?(?:未|无|没有|不能)[^,。;]{1,14}的,")  # 6月底前仍无进展的,…
_COUNTED = re.compile(
    r"[\d一二两三四五六七八九十半]+(?:个?工作日|个?自然日|天|日|周|个月|个?小时)(?:之|以)?内"
)
_EVENT = re.compile(r"[^,]{0,4}(?:收到|接到|接报|受理|交办|发现|会议确定)[^,]{0,16}(?:之?后|之日起),")
_SET = re.compile(r"(?:节点|时限|期限)(?:是|为|:|定在|定于)$")
_BARE_DAY = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?(?:(?:至|到|-)(?:\d{4}年)?(?:(\d{1,2})月)?(\d{1,2})日)?"
)
_SLIP = re.compile(r"(?<=\((?:责任|牵头|配合)单位);(?=[\u4e00-\u9fff])")  # typed for a colon
_MOTTO_OF = re.compile(r"[^“”。]{0,30}”的[^,。]{0,6}(?:制度|原则|机制|思路|要求|做法)")
_OFTEN_DONE = re.compile(r"(?:提交|上报|报送|申报|发生|产生|新增|收到|公布)的")
_DESCRIBES = re.compile(r"[^,。;]{1,8}的")


@dataclass(frozen=True)
class ReadPaper:
    """A document's text beside its half-width shape of the same length, its day and the place's units."""

    text: str
    plain: str
    on: date
    calendar: Calendar
    known: Gazetteer
    acceptance: Acceptance | None = None
    _read: dict[tuple[int, int], list[Deadline]] = field(default_factory=dict, compare=False, repr=False)

    def limits(self, start: int, end: int) -> list[Deadline]:
        """Deadlines with positions in the document; a stretch is asked for several times and read once."""
        if (start, end) not in self._read:
            self._read[start, end] = self._limits(start, end)
        return list(self._read[start, end])

    def _limits(self, start: int, end: int) -> list[Deadline]:
        before = max(self.text.rfind(mark, 0, start) for mark in "。；;\n") + 1
        found = deadlines.find(
            self.text[start:end], on=self.on, calendar=self.calendar, before=self.text[before:start]
        )
        placed = [replace(d, start=d.start + start, end=d.end + start) for d in found]
        return [
            self._since(d)
            for d in placed
            if not self._describes(d) and not self._is_quoted(d) and not self._has_gone(d)
        ]

    def _has_gone(self, limit: Deadline) -> bool:
        """`针对10月9日督查出的问题`: a bare day shortly before the paper is told of."""
        if limit.text.startswith("上") and limit.text[1:2] in "周个月":
            return True  # 报送上周建设情况
        if limit.kind != "date" or re.search(r"[前内底末止旬]", limit.text):
            return False
        return has_gone(self.plain[limit.start : limit.end], self.on) and not _SET.search(
            self.plain, max(0, limit.start - 6), limit.start
        )

    def _since(self, limit: Deadline) -> Deadline:
        """`收到受理单之后,承办部门应在3个工作日内…`: counted from an event, so without a day."""
        begun = max(self.plain.rfind(sign, 0, limit.start) for sign in "。!?\n") + 1
        if (
            limit.kind == "date"
            and _COUNTED.fullmatch(limit.text)
            and _EVENT.match(self.plain, begun, limit.start)
        ):
            return replace(limit, kind="event", date=None, estimated=False)
        return limit

    def _is_quoted(self, limit: Deadline) -> bool:
        """`“年初建账、年底交账”的制度`: a motto, no day. A rhythm in quotation marks is meant."""
        line = self.plain[self.plain.rfind("\n", 0, limit.start) + 1 : limit.start]
        if line.count("“") <= line.count("”"):
            return False
        if _MOTTO_OF.match(self.plain, limit.end):
            return True  # “年初建账、逐月查账”的制度
        return (
            self.plain[limit.end : limit.end + 1] != "”" and limit.kind == "date" and "前" not in limit.text
        )

    def _describes(self, limit: Deadline) -> bool:
        """`2022年12月31日前未完成的事项`: a day that is over and describes is no limit."""
        if limit.recurrence and _OFTEN_DONE.match(self.plain, limit.end) and "前" not in limit.text:
            return True  # 对每月提交的申报材料
        over = limit.date is not None and limit.date < self.on
        if _LASTS.search(self.plain, max(0, limit.start - 4), limit.start):
            return True
        return bool(_IF_NOT.match(self.plain, limit.end)) or (
            over and bool(_DESCRIBES.match(self.plain, limit.end))
        )

    def as_written(self, name: str) -> str:
        """A name found in half-width text, with the brackets of the document."""
        at = self.plain.find(name)
        return self.text[at : at + len(name)] if at >= 0 else name

    def codes(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for name in names for code in self.known.resolve(name)))

    def questions(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(q for name in names for q in self.known.questions(name)))


def has_gone(words: str, on: date) -> bool:
    """Do the words begin with a day, or with days to the last of which, of the past four months?"""
    m = _BARE_DAY.match(words)
    if m is None:
        return False
    month, day = (m[4] or m[2], m[5]) if m[5] else (m[2], m[3])
    years = {int(m[1]): 120} if m[1] else {on.year: 120} if m[5] else {on.year: 120, on.year - 1: 45}
    for year, most in years.items():  # 12月28日 in a paper of January is last year's
        try:
            gone = (on - date(year, int(month), int(day))).days
        except ValueError:
            return False
        if 0 <= gone <= most:
            return True
    return False


def plain_of(text: str) -> str:
    """Of one width; the half-width full stop behind a word as 。(`问题.由市…`, not `1.` and not `2.5`)."""
    plain = _SLIP.sub(":", same_length(text))
    return re.sub(r"(?<=[\u4e00-\u9fff)”])(?<![一二三四五六七八九十])\.(?=[\u4e00-\u9fff\s]|$)", "。", plain)
