"""Where an item names who is responsible: places of a note, each with an example. Pure.

The places are asked in this order. One may end the item (nothing of it is left to read) or leave a rest that
the next is asked about; what no place takes is read sentence by sentence (`propose`). A test reads every
example.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from wenpan.documents.orders import bulletins
from wenpan.documents.orders.items import brackets, inline_note
from wenpan.documents.orders.units import responsibility
from wenpan.documents.orders.units.clauses import is_role_sentence
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.documents.orders.whole_paper import GLOBAL
from wenpan.documents.words.sentences import without_number

_GROUP_IN_BRACKETS = re.compile(r"(?:乡?镇|乡|街道?|园区|开发区|社区|场|县|市|区|旗|村|单位|部门|企业|、)+")


class NotedPart(NamedTuple):
    """A measure and the note of who does it."""

    start: int
    end: int
    note: str


class NotesFound(NamedTuple):
    parts: tuple[NotedPart, ...]
    rest: int | None  # from where the item is still to be read; None where all of it is


class NotePlace(NamedTuple):
    """`find(plain, start, end, known)`: None where the note stands elsewhere. `reads`: of the example."""

    name: str
    example: str
    reads: tuple[tuple[str, str], ...]  # measure, note
    find: Callable[[str, int, int, Gazetteer], NotesFound | None]


def _in_front(plain: str, start: int, end: int, known: Gazetteer) -> NotesFound | None:
    begin = without_number(plain, start, end)
    for a, b in brackets(plain, begin, end):
        if a == begin and responsibility.is_bare(plain[a + 1 : b - 1], known) and end - b > 4:
            return NotesFound((NotedPart(b, end, plain[a + 1 : b - 1]),), None)
        break
    return None


def _behind(plain: str, start: int, end: int, known: Gazetteer) -> NotesFound:
    """Each measure up to its note; behind a topic the decision follows its note."""
    cursor, parts = start, list[NotedPart]()
    for a, b in brackets(plain, start, end):
        note = GLOBAL.split(plain[a + 1 : b - 1])[0]  # 责任单位:甲。以下均需各县区落实
        told = responsibility.is_note(note, known) and not _explains(plain[cursor:a], note, known)
        if told and a - cursor > 3 and _is_topic(plain[cursor:a]) and end - b > 8:
            decided = bulletins.without_feedback(plain, cursor, end)[1]
            return NotesFound((*parts, NotedPart(cursor, decided, note)), None)
        if told and a - cursor > 3:
            parts.append(NotedPart(cursor, a, note))
            cursor = b
    while cursor < end and plain[cursor] in "。;,. ":
        cursor += 1
    return NotesFound(tuple(parts), cursor)


def _labelled(plain: str, start: int, end: int, known: Gazetteer) -> NotesFound | None:
    if (cut := inline_note(plain, start, end)) is None:
        return None
    return NotesFound((NotedPart(start, cut, plain[cut:end].strip(" ,;。")),), None)


def _last_sentence(plain: str, start: int, end: int, known: Gazetteer) -> NotesFound | None:
    last = plain.rfind("。", start, end - 1) + 1
    words = plain[last:end].strip(" 。")
    if last - start <= 5 or not is_role_sentence(words, known):
        return None
    return NotesFound((NotedPart(start, last, words),), None)


PLACES = (
    NotePlace(
        "a unit in brackets in front",
        "【县公安局】11月底前完成路口整治。",
        (("11月底前完成路口整治。", "县公安局"),),
        _in_front,
    ),
    NotePlace(
        "brackets behind each measure",
        "完成管网改造(责任单位:县住建局);开通公交专线(责任单位:县交通局)。",
        (("完成管网改造", "责任单位:县住建局"), (";开通公交专线", "责任单位:县交通局")),
        _behind,
    ),
    NotePlace(
        "a label behind the measure",
        "完成老旧小区改造12个,责任单位:县住建局。",
        (("完成老旧小区改造12个,", "责任单位:县住建局"),),
        _labelled,
    ),
    NotePlace(
        "the last sentence",
        "年底前建成城东停车场。由县城管局负责落实。",
        (("年底前建成城东停车场。", "由县城管局负责落实"),),
        _last_sentence,
    ),
)


def _is_topic(words: str) -> bool:
    """`关于城东停车场(县城管局)。会议明确…`: only what a decision is about; the decision follows."""
    said = re.sub(r"^\s*(?:[\d一二三四五六七八九十()]+[.、)]*)?\s*", "", words)
    return len(said) <= 30 and bool(re.match(r"关于|对于|针对", said)) and not re.search(r"[,。;]", said)


def _explains(before: str, note: str, known: Gazetteer) -> bool:
    """`领导小组办公室(区商务局)`: only a name behind a name, no note."""
    if _GROUP_IN_BRACKETS.fullmatch(note):
        return True  # 各县市区(园区), 县直部门(单位)
    return bool(
        re.search(r"(?:室|局|办|专班|组|中心|委|部|站|会|单位|政府|门)$", before)
    ) and responsibility.is_bare(note, known)
