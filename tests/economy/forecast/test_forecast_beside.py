"""What stands beside the forecast: the pace needed, lights that stand still, parts that add up."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from wenpan.economy.forecast import (
    forecast_year_end,
    reconcile,
    record,
    shown_light,
    steady,
    warned,
    what_would_have_to_happen,
)
from wenpan.economy.forecast.figures import known_figures
from wenpan.economy.forecast.reconcile import largest_remainder
from wenpan.economy.time.periods import Month

WANTED = ["region", "indicator", "measure", "basis"]
G, Y, R, U = "GREEN", "YELLOW", "RED", "UNKNOWN"


def effort(rows, target, comparison=">=", measure="ytd", as_of=Month(2022, 9), aside=()):
    names = ["region", "indicator", "period", "measure", "basis", "value"]
    wanted = pl.DataFrame(
        [("a", "revenue", measure, "natural")],
        schema=WANTED,
        orient="row",
    )
    return what_would_have_to_happen(
        pl.DataFrame(rows, schema=names, orient="row"),
        indicators={},
        as_of=as_of,
        wanted=wanted,
        comparison=[comparison],
        target=np.array([target]),
        aside=aside,
    )[0]


def year(region, y, nine, twelve):
    return [
        (region, "revenue", f"{y}-09", "ytd", "natural", nine),
        (region, "revenue", f"{y}-12", "ytd", "natural", twelve),
    ]


HISTORY = [
    *year("a", 2019, 70.0, 100.0),  # rest 30
    *year("a", 2020, 80.0, 116.0),  # rest 36: +20 %
    *year("a", 2021, 90.0, 126.0),  # rest 36: 0 %
    *year("b", 2019, 70.0, 100.0),  # rest 30
    *year("b", 2020, 70.0, 115.0),  # rest 45: +50 %
    *year("b", 2021, 70.0, 106.0),  # rest 36: −20 %
    ("a", "revenue", "2022-09", "ytd", "natural", 95.0),
]


def test_the_months_left_need_what_is_missing_over_what_they_brought_last_year():
    e = effort(HISTORY, 134.6)  # 39.6 missing, last year's rest was 36
    assert e.needed == pytest.approx(10)
    assert e.months_left == 3
    assert e.last_year == pytest.approx(0)
    assert (e.own_times, e.own_years) == (1, 2)  # 2020's +20 %
    assert (e.rivals_times, e.rivals_years) == (1, 2)  # b's +50 %
    assert (e.best, e.best_region, e.best_year) == (pytest.approx(50), "b", 2020)
    assert e.said == "余下3个月需增长10.0%; 本区近2年同期中有1年达到; 其他区县2次同期中有1次达到"


def test_a_growth_target_asks_for_the_same_as_its_amount():
    by_growth = effort(HISTORY, 100 * (134.6 / 126 - 1), measure="ytd_growth")
    assert by_growth.needed == pytest.approx(10)


def test_a_target_already_reached_needs_nothing():
    assert effort(HISTORY, 95.0).said == "余下3个月即使没有增量也已达到目标"


def test_for_a_ceiling_the_slow_years_count():
    e = effort(HISTORY, 129.2, comparison="<=")  # rest at most 34.2: −5 %
    assert e.needed == pytest.approx(-5) and (e.own_times, e.rivals_times) == (0, 1)


def test_what_comes_later_is_not_read():
    later = [*HISTORY, ("a", "revenue", "2022-12", "ytd", "natural", 1.0), *year("b", 2022, 70.0, 999.0)]
    assert effort(later, 134.6) == effort(HISTORY, 134.6)


def test_a_region_set_aside_is_nobodys_rival():
    assert effort(HISTORY, 134.6, aside=["b"]) == effort([r for r in HISTORY if r[0] == "a"], 134.6)
    assert effort(HISTORY, 134.6, aside=["c"]) == effort(HISTORY, 134.6)
    with_city = [*HISTORY, *(("city", *rest) for region, *rest in HISTORY if region == "b")]
    assert effort(with_city, 134.6, aside=["city"]) == effort(HISTORY, 134.6)


def test_what_the_forecast_chained_says_the_same_as_chaining_it_again():
    """Of three indicators stacked in one batch each has its own panel back, by its own number."""
    factors = {"revenue": 1.0, "spending": 3.0, "tax": 0.5}
    rows = [
        (
            region,
            code,
            period,
            measure,
            basis,
            value * by if region == "a" else value + 10 * by * period.endswith("12"),
        )
        for code, by in factors.items()
        for region, _code, period, measure, basis, value in HISTORY
    ]
    frame = pl.DataFrame(
        rows, schema=["region", "indicator", "period", "measure", "basis", "value"], orient="row"
    )
    wanted = pl.DataFrame([("a", code, "ytd", "natural") for code in factors], schema=WANTED, orient="row")
    as_of, chained = Month(2022, 9), {}
    known = known_figures(frame, as_of)
    forecast_year_end(frame, indicators={}, as_of=as_of, wanted=wanted, known=known, chained=chained)
    assert set(chained) == {(code, "flow") for code in factors}
    asked = {"indicators": {}, "as_of": as_of, "wanted": wanted, "comparison": [">="] * 3, "known": known}
    targets = np.array([134.6 * by for by in factors.values()])
    again = what_would_have_to_happen(frame, target=targets, **asked)
    assert all(one.needed == pytest.approx(10) for one in again)
    assert len({one.best for one in again}) == 3  # b's are unlike in each
    assert what_would_have_to_happen(frame, target=targets, chained=chained, **asked) == again
    steeper = {key: replace(panel, total=panel.total**2) for key, panel in chained.items()}
    other = what_would_have_to_happen(frame, target=targets, chained=steeper, **asked)
    assert [one.needed for one in other] != [one.needed for one in again]  # they are what is read
    assert what_would_have_to_happen(frame, target=targets, chained={}, **asked) == again


def test_without_last_year_nothing_is_said():
    e = effort([("a", "revenue", "2022-09", "ytd", "natural", 95.0)], 100.0)
    assert np.isnan(e.needed) and e.said == ""


@pytest.mark.parametrize(
    ("lights", "shown"),
    [
        ([G, R, G, R, G, R], [G, R, R, R, R, R]),  # flapping stays red
        ([R, G, G], [R, R, G]),  # two good months clear it
        ([R, Y, G, G], [R, R, Y, G]),  # it gets better by as much as both months were
        ([G, Y, R], [G, Y, R]),  # worse at once
        ([R, U, G, G], [R, U, R, G]),  # not reported is shown, and is no good news
        ([], []),
    ],
)
def test_a_light_gets_worse_at_once_and_better_only_when_it_lasts(lights, shown):
    assert steady(lights) == shown
    if lights:
        assert shown_light(lights[:-1], lights[-1]) == shown[-1]


@given(st.lists(st.sampled_from([G, Y, R]), max_size=30), st.integers(1, 4))
def test_a_shown_light_is_never_better_than_the_fresh_one(lights, hold):
    order = [G, Y, R]
    shown = steady(lights, hold=hold)
    assert all(order.index(s) >= order.index(f) for s, f in zip(shown, lights, strict=True))
    assert steady(lights, hold=1) == lights


def test_a_warning_begins_below_one_line_and_ends_above_another():
    p = np.array([[0.6, 0.34, 0.45, np.nan, 0.49, 0.51, 0.4]])
    assert warned(p).tolist() == [[False, True, True, True, True, False, False]]


def test_the_record_keeps_when_it_first_warned():
    months = [f"2022-{m:02d}" for m in range(2, 8)]
    r = record(months, [G, Y, Y, G, G, R])
    assert (r.first, r.since, r.light, r.times) == ("2022-03", "2022-07", R, 2)
    assert record(["2022-02"], [G]).first == ""


def test_a_gap_goes_where_the_forecasts_are_least_sure():
    r = reconcile(
        np.array([[40.0, 60.0]]),
        np.array([110.0]),
        part_variance=np.array([[1.0, 3.0]]),
        total_variance=np.array([4.0]),
    )
    # d = 10, spread by 1/8, 3/8; the total gives way by 4/8
    assert r.parts.tolist() == [[41.25, 63.75]] and r.total.tolist() == [105.0]
    assert r.bottom_up.tolist() == [100.0] and r.top_down.tolist() == [[44.0, 66.0]]


def test_no_part_falls_below_zero():
    r = reconcile(
        np.array([[1.0, 50.0]]),
        np.array([30.0]),
        part_variance=np.array([[9.0, 1.0]]),
        total_variance=np.array([0.0]),
    )
    assert r.parts.tolist() == [[0.0, 30.0]]


def test_losses_are_not_reconciled():
    with pytest.raises(ValueError, match="negative"):
        reconcile(
            np.array([[-1.0]]), np.array([1.0]), part_variance=np.ones((1, 1)), total_variance=np.ones(1)
        )


def test_missing_stays_missing():
    parts = np.array([[1.0, np.nan], [1.0, 2.0]])
    r = reconcile(parts, np.array([3.0, 3.0]), part_variance=np.ones((2, 2)), total_variance=np.ones(2))
    assert np.isnan(r.parts[0]).all() and r.parts[1].tolist() == [1.0, 2.0]


AMOUNTS = st.floats(0, 1e6).map(lambda x: round(x, 3))


@given(hnp.arrays(float, (4, 5), elements=AMOUNTS), hnp.arrays(float, 4, elements=AMOUNTS))
def test_parts_add_up_to_the_total_to_the_last_digit(parts, total):
    r = reconcile(parts, total, part_variance=parts + 1, total_variance=total, decimals=2)
    assert np.array_equal(np.round(r.parts.sum(1) * 100), np.round(r.total * 100))
    assert (r.parts >= 0).all()


def test_the_largest_remainder_gets_the_missing_unit():
    assert largest_remainder(np.array([[0.4, 0.3, 0.3]]), np.array([1.0]), 0).tolist() == [[1.0, 0.0, 0.0]]
