"""Month-end estimates beside what came out: signed, by direction, and against carrying the last figure on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.quality.estimates import (
    LEAST,
    EstimateOutcome,
    ReleasedFigure,
    UnitEstimate,
    interval,
    outcomes,
    record_of,
)

RELEASED = {
    "2022-07": ReleasedFigure(10.0, date(2022, 8, 15)),
    "2022-08": ReleasedFigure(12.0, date(2022, 9, 15)),
    "2022-09": ReleasedFigure(11.0, date(2022, 10, 15)),
}


def test_the_error_is_signed_and_stands_beside_the_last_figure_known_then():
    """Made on 25 August for August: 13 where 12 came, while July's 10 was known: +1 against −2, direction
    right."""
    (found,) = outcomes([UnitEstimate("2022-08", date(2022, 8, 25), 13.0)], RELEASED)
    assert (found.error, found.naive_error, found.direction_right) == (1.0, -2.0, True)


def test_only_the_last_estimate_before_the_release_counts():
    made = [UnitEstimate("2022-08", date(2022, 8, day), value) for day, value in ((20, 9.0), (30, 12.5))]
    made += [
        UnitEstimate("2022-08", date(2022, 9, 15), 12.0),
        UnitEstimate("2022-08", date(2022, 9, 16), 12.0),
    ]
    (found,) = outcomes(made, RELEASED)
    assert (found.made_on, found.error) == (date(2022, 8, 30), 0.5)
    (eve,) = outcomes([UnitEstimate("2022-08", date(2022, 9, 14), 12.2)], RELEASED)
    assert eve.error == pytest.approx(0.2)


def test_what_was_not_yet_released_is_no_base_for_naive():
    """On 14 August July is not out: nothing to carry on. On 15 August it is."""
    (before,) = outcomes([UnitEstimate("2022-08", date(2022, 8, 14), 12.0)], RELEASED)
    assert (before.naive_error, before.direction_right) == (None, None)
    (on_the_day,) = outcomes([UnitEstimate("2022-08", date(2022, 8, 15), 12.0)], RELEASED)
    assert on_the_day.naive_error == -2.0


def test_an_estimate_without_a_release_waits():
    assert outcomes([UnitEstimate("2022-10", date(2022, 10, 25), 12.0)], RELEASED) == []


def test_a_wrong_direction_and_no_opinion_are_not_right():
    for value, right in ((12.5, False), (12.0, False), (11.5, True)):
        (found,) = outcomes([UnitEstimate("2022-09", date(2022, 9, 25), value)], RELEASED)
        assert found.direction_right is right


def test_the_record_says_how_often_the_estimate_was_better_than_carrying_on():
    made = [
        UnitEstimate("2022-08", date(2022, 8, 25), 13.0),
        UnitEstimate("2022-09", date(2022, 9, 25), 13.0),
    ]
    record = record_of(outcomes(made, RELEASED))
    assert (record.mean_error, record.mean_absolute, record.naive_absolute) == (1.5, 1.5, 1.5)
    assert record.better == 0.5
    assert record.right_direction == (1, 2)
    empty = record_of([])
    assert (empty.mean_error, empty.better, empty.right_direction) == (None, None, (0, 0))


def past(errors: list[float]) -> list[EstimateOutcome]:
    return [EstimateOutcome("2022-01", date(2022, 1, 1), e, 0.0, e, None, None) for e in errors]


def test_five_estimates_give_no_interval_and_six_do():
    errors = [-1.0, 0.0, 1.0, 2.0, 3.0, 4.0]
    assert interval(100.0, past(errors[: LEAST - 1])) is None
    assert interval(100.0, past(errors)) == (96.0, 101.0), "too high by 4 before: it may come out at 96"


@given(st.lists(st.floats(-100, 100), min_size=20, max_size=60))
def test_the_interval_holds_four_fifths_of_the_past(errors: list[float]):
    found = interval(0.0, past(errors))
    assert found is not None
    low, high = found
    assert low <= high
    assert sum(low <= -error <= high for error in errors) >= 0.75 * len(errors)
