"""What followed a closure is described beside like ones, with n; too few are not described."""

from __future__ import annotations

from math import comb
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenpan.economy.judging.after_closure import (
    ClosureRules,
    FollowedSeries,
    MatchedCase,
    describe,
    first_of_each,
    interval,
    match,
)

BUSY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine
RULES = ClosureRules(periods=3, least_cases=6, least_likes=2, level=0.95, like=("group", "light"))
LIKE = {"group": "工业", "light": "RED"}
numbers = st.floats(-50, 50)


def series(subject, *values, start=10, **features):
    return FollowedSeries(subject, start, {**LIKE, **features}, values)


# likeness


def test_like_is_of_the_same_period_and_equal_in_every_named_feature():
    case = series("a", 1.0)
    others = [series("b", 0.0), series("c", 0.0, light="GREEN"), series("d", 0.0, start=11)]
    (matched,) = match([case], [case, *others], RULES, {})
    assert [like.subject for like in matched.likes] == ["b"], (
        "not itself, not another light, not another month"
    )


def test_a_feature_that_is_not_known_is_like_nothing():
    (matched,) = match([series("a", 1.0, light="")], [series("b", 1.0, light="")], RULES, {})
    assert matched.likes == ()


@pytest.mark.parametrize(
    ("span", "like"),
    [((8, 9), True), ((8, 10), False), ((12, 12), False), ((13, 20), False), ((14, 20), True)],
)
def test_what_was_supervised_at_any_time_from_the_closure_to_the_last_period_is_no_like(span, like):
    (matched,) = match([series("a", 1.0)], [series("b", 1.0)], RULES, {"b": [span]})
    assert bool(matched.likes) is like


@pytest.mark.parametrize(("start", "n"), [(10, 1), (13, 1), (14, 2)])
def test_a_second_closure_within_the_watched_periods_is_no_second_case(start, n):
    assert len(first_of_each([series("a", 1.0), series("a", 1.0, start=start)], 3)) == n


# what is said


def six(change=2.0, like=0.5, n=6):
    """n cases that change by so much after one period, each beside two that change by `like`."""
    likes = (series("x", 0.0, like), series("y", 1.0, 1.0 + like))
    return [MatchedCase(series(f"c{i}", 1.0, 1.0 + change), likes) for i in range(n)]


def test_six_cases_are_described_and_five_are_not():
    effect = describe(six(), RULES)[0]
    assert (effect.n, effect.median, effect.like_median, effect.difference) == (6, 2.0, 0.5, 1.5)
    assert (effect.low, effect.high, effect.withheld) == (1.5, 1.5, False)
    few = describe(six(n=5), RULES)[0]
    assert (few.n, few.median, few.difference, few.withheld) == (5, None, None, True)


def test_a_figure_that_is_not_there_yet_is_counted_as_such_and_not_as_no_change():
    effect = describe(six(), RULES)[1]
    assert (effect.n, effect.unknown, effect.withheld) == (0, 6, True)


def test_a_case_with_too_few_likes_is_counted_as_such():
    rows = [*six(), MatchedCase(series("z", 1.0, 9.0), (series("x", 0.0, 0.5),))]
    effect = describe(rows, RULES)[0]
    assert (effect.n, effect.alone, effect.median) == (6, 1, 2.0)


def test_a_like_whose_figure_is_not_known_does_not_count():
    likes = (series("x", 0.0, 1.0), series("y", None, 1.0), series("w", 0.0, None))
    assert MatchedCase(series("a", 0.0, 1.0), likes).like_change(1, 2) is None
    assert MatchedCase(series("a", 0.0, 1.0), likes).like_change(1, 1) == 1.0


@BUSY
@given(st.lists(st.tuples(numbers, numbers), min_size=6, max_size=20), numbers)
def test_a_shift_that_all_share_changes_no_difference(pairs, shift):
    def rows(by):
        return [
            MatchedCase(
                series(f"c{i}", 0.0, own + by), (series("x", 0.0, other + by), series("y", 0.0, other + by))
            )
            for i, (own, other) in enumerate(pairs)
        ]

    plain, shifted = describe(rows(0.0), RULES)[0], describe(rows(shift), RULES)[0]
    assert shifted.difference == pytest.approx(plain.difference, abs=1e-9)
    assert shifted.median == pytest.approx(plain.median + shift, abs=1e-9)


@BUSY
@given(st.lists(st.tuples(numbers, st.one_of(st.none(), numbers)), max_size=20))
def test_every_case_is_counted_once_under_one_head(pairs):
    likes = (series("x", 0.0, 1.0), series("y", 0.0, 2.0))
    rows = [MatchedCase(series(f"c{i}", first, last), likes) for i, (first, last) in enumerate(pairs)]
    for effect in describe(rows, RULES):
        assert effect.n + effect.unknown + effect.alone == len(rows)
        assert effect.withheld == (effect.n < RULES.least_cases)
        assert 0 <= effect.better <= effect.n


# the interval


@pytest.mark.parametrize(("n", "j"), [(5, None), (6, 1), (8, 1), (9, 2), (10, 2), (15, 4), (20, 6), (25, 8)])
def test_the_order_statistics_are_those_of_the_tables_of_the_sign_test(n, j):
    low, high = interval([float(i) for i in range(1, n + 1)], 0.95)
    assert (low, high) == ((None, None) if j is None else (float(j), float(n + 1 - j)))


@BUSY
@given(st.lists(numbers, min_size=1, max_size=40), st.sampled_from([0.8, 0.9, 0.95]))
def test_the_interval_holds_the_median_and_reaches_its_level(values, level):
    low, high = interval(values, level)
    n = len(values)
    if low is None or high is None:
        assert 1 - 2 / 2**n < level
        return
    assert low <= median(values) <= high
    j = next(j for j in range(1, n + 1) if sorted(values)[j - 1] == low)
    assert 1 - 2 * sum(comb(n, i) for i in range(j)) / 2**n >= level - 1e-12
