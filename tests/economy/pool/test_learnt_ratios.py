"""Lessons of earlier years: exact in their arithmetic, drawn to the group above where they are few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.economy.pool.assumptions import Assumptions
from wenpan.economy.pool.learnt_ratios import (
    PastProjects,
    assumed,
    learn,
    mean_capped,
    together,
    variance_capped,
)

GIVEN = Assumptions()
amounts = st.floats(0.1, 1e5)


def lessons(n: int, *, a: float = 0.8, b: float = 0.0, noise: float = 0.0, seed: int = 0) -> PastProjects:
    """Projects that bring a·curve + b·pace, each seen once."""
    rng = np.random.default_rng(seed)
    curve, pace = rng.uniform(50, 150, (2, n))
    outcome = (a * curve + b * pace) * np.exp(noise * rng.normal(size=n))
    return PastProjects(curve, pace, np.full(n, 1000.0), outcome, np.arange(n), np.zeros(n, dtype=np.int64))


def test_many_lessons_give_back_what_made_them() -> None:
    found = learn(lessons(5000, a=0.7, b=0.2), assumed(True, GIVEN), GIVEN)
    assert found.weights == pytest.approx((0.7, 0.2), abs=0.03)  # drawn a little to the half and half
    assert found.scale == pytest.approx(1.0, abs=0.01)
    assert found.count == 5000


def test_a_group_without_lessons_is_as_the_group_above() -> None:
    above = learn(lessons(200), assumed(True, GIVEN), GIVEN)
    found = learn(lessons(0), above, GIVEN)
    assert (found.weights, found.scale, found.doubt) == (above.weights, above.scale, above.doubt)
    assert np.array_equal(found.ratios, above.ratios)
    assert found.count == 0


def test_few_lessons_lie_between_their_own_and_those_above() -> None:
    above = learn(lessons(5000, a=1.0), assumed(True, GIVEN), GIVEN)
    guess = [learn(lessons(n, a=0.4), above, GIVEN) for n in (3, 30, 300)]
    level = [g.weights[0] * g.scale * float(g.ratios.mean()) for g in guess]
    assert 1.0 > level[0] > level[1] > level[2] > 0.4


def test_the_fewer_the_lessons_the_greater_the_doubt() -> None:
    above = assumed(True, GIVEN)
    doubts = [learn(lessons(n, noise=0.5), above, GIVEN).doubt for n in (5, 50, 500, 5000)]
    assert doubts == sorted(doubts, reverse=True)
    assert doubts[0] < GIVEN.scale_sd
    assert doubts[-1] < 0.02


def test_one_project_of_four_years_teaches_the_level_less_than_four_projects() -> None:
    own = [lessons(40, noise=0.6, seed=s) for s in range(4)]
    one = together(own)
    four = PastProjects(one.curve, one.pace, one.remainder, one.outcome, np.arange(160), one.year)
    again = together([own[0]] * 4)
    above = assumed(True, GIVEN)
    assert learn(again, above, GIVEN).doubt > 1.3 * learn(four, above, GIVEN).doubt


def test_projects_that_all_stood_still_are_expected_to_bring_little() -> None:
    still = lessons(300, a=0.0)
    found = learn(still, assumed(False, GIVEN), GIVEN)
    guess = found.guess(still.curve, still.pace, still.remainder)
    assert mean_capped(guess * found.scale, still.remainder, found.ratios).sum() < 0.02 * still.curve.sum()


@settings(max_examples=60, deadline=None)
@given(amounts, amounts, st.lists(st.floats(0, 20), min_size=1, max_size=30))
def test_mean_and_spread_of_a_capped_draw_are_exact(guess: float, left: float, ratios: list[float]) -> None:
    values = np.minimum(guess * np.sort(np.array(ratios)), left)
    one = (np.array([guess]), np.array([left]), np.sort(np.array(ratios)))
    assert mean_capped(*one)[0] == pytest.approx(values.mean(), rel=1e-9, abs=1e-9)
    assert variance_capped(*one)[0] == pytest.approx(values.var(), rel=1e-6, abs=1e-6 * max(left, 1) ** 2)
