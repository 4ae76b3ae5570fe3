"""A training's effect is the mean change of the trained units less that of the others, with interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from wenpan.economy.quality.training import LEAST, UnitErrors, effect_of


def unit(trained, before, after, returns=10):
    return UnitErrors("u", trained, before, returns, after, returns)


def test_the_difference_of_the_mean_changes_with_the_arithmetic_written_out():
    # trained: 4→1, 5→2, 3→1 of ten: −30, −30, −20; others: 4→4, 3→4, 5→4: 0, +10, −10
    found = effect_of([unit(True, 4, 1), unit(True, 5, 2), unit(True, 3, 1),
                       unit(False, 4, 4), unit(False, 3, 4), unit(False, 5, 4)])  # fmt: skip
    assert (found.trained, found.others) == (3, 3)
    assert found.change_trained == pytest.approx(-80 / 3)
    assert found.change_others == pytest.approx(0)
    assert found.effect == pytest.approx(-80 / 3)
    assert found.low < found.effect < found.high


def test_units_without_returns_on_a_side_are_left_out_and_counted():
    found = effect_of([UnitErrors("a", True, 0, 0, 1, 10), UnitErrors("b", False, 1, 10, 0, 0)])
    assert (found.trained, found.others, found.left_out, found.effect) == (0, 0, 2, None)


def test_too_few_units_give_no_interval():
    few = [unit(True, 4, n) for n in range(LEAST - 1)] + [unit(False, 4, n) for n in range(9)]
    assert effect_of(few).low is None
    assert effect_of([*few, unit(True, 4, 3)]).low is not None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=3, max_size=8),
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=3, max_size=8),
)
def test_the_interval_is_welchs(mine, theirs):
    units = [unit(True, *pair) for pair in mine] + [unit(False, *pair) for pair in theirs]
    found = effect_of(units)
    a, b = ([u.change for u in units if u.trained is side] for side in (True, False))
    assume(min(np.ptp(a), np.ptp(b)) > 1)
    welch = ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((welch.low, welch.high), abs=1e-6)
