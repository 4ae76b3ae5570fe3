"""Items of a document: a paragraph with the notes of responsibility that belong to it.

Pure. Works on text of one width (`chinese.same_length`). A note stands on lines of its own below
(`牵头单位:…`), in a bracket behind a measure, or at the paragraph's end. Headings tell where nothing is
ordered (指导思想, 存在问题, 工作目标); a line that is only a unit and a colon is the addressee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_NOTED = re.compile(r"\(((?:牵头|责任|整改责任)单位:[^()\n]*)\)\s*。?$")
_DETAIL = re.compile(
    rf"^\s*{_NUMBER}\s*(?:项目内容|建设内容|工作内容|资金(?:筹措|来源)|任务分解|建设规模)[^:。]{{0,8}}:"
)
_ABOUT = re.compile(r"^\s*[\u4e00-\u9fff]{0,4}(?:范围|频率|方式|口径|对象|依据|格式):")
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


def items(plain: str) -> Iterator[Item]:
    pending: tuple[int, int] | None = None
    notes: list[str] = []
    quiet, above, addressee, heading, position = False, False, "", "", 0
    for line in plain.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not line.strip() or _NOT_READ.match(line):
            continue
        if pending and _LABEL_LINE.match(line):
            notes.append(_unwrapped(re.sub(rf"^\s*{_NUMBER}\s*", "", line).strip()))
            continue
        if pending and not notes and _MEASURE.match(line) and (m := _NOTED.search(plain, *pending)):
            pending, notes = (start, end), [m[1]]  # 问题…(责任单位:甲), then the measure that is ordered
            continue
        if pending and _ABOUT.match(line) and _HEADING.match(plain[slice(*pending)]):
            continue  # 统计范围:…, 调查频率:… below a numbered heading
        if pending and notes and _DETAIL.match(line):
            continue  # 责任单位:…, 项目内容:…, 完成时限:… below one heading
        if pending and notes and _MEASURE.match(line) and _PROBLEM.match(plain, *pending):
            pending = (start, end)  # 问题, then its unit and limit, then the measure that they belong to
            continue
        if not pending and _LABEL_LINE.match(line) and not _MEASURE.match(line):
            continue  # a label without its matter
        if pending:
            yield Item(*pending, "\n".join(notes), quiet, addressee, heading)
        if m := _ADDRESSEE.match(line):
            addressee, pending = m[1], None
            continue
        if _HEADING.match(line):
            first = line[without_number(line, 0, len(line)) :].split("。")[0]
            heading = first.strip(" :") if len(first) < 20 and "。" not in line else ""
            told = len(first) < 20 and bool(_QUIET.search(first.strip(" :,")))
            above = above if _BELOW.match(line) else told  # (一) below 二、存在问题 stays quiet
            quiet = told or (above and len(first) < 20)
        pending, notes = (start, end), []
    if pending:
        yield Item(*pending, "\n".join(notes), quiet, addressee, heading)


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
