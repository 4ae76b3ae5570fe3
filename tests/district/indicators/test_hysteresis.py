"""A light turns worse at once, better only when the numbers stay better, and keeps its first warning."""

from __future__ import annotations

import pytest

from wenpan.district.indicators.hysteresis import held_light

CASES = [
    ("the first month shows what the numbers say", [], "GREEN", "GREEN"),
    ("worse shows at once", ["GREEN"], "RED", "RED"),
    ("better once is held", ["RED"], "GREEN", "RED"),
    ("better twice in a row is shown", ["RED", "GREEN"], "GREEN", "GREEN"),
    ("a step up and a step back never shows green", ["RED", "GREEN", "RED"], "GREEN", "RED"),
    ("a figure that is missing is said at once", ["GREEN"], "UNKNOWN", "UNKNOWN"),
]


@pytest.mark.parametrize(("before", "fresh", "shown"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_light_turns_better_only_after_two_better_periods(before, fresh, shown):
    past = [(f"2022-{i + 2:02d}", light) for i, light in enumerate(before)]
    assert held_light(fresh, "2022-09", past, hold=2).light == shown


def test_a_held_light_says_so():
    kept = held_light("GREEN", "2022-03", [("2022-02", "RED")], hold=2)
    assert (kept.periods, kept.better) == (2, 1)
    kept = held_light("RED", "2022-03", [("2022-02", "RED")], hold=2)
    assert (kept.periods, kept.better) == (0, 0)


def test_a_rule_of_three_counts_the_better_periods_so_far():
    kept = held_light("GREEN", "2022-04", [("2022-02", "RED"), ("2022-03", "GREEN")], hold=3)
    assert (kept.light, kept.periods, kept.better) == ("RED", 3, 2)


def test_a_place_that_sets_one_period_turns_at_once():
    assert held_light("GREEN", "2022-03", [("2022-02", "RED")], hold=1).light == "GREEN"


def test_the_first_warning_of_the_year_is_kept_after_the_light_recovers():
    past = [("2022-02", "GREEN"), ("2022-03", "YELLOW"), ("2022-04", "GREEN"), ("2022-05", "GREEN")]
    assert held_light("GREEN", "2022-06", past, hold=2).first_warned == "2022-03"


def test_a_quarter_judged_again_each_month_counts_once():
    past = [("2022-Q1", "RED"), ("2022-Q2", "GREEN"), ("2022-Q2", "GREEN")]
    assert held_light("GREEN", "2022-Q2", past, hold=2).light == "RED"
