"""The speech's table: which project is stopped, finished, overdue, or one to withdraw."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from wenpan.economy.pool import grid, stock
from wenpan.economy.pool.grid import PROJECT_COLUMNS
from wenpan.economy.time.periods import Month, parse_month

LIMITS = {"stopped_months": 3, "long_stopped_months": 12, "remainder_share": 0.01, "pace_months": 6}
AS_OF = Month(2022, 9)
FLAGS = ("entered_this_year", "stopped", "long_stopped", "finished", "no_remainder", "zero_this_year",
         "overdue", "withdrawal")  # fmt: skip


def standing(
    returns: dict[str, float], *, as_of: Month = AS_OF, first: str = "2020-01", **project: Any
) -> dict[str, Any]:
    """The row of one project of 1,000 万元, opened and entered in 2020-02; the records begin with `first`."""
    usual = {"band": "small", "kind": "industry", "planned_total": 1000.0, "opened": "2020-02",
             "entered": "2020-02",
             "planned_finish": "2023-12", "state": "in_library", "unit": "T1"}  # fmt: skip
    projects = [{"project": "A", **usual, **project}, {"project": "M", **usual}]
    rows = [("A", period, value) for period, value in returns.items()] + [("M", first, 0.0)]
    schema = {"project": pl.String, "period": pl.String, "cumulative": pl.Float64}
    held = grid(
        pl.DataFrame(projects, schema=PROJECT_COLUMNS),
        pl.DataFrame(rows, schema=schema, orient="row"),
        until=as_of,
    )
    found = stock(held, as_of=as_of, limits=LIMITS).filter(pl.col("project") == "A").to_dicts()
    return found[0] if found else {}


def flags(row: dict[str, Any]) -> set[str]:
    return {name for name in FLAGS if row[name]}


@pytest.mark.parametrize(
    ("rule", "returns", "project", "expected"),
    [
        ("a project with value this month carries no flag", {"2021-12": 300, "2022-09": 500}, {}, set()),
        ("entered in January: this year's", {"2022-09": 500}, {"entered": "2022-01"}, {"entered_this_year"}),
        ("entered in December: not this year's", {"2022-09": 500}, {"entered": "2021-12"}, set()),
        ("two months without value are no standstill", {"2022-07": 500}, {}, set()),
        ("three months are", {"2022-06": 500}, {}, {"stopped"}),
        ("twelve months are not more than a year", {"2021-09": 500}, {}, {"stopped", "zero_this_year"}),
        ("thirteen months are, and a question to the office", {"2021-08": 500}, {},
         {"stopped", "long_stopped", "zero_this_year", "withdrawal"}),
        ("without remainder nothing is stopped: it is finished", {"2022-09": 1000}, {},
         {"finished", "no_remainder"}),
        ("a remainder of 1 % counts as none", {"2022-09": 990}, {}, {"finished", "no_remainder"}),
        ("a remainder of more than 1 % counts", {"2022-09": 989}, {}, set()),
        ("completed with remainder left is finished, not stopped", {"2021-01": 500},
         {"state": "completed"}, {"finished"}),
        ("so is a withdrawn one", {"2021-01": 500}, {"state": "withdrawn"}, {"finished"}),
        ("a finish in this month is not past", {"2022-09": 500}, {"planned_finish": "2022-09"}, set()),
        ("a finish last month with remainder is overdue", {"2022-09": 500}, {"planned_finish": "2022-08"},
         {"overdue"}),
        ("no planned finish is never overdue", {"2022-09": 500}, {"planned_finish": None}, set()),
        ("a finished one is not overdue", {"2022-09": 1000}, {"planned_finish": "2022-01"},
         {"finished", "no_remainder"}),
        ("nor a completed one with remainder", {"2022-09": 500},
         {"planned_finish": "2022-01", "state": "completed"},
         {"finished"}),
        ("no value since December: zero this year", {"2021-12": 500, "2022-09": 500}, {},
         {"stopped", "zero_this_year"}),
        ("more than the planned total asks a question", {"2022-09": 1001}, {},
         {"finished", "no_remainder", "withdrawal"}),
        ("without remainder and quiet for three months: withdraw?", {"2022-06": 1000}, {},
         {"finished", "no_remainder", "withdrawal"}),
        ("in the library, not seen to start", {}, {"opened": None, "entered": "2022-06"},
         {"entered_this_year", "stopped", "zero_this_year", "withdrawal"}),
        ("only just in the library", {}, {"opened": None, "entered": "2022-07"},
         {"entered_this_year", "zero_this_year"}),
    ],
)  # fmt: skip
def test_the_flags(rule: str, returns: dict[str, float], project: dict[str, Any], expected: set[str]) -> None:
    assert flags(standing(returns, **project)) == expected, rule


@pytest.mark.parametrize("entered", ["2022-10", None])
def test_a_project_that_has_not_entered_is_not_in_the_stock(entered: str | None) -> None:
    assert standing({"2022-09": 10}, entered=entered) == {}


def test_the_evidence_says_for_how_long_and_asks_never_tells() -> None:
    row = standing({"2021-06": 1200})
    assert row["evidence"] == [
        "累计完成超过计划总投资, 请核实计划总投资是否已调整",
        "已无余量, 15个月无投资完成额",
    ]
    assert row["over"] == 200
    assert row["remaining"] == 0
    assert standing({"2021-06": 400})["evidence"] == ["连续15个月无投资完成额，仍有余量"]
    assert standing({"2022-09": 400})["evidence"] == []


def test_this_year_and_the_same_months_of_last_year() -> None:
    row = standing({"2020-12": 100, "2021-09": 250, "2021-12": 300, "2022-09": 420})
    assert row["this_year"] == 420 - 300
    assert row["last_year_same"] == 250 - 100
    assert row["remaining"] == 580
    assert row["share"] == pytest.approx(0.42)


def test_the_pace_is_the_average_of_six_months() -> None:
    assert standing({"2022-03": 100, "2022-09": 400})["pace"] == pytest.approx(300 / 6)


def test_in_january_the_year_has_one_month() -> None:
    row = standing({"2021-01": 40, "2021-12": 300, "2022-01": 330}, as_of=Month(2022, 1))
    assert (row["this_year"], row["last_year_same"]) == (30, 40)


@pytest.mark.parametrize(("first", "known"), [("2021-01", True), ("2021-02", False), ("2021-10", False)])
def test_last_year_is_missing_and_not_zero_where_the_records_do_not_reach(first: str, known: bool) -> None:
    row = standing({"2021-12": 300, "2022-09": 400}, first=first)
    assert (row["last_year_same"] is not None) == known


def test_earlier_years_are_not_counted_as_this_year_when_the_records_begin_with_it() -> None:
    assert standing({"2022-01": 700, "2022-09": 750}, first="2022-01")["this_year"] == 50


@pytest.mark.parametrize("total", [0.0, None])
def test_a_project_without_a_planned_total_has_no_share(total: float | None) -> None:
    row = standing({"2022-06": 50}, planned_total=total)
    assert row["share"] is None


def test_an_unknown_total_is_not_called_finished() -> None:
    assert flags(standing({"2022-06": 50}, planned_total=None)) == {"stopped"}


def test_an_empty_pool_has_an_empty_table() -> None:
    schema = {"project": pl.String, "period": pl.String, "cumulative": pl.Float64}
    held = grid(
        pl.DataFrame(schema=PROJECT_COLUMNS), pl.DataFrame(schema=schema), until=parse_month("2022-09")
    )
    table = stock(held, as_of=AS_OF, limits=LIMITS)
    assert table.height == 0
    assert set(FLAGS) <= set(table.columns)
