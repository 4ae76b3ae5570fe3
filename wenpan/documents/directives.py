"""Directives: from the paragraphs of a speech, minutes or a task list to proposed matters.

Pure, by rules, without a network. Each proposal carries the words it comes from and how sure we
are; a person confirms, edits or drops every one before anything is issued. Nothing is invented:
no unit named gives an empty lead. What counts as a matter follows the clerk's rules
(domain brief §10): one per action with a unit or a deadline of its own; a numbered item with one
bracketed note of responsibility stays whole, and a sentence inside it that names another unit is a
further one; exhortation, progress and past results are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wenpan.documents import deadlines, roles
from wenpan.documents.actors import Clause, clauses
from wenpan.documents.chinese import same_length
from wenpan.documents.deadlines import Deadline
from wenpan.documents.exhortation import is_exhortation, is_report
from wenpan.documents.roles import Roles
from wenpan.documents.units import Gazetteer
from wenpan.economy.calendars import Calendar


@dataclass(frozen=True)
class Proposal:
    """One proposed matter. `span` are positions in the joined text (paragraphs with newlines)."""

    text: str
    lead: str
    coop: tuple[str, ...]
    deadline: date | None
    deadline_text: str
    recurrence: str
    span: tuple[int, int]
    confidence: float
    questions: tuple[str, ...] = ()  # what the clerk must ask: 未写明责任单位 …


@dataclass(frozen=True)
class _Item:
    """A stretch of text that is read as a whole, with the note that belongs to it."""

    start: int
    end: int
    note: str = ""


_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、]|\(\d+\)|第[一二三四五六七八九十]+[,、]|[①-⑳]|[-•●])\s*"
)
_INLINE_NUMBER = re.compile(r"(?:[一二三四五六七八九十]是(?:要)?|第[一二三四五六七八九十],|首先,|其次,)")
_LABEL_LINE = re.compile(rf"^\s*[(]?(?:{'|'.join(roles.LABELS.values())})(?:为)?[::]")
_GLOBAL = re.compile(
    r"(?:以下|以上|上述)[^,。]{0,12}?均需?(?:由)?(?P<names>[^,。]{2,20}?)(?:落实|负责|配合|参与)"
)


def propose(
    paragraphs: Sequence[str], *, on: date, calendar: Calendar, gazetteer: Gazetteer | None = None
) -> list[Proposal]:
    """The matters that a document orders, in its order. `on` is the document's date."""
    known = gazetteer or Gazetteer()
    text = "\n".join(paragraphs)
    plain = same_length(text)
    found = [p for item in _items(plain) for p in _read(text, plain, item, on, calendar, known)]
    return _with_global(plain, _distinct(found))


def _items(plain: str) -> Iterator[_Item]:
    """Paragraphs, with the label lines that follow them (牵头单位: … on its own line)."""
    pending: tuple[int, int] | None = None
    notes: list[str] = []
    position = 0
    for line in plain.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not line.strip():
            continue
        if pending and _LABEL_LINE.match(line):
            notes.append(line.strip(" ()"))
            continue
        if pending:
            yield _Item(*pending, note="\n".join(notes))
        pending, notes = (start, end), []
    if pending:
        yield _Item(*pending, note="\n".join(notes))


def _brackets(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Balanced outermost brackets as (position of the opening, position after the closing)."""
    depth, opened = 0, 0
    for i in range(start, end):
        if plain[i] == "(":
            opened = opened if depth else i
            depth += 1
        elif plain[i] == ")" and depth:
            depth -= 1
            if not depth:
                yield opened, i + 1


def _read(
    text: str, plain: str, item: _Item, on: date, calendar: Calendar, known: Gazetteer
) -> Iterator[Proposal]:
    notes = [(a, b) for a, b in _brackets(plain, item.start, item.end) if roles.is_note(plain[a + 1 : b - 1])]
    if item.note:
        yield from _noted(text, plain, item.start, item.end, item.note, on, calendar, known)
        return
    cursor = item.start
    for a, b in notes:
        yield from _noted(text, plain, cursor, a, plain[a + 1 : b - 1], on, calendar, known)
        cursor = b
        while cursor < item.end and plain[cursor] in "。;,. ":
            cursor += 1
    yield from _free(text, plain, cursor, item.end, on, calendar, known)


def _noted(
    text: str, plain: str, start: int, end: int, note: str, on: date, calendar: Calendar, known: Gazetteer
) -> Iterator[Proposal]:
    """A measure with its note of responsibility, and sentences in it that name other units."""
    start, end = _trim(plain, start, end)
    given = roles.note(note)
    limits = deadlines.find(note, on=on, calendar=calendar)
    body = deadlines.find(plain[start:end], on=on, calendar=calendar)
    head = _heading_end(plain, start, end)
    others = [
        c for c in clauses(plain, head, end, known) if c.roles.lead and c.strong and not _same(c.roles, given)
    ]
    own = [d for d in body if not any(c.start <= start + d.start < c.end for c in others)]
    yield _proposal(text, (start, end), given, _best([*limits, *own]), 0.95 if given.lead else 0.7)
    for clause in others:
        yield from _of_clause(text, plain, clause, on, calendar)


def _heading_end(plain: str, start: int, end: int) -> int:
    """Where a short bold heading sentence ends: `强化监测预警。由…` starts reading after it."""
    stop = plain.find("。", start, end)
    return stop + 1 if 0 <= stop - start <= 20 else start


def _same(found: Roles, given: Roles) -> bool:
    mine, theirs = set(found.lead), set(given.lead) | set(given.coop)
    return any(a in b or b in a for a in mine for b in theirs)


def _free(
    text: str, plain: str, start: int, end: int, on: date, calendar: Calendar, known: Gazetteer
) -> Iterator[Proposal]:
    for clause in clauses(plain, start, end, known):
        yield from _of_clause(text, plain, clause, on, calendar)


def _of_clause(text: str, plain: str, clause: Clause, on: date, calendar: Calendar) -> Iterator[Proposal]:
    start, end = _trim(plain, clause.start, clause.end)
    words = plain[start:end]
    if len(words) < 6 or is_report(words):
        return
    limit = _best(deadlines.find(words, on=on, calendar=calendar))
    if limit is None and (not clause.roles.lead or is_exhortation(words, clause.roles)):
        return
    if not clause.roles.lead and not clause.orders:
        return
    confidence = 0.5 + 0.25 * bool(clause.roles.lead) + 0.1 * clause.strong + 0.1 * (limit is not None)
    yield _proposal(text, (start, end), clause.roles, limit, round(confidence, 2))


def _best(found: Sequence[Deadline]) -> Deadline | None:
    """The first date; else the first recurrence or event."""
    dated = [d for d in found if d.date]
    return next(iter(dated or found), None)


def _proposal(
    text: str, span: tuple[int, int], who: Roles, limit: Deadline | None, confidence: float
) -> Proposal:
    questions = [] if who.lead else ["未写明责任单位"]
    if limit is None:
        questions.append("未写明时限")
    return Proposal(
        text=text[span[0] : span[1]],
        lead=who.lead_text,
        coop=who.coop,
        deadline=limit.date if limit else None,
        deadline_text=limit.text if limit else "",
        recurrence=limit.recurrence if limit else "",
        span=span,
        confidence=confidence,
        questions=tuple(questions),
    )


def _trim(plain: str, start: int, end: int) -> tuple[int, int]:
    """Without numbering in front and punctuation at the ends."""
    while True:
        before = start
        while start < end and plain[start] in " 。;,、\n\t":
            start += 1
        for pattern in (_NUMBERED, _INLINE_NUMBER):
            if m := pattern.match(plain[start:end]):
                start += m.end()
        if start == before:
            break
    while end > start and plain[end - 1] in " ;,、\n\t":
        end -= 1
    return start, end


def _distinct(found: list[Proposal]) -> list[Proposal]:
    seen: dict[tuple[int, int], Proposal] = {}
    for proposal in found:
        seen.setdefault(proposal.span, proposal)
    return sorted(seen.values(), key=lambda p: p.span)


def _with_global(plain: str, found: list[Proposal]) -> list[Proposal]:
    """`以下均需各县区落实` adds these units to every matter after it (before it, for 以上)."""
    clause = _GLOBAL.search(plain)
    if not clause:
        return found
    names = tuple(roles.note(clause["names"] + "配合").coop)
    back = clause.group(0).startswith(("以上", "上述"))
    result = []
    for p in found:
        if p.span[0] <= clause.start() < p.span[1]:
            continue
        applies = (p.span[0] < clause.start()) == back
        result.append(replace(p, coop=(*p.coop, *names)) if applies else p)
    return result
