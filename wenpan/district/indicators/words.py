"""Small words of the pages: months, schedules, comparisons."""

from __future__ import annotations

from wenpan.economy.periods import Month, Period, parse_period

SCHEDULES = {"linear": "按月均分", "seasonal": "按往年季节", "curve": "指定曲线"}


def month_words(month: str) -> str:
    """2022年9月."""
    return parse_period(month).label


def periods_of_year(year: int, *, frequency: str, january: bool) -> tuple[Period, ...]:
    """The periods of a year that have a figure: quarters, or months without January of surveys."""
    from wenpan.economy.periods import Quarter

    if frequency == "quarterly":
        return tuple(Quarter(year, q) for q in (1, 2, 3, 4))
    return tuple(Month(year, m) for m in range(1 if january else 2, 13))
