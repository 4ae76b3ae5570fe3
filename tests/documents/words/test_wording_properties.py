"""For every pair of figures: no sentence contradicts its sign, and a pencil gives the same difference."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wenpan.documents.words import analysis_phrases
from wenpan.economy.figures.quantities import printed_value

growths = st.floats(-150, 300, allow_nan=False).map(lambda x: round(x, 3))
comparisons = st.sampled_from([">=", "<="])
NUMBER = re.compile(r"\d+\.\d+")


def numbers(words: str) -> list[Decimal]:
    return [Decimal(n) for n in NUMBER.findall(words)]


@given(growths)
def test_a_fall_is_never_a_growth(value):
    words = analysis_phrases.growth(value)
    figure = printed_value(value)
    assert "-" not in words
    assert words.startswith("增长") == (figure > 0)
    assert words.startswith("下降") == (figure < 0)


@given(growths, growths)
def test_a_turn_fits_the_two_printed_growths(now, before):
    words = analysis_phrases.turn(now, before)
    a, b = printed_value(now), printed_value(before)
    assert "-" not in words
    assert [abs(a - b)] == (numbers(words) or [Decimal("0.0")])
    assert ("由负转正" in words) == (b < 0 < a)
    assert ("由正转负" in words) == (a < 0 < b)
    assert ("收窄" in words) == (b < a < 0)
    assert ("扩大" in words) == (a < b < 0)
    assert ("加快" in words) == (0 < b < a)


@given(growths, growths)
def test_a_comparison_adds_up_to_the_printed_figures(value, city):
    words = analysis_phrases.against(value, city)
    sign = 1 if words.startswith("高于") else -1 if words.startswith("低于") else 0
    size = (numbers(words) or [Decimal(0)])[0]
    assert printed_value(city) + sign * size == printed_value(value)


@given(growths, growths, comparisons)
def test_a_target_and_its_distance_add_up_to_the_figure(actual, target, comparison):
    words = analysis_phrases.against_target(actual, target, comparison, "city")
    assert "-" not in words
    sign = {"高于": 1, "未达": 1, "低于": -1, "优于": -1}.get(words[:2], 0)
    assert printed_value(target) + sign * (numbers(words)[-1] if sign else 0) == printed_value(actual)


@given(growths, comparisons)
def test_a_negative_need_is_never_worded_as_growth(value, comparison):
    words = analysis_phrases.needed_growth(value, "后三个月", comparison)
    assert "-" not in words
    if printed_value(value) < 0:
        assert "增长" not in words
        assert "增速" not in words


@given(growths, growths)
def test_a_range_names_both_ends_without_a_minus(low, high):
    low, high = sorted((low, high))
    words = analysis_phrases.spread(low, high)
    assert "-" not in words
    ends = {abs(printed_value(low)), abs(printed_value(high))} - {Decimal("0.0")}
    assert set(numbers(words)) == ends or printed_value(low) == printed_value(high) == 0


@given(st.floats(0, 1))
def test_a_chance_is_never_certain_nor_impossible(probability):
    words = analysis_phrases.chance(probability, ((0.5, "把握较大"), (0, "难度较大")))
    percent = int(re.search(r"(\d+)%", words)[1])
    assert 5 <= percent <= 95
