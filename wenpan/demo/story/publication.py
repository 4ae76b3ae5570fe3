"""Publication: what the statistics offices of the fictional city print each month, and what they correct.

Pure. The table of a month carries for every indicator the period that is due then
(`periods.expected_period`: services a month late, quarterly ones after their quarter), rounded as the
catalogue says. January has no survey figures of its own; 1—2月 is one period. A rival that is late
stands there without a number, and the number follows with the corrections of the next month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from wenpan.demo.story.drivers import BALANCES, FIRST_YEAR
from wenpan.demo.story.world import REGIONS, Array, World, month_index
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.time.periods import Month, Period, Quarter, expected_period

# Printed wrong at first, put right with the next month's tables: (region, indicator, period) → error of
# the first print in points of growth. Levels move with it.
FIRST_PRINT_ERRORS: dict[tuple[str, str, str], float] = {
    ("yunlu", "industry_output", "2019-06"): 0.9,
    ("shiqiao", "retail", "2019-12"): -0.6,
    ("donglan", "revenue", "2020-06"): 0.5,
    ("anhe", "retail", "2020-12"): 0.4,
    ("qingcen", "fai", "2021-06"): 1.8,
    ("anhe", "industry_output", "2021-12"): -0.5,
    ("wangjiang", "industry_output", "2022-03"): 1.1,
    ("anhe", "retail", "2022-06"): 0.4,
    ("anhe", "fai_large", "2022-06"): 1.2,
    ("bailu", "fai", "2022-06"): -3.6,
}
# Reported a month late: (region, indicator, period).
LATE: frozenset[tuple[str, str, str]] = frozenset(
    {
        ("longbo", "trade", "2020-06"),
        ("longbo", "foreign_investment", "2021-06"),
        ("longbo", "trade", "2022-06"),
        ("longbo", "foreign_investment", "2022-06"),
        ("longbo", "trade", "2022-09"),
        ("longbo", "foreign_investment", "2022-09"),
        ("bailu", "wholesale", "2022-09"),
    }
)
# Printed as "-": a district of streets only has no rural income to assess.
NOT_ASSESSED: frozenset[tuple[str, str]] = frozenset({("wangjiang", "income_rural")})


@dataclass(frozen=True)
class Printed:
    """One figure of one table. Growth in %, levels in the catalogue's unit; `value` None: due and not
    reported, or, where `assessed` is False, not assessed."""

    region: str
    indicator: str
    period: Period
    measure: Measure
    basis: str
    value: float | None
    decimals: int
    assessed: bool = True

    @property
    def key(self) -> tuple[str, str, str]:
        return self.region, self.indicator, str(self.period)


def due_period(indicator: Indicator, month: Month) -> Period | None:
    """The period of this indicator in the tables of `month`; None where it has no row in them."""
    period = expected_period(indicator.frequency, indicator.lag_months, month)
    if isinstance(period, Quarter) and period.end != month:
        return None
    if period.end.month == 1 and not indicator.january:
        return None
    if period.end.year <= FIRST_YEAR:
        return None
    return period


def tables(world: World, catalogue: Mapping[str, Indicator], month: Month) -> list[Printed]:
    """Every figure of the tables of `month` as first printed, indicator by indicator, regions in order."""
    return [
        _first_print(printed)
        for code in catalogue
        if code in world.series and (period := due_period(catalogue[code], month))
        for printed in _figures(world, catalogue[code], period)
    ]


def corrections(world: World, catalogue: Mapping[str, Indicator], month: Month) -> list[Printed]:
    """What is put right of the tables of `month`: whole columns of the indicators concerned, all regions."""
    wrong = {*FIRST_PRINT_ERRORS, *LATE}
    concerned = {
        code
        for code in catalogue
        if code in world.series
        and (period := due_period(catalogue[code], month))
        and any((region, code, str(period)) in wrong for region in REGIONS)
    }
    return [
        printed
        for code in catalogue
        if code in concerned and (period := due_period(catalogue[code], month))
        for printed in _figures(world, catalogue[code], period)
    ]


def _first_print(printed: Printed) -> Printed:
    if printed.key in LATE:
        return replace(printed, value=None)
    error = FIRST_PRINT_ERRORS.get(printed.key)
    if error is None or printed.value is None:
        return printed
    moved = printed.value + error if printed.measure.is_growth else printed.value * (1 + error / 100)
    return replace(printed, value=round(moved, printed.decimals))


def _figures(world: World, indicator: Indicator, period: Period) -> Iterator[Printed]:
    for measure, basis in _printed_measures(indicator):
        values = _values(world, indicator.code, period, measure, basis)
        decimals = indicator.decimals if measure.is_growth else indicator.level_decimals
        for region, value in zip(REGIONS, values, strict=True):
            assessed = (region, indicator.code) not in NOT_ASSESSED
            number = _rounded(value, decimals) if assessed else None
            yield Printed(region, indicator.code, period, measure, basis, number, decimals, assessed)


def _printed_measures(indicator: Indicator) -> Iterator[tuple[Measure, str]]:
    for measure in indicator.measures:
        yield measure, indicator.basis
        if measure == indicator.headline:
            yield from ((measure, basis) for basis in indicator.extra_bases)


def _values(world: World, code: str, period: Period, measure: Measure, basis: str) -> Array:
    """One number a region for a period and measure."""
    series, end = world[code], month_index(period.end.year, period.end.month)
    start = month_index(period.end.year, 1)
    if code in BALANCES or measure in (Measure.MONTH, Measure.MONTH_GROWTH):
        start = end
    if measure == Measure.MONTH_GROWTH and period.end.month == 2:
        start = end - 1  # 1—2月 is one month of survey statistics
    level = series.level[:, start : end + 1].sum(axis=1)
    if not measure.is_growth:
        return np.asarray(level)
    base = series.base[:, start : end + 1].sum(axis=1)
    if basis == "refund_adjusted":
        level = level + series.refund[:, start : end + 1].sum(axis=1)
        base = base + series.refund[:, start - 12 : end - 11].sum(axis=1)
    return np.asarray((level / base - 1) * 100)


def _rounded(value: float, decimals: int) -> float:
    return round(float(value), decimals) + 0.0  # no negative zero
