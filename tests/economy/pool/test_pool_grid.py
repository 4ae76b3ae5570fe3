"""Returns as one array: what is carried, what is zero, what is never used."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.pool import Grid, grid
from wenpan.economy.pool.grid import NEVER, PROJECT_COLUMNS
from wenpan.economy.time.periods import Month


def project(name: str = "A", **more: object) -> dict[str, object]:
    usual = {"project": name, "band": "small", "kind": "industry", "planned_total": 1000.0,
             "opened": "2021-01",
             "entered": "2021-01", "planned_finish": "2023-12", "state": "in_library",
             "unit": "T1"}  # fmt: skip
    return usual | more


def pool(projects: list[dict[str, object]], returns: dict[tuple[str, str], float | None], until: str) -> Grid:
    rows = [(name, period, value) for (name, period), value in returns.items()]
    schema = {"project": pl.String, "period": pl.String, "cumulative": pl.Float64}
    year, month = (int(part) for part in until.split("-"))
    return grid(
        pl.DataFrame(projects, schema=PROJECT_COLUMNS),
        pl.DataFrame(rows, schema=schema, orient="row"),
        until=Month(year, month),
    )


def test_a_month_without_a_return_keeps_the_last_figure_and_says_so() -> None:
    held = pool([project()], {("A", "2021-01"): 100, ("A", "2021-04"): 160}, "2021-05")
    assert held.cumulative.tolist() == [[100, 100, 100, 160, 160]]
    assert held.reported.tolist() == [[True, False, False, True, False]]


def test_before_its_first_return_a_project_has_zero() -> None:
    held = pool([project("A"), project("B")], {("A", "2021-01"): 5, ("B", "2021-03"): 70}, "2021-03")
    assert held.cumulative[1].tolist() == [0, 0, 70]


def test_an_empty_return_is_not_a_zero() -> None:
    held = pool([project()], {("A", "2021-01"): 100, ("A", "2021-02"): None}, "2021-02")
    assert held.cumulative.tolist() == [[100, 100]]
    assert not held.reported[0, 1]


def test_a_falling_cumulative_figure_is_taken_as_it_stands() -> None:
    held = pool([project()], {("A", "2021-01"): 100, ("A", "2021-02"): 80}, "2021-02")
    assert held.cumulative.tolist() == [[100, 80]]
    assert held.flow(0, 1).tolist() == [-20]


def test_nothing_after_the_month_is_held() -> None:
    held = pool([project()], {("A", "2021-01"): 100, ("A", "2021-03"): 900}, "2021-02")
    assert held.cumulative.tolist() == [[100, 100]]


def test_returns_of_projects_that_are_not_listed_are_left_out() -> None:
    held = pool([project("A")], {("A", "2021-01"): 100, ("X", "2021-01"): 900}, "2021-01")
    assert held.cumulative.tolist() == [[100]]


def test_a_month_that_is_not_held_is_an_error_and_not_another_month() -> None:
    held = pool([project()], {("A", "2021-03"): 100}, "2021-05")
    assert held.column(Month(2021, 3)) == 0
    for outside in (Month(2021, 2), Month(2021, 6)):
        with pytest.raises(ValueError, match="没有"):
            held.column(outside)


def test_blank_and_unreadable_months_are_never() -> None:
    rows = [project("A", opened=None), project("B", opened=""), project("C", opened="待定")]
    assert pool(rows, {}, "2021-01").opened.tolist() == [NEVER] * 3


def test_an_empty_pool_has_its_one_month() -> None:
    held = pool([], {}, "2022-09")
    assert held.cumulative.shape == (0, 1)
    assert held.months_zero(0).shape == (0,)


@pytest.mark.parametrize(
    ("why", "listed", "returns", "zero"),
    [
        ("value this month", {}, {"2021-05": 10}, 0),
        ("value two months ago", {}, {"2021-03": 10}, 2),
        ("the same figure repeated is no value", {}, {"2021-02": 10, "2021-04": 10, "2021-05": 10}, 3),
        ("a falling figure is no value", {}, {"2021-03": 10, "2021-05": 8}, 2),
        ("never any value: since the opening", {"opened": "2021-02"}, {}, 3),
        ("opened before the records: as far as they reach", {"opened": "2019-02"}, {}, 5),
        ("opened this month", {"opened": "2021-05"}, {}, 0),
        ("in the library without an opening", {"opened": None, "entered": "2021-02"}, {}, 3),
        ("in the library before its opening", {"opened": "2021-09", "entered": "2021-02"}, {}, 3),
        ("neither opened nor entered", {"opened": None, "entered": None}, {}, 0),
    ],
)
def test_months_without_value(
    why: str, listed: dict[str, object], returns: dict[str, float], zero: int
) -> None:
    marker = {("M", "2021-01"): 1.0}  # the records begin in January
    given_ = {("A", period): value for period, value in returns.items()}
    held = pool([project("A", **listed), project("M")], marker | given_, "2021-05")
    assert held.months_zero(4)[0] == zero, why


def test_what_was_done_before_the_records_is_no_investment_of_the_period() -> None:
    old, new = (
        project("old", opened="2019-06", entered="2019-07"),
        project("new", opened="2022-01", entered="2022-01"),
    )
    returns = {
        ("old", "2022-01"): 800,
        ("old", "2022-02"): 830,
        ("new", "2022-01"): 50,
        ("new", "2022-02"): 90,
    }
    held = pool([old, new], returns, "2022-02")
    assert held.flow(-1, 1).tolist() == [30, 90]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=24))
def test_every_carried_figure_is_one_that_was_reported_by_then(values: list[float | None]) -> None:
    returns = {("A", str(Month(2021, 1).plus(k))): v for k, v in enumerate(values)} | {("M", "2021-01"): 1.0}
    until = Month(2021, 1).plus(len(values) - 1)
    held = pool([project("A"), project("M")], returns, str(until))
    for k, carried in enumerate(held.cumulative[0]):
        seen = [v for v in values[: k + 1] if v is not None]
        assert carried == (seen[-1] if seen else 0.0)
    assert np.all(held.months_zero(held.months - 1) >= 0)
