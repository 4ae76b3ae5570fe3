"""Deadlines in official Chinese: the words, and the date they mean for a document of a given day.

Pure. `find` reads "10月底前", "每周五下班前", "3个工作日内", "收到通知后5日内", "春节前", "7—9月". A
deadline is a date, a recurrence (`weekly:5`, `monthly:5,20`, …) or an event whose day is not known.
尽快, 抓紧, 适时 are no deadlines and are not found. 2月30日, 周八, 25时 are found as `impossible`, without
a day. A month or day without a year is the next one to come after the document's date; an explicit date
is taken as it stands, also in the past. The forms stand in `limits.patterns`, each with an example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from wenpan.documents.orders import no_such_day
from wenpan.documents.orders.limits.patterns import PATTERNS
from wenpan.documents.orders.limits.readers import IMPOSSIBLE, Found
from wenpan.documents.orders.no_such_day import NoSuchDayError
from wenpan.documents.words.characters import NUMBER, number, same_length
from wenpan.documents.words.days import ALL_THE_TIME
from wenpan.documents.words.needed import may_match, needed
from wenpan.economy.time.calendars import Calendar


@dataclass(frozen=True)
class Deadline:
    """One deadline as written. `date` is None for recurrences, events and what no calendar has."""

    text: str
    start: int
    end: int
    kind: str  # date | recurring | event | impossible
    date: date | None = None
    recurrence: str = ""
    estimated: bool = False  # the day depends on holidays that are not published yet
    aside: bool = False  # inside brackets: 每季度末(分别在6月、9月和12月底)


def _told_month(before: str, on: date) -> date:
    """10月上旬完成排查, 次月5日前报送: the first day of the month that a sentence names last; else `on`."""
    named = re.findall(rf"({NUMBER})月(?!度)", same_length(before))
    month = number(named[-1]) if named else 0
    if not 1 <= month <= 12:
        return on
    return date(on.year if month >= on.month else on.year + 1, month, 1)


_RULES = tuple((pattern.words, pattern.read) for pattern in PATTERNS)
_COMPILED = tuple((needed(pattern), re.compile(pattern), reader) for pattern, reader in _RULES)


def find(text: str, *, on: date, calendar: Calendar, before: str = "") -> list[Deadline]:
    """All deadlines of a passage in order; the longest reading wins where two overlap.

    `on` is the document's date. Positions are those of `text`. `before` is what its sentence says before it:
    the month after (次月) is counted from the month that it names last.
    """
    plain = same_length(text)
    held = set(plain)
    found: list[Deadline] = []
    for characters, pattern, reader in _COMPILED:
        if not may_match(characters, held):
            continue
        for m in pattern.finditer(plain):
            if m.end() == m.start() or m.group(0).endswith("的") or _in_title(plain, m.start()):
                continue  # 每季度的形象进度 is no limit, nor are the years of 《…(2017-2019年)》
            end = no_such_day.hour_after(plain, m.end())
            try:
                wrong = no_such_day.named_in(plain[m.start() : end])
                base = on
                if m.groupdict().get("mw") == "次月":
                    base = _told_month(re.split(r"[。;\n]", plain[: m.start()])[-1], _told_month(before, on))
                result = IMPOSSIBLE if wrong else reader(m, base, calendar)
            except NoSuchDayError:
                result = IMPOSSIBLE
            except (ValueError, KeyError):
                continue  # no date at all
            if result:
                found.append(_deadline(text, plain, (m.start(), end), result))
    return _listed(text, _without_overlaps(found))


_ALL_THE_TIME = re.compile(rf"(?:^|[;,、])\s*(?P<words>{ALL_THE_TIME})(?:完成)?\s*$")


def in_note(note: str, *, on: date, calendar: Calendar) -> list[Deadline]:
    """The limits of a note of responsibility, also `(责任单位:甲;持续推进)` without a label."""
    found = find(note, on=on, calendar=calendar)
    if not found and (m := _ALL_THE_TIME.search(same_length(note))):
        found = [Deadline(note[slice(*m.span("words"))], *m.span("words"), "event")]
    return found


# 每季度末(分别在6月、9月和12月底), 每月28日(首次为5月29日)之前
_SEVERALLY = re.compile(r"\((?:分别|首次|本次|第一次)[^()]{2,30}\)(?:之前|以前|前)?")


def _listed(text: str, found: list[Deadline]) -> list[Deadline]:
    """`每周五下班前、每月25日前`, `每季度末(分别在6月、9月和12月底)`: one limit in parts."""
    plain, joined = same_length(text), list[Deadline]()
    for one in found:
        last = joined[-1] if joined else None
        between = plain[last.end : one.start] if last else ""
        if last and last.kind == one.kind == "recurring" and between in ("、", "和", "及", "与"):
            joined[-1] = replace(last, text=text[last.start : one.end], end=one.end)
        elif not (last and one.end <= last.end):
            m = _SEVERALLY.match(plain, one.end) if one.kind == "recurring" else None
            end = m.end() if m else one.end
            joined.append(replace(one, text=text[one.start : end], end=end))
    return joined


def _deadline(text: str, plain: str, span: tuple[int, int], result: Found) -> Deadline:
    kind, day, recurrence, estimated = result
    start, end = span
    return Deadline(text[start:end], start, end, kind, day, recurrence, estimated, _in_brackets(plain, start))


def _in_brackets(plain: str, at: int) -> bool:
    before = plain[plain.rfind("\n", 0, at) + 1 : at]
    return before.count("(") > before.count(")")


def _in_title(plain: str, at: int) -> bool:
    before = plain[plain.rfind("\n", 0, at) + 1 : at]
    return before.count("《") > before.count("》")


def _without_overlaps(found: list[Deadline]) -> list[Deadline]:
    kept: list[Deadline] = []
    for candidate in sorted(found, key=lambda d: (-(d.end - d.start), d.start, d.kind == "impossible")):
        if all(candidate.end <= k.start or candidate.start >= k.end for k in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda d: d.start)
