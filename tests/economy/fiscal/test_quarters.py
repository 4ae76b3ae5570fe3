"""Quarter by quarter from cumulative figures, and what is left of the year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.fiscal.quarters import YearPoint, quarters, rest_of_year


def test_a_quarter_is_its_end_less_the_end_before():
    """110 (+10) and 190 (−5): last year 100 and 200, so the second quarter is 80 after 100, −20 %."""
    first, second = quarters({3: YearPoint(3, 110, 10), 6: YearPoint(6, 190, -5)})
    assert (first.amount, first.last, first.growth) == (110, pytest.approx(100), pytest.approx(10))
    assert (second.amount, second.last) == (80, pytest.approx(100))
    assert second.growth == pytest.approx(-20)


def test_a_quarter_that_has_only_begun_says_so():
    lines = quarters({3: YearPoint(3, 110, 10), 5: YearPoint(5, 150, 0)})
    assert [line.months for line in lines] == [(1, 3), (4, 5)]
    assert not lines[1].whole and lines[0].whole


def test_a_quarter_whose_start_is_not_published_is_left_out():
    assert [line.quarter for line in quarters({3: YearPoint(3, 1, 0), 9: YearPoint(9, 3, 0)})] == [1]
    assert quarters({}) == []


def test_the_rest_of_the_year_follows_from_the_growth_at_its_end():
    """Last year 400, of it 300 by September; now 270 (−10). At −10 % the rest is 90, −10 %; at −15 % 70, −30 %."""  # noqa: E501
    flat, worse = rest_of_year(YearPoint(9, 270, -10), 400, [-10, -15])
    assert (flat.amount, flat.rest, flat.rest_growth) == (
        pytest.approx(360),
        pytest.approx(90),
        pytest.approx(-10),
    )  # noqa: E501
    assert (worse.rest, worse.rest_growth) == (pytest.approx(70), pytest.approx(-30))


def test_nothing_left_of_last_year_has_no_growth():
    assert rest_of_year(YearPoint(12, 100, 0), 100, [0])[0].rest_growth is None


@given(st.lists(st.tuples(st.floats(1, 100), st.floats(-50, 50)), min_size=4, max_size=4))
def test_quarters_add_up_to_the_year(each):
    points, amount, last = {}, 0.0, 0.0
    for number, (base, growth) in enumerate(each, 1):
        last, amount = last + base, amount + base * (1 + growth / 100)
        points[3 * number] = YearPoint(3 * number, amount, 100 * (amount / last - 1))
    lines = quarters(points)
    assert sum(line.amount for line in lines) == pytest.approx(amount)
    assert sum(line.last for line in lines) == pytest.approx(last)
    assert [line.growth for line in lines] == pytest.approx([growth for _base, growth in each], abs=1e-6)
