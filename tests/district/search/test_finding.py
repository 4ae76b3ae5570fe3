"""What is found, and how well: exact on two characters, by pinyin and initials, the name first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.search.finding import LONGEST, MOST_WORDS, SearchWords, score, sounds


@pytest.mark.parametrize(
    ("typed", "texts", "points"),
    [
        ("商务局", ("商务局",), 100),
        ("商务", ("商务局",), 80),
        ("务局", ("商务局",), 60),
        ("安禾", ("商务局", "安禾区商务局"), 30),
        ("商局", ("商务局",), 0),  # not side by side
        ("swj", ("商务局",), 80),
        ("sw", ("商务局",), 60),
        ("shangwu", ("商务局",), 60),
        ("wuju", ("商务局",), 40),
        ("s", ("商务局",), 0),  # one letter is no sound
        ("SWJ", ("商务局",), 80),
        ("ｓｗｊ", ("商务局",), 80),
        ("桐溪 恒泽", ("桐溪恒泽云栖里",), 60),
        ("桐溪 云谷", ("桐溪恒泽云栖里",), 0),
        ("2022-0015", ("供地", "2022-0015"), 30),
        ("", ("商务局",), 0),
        ("   ", ("商务局",), 0),
    ],
)
def test_how_well(typed, texts, points):
    assert score(SearchWords.of(typed), *texts) == points


def test_sounds_are_whole_and_initials():
    assert sounds("桐溪镇") == ("tongxizhen", "txz")


@given(st.text(max_size=200))
def test_what_is_typed_is_bounded_and_never_breaks(text):
    typed = SearchWords.of(text)
    assert len(typed.words) <= MOST_WORDS
    assert all(typed.words) and sum(map(len, typed.words)) <= LONGEST * 18
    assert 0 <= score(typed, "固定资产投资", text) <= 100


@given(st.text(alphabet="甲乙丙丁", min_size=2, max_size=6), st.data())
def test_any_two_characters_of_a_name_find_it_and_others_do_not(name, data):
    at = data.draw(st.integers(0, len(name) - 2))
    assert score(SearchWords.of(name[at : at + 2]), name) >= 60
    assert score(SearchWords.of("戊" + name[at]), name) == 0
