"""Joint chances: exact where misses have nothing in common, wider counts where they come together."""

import numpy as np
import polars as pl
import pytest

from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.forecast.joint import (
    joint_chance,
    normal_scores,
    togetherness,
    year_end_places,
)
from wenpan.economy.forecast.year_end import LEVELS, YearEnd
from wenpan.economy.time.periods import Month

P = np.array([0.9, 0.7, 0.5, 0.2])
FLOORS = np.ones(4, dtype=bool)
APART = np.tile(np.array([[0.2, 0.8, 0.2, 0.8]]), (4, 10))[:, :40].copy()
APART[1::2] = 1 - APART[1::2]
TOGETHER = np.tile(np.array([[0.1, 0.9]]), (4, 10))


def test_the_counts_are_a_distribution_and_its_mean_is_the_sum_of_the_chances():
    for ranks in (APART, TOGETHER):
        joint = joint_chance(P, ranks, FLOORS)
        assert joint.at_least[0] == pytest.approx(1)
        assert np.all(np.diff(joint.at_least) <= 1e-12)
        assert joint.at_least[1:].sum() == pytest.approx(joint.expected, abs=0.01)


def test_misses_that_come_together_make_extremes_likelier():
    together, apart = joint_chance(P, TOGETHER, FLOORS), joint_chance(P, APART, FLOORS)
    assert together.together > 0.5 > apart.together
    assert together.all_met > np.prod(P) and together.at_least[1] < apart.at_least[1]


def test_without_a_record_nearly_the_product_and_it_says_that_nothing_stands_behind_it():
    joint = joint_chance(P, np.full((4, 8), np.nan), FLOORS)
    assert joint.years == 0
    assert np.prod(P) <= joint.all_met < np.prod(P) + 0.05


def test_a_ceiling_turns_its_ranks_around():
    floors = np.array([True, True, True, False])
    turned = TOGETHER.copy()
    turned[3] = 1 - turned[3]
    assert joint_chance(P, turned, floors).all_met == pytest.approx(joint_chance(P, TOGETHER, FLOORS).all_met)


def test_the_push_that_helps_most_is_at_the_least_likely_target_here():
    joint = joint_chance(P, APART, FLOORS)
    assert int(joint.if_met.argmax()) == 3 and joint.if_met[3] > joint.all_met


def test_a_target_without_a_probability_is_refused():
    with pytest.raises(ValueError, match="without a probability"):
        joint_chance(np.array([0.5, np.nan]), TOGETHER[:2], FLOORS[:2])


def test_one_target_alone_is_its_own_chance():
    joint = joint_chance(P[:1], TOGETHER[:1], FLOORS[:1])
    assert joint.all_met == pytest.approx(0.9, abs=1e-3) and joint.years == 0


def test_togetherness_needs_two_in_the_same_year():
    scores = normal_scores(np.array([[0.9, np.nan], [np.nan, 0.1]]), np.ones(2, dtype=bool))
    assert togetherness(scores, 0.1) == (0.1, 0)


def quantiles(*middle):
    q = np.array([np.full(len(LEVELS), m) + np.linspace(-1, 1, len(LEVELS)) for m in middle])
    n = len(middle)
    zeros = np.zeros(n)
    left = np.zeros((n, 13))
    frame = pl.DataFrame({"region": [str(i) for i in range(n)]})
    return YearEnd(frame, LEVELS, q, [""] * n, Month(2022, 9), zeros.astype(np.int64), zeros, left, left)


def test_places_are_a_distribution_for_every_region_and_every_place():
    places = year_end_places(quantiles(5.0, 4.5, 4.0), np.arange(3))
    assert places.chance.sum(0) == pytest.approx(np.ones(3)) and places.chance.sum(1) == pytest.approx(
        np.ones(3)
    )
    assert places.not_last()[0] > places.not_last()[2] and places.first_third()[0] > 0.5


def test_where_less_is_better_the_order_turns():
    up = year_end_places(quantiles(9.0, 1.0), np.arange(2)).chance
    down = year_end_places(quantiles(9.0, 1.0), np.arange(2), more_is_better=False).chance
    assert up[0, 0] == pytest.approx(1) and down[0, 0] == pytest.approx(0)


def test_a_region_without_a_forecast_has_no_place_and_takes_none():
    places = year_end_places(quantiles(5.0, np.nan, 1.0), np.arange(3))
    assert np.isnan(places.chance[1]).all() and places.not_last()[0] == pytest.approx(1)
    assert places.not_last()[2] == pytest.approx(0)


def test_ranks_of_earlier_years_come_with_the_forecast_and_are_levels():
    rng = np.random.default_rng(5)
    rows = []
    for r in range(5):
        for y in range(2012, 2021):
            total = np.cumsum(100 * 1.05 ** (y - 2012) * np.exp(rng.normal(0, 0.08, 12)))
            rows += [
                (f"r{r}", "x", f"{y}-{m:02d}", "ytd", "natural", total[m - 1], None) for m in range(2, 13)
            ]
    names = {"region": pl.String, "indicator": pl.String, "period": pl.String, "measure": pl.String}
    frame = pl.DataFrame(
        rows, schema={**names, "basis": pl.String, "value": pl.Float64, "released": pl.Date}, orient="row"
    )
    wanted = pl.DataFrame([(f"r{r}", "x", "ytd_growth", "natural") for r in range(5)],
                          schema=["region", "indicator", "measure", "basis"], orient="row")  # fmt: skip
    end = forecast_year_end(frame, indicators={}, as_of=Month(2020, 6), wanted=wanted)
    seen = end.ranks[np.isfinite(end.ranks)]
    assert len(seen) >= 20 and seen.min() >= 0.01 and seen.max() <= 0.99
    assert np.isfinite(end.ranks[:, -1]).all()
