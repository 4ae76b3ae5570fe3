"""The way over the year, the pace needed and the backward plan, with the sums written out."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.judging.target_probability import MET, MISSED, year_end_of
from wenpan.economy.judging.targets import (
    LINEAR,
    backward_plan,
    divide,
    needed_amount,
    needed_growth,
    schedule_share,
)
from wenpan.economy.time.periods import Month

SEASONAL = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
shares = st.floats(0, 0.99)
rates = st.floats(-80, 80)


def test_the_plain_schedule_is_months_over_twelve():
    assert schedule_share("linear", 9) == 0.75


def test_a_schedule_that_is_not_given_falls_back_to_months():
    assert schedule_share("seasonal", 9) == schedule_share("curve", 9) == 0.75


def test_given_shares_are_the_schedule():
    assert schedule_share("seasonal", 9, seasonal=SEASONAL) == 0.8
    assert schedule_share("curve", 6, curve=SEASONAL) == 0.5


@pytest.mark.parametrize(
    ("share", "target", "so_far", "needed"),
    [(0.6, 5, 2, 9.5), (0.75, 5, 5, 5), (0.75, 0, -3, 9), (0.0, 5, 0, 5), (0.8, 5, 10, -15)],
)
def test_growth_needed_in_the_rest_of_the_year(share, target, so_far, needed):
    """(0.6: (5 − 1.2)/0.4 = 9.5) (0.8: (5 − 8)/0.2 = −15)"""
    assert needed_growth(share, target, so_far) == pytest.approx(needed)


@pytest.mark.parametrize("share", [1.0, 1.2, -0.1])
def test_where_nothing_is_left_there_is_no_pace(share):
    assert math.isnan(needed_growth(share, 5, 3))


@given(shares, rates, rates)
def test_the_pace_that_is_needed_reaches_the_target(share, target, so_far):
    rest = needed_growth(share, target, so_far)
    assert share * so_far + (1 - share) * rest == pytest.approx(target, abs=1e-6)


def test_amounts_needed_per_month():
    assert needed_amount(80, 54, 3) == pytest.approx(26 / 3)
    assert needed_amount(80, 81, 3) == 0
    assert math.isnan(needed_amount(80, 54, 0))


def test_the_backward_plan_of_an_amount():
    """54 of 80 by September; 26 left over 3 equal months: 62.67, 71.33, 80."""
    plan = backward_plan(80, kind="amount", actuals={8: 50, 9: 54})
    september, october, november, december = plan[8:]
    assert (september.past, september.target_ytd, september.actual, september.still_needed) == (
        True,
        60,
        54,
        None,
    )
    assert september.target_month == pytest.approx(60 - 50)
    assert [m.target_ytd for m in (october, november, december)] == pytest.approx(
        [54 + 26 / 3, 54 + 52 / 3, 80]
    )
    assert [m.target_month for m in (october, november, december)] == pytest.approx([26 / 3] * 3)
    assert [m.still_needed for m in (october, november, december)] == pytest.approx([26 / 3, 52 / 3, 26])


def test_the_backward_plan_follows_the_season():
    """From 0.8: 26 · (0.1, 0.15, 0.2)/0.2 = 13, 19.5, 26."""
    plan = backward_plan(80, kind="amount", shares=SEASONAL, actuals={9: 54})
    assert [m.still_needed for m in plan[9:]] == pytest.approx([13, 19.5, 26])


def test_the_backward_plan_of_a_growth():
    """S = 0.8, g = 2: g_rest = (5 − 1.6)/0.2 = 17. October: (0.8·2 + 0.1·17)/0.9 = 3.67; December 5."""
    plan = backward_plan(5, kind="growth", shares=SEASONAL, actuals={9: 2.0})
    assert plan[9].target_ytd == pytest.approx((1.6 + 1.7) / 0.9)
    assert plan[11].target_ytd == pytest.approx(5)
    assert plan[11].still_needed == pytest.approx(3)
    assert all(month.target_month is None for month in plan)


def test_a_plan_before_the_first_figure_is_the_schedule():
    plan = backward_plan(120, kind="amount")
    assert [m.target_ytd for m in plan] == pytest.approx([10 * m for m in range(1, 13)])


def test_a_quarterly_plan_has_four_lines():
    plan = backward_plan(6, kind="growth", actuals={6: 5.0}, months=(3, 6, 9, 12))
    assert [m.month for m in plan] == [3, 6, 9, 12]
    assert plan[-1].target_ytd == pytest.approx(6)


def test_a_missing_figure_is_not_zero_in_a_plan():
    plan = backward_plan(80, kind="amount", actuals={8: 50, 9: None})
    assert plan[8].past is False
    assert plan[8].still_needed == pytest.approx(30 / 4)


@given(
    target=st.floats(-50, 1e6), so_far=st.floats(-50, 1e6), last=st.integers(0, 11),
    kind=st.sampled_from(["amount", "growth"]), shares=st.sampled_from([LINEAR, SEASONAL]),
)  # fmt: skip
def test_every_plan_ends_at_its_target(target, so_far, last, kind, shares):
    actuals = {last: so_far} if last else {}
    plan = backward_plan(target, kind=kind, shares=shares, actuals=actuals)
    assert plan[-1].target_ytd == pytest.approx(target, abs=1e-6)


@pytest.mark.parametrize("wrong", [{"kind": "price"}, {"kind": "amount", "shares": (0.5,) * 12}])
def test_a_plan_without_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="应"):
        backward_plan(5, **wrong)


def test_an_amount_is_divided_over_units_to_the_last_digit():
    """100 in three equal parts: 33.34 + 33.33 + 33.33."""
    parts = divide(100, {"jfj": 1, "swj": 1, "zjj": 1}, actuals={"jfj": 20})
    assert [part.target for part in parts] == [33.34, 33.33, 33.33]
    assert parts[0].still_needed == pytest.approx(13.34)
    assert parts[1].still_needed is None


@given(st.floats(0, 1e6), st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_the_parts_always_add_up(total, weights):
    total = round(total, 2)
    if sum(weights) <= 0:
        with pytest.raises(ValueError, match="分解比例"):
            divide(total, {str(i): w for i, w in enumerate(weights)})
        return
    parts = divide(total, {str(i): w for i, w in enumerate(weights)})
    assert round(sum(part.target for part in parts), 2) == total


def test_negative_shares_are_refused():
    with pytest.raises(ValueError, match="分解比例"):
        divide(100, {"jfj": 2, "swj": -1})


@pytest.mark.parametrize(
    ("comparison", "target", "note"),
    [(">=", 5.0, MET), (">=", 5.1, MISSED), ("<=", 5.1, MET), ("<=", 4.9, MISSED)],
)
def test_a_year_that_is_over_was_met_or_missed_and_has_no_probability(comparison, target, note):
    seen = pl.DataFrame(
        [("a", "gdp", f"2020-{m:02d}", "ytd_growth", "natural", 5.0) for m in range(2, 13)],
        schema=["region", "indicator", "period", "measure", "basis", "value"], orient="row",
    )  # fmt: skip
    row = pl.DataFrame(
        {"region": ["a"], "indicator": ["gdp"], "measure": ["ytd_growth"], "basis": ["natural"],
         "year": [2020], "target": [target], "comparison": [comparison]}
    )  # fmt: skip
    for as_of in (Month(2020, 12), Month(2021, 1)):
        said = year_end_of(seen, row, {}, as_of, None)
        assert said["forecast_note"] == [note] and math.isnan(said["probability"][0])
        assert said["p50"][0] == 5.0
