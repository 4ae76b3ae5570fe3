"""Every form of a limit is read as its own example says."""

from __future__ import annotations

import re
from datetime import date

import pytest

from wenpan.documents.orders.deadlines import Deadline, find
from wenpan.documents.orders.limits.patterns import PATTERNS, LimitPattern
from wenpan.documents.words.characters import same_length
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

PAPER = date(2023, 10, 20)
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.name)
def test_the_example_is_read_whole_by_its_own_pattern_and_means_what_stands_beside_it(
    pattern: LimitPattern,
) -> None:
    (limit,) = find(pattern.example, on=PAPER, calendar=CALENDAR)
    plain = same_length(pattern.example)
    first = next(p for p in PATTERNS if (limit.start, limit.end) in _spans(p, plain))
    assert (first.name, _meaning(limit)) == (pattern.name, pattern.means)


def test_no_two_patterns_have_one_name() -> None:
    assert len({p.name for p in PATTERNS}) == len(PATTERNS)


def _spans(pattern: LimitPattern, plain: str) -> set[tuple[int, int]]:
    return {m.span() for m in re.finditer(pattern.words, plain)}


def _meaning(limit: Deadline) -> str:
    return limit.date.isoformat() if limit.date else limit.recurrence or limit.kind
