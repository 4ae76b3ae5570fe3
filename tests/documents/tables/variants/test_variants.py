"""Every kind of fault in many forms: nothing is read wrongly in silence, nothing dropped, most is read right.

The variants are those of benchmarks/table_variants.py; half of the words tuned the reader."""

from __future__ import annotations

import pytest

from benchmarks.table_kinds.case import DROPPED, RIGHT, WRONG
from benchmarks.table_kinds.kinds import KINDS, verdicts

EACH = 5


@pytest.mark.parametrize("aside", [False, True], ids=["tuned", "aside"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_variant_is_read_wrongly_in_silence_and_none_is_dropped(kind, aside):
    found = list(verdicts(kind, EACH, aside))
    bad = [(v.word, v.case.name, v.lines[:2]) for v in found if v.word in (WRONG, DROPPED)]
    assert not bad
    assert sum(v.word == RIGHT for v in found) >= 1


def test_asking_about_everything_is_no_answer_nine_of_ten_are_read_right():
    plain = [k for k in KINDS if k != "K2 fiscal"]  # 旬报: ten days of a month, asked about
    found = [v for kind in plain for v in verdicts(kind, 2, True)]
    assert sum(v.word == RIGHT for v in found) >= 0.9 * len(found)
