"""The masthead of a paper: kind, title, number, issuer and date, where the paper or its file name says so.

Pure. What is not recognised stays empty; a person fills it in. Kinds: speech | minutes | table | notice |
note, "" where neither title nor file name tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from wenpan.documents.orders.paper_day import WrittenDay, written_day
from wenpan.documents.words.characters import same_length

_KINDS = (
    ("table", re.compile(r"任务分解|任务清单|分工方案|责任分解|责任清单|分工表|工作台账|任务表")),
    ("minutes", re.compile(r"纪要|会议记录")),
    ("note", re.compile(r"批示")),
    ("speech", re.compile(r"讲话|发言|致辞")),
    ("notice", re.compile(r"通知|意见|方案|通报|办法|决定|要点|函")),
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[\[(〔【（]\s*20\d\d\s*[\])〕】）]\s*第?\s*\d{1,4}\s*号|(?:20\d\d年)?第\s*\d{1,3}\s*期|[\[(〔（]20\d\d[\])〕）]\s*\d{1,4}\s*号"
)
_DATE = re.compile(r"(20\d\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")
_ISSUER = re.compile(r"[\u4e00-\u9fff]{2,24}(?:政府|办公室|委员会|党委|区委|县委|局|办|部|中心|指挥部|专班)$")
_SPEAKER = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,12}(?:书记|[区县市]长|主任|局长|常委|部长)[\s、，,]*)+[\u4e00-\u9fff*]{0,4}$"
)
_ABOUT = re.compile(r"^([\u4e00-\u9fff]{2,20}?(?:政府|办公室|委员会|局|办))关于")
_TITLE_END = re.compile(r"(?:讲话|纪要|通知|方案|意见|清单|分解表|要点|通报|批示|台账)$")
_YEAR = re.compile(r"(20\d\d)年?第")
_BEGINS = re.compile(r"(\d{1,2})月(\d{1,2})日")
_PACKED_ASIDE = re.compile(r"[(（]20\d{6}[)）]")
_ORDERS = re.compile(
    r"日(?:之|以)?[前内]|^(?:[一二三四五六七八九十]+、|\d+[.、]|\([一二三四五六七八九十\d]+\))|[要须]|完成|负责"
)
_TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".csv"})
_STOPS = re.compile(r"[。；！？;]")
_HEAD, _TAIL, _SHORT = 12, 8, 34


@dataclass(frozen=True)
class PaperHead:
    kind: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    dated: date | None = None
    doubt: str = ""  # why the day that is written is none


def recognise(paragraphs: Sequence[str], filename: str = "") -> PaperHead:
    """Read off the first and last lines, and off the file name where they are silent."""
    stem = PurePath(filename).stem
    head = [line.strip() for line in paragraphs[:_HEAD]]
    short = [line for line in head if len(line) <= _SHORT]
    tail = [line.strip() for line in paragraphs[-_TAIL:] if len(line.strip()) <= _SHORT]
    title = _title(head)
    if PurePath(filename).suffix.lower() in _TABLES and not _TITLE_END.search(title):
        title = ""  # the first row of a table is a matter, no title
    title = title or _PACKED_ASIDE.sub("", stem)
    day = _written([*short, *reversed(tail)]) or written_day(stem) or _held_on(head) or WrittenDay()
    return PaperHead(
        kind=_kind(title, stem, filename),
        title=title[:200],
        number=next((m.group(0).replace(" ", "") for m in map(_NUMBER.search, [*short, stem]) if m), "")[:60],
        issuer=_issuer(title, head, tail)[:80],
        dated=day.day,
        doubt=day.doubt,
    )


def _written(lines: Sequence[str]) -> WrittenDay | None:
    """A line that gives the paper's day: alone, in brackets, behind the issuer; never one that orders."""
    plain = ((line, written_day(line)) for line in lines)
    return next((day for line, day in plain if day and not _ORDERS.search(same_length(line))), None)


def _held_on(head: Sequence[str]) -> WrittenDay | None:
    """Minutes: `（2022年第16次）` and, where the text begins, `8月22日，区政府召开…`."""
    known = next((m for m in map(_YEAR.search, map(same_length, head[:4])) if m), None)
    day = next((m for m in map(_BEGINS.match, map(same_length, head)) if m), None)
    return written_day(f"{known[1]}年{day[0]}") if known and day else None


def _kind(title: str, stem: str, filename: str) -> str:
    for words in (title[-8:], title, stem):
        for kind, pattern in _KINDS:
            if pattern.search(words):
                return kind
    return "table" if PurePath(filename).suffix.lower() in _TABLES else ""


def _title(head: Sequence[str]) -> str:
    """The first line that is no number, date, name or red masthead, and the short line that ends it."""
    for i, line in enumerate(head):
        if not _may_be_title(line):
            if _STOPS.search(line):
                return ""  # the text has begun
            continue
        following = head[i + 1] if i + 1 < len(head) else ""
        if not _TITLE_END.search(line) and _TITLE_END.search(following) and len(following) <= 30:
            return line + following
        return line
    return ""


def _may_be_title(line: str) -> bool:
    if not 4 <= len(line) <= 60 or _STOPS.search(line) or line.endswith(("：", ":", "文件")):
        return False
    if re.match(r"^[一二三四五六七八九十]+、|^[(（]", line):
        return False
    left = _NUMBER.sub("", line)
    return (
        bool(left.strip())
        and not _SPEAKER.match(line)
        and not _DATE.fullmatch(same_length(line).strip("() "))
    )


def _issuer(title: str, head: Sequence[str], tail: Sequence[str]) -> str:
    if m := _ABOUT.match(title):
        return m[1]
    for line in head[1:6]:
        if _SPEAKER.match(line):
            return re.sub(r"\s+", " ", line)
    return next((line for line in reversed(tail) if _ISSUER.fullmatch(line)), "")
