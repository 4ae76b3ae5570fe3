"""A form is tried only where a character stands that it needs; nothing that it would read is lost by it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.directives import calendar, passages
from wenpan.documents.orders import deadlines
from wenpan.documents.orders.limits.patterns import PATTERNS
from wenpan.documents.words.needed import may_match, needed

CALENDAR = calendar()
LETTERS = "年月日号周季前底末每一二十1230.:,、会个内天下本到自从收通知"


@pytest.mark.parametrize(
    "words, characters",
    [
        ("月底", "底"),  # both must stand there: one of them is enough to know it
        ("[日号]前", "前"),
        ("(?:上旬|中旬)", "上中"),
        ("(?:每周)?报", "报"),
        ("(?:每周)+x", "x"),
        ("(?<=限:)[0-3]", ":"),
        (r"\d+", ""),
        ("[^a]", ""),
        ("(?:周|)", ""),
        ("(?!不)要", "要"),
        (r"(?:半年|\d月)", "半月"),
    ],
)
def test_the_characters_are_read_off_the_form(words, characters):
    assert needed(words) == set(characters)


def test_every_form_of_a_limit_sifts():
    assert [pattern.name for pattern in PATTERNS if not needed(pattern.words)] == []


@given(st.sampled_from(PATTERNS), st.text(LETTERS, max_size=12))
def test_what_matches_holds_a_needed_character(pattern, text):
    if re.search(pattern.words, text):
        assert may_match(needed(pattern.words), set(text))


def test_the_limits_of_all_passages_are_those_without_the_sieve(monkeypatch):
    texts = [paragraph for passage in passages() for paragraph in passage.paragraphs]
    sifted = [deadlines.find(text, on=date(2022, 10, 14), calendar=CALENDAR) for text in texts]
    monkeypatch.setattr(deadlines, "may_match", lambda characters, text: True)
    assert sifted == [deadlines.find(text, on=date(2022, 10, 14), calendar=CALENDAR) for text in texts]
    assert sum(map(len, sifted)) > 300
