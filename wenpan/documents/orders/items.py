"""Items of a document: a paragraph with the notes of responsibility that belong to it.

Pure. Works on text of one width (`chinese.same_length`). A note stands on lines of its own below
(`牵头单位:…`), in a bracket behind a measure, or at the paragraph's end. Headings tell where nothing is
ordered (指导思想, 存在问题, 工作目标); a line that is only a unit and a colon is the addressee.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from wenpan.documents.orders.units import responsibility
from wenpan.documents.words.sentences import without_number

_ALL_LABELS = "|".join(responsibility.LABELS.values())
_NUMBER = r"(?:\([一二三四五六七八九十]{1,3}\)|\(?\d{1,2}[.、)])?"
_LABEL_LINE = re.compile(rf"^\s*{_NUMBER}\s*[(\[【]?\s*(?:整改|具体|落实)?(?:{_ALL_LABELS})(?:为)?[::]")
_LABEL_INLINE = re.compile(rf"(?<=[。;,、\s])\s*(?:{_ALL_LABELS})(?:为)?:")
_QUIET = re.compile(
    r"指导思想|总体要求|基本原则|(?:总体|主要|工作)目标$|目标任务$|存在(?:的)?(?:主要)?问题|(?:总体|基本|主要)情况|进展情况|工作回顾|主要成效"
)
_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))")
_BELOW = re.compile(r"^\s*\([一二三四五六七八九十]+\)")
_MEASURE = re.compile(r"^\s*(?:整改|具体|工作)?措施[::]")
_PROBLEM = re.compile(
    r"[^。\n]{0,4}(?:[(\d一二三四五六七八九十)]{1,4}[.、])?\s*(?:问题|存在问题|(?:关于|针对)[“\"])"
)
_ANSWER = re.compile(r"^\s*整改(?:要求|措施|意见|建议)[::]\s*(?=.*(?:由|负责))")
_ORDERED = re.compile(r"要(?![求素件点])|须|务必|由|负责|牵头|安排|[前底内](?:完成|报|提交|拨付)")
_NUMBERED = re.compile(r"^\s*(?:[一二三四五六七八九十]+|\(?\d{1,2}\)?)[、.)]")
_NOTED = re.compile(r"\(((?:牵头|责任|整改责任)单位:[^()\n]*)\)\s*。?$")
_DETAIL = re.compile(
    rf"^\s*{_NUMBER}\s*(?:项目内容|建设内容|工作内容|资金(?:筹措|来源)|任务分解|建设规模)[^:。]{{0,8}}:"
)
_ABOUT = re.compile(r"^\s*[\u4e00-\u9fff]{0,4}(?:范围|频率|方式|口径|对象|依据|格式):")
# (二)集中整治阶段(6月10日-9月5日), 第一阶段:动员部署(5月)
_PHASE = re.compile(
    rf"^\s*(?:[一二三四五六七八九十]+、|{_NUMBER}|第[一二三四五六七八]+阶段[:,、。]?)\s*[^。;:()]{{0,16}}[:,、]?\s*"
    r"\((?:时间[:为]?)?[^()。]{0,14}\d{1,2}月[^()。]*\)[:。]?\s*$"
)
_LEVELS = tuple(
    re.compile(rf"^\s*{mark}")
    for mark in (
        r"[一二三四五六七八九十]+、",
        r"(?:\([一二三四五六七八九十]+\)|第[一二三四五六七八]+阶段)",
        r"\d{1,2}[.、](?!\d)",
        r"\(?\d{1,2}\)",
    )
)
_ADDRESSEE = re.compile(r"^\s*([\u4e00-\u9fff*、]{2,40}):\s*$")

_NOT_READ = re.compile(
    r"^\s*(?:联系人|联系电话|联系方式|电子邮箱|附件|附:|抄送|报送:|主持人|记录人|参会人员|参加人员|出席|列席|会议(?:时间|地点))[^,。]{0,4}[::\d]"
    r"|^\s*[\u4e00-\u9fff]{2,20}(?:办公室|办公厅|政府|委员会|局|办)\s*\d{4}年\d{1,2}月\d{1,2}日(?:印发)?\s*$"
)


@dataclass(frozen=True)
class Item:
    """A stretch that is read as a whole; `note` holds its label lines."""

    start: int
    end: int
    note: str = ""
    quiet: bool = False  # under a heading of aims, principles, problems
    addressee: str = ""
    heading: str = ""  # the heading above, when it is no sentence: perhaps a unit
    phase: tuple[int, int] | None = None  # where the heading stands whose days hold for all below it
    told_from: int = 0  # where the answer to the fault begins that stands before it


@dataclass
class _Stretch:
    """The paragraph that is being read, and the label lines below it so far. `at` None: no paragraph yet."""

    plain: str
    at: tuple[int, int] | None = None
    notes: list[str] = field(default_factory=list)
    told_from: int = 0

    def above(self, words: re.Pattern[str]) -> bool:
        return self.at is not None and words.match(self.plain[slice(*self.at)]) is not None

    def is_fault(self) -> bool:
        """A numbered line that orders nothing: `1、南塘桥护栏破损。`"""
        return self.above(_NUMBERED) and self.at is not None and not _ORDERED.search(self.plain, *self.at)

    def noted(self) -> re.Match[str] | None:
        return _NOTED.search(self.plain, *self.at) if self.at is not None else None


class LineForm(NamedTuple):
    """What a line is to the paragraph above it.

    `does`: "note" it belongs to it, "measure" it takes its place with the unit that was named, "answer" it
    follows a fault and tells somebody, "part" it is a
    part of it that is not read, "nothing" it is not read. `example`: lines that make one item, of which the
    last but for "nothing" is this form; `reads`: the item's words and its note.
    """

    name: str
    example: str
    reads: tuple[str, str]
    does: str
    is_one: Callable[[str, _Stretch], bool]


LINE_FORMS = (
    LineForm(
        "a note of who does it",
        "加强河道巡查。\n牵头单位:县水利局",
        ("加强河道巡查。", "牵头单位:县水利局"),
        "note",
        lambda line, s: s.at is not None and bool(_LABEL_LINE.match(line)),
    ),
    LineForm(
        "the measure below a problem that names its unit in a bracket",
        "问题1.河道巡查不到位(责任单位:县水利局)\n整改措施:每周巡查一次。",
        ("整改措施:每周巡查一次。", "责任单位:县水利局"),
        "measure",
        lambda line, s: not s.notes and bool(_MEASURE.match(line)) and s.noted() is not None,
    ),
    LineForm(
        "what a numbered heading is about",
        "\n\n一、开展抽样调查\n统计范围:全部规模以上企业",
        ("一、开展抽样调查", ""),
        "part",
        lambda line, s: bool(_ABOUT.match(line)) and s.above(_HEADING),
    ),
    LineForm(
        "a detail below the unit",
        "建设污水管网。\n责任单位:县住建局\n建设内容:新建管网三公里",
        ("建设污水管网。", "责任单位:县住建局"),
        "part",
        lambda line, s: s.at is not None and bool(s.notes) and bool(_DETAIL.match(line)),
    ),
    LineForm(
        "the measure below a problem and its unit",
        "问题:河道巡查不到位\n责任单位:县水利局\n整改措施:每周巡查一次。",
        ("整改措施:每周巡查一次。", "责任单位:县水利局"),
        "measure",
        lambda line, s: bool(s.notes) and bool(_MEASURE.match(line)) and s.above(_PROBLEM),
    ),
    LineForm(
        "the answer to a fault that names its unit",
        "1、南塘桥护栏破损。\n整改要求:由县住建局负责修复。",
        ("1、南塘桥护栏破损。\n整改要求:由县住建局负责修复。", ""),
        "answer",
        lambda line, s: not s.notes and not s.told_from and s.is_fault() and bool(_ANSWER.match(line)),
    ),
    LineForm(
        "a label without its matter",
        "牵头单位:县水利局\n加强河道巡查。",
        ("加强河道巡查。", ""),
        "nothing",
        lambda line, s: s.at is None and bool(_LABEL_LINE.match(line)) and not _MEASURE.match(line),
    ),
)


def _level(line: str) -> int:
    """How deep a numbered line stands: 一、 0, (一) 1, 1. 2, (1) 3; text without a number is below all."""
    return next((depth for depth, mark in enumerate(_LEVELS) if mark.match(line)), len(_LEVELS))


def items(plain: str) -> Iterator[Item]:
    read, phase, deep = _Stretch(plain), None, 0
    quiet, above, addressee, heading, position = False, False, "", "", 0
    for line in plain.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not line.strip() or _NOT_READ.match(line):
            continue
        if form := next((one for one in LINE_FORMS if one.is_one(line, read)), None):
            _take(form, line, (start, end), read)
            continue
        if read.at:
            yield Item(*read.at, "\n".join(read.notes), quiet, addressee, heading, phase, read.told_from)
        if phase and _level(line) <= deep:
            phase = None
        if _PHASE.match(line):
            phase, deep = (start, end), _level(line)
        if m := _ADDRESSEE.match(line):
            addressee, read.at, read.told_from = m[1], None, 0
            continue
        if _HEADING.match(line):
            first = line[without_number(line, 0, len(line)) :].split("。")[0]
            heading = first.strip(" :") if len(first) < 20 and "。" not in line else ""
            told = len(first) < 20 and bool(_QUIET.search(first.strip(" :,")))
            above = above if _BELOW.match(line) else told  # (一) below 二、存在问题 stays quiet
            quiet = told or (above and len(first) < 20)
        read.at, read.notes, read.told_from = (start, end), [], 0
    if read.at:
        yield Item(*read.at, "\n".join(read.notes), quiet, addressee, heading, phase, read.told_from)


def _take(form: LineForm, line: str, at: tuple[int, int], read: _Stretch) -> None:
    if form.does == "note":
        read.notes.append(_unwrapped(re.sub(rf"^\s*{_NUMBER}\s*", "", line).strip()))
    elif form.does == "answer" and read.at and (m := _ANSWER.match(line)):
        read.at, read.told_from = (read.at[0], at[1]), at[0] + m.end()
    elif form.does == "measure":
        if not read.notes and (m := read.noted()):
            read.notes = [m[1]]
        read.at = at


def _unwrapped(line: str) -> str:
    """`(责任单位:…)` without its bracket; `责任单位:各县(市、区)` keeps it."""
    if line[:1] in "([【":
        line = line[1:-1] if line[-1:] in ")]】" else line[1:]
    return line.strip()


def brackets(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Outermost brackets ( [ 【 as (position of the opening, position after the closing)."""
    depth, opened = 0, 0
    for i in range(start, end):
        if plain[i] in "([【":
            opened = opened if depth else i
            depth += 1
        elif plain[i] in ")]】" and depth:
            depth -= 1
            if not depth:
                yield opened, i + 1


def inline_note(plain: str, start: int, end: int) -> int | None:
    """Where `责任单位:…` begins behind the measure in the same paragraph."""
    m = _LABEL_INLINE.search(plain, start, end)
    return m.start() if m and m.start() - start > 4 else None
