"""The growth so far counts for what it was worth; a year's course comes from the median of years."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.forecast.model import towards_rivals
from wenpan.economy.forecast.panel import chained
from wenpan.economy.forecast.predictors import seasons
from wenpan.economy.forecast.stacking import mixed, simplex, way_back
from wenpan.economy.time.periods import Month

QUARTERLY = {"gdp": Indicator("gdp", "地区生产总值", frequency="quarterly")}
FRAME = ["region", "indicator", "period", "measure", "basis", "value"]
NOBODY = np.zeros(6, dtype=np.int64)


def test_mixtures_are_all_shares_in_quarters():
    shares = simplex(2)
    assert shares.shape == (5, 2) and np.allclose(shares.sum(1), 1)


def test_the_guess_that_was_better_in_earlier_years_decides():
    rng = np.random.default_rng(1)
    came = rng.normal(0, 1, (6, 12))
    guesses = np.stack([came + rng.normal(0, 0.1, came.shape), came + 1.0], axis=2)
    out = mixed(guesses, came, np.ones_like(came), NOBODY, doubt=(0.0, 0.0))
    assert np.abs(out[:, -1] - guesses[:, -1, 0]).max() < 0.02
    first = out[:, 0] - guesses[:, 0].mean(1)
    assert np.abs(first).max() < 1e-9  # no record yet: the middle


def test_what_comes_later_never_changes_a_weight():
    rng = np.random.default_rng(2)
    came = rng.normal(0, 1, (6, 8))
    guesses = rng.normal(0, 1, (6, 8, 2))
    cut = came.copy()
    cut[:, 5:] = np.nan
    task = {"scale": np.ones_like(came), "group": NOBODY, "doubt": (0.0, 3.0)}
    assert np.array_equal(mixed(guesses, came, **task)[:, :6], mixed(guesses, cut, **task)[:, :6])


@pytest.mark.parametrize(
    ("unlike", "share"), [(0, 0), (2, 0), (2.75, 0.25), (3.5, 0.5), (9, 0.5), (np.nan, 0)]
)
def test_the_way_back_begins_at_two_usual_changes_and_is_whole_at_three_and_a_half(unlike, share):
    assert way_back(np.array([unlike]))[0] == pytest.approx(share)


def quarters(growth, levels=None, regions=8, first=2010):
    rows = []
    for r in range(regions):
        for y in range(growth.shape[1]):
            for q in range(4):
                key = (f"r{r}", "gdp", f"{first + y}-Q{q + 1}")
                if np.isfinite(growth[r, y, q]):
                    rows.append((*key, "ytd_growth", "natural", growth[r, y, q]))
                if levels is not None and np.isfinite(levels[r, y, q]):
                    rows.append((*key, "ytd", "natural", levels[r, y, q]))
    return pl.DataFrame(rows, schema=FRAME, orient="row")


def smooth(years=10, regions=8):
    """Growth as an office prints it: the year a few tenths from the first three quarters."""
    rng = np.random.default_rng(3)
    year = np.round(10 - 0.4 * np.arange(years) + rng.normal(0, 0.6, (regions, years)), 1)
    off = rng.normal(0, 1, (regions, years, 3)) * np.array([0.6, 0.3, 0.15])
    return np.round(np.concatenate([year[:, :, None] + off, year[:, :, None]], axis=2), 1)


def revised_levels(growth):
    """Quarters as first printed; the oldest year's total was raised by a third afterwards."""
    share = np.array([0.21, 0.46, 0.72, 1.0])
    out = np.empty_like(growth)
    out[:, 0] = 100 * share
    for y in range(1, growth.shape[1]):
        out[:, y] = out[:, y - 1] * (1 + growth[:, y] / 100)
    out[:, 0, 3] *= 1.35
    return out


def errors(frame, growth, year, first=2010):
    wanted = pl.DataFrame([(f"r{r}", "gdp", "ytd_growth", "natural") for r in range(len(growth))],
                          schema=["region", "indicator", "measure", "basis"], orient="row")  # fmt: skip
    out = []
    for q in (1, 2, 3):
        end = forecast_year_end(frame, indicators=QUARTERLY, as_of=Month(year, 3 * q), wanted=wanted)
        out.append(np.abs(end.p(0.5) - growth[:, year - first, 3]))
    return np.array(out)


@pytest.mark.parametrize("beside", [False, True])
def test_smooth_growth_is_carried_on_whether_or_not_revised_levels_stand_beside_it(beside):
    growth = smooth()
    frame = quarters(growth, revised_levels(growth) if beside else None)
    ours = np.concatenate([errors(frame, growth, y) for y in (2017, 2018, 2019)], axis=1)
    carried = np.concatenate([np.abs(growth[:, y, :3] - growth[:, y, 3:]).T for y in (7, 8, 9)], axis=1)
    assert ours.mean() <= 1.05 * carried.mean()


def test_one_revised_year_does_not_shape_the_years_after_it():
    growth = smooth()
    level = revised_levels(growth)
    published = growth.copy()
    published[:, 0] = np.nan
    curve = np.array([0.25, 0.5, 0.75, 1.0])
    total = chained(level, published, curve, cumulative=True)
    fourth = 1 - total[:, -1, 2] / total[:, -1, 3]
    assert np.abs(fourth - 0.28).max() < 0.05  # the oldest year alone says .47


def test_a_year_of_a_break_is_drawn_back_towards_what_years_were():
    growth = smooth()
    growth[:, -1] += np.array([-13.0, -8.0, -5.5, -4.0])
    ours = errors(quarters(growth), growth, 2019)
    carried = np.abs(growth[:, -1, :3] - growth[:, -1, 3:]).T
    assert ours.mean() <= 0.7 * carried.mean()


def test_a_region_that_breaks_alone_is_not_drawn_back_to_what_its_years_were():
    growth = smooth()
    growth[0, -1] += 5.0
    ours = errors(quarters(growth), growth, 2019)[:, 0]
    assert ours.max() < 0.5  # 1.9 after the first quarter when it was drawn back as if all had started again


def test_an_interval_after_a_year_of_a_break_is_not_many_times_as_wide():
    growth = smooth()
    broken = growth.copy()
    broken[:, 7] += np.array([-13.0, -8.0, -5.5, -4.0])
    broken[:, 8] += np.array([12.0, 6.5, 4.0, 2.0])
    wide = [spread(quarters(g), 2019) for g in (broken, growth)]
    assert np.median(wide[0]) < 3 * np.median(wide[1])  # six times, when that year counted like any other


def spread(frame, year):
    wanted = pl.DataFrame([(f"r{r}", "gdp", "ytd_growth", "natural") for r in range(8)],
                          schema=["region", "indicator", "measure", "basis"], orient="row")  # fmt: skip
    end = forecast_year_end(frame, indicators=QUARTERLY, as_of=Month(year, 6), wanted=wanted)
    return end.p(0.9) - end.p(0.1)


def test_among_its_rivals_a_region_is_drawn_to_their_middle_and_far_off_it_stays():
    own = np.array([[0.00], [0.01], [-0.01], [0.012], [-0.012], [0.3]])
    drawn = towards_rivals(own, NOBODY)
    assert np.abs(drawn[1:5]).max() < 0.5 * np.abs(own[1:5]).max() + 0.002
    assert drawn[5, 0] == pytest.approx(0.3, abs=0.02)


def test_a_region_alone_has_no_rivals_to_be_drawn_to():
    own = np.array([[0.08, np.nan, 0.05]])
    assert np.array_equal(towards_rivals(own, np.zeros(1, dtype=np.int64)), own, equal_nan=True)


def until_november():
    rng = np.random.default_rng(4)
    rows = []
    for r in range(6):
        for y in range(2012, 2020):
            total = np.cumsum(100 * 1.05 ** (y - 2012) * np.exp(rng.normal(0, 0.05, 12)))
            last = 11
            for m in range(2, last + 1):
                rows.append((f"r{r}", "wind", f"{y}-{m:02d}", "ytd", "natural", total[m - 1]))
    return pl.DataFrame(rows, schema=FRAME, orient="row")


def wind(as_of):
    wanted = pl.DataFrame(
        {"region": ["r0"], "indicator": ["wind"], "measure": ["ytd_growth"], "basis": ["natural"]}
    )
    return forecast_year_end(until_november(), indicators={}, as_of=as_of, wanted=wanted)


def test_a_series_whose_december_is_never_published_is_judged_on_its_last_month():
    end = wind(Month(2019, 6))
    assert np.isfinite(end.quantiles).all()
    assert end.notes == ["往年不公布12月数据, 按1—11月研判全年"]


def test_and_its_year_is_over_with_that_month():
    end = wind(Month(2019, 11))
    assert end.origin_month[0] == 12 and np.ptp(end.quantiles[0]) == 0


def test_a_season_that_is_the_same_every_year_but_not_everywhere_is_a_regions_own():
    """Beside rivals that sell evenly, one of two thirds in the last quarter keeps them."""
    rng = np.random.default_rng(5)
    even, late = np.full(4, 0.25), np.array([0.1, 0.1, 0.14, 0.66])
    flow = np.stack([late, *[even] * 5])[:, None, :] * np.exp(rng.normal(0, 0.02, (6, 9, 4)))
    share = seasons(flow, SimpleNamespace(group=NOBODY))[0, :, 3]
    assert share[-1] > 0.6 and share[-1] >= share[2] - 0.01


def test_a_season_that_jumps_is_borrowed_from_the_rivals():
    flow = np.random.default_rng(6).dirichlet(np.full(4, 2.0), (6, 9))
    own = flow[:, :-1].mean(1).std(0)
    assert (seasons(flow, SimpleNamespace(group=NOBODY))[:, -1].std(0) < own).all()
