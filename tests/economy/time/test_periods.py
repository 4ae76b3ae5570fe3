"""Months and quarters as they are published, spoken of and due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.time.periods import Month, Quarter, expected_period, parse_month, parse_period

months = st.builds(Month, st.integers(1950, 2150), st.integers(1, 12))


@pytest.mark.parametrize("text", ["2022-09", "2022-12", "2022-Q3"])
def test_a_period_is_written_as_it_is_read(text):
    assert str(parse_period(text)) == text


@pytest.mark.parametrize("text", ["2022-9", "2022-13", "2022-00", "2022-Q5", "2022.10", "2022", "1—9月", ""])
def test_anything_else_is_refused_and_shown(text):
    with pytest.raises(ValueError, match="期间应写作") as caught:
        parse_period(text)
    assert repr(text) in str(caught.value)


def test_a_quarter_is_not_a_month():
    with pytest.raises(ValueError, match="需要月份"):
        parse_month("2022-Q3")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2022-01", "1月"),
        ("2022-02", "1—2月"),
        ("2022-09", "1—9月"),
        ("2022-Q1", "一季度"),
        ("2022-Q2", "上半年"),
        ("2022-Q3", "前三季度"),
        ("2022-Q4", "全年"),
    ],
)
def test_cumulative_periods_are_spoken_of_as_in_print(period, words):
    assert parse_period(period).ytd_label == words


@pytest.mark.parametrize(
    ("frequency", "lag", "as_of", "expected"),
    [
        ("monthly", 0, "2022-09", "2022-09"),
        ("monthly", 1, "2022-09", "2022-08"),
        ("monthly", 1, "2022-01", "2021-12"),
        ("quarterly", 0, "2022-09", "2022-Q3"),
        ("quarterly", 0, "2022-08", "2022-Q2"),
        ("quarterly", 0, "2022-01", "2021-Q4"),
        ("quarterly", 1, "2022-09", "2022-Q2"),
    ],
)
def test_what_should_be_known_when_the_figures_of_a_month_are_out(frequency, lag, as_of, expected):
    assert str(expected_period(frequency, lag, parse_month(as_of))) == expected


@given(months, st.integers(-500, 500))
def test_months_count_across_years(month, distance):
    there = Month.from_index(month.index + distance)
    assert there.index - month.index == distance
    assert there == month.plus(distance) if 1900 <= there.year <= 2200 else True


@given(months, st.sampled_from(["monthly", "quarterly"]), st.integers(0, 3))
def test_nothing_is_expected_before_its_time(as_of, frequency, lag):
    """Never later than the lag allows, and never more than a quarter older."""
    due = as_of.plus(-lag)
    end = expected_period(frequency, lag, as_of).end
    assert due.plus(-2) <= end <= due


def test_a_quarter_ends_in_its_third_month():
    assert [Quarter(2022, q).end.month for q in (1, 2, 3, 4)] == [3, 6, 9, 12]


@pytest.mark.parametrize("wrong", [(2022, 0), (2022, 13), (1492, 1)])
def test_a_month_that_does_not_exist_is_refused(wrong):
    with pytest.raises(ValueError, match="不是有效的月份"):
        Month(*wrong)
