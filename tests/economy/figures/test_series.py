"""Levels and growth, months and years to date, versions and months not published."""

import datetime

import numpy as np
import polars as pl
import pytest

from wenpan.economy.figures import series
from wenpan.economy.time.periods import Month

SCHEMA = {"region": pl.String, "indicator": pl.String, "measure": pl.String, "basis": pl.String,
          "period": pl.String, "value": pl.Float64, "released": pl.Date}  # fmt: skip


def frame(*rows: tuple) -> pl.DataFrame:
    """(period, measure, value, released?) of one series."""
    full = [("anhe", "fai", r[1], "natural", r[0], r[2], r[3] if len(r) > 3 else None) for r in rows]
    return pl.DataFrame(full, schema=SCHEMA, orient="row")


@pytest.mark.parametrize(
    ("period", "end"), [("2022-09", Month(2022, 9)), ("2022-Q3", Month(2022, 9)), ("2022-Q1", Month(2022, 3))]
)
def test_a_quarter_stands_in_its_third_month(period, end):
    assert frame((period, "ytd", 1.0)).select(series.month_index())["period"][0] == end.index


def test_later_periods_and_missing_values_are_left_out():
    seen = series.known_by(
        frame(("2022-09", "ytd", 1.0), ("2022-10", "ytd", 2.0), ("2022-08", "ytd", None)), Month(2022, 9)
    )
    assert seen["period"].to_list() == ["2022-09"]


def test_the_round_of_a_month_ends_with_the_month_after_it():
    assert series.round_of(Month(2022, 9)) == datetime.date(2022, 10, 31)
    assert series.round_of(Month(2022, 12)) == datetime.date(2023, 1, 31)


def test_of_several_versions_the_one_released_last_counts():
    day = datetime.date
    rows = frame(
        ("2022-08", "ytd", 2.0, day(2022, 10, 18)),
        ("2022-08", "ytd", 1.0, day(2022, 9, 18)),
        ("2022-08", "ytd", 3.0, day(2022, 11, 18)),
    )
    assert series.one_version(series.known_by(rows, Month(2022, 9)))["value"].to_list() == [2.0]
    assert series.one_version(series.known_by(rows, Month(2022, 8)))["value"].to_list() == [1.0]


def test_growth_from_levels_needs_a_positive_base():
    """104/100 − 1 = 4 %; −10 and 0 are no base."""
    rows = frame(
        ("2021-09", "ytd", 100.0), ("2022-09", "ytd", 104.0), ("2021-08", "ytd", -10.0),
        ("2022-08", "ytd", 5.0), ("2021-07", "ytd", 0.0), ("2022-07", "ytd", 5.0),
    )  # fmt: skip
    growth = series.growth_from_levels(rows.with_columns(at=series.month_index()))
    assert growth["value"].to_list() == [pytest.approx(4.0)]
    assert growth["measure"].to_list() == ["ytd_growth"]


def test_windows_put_the_newest_last_and_leave_gaps():
    rows = frame(("2022-09", "ytd", 9.0), ("2022-07", "ytd", 7.0), ("2021-01", "ytd", 1.0)).with_columns(
        at=series.month_index()
    )
    wanted = rows.select(*series.KEYS).unique().with_columns(at=pl.lit(Month(2022, 9).index))
    np.testing.assert_array_equal(series.windows(rows, wanted, 4), [[np.nan, 7.0, np.nan, 9.0]])


def test_the_base_that_a_published_growth_implies():
    assert series.base_of(104, 4) == pytest.approx(100)
    assert series.base_of(0, -100) is None
