"""Growth printed by the quarter: past differences beside the model, the latest quarter, and one decimal."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.forecast.past_differences import (
    TOP,
    beside_past_differences,
    held_to_past_differences,
    pooled,
)
from wenpan.economy.forecast.scenario import AnnualForecast
from wenpan.economy.forecast.year_end import LEVELS, at_print
from wenpan.economy.time.periods import Month

QUARTERLY = {"gdp": Indicator("gdp", "地区生产总值", frequency="quarterly")}
FRAME = ["region", "indicator", "period", "measure", "basis", "value"]
FIRST, YEARS, REGIONS = 2010, 11, 8


def printed(growth):
    rows = [
        (f"r{r}", "gdp", f"{FIRST + y}-Q{q + 1}", "ytd_growth", "natural", float(growth[r, y, q]))
        for r, y, q in np.ndindex(growth.shape)
    ]
    return pl.DataFrame(rows, schema=FRAME, orient="row")


def office(seed=3):
    """The year a few tenths from its first three quarters, one decimal."""
    rng = np.random.default_rng(seed)
    year = 10 - 0.4 * np.arange(YEARS) + rng.normal(0, 0.6, (REGIONS, YEARS))
    off = rng.normal(0, 1, (REGIONS, YEARS, 3)) * np.array([0.6, 0.3, 0.15])
    return np.round(np.concatenate([year[:, :, None] + off, year[:, :, None]], axis=2), 1)


def forecast(frame, year, quarter, measure="ytd_growth"):
    wanted = pl.DataFrame(
        [(f"r{r}", "gdp", measure, "natural") for r in range(REGIONS)],
        schema=["region", "indicator", "measure", "basis"],
        orient="row",
    )
    return forecast_year_end(frame, indicators=QUARTERLY, as_of=Month(year, 3 * quarter), wanted=wanted)


A = np.tile(np.linspace(-2.0, 2.0, len(LEVELS)), (2, 1))


def test_a_pool_lies_between_its_parts_and_is_one_of_them_at_the_ends():
    b = A + 3
    assert np.array_equal(pooled(A, b, np.zeros(2)), A)
    assert np.allclose(pooled(A, b, np.ones(2)), b)
    half = pooled(A, b, np.full(2, 0.5))
    assert np.all(half >= A - 1e-9) and np.all(half <= b + 1e-9) and np.all(np.diff(half, axis=1) >= 0)


def test_a_part_that_has_one_value_only_keeps_its_step():
    half = pooled(A, np.zeros_like(A), np.full(2, 0.5))
    assert (np.abs(half[0]) < 1e-9).sum() > len(LEVELS) / 3


def beside(off, ordinary=1.0):
    """The pool and the model alone, if growth so far is 0, the model says 1, and past years ended at off."""
    z = np.concatenate([off, np.full((len(off), 1), np.nan)], axis=1)
    centre, scale = np.ones_like(z), np.full_like(z, 0.5)
    quantiles = 1 + A[:1].repeat(len(off), axis=0) * 0.1
    out = beside_past_differences(
        quantiles, centre, np.zeros_like(z), z, scale, np.zeros(len(off), dtype=np.int64),
        ordinary=np.full(len(off), ordinary),
    )  # fmt: skip
    return out, quantiles


def test_past_differences_that_told_the_year_are_listened_to():
    rng = np.random.default_rng(1)
    out, model = beside(rng.normal(0, 0.1, (12, 8)))
    assert 0 < (out < 0.5).mean() <= TOP + 0.05 and not np.allclose(out, model)


def test_one_year_of_a_break_does_not_bury_them():
    rng = np.random.default_rng(1)
    off = rng.normal(0, 0.1, (12, 8))
    quiet, _ = beside(off)
    off[:, 4] = 9.0
    out, _ = beside(off)
    assert abs((out < 0.5).mean() - (quiet < 0.5).mean()) < 0.1


def test_in_a_year_wholly_unlike_others_they_say_nothing():
    out, model = beside(np.random.default_rng(1).normal(0, 0.1, (12, 8)), ordinary=0.0)
    assert np.array_equal(out, model)


def test_past_differences_that_are_worse_than_the_model_hardly_count():
    rng = np.random.default_rng(1)
    out, model = beside(1 + rng.normal(0, 0.02, (12, 8)) + np.array([3, -3] * 4))
    assert np.abs(out - model)[:, 8:15].max() < 0.1


def test_what_turned_within_the_year_is_seen_in_the_latest_quarter():
    rng = np.random.default_rng(4)
    path = np.cumsum(rng.normal(0, 1.5, (REGIONS, YEARS, 4)), axis=2)  # of single quarters
    single = 8 + path
    growth = np.round(np.cumsum(single, axis=2) / np.arange(1, 5), 1)
    frame = printed(growth)
    ours, carried = [], []
    for year in (2017, 2018, 2019, 2020):
        came = growth[:, year - FIRST, 3]
        ours.append(np.abs(forecast(frame, year, 3).p(0.5) - came).mean())
        carried.append(np.abs(growth[:, year - FIRST, 2] - came).mean())
    assert np.mean(ours) < 0.9 * np.mean(carried)


@settings(max_examples=20, deadline=None)
@given(year=st.integers(2015, 2020), quarter=st.integers(1, 3), seed=st.integers(0, 999))
def test_no_quarter_after_the_origin_changes_the_forecast(year, quarter, seed):
    frame = printed(office())
    as_of = f"{year}-Q{quarter}"
    later = frame["period"] > as_of
    noise = pl.Series(np.random.default_rng(seed).normal(0, 20, frame.height))
    changed = frame.with_columns(value=pl.when(later).then(noise).otherwise("value"))
    a, b = forecast(frame, year, quarter), forecast(changed, year, quarter)
    assert np.array_equal(a.quantiles, b.quantiles) and np.array_equal(a.grain, b.grain)


@pytest.mark.parametrize(
    ("value", "grain", "at_least", "exact"),
    [(8.0, 0.1, True, 7.95), (7.96, 0.1, True, 7.95), (8.0, 0.1, False, 8.05), (8.04, 0.1, False, 8.05),
     (8.0, 0.0, True, 8.0), (-0.1, 0.1, True, -0.15)],
)  # fmt: skip
def test_a_target_is_met_by_what_is_printed_as_it(value, grain, at_least, exact):
    assert float(at_print(np.float64(value), np.float64(grain), at_least)) == pytest.approx(exact)


def test_growth_with_one_decimal_says_so_and_exact_growth_does_not():
    growth = office()
    end = forecast(printed(growth), 2020, 2)
    assert np.all(end.grain == 0.1)
    assert np.all(forecast(printed(growth + 0.0123), 2020, 2).grain == 0)
    at = end.p(0.5)
    target = np.round(at, 1)
    p = end.probability([">="] * REGIONS, target)
    assert np.allclose(p, end.probability([">="] * REGIONS, target - 0.04))
    assert np.all(p > end.probability([">="] * REGIONS, target + 0.1))


def test_meeting_a_target_as_printed_and_staying_below_it_leave_nothing_over():
    end = forecast(printed(office()), 2020, 2)
    target = np.round(end.p(0.5), 1)
    met = end.probability([">="] * REGIONS, target)
    below = end.probability(["<="] * REGIONS, target - 0.1)
    assert np.allclose(met + below, 1)


def test_what_is_kept_for_the_slider_gives_the_same_chance():
    end = forecast(printed(office()), 2020, 2)
    target = float(np.round(end.p(0.5)[0], 1))
    kept = AnnualForecast(quantiles=tuple(end.quantiles[0]), grain=float(end.grain[0]))
    said = end.probability([">="] * REGIONS, np.full(REGIONS, target))[0]
    assert kept.probability(">=", target) == pytest.approx(said, abs=1e-6)


def test_with_three_years_of_record_it_stays_near_the_growth_so_far():
    """Growth printed by the quarter is carried on until years have shown that something else is better."""
    errors = {"ours": [], "carried": []}
    for seed in range(6):
        growth = office(seed)[:, -4:]
        rows = printed(growth)
        for quarter in (1, 2, 3):
            came = growth[:, 3, 3]
            errors["ours"].append(np.abs(forecast(rows, FIRST + 3, quarter).p(0.5) - came).mean())
            errors["carried"].append(np.abs(growth[:, 3, quarter - 1] - came).mean())
    assert np.mean(errors["ours"]) <= 1.2 * np.mean(errors["carried"])


def held(median, now, last, off):
    growth = np.full((2, 6, 4), np.nan)
    growth[:, :-1, 3], growth[:, :-1, 2] = last, last - np.asarray(off)
    growth[:, -1, 2] = now
    path = 1 + (np.linspace(-1, 1, len(LEVELS)) + median)[None] / 100
    out, said = held_to_past_differences(path, growth, 3, np.zeros(2, dtype=np.int64), np.array([1]))
    return 100 * (out[0, len(LEVELS) // 2] - 1), bool(said[0])


def test_a_year_that_no_past_difference_explains_is_held_back_and_it_is_said():
    """6.7 % after the third quarter of a region whose year never lay more than .3 off is no 1.74 %."""
    assert held(1.74, 6.7, 7.0, [0.3, -0.2, 0.1, 0.2, -0.1]) == (pytest.approx(6.1), True)
    assert held(11.0, 6.7, 7.0, [0.3, -0.2, 0.1, 0.2, -0.1]) == (pytest.approx(7.6), True)


def test_what_lies_on_the_way_to_last_years_growth_is_left_as_it_is():
    off = [0.3, -0.2, 0.1, 0.2, -0.1]
    assert held(4.0, -2.0, 7.0, off) == (pytest.approx(4.0), False)  # a year that stopped and began again
    assert held(1.74, np.nan, 7.0, off) == (pytest.approx(1.74), False)  # nothing printed to go by
    assert held(1.74, 6.7, 7.0, [np.nan] * 3 + off[:2]) == (pytest.approx(1.74), False)  # 4 differences
