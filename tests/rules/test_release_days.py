"""By when a withheld place may come: the calendar of releases, moved to the next working day."""

from __future__ import annotations

import pytest

from wenpan.economy.time.periods import parse_period
from wenpan.rules.releases import due_words


@pytest.mark.parametrize(
    "indicator, period, words",
    [
        ("fai", "2022-10", "11月21日"),  # the 20th is a Sunday
        ("fai", "2022-09", "10月20日"),
        ("services", "2022-10", "12月20日"),  # two months after
        ("gdp", "2022-Q3", "10月25日"),
        ("fai", "2022-12", "1月20日"),
        ("no-such-indicator", "2022-10", ""),
    ],
)
def test_the_day_by_which_the_figures_may_come(indicator, period, words):
    assert due_words(indicator, parse_period(period)) == words
