"""Recurring deadlines: the next day of each kind; a day off moves to the next working day (民法典第203条)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.recurrences import next_after, words

CALENDAR = policy.calendar()
CODES = [
    "daily", "weekly", "weekly:1", "weekly:5", "biweekly", "ten-daily", "semimonthly", "monthly",
    "monthly:25", "monthly:31", "monthly:5,20", "weekly:1,4", "biweekly:1,4", "bimonthly",
    "quarterly", "semiannual", "yearly",
]  # fmt: skip


@pytest.mark.parametrize(
    "sentence, code, after, expected",
    [
        ("every Friday, from a Friday: the next one", "weekly:5", "2022-10-14", "2022-10-21"),
        (
            "a Monday in the national holiday: the first day worked after it",
            "weekly:1",
            "2022-10-02",
            "2022-10-08",
        ),
        ("the 25th", "monthly:25", "2022-10-14", "2022-10-25"),
        ("the 25th falls on a Saturday: Monday", "monthly:25", "2022-05-26", "2022-06-27"),
        ("the 31st of a month that has 30 days: its last", "monthly:31", "2022-11-01", "2022-11-30"),
        (
            "the end of the quarter is a Saturday: the next day worked",
            "quarterly",
            "2022-11-01",
            "2023-01-03",
        ),
        ("the 5th and the 20th, from the 4th", "monthly:5,20", "2022-09-04", "2022-09-05"),
        ("the 5th and the 20th, on the 5th", "monthly:5,20", "2022-09-05", "2022-09-20"),
        ("the 5th and the 20th, after the 20th", "monthly:5,20", "2022-08-21", "2022-09-05"),
        ("Mondays and Thursdays, from a Monday", "weekly:1,4", "2022-10-17", "2022-10-20"),
        ("two weeks from a Friday", "biweekly", "2022-10-14", "2022-10-28"),
        ("a Sunday that is worked (调休) counts", "daily", "2022-10-08", "2022-10-09"),
    ],
)
def test_the_next_day(sentence, code, after, expected):
    assert next_after(code, date.fromisoformat(after), CALENDAR) == date.fromisoformat(expected), sentence


@given(st.sampled_from(CODES), st.dates(date(2020, 1, 1), date(2028, 12, 31)))
def test_it_always_goes_on_and_never_falls_on_a_day_off(code, after):
    found = next_after(code, after, CALENDAR)
    assert found is not None
    assert found > after
    assert CALENDAR.is_working_day(found)


def test_what_is_no_recurrence_has_no_next_day():
    assert next_after("sometimes", date(2022, 10, 14), CALENDAR) is None


def test_in_words():
    assert (str(words("weekly:5")), str(words("monthly:25"))) == ("每周五", "每月25日前")
    assert (words("weekly:1,4"), words("monthly:5,20")) == ("每周一、周四", "每月5日、20日前")
