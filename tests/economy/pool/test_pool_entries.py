"""What is not in the library yet: as many as usual, as large as all that came, and surer after many."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from wenpan.economy.pool import Assumptions, Grid, grid
from wenpan.economy.pool import new_projects as module
from wenpan.economy.pool.grid import PROJECT_COLUMNS
from wenpan.economy.pool.new_projects import pipeline_entries
from wenpan.economy.time.periods import Month

GIVEN = Assumptions()
AS_OF = Month(2022, 6)
RETURNS = {"project": pl.String, "period": pl.String, "cumulative": pl.Float64}


def pool(a_year: int, *, sizes: tuple[float, ...] = (1000.0,), share: float = 0.3) -> Grid:
    """`a_year` entries in each half of 2018 to 2021 and of 2022 so far; by December each has done `share`."""
    listed, returns = [], []
    for year in range(2018, 2023):
        for month in (4, 9):
            for k in range(a_year):
                entered = Month(year, month)
                if entered > AS_OF:
                    continue
                name, total = f"P{year}-{month}-{k}", sizes[k % len(sizes)]
                listed.append({"project": name, "band": "small", "kind": "industry", "planned_total": total,
                               "opened": str(entered), "entered": str(entered), "planned_finish": "2030-01",
                               "state": "in_library", "unit": "T1"})  # fmt: skip
                returns += [(name, str(entered), 0.0), (name, f"{year}-12", total * share)]
    frame = pl.DataFrame(listed, schema=PROJECT_COLUMNS)
    known = [r for r in returns if r[1] <= str(AS_OF)] + [("P2018-4-0", "2018-01", 0.0)]
    return grid(frame, pl.DataFrame(known, schema=RETURNS, orient="row"), until=AS_OF)


def drawn(given: Grid, paths: int = 4000) -> np.ndarray:
    t = given.column(AS_OF)
    origins = list(range(t - 12, -1, -12))[:4]
    return pipeline_entries(given, t, origins, 6, np.ones(paths), np.random.default_rng(0), GIVEN)


def test_as_many_as_usual_do_what_such_entries_did() -> None:
    assert drawn(pool(50)).mean() == pytest.approx(50 * 1000 * 0.3, rel=0.03)


def test_large_projects_weigh_by_their_size() -> None:
    assert drawn(pool(50, sizes=(500.0, 4500.0))).mean() == pytest.approx(50 * 2500 * 0.3, rel=0.05)


def test_few_entries_before_leave_more_doubt() -> None:
    few, many = drawn(pool(4)), drawn(pool(200))
    assert few.std() / few.mean() > 2 * many.std() / many.mean()


def test_nothing_came_in_those_months_before_so_nothing_is_made_up() -> None:
    given = pool(20)
    spring = given.projects.filter(pl.col("entered").str.ends_with("-04"))
    rows = np.flatnonzero(given.projects["entered"].str.ends_with("-04").to_numpy())
    only = Grid(spring, given.first, given.cumulative[rows], given.reported[rows], given.total[rows],
                given.opened[rows], given.entered[rows], given.finish[rows])  # fmt: skip
    assert drawn(only).max() == 0


def test_a_sum_of_very_many_entries_has_the_same_mean_and_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one = drawn(pool(100, sizes=(500.0, 4500.0)))
    monkeypatch.setattr(module, "DRAWS", 0)
    at_once = drawn(pool(100, sizes=(500.0, 4500.0)))
    assert at_once.mean() == pytest.approx(one_by_one.mean(), rel=0.03)
    assert at_once.std() == pytest.approx(one_by_one.std(), rel=0.1)


def with_deals(given: Grid, pipeline: module.PipelineEntries, paths: int = 4000) -> np.ndarray:
    t = given.column(AS_OF)
    origins = list(range(t - 12, -1, -12))[:4]
    return pipeline_entries(given, t, origins, 6, np.ones(paths), np.random.default_rng(0), GIVEN, pipeline)


def of_deals(given: Grid, share: float) -> frozenset[str]:
    names = given.projects["project"].to_list()
    return frozenset(name for name in names if int(name.rpartition("-")[2]) < share * 50)


def test_a_pipeline_takes_the_place_of_what_came_of_deals() -> None:
    """50 a half-year, all of deals; now the deals bring 20: 20 × 1000 × 0.3, and nothing besides."""
    given = pool(50)
    pipeline = module.PipelineEntries(np.full(100, 20.0), np.full(100, 20_000.0), of_deals(given, 1))
    assert with_deals(given, pipeline).mean() == pytest.approx(20_000 * 0.3, rel=0.02)


def test_what_never_came_of_deals_still_comes_as_usual() -> None:
    """Half came of deals: 25 × 1000 × 0.3 as usual, and 20 × 1000 × 0.3 of the deals."""
    given = pool(50)
    pipeline = module.PipelineEntries(np.full(100, 20.0), np.full(100, 20_000.0), of_deals(given, 0.5))
    assert with_deals(given, pipeline).mean() == pytest.approx((25 + 20) * 1000 * 0.3, rel=0.04)


def test_an_empty_pipeline_brings_nothing_of_deals() -> None:
    given = pool(50)
    pipeline = module.PipelineEntries(np.zeros(10), np.zeros(10), of_deals(given, 1))
    assert with_deals(given, pipeline).max() == 0


def test_the_doubt_of_the_pipeline_is_kept() -> None:
    given, rng = pool(50, sizes=(500.0, 4500.0)), np.random.default_rng(1)
    counts = rng.poisson(20, 500).astype(float)
    pipeline = module.PipelineEntries(counts, counts * 1000, of_deals(given, 1))
    found = with_deals(given, pipeline)
    assert found.std() / found.mean() > 0.9 * counts.std() / counts.mean()


def test_without_a_pipeline_nothing_changes() -> None:
    given = pool(50)
    t = given.column(AS_OF)
    once = pipeline_entries(given, t, [t - 12], 6, np.ones(50), np.random.default_rng(3), GIVEN)
    again = pipeline_entries(given, t, [t - 12], 6, np.ones(50), np.random.default_rng(3), GIVEN, None)
    assert (once == again).all()
