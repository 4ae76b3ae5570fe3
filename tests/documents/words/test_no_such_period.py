"""A period that no calendar has is no period: the cell stays unread and is asked about."""

import pytest

from wenpan.documents.words.periods import find_period, period_of


@pytest.mark.parametrize(
    "words", ["2022年13月", "2022年0月", "13月份", "2022年1—13月", "前13个月", "2022.13", "202213"]
)
def test_a_month_that_no_year_has_is_no_period(words):
    assert find_period(words) is None


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("2022-02-28", True), ("2022-02-29", False), ("2024-02-29", True), ("2024-02-30", False),
        ("2022/4/30", True), ("2022/4/31", False), ("2022.10.0", False), ("2022.10.31", True),
    ],
)  # fmt: skip
def test_a_typed_day_is_a_period_only_if_the_calendar_has_it(cell, known):
    assert (period_of(cell) is not None) is known
