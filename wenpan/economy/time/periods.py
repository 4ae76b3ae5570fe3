"""Periods: months and quarters as official statistics publish them.

Pure. A period is written `2022-09` or `2022-Q3`, everywhere the same. January and February are
one combined period for survey statistics: their figures stand in the February period and are
spoken of as 1—2月. A quarter ends in its third month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
_QUARTER_YTD = {1: "一季度", 2: "上半年", 3: "前三季度", 4: "全年"}


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; also the cumulative period from January to it."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1900 <= self.year <= 2200:
            raise ValueError(f"不是有效的月份: {self.year}-{self.month}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def index(self) -> int:
        """Months since year 0; differences of indices are distances in months."""
        return self.year * 12 + self.month - 1

    @classmethod
    def from_index(cls, index: int) -> Month:
        return cls(index // 12, index % 12 + 1)

    def plus(self, months: int) -> Month:
        return Month.from_index(self.index + months)

    @property
    def end(self) -> Month:
        return self

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, (self.month + 2) // 3)

    @property
    def label(self) -> str:
        """2022年9月"""
        return f"{self.year}年{self.month}月"

    @property
    def ytd_label(self) -> str:
        """1—9月, as headlines print the cumulative period; January alone is 1月."""
        return "1月" if self.month == 1 else f"1—{self.month}月"


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; also the cumulative period from the first quarter to it."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not 1 <= self.quarter <= 4 or not 1900 <= self.year <= 2200:
            raise ValueError(f"不是有效的季度: {self.year}-Q{self.quarter}")

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.quarter}"

    @property
    def end(self) -> Month:
        return Month(self.year, self.quarter * 3)

    def plus(self, quarters: int) -> Quarter:
        index = self.year * 4 + self.quarter - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

    @property
    def label(self) -> str:
        return f"{self.year}年{'一二三四'[self.quarter - 1]}季度"

    @property
    def ytd_label(self) -> str:
        """前三季度, as headlines print the cumulative period."""
        return _QUARTER_YTD[self.quarter]


Period = Month | Quarter


def parse_period(text: str) -> Period:
    """`2022-09` or `2022-Q3`; anything else is a ValueError that shows what was found."""
    if m := _MONTH.match(text):
        return Month(int(m[1]), int(m[2]))
    if m := _QUARTER.match(text):
        return Quarter(int(m[1]), int(m[2]))
    raise ValueError(f"期间应写作 2022-09 或 2022-Q3, 实为 {text!r}")


def parse_month(text: str) -> Month:
    period = parse_period(text)
    if isinstance(period, Quarter):
        raise ValueError(f"需要月份(如 2022-09), 实为季度 {text!r}")
    return period


def expected_period(frequency: str, lag_months: int, as_of: Month) -> Period:
    """The latest period that should be known when the figures of `as_of` are out.

    `lag_months` is 错月: services of August are published with September's other figures.
    A quarterly indicator is known up to the last quarter that ended by then, in the first two
    months of a year the fourth quarter of the year before.
    """
    known = as_of.plus(-lag_months)
    if frequency == "quarterly":
        quarter = known.quarter
        return quarter if quarter.end <= known else quarter.plus(-1)
    return known
