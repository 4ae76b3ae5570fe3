"""S-curves: learnt from what came far, drawn to what was set where little did, never from what came later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy.special import betainc

from wenpan.economy.pool import Assumptions, Grid, expect, grid
from wenpan.economy.pool.curves import TIMES, fit
from wenpan.economy.pool.grid import PROJECT_COLUMNS
from wenpan.economy.pool.simulate import simulate
from wenpan.economy.time.periods import Month

SET = Assumptions()
RETURNS = {"project": pl.String, "period": pl.String, "cumulative": pl.Float64}
FIRST = Month(2018, 1)


def grown(
    courses: list[tuple[str, str, float, float]], *, months: int = 24, until: Month = Month(2022, 12)
) -> Grid:
    """Projects (kind, band, a, b) that grow along Beta(a, b) over `months`, one begun every month."""
    listed, returns = [], []
    for i, (kind, band, a, b) in enumerate(courses):
        begin = FIRST.plus(i % 24)
        name = f"P{i}"
        listed.append({"project": name, "band": band, "kind": kind, "planned_total": 1000.0,
                       "opened": str(begin), "entered": str(begin), "planned_finish": str(begin.plus(months)),
                       "state": "in_library", "unit": "T1"})  # fmt: skip
        for k in range(until.index - begin.index + 1):
            share = float(betainc(a, b, min((k + 1) / months, 1.0)))
            returns.append((name, str(begin.plus(k)), 1000 * share))
    frame = pl.DataFrame(listed, schema=PROJECT_COLUMNS)
    return grid(frame, pl.DataFrame(returns, schema=RETURNS, orient="row"), until=until)


def shape(pool: Grid, kind: str, band: str, given: Assumptions = SET) -> tuple[float, float]:
    table = fit(pool, pool.months - 1, given).table
    return table.filter(kind=kind, band=band).select("a", "b").row(0)


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The largest distance of two curves, in shares of the whole."""
    return float(np.abs(betainc(*one, TIMES) - betainc(*other, TIMES)).max())


@pytest.mark.parametrize("truth", [(0.8, 2.5), (1.5, 1.5), (3.0, 1.2)])
def test_many_projects_teach_their_own_curve(truth: tuple[float, float]) -> None:
    pool = grown([("industry", "small", *truth)] * 300)
    assert apart(shape(pool, "industry", "small"), truth) < 0.03


def test_two_kinds_are_told_apart() -> None:
    pool = grown([("industry", "small", 0.8, 2.5), ("services", "small", 3.0, 1.2)] * 120)
    assert apart(shape(pool, "industry", "small"), (0.8, 2.5)) < 0.05
    assert apart(shape(pool, "services", "small"), (3.0, 1.2)) < 0.05


def test_the_fewer_projects_the_nearer_to_the_curve_that_was_set() -> None:
    far = [apart(shape(grown([("industry", "small", 3.5, 1.0)] * n), "industry", "small"), SET.curve)
           for n in (1, 5, 20, 100)]  # fmt: skip
    assert far == sorted(far)
    assert far[0] < far[-1] / 2


def test_a_size_without_projects_takes_the_curve_of_its_kind() -> None:
    pool = grown([("industry", "small", 3.0, 1.2)] * 200)
    begun = pool.projects[0].with_columns(project=pl.lit("young"), band=pl.lit("large"))
    both = grid(pl.concat([pool.projects, begun]), returns_of(pool), until=Month(2022, 12))
    assert apart(shape(both, "industry", "large"), shape(both, "industry", "small")) < 0.03
    row = fit(both, both.months - 1, SET).table.filter(band="large").to_dicts()[0]
    assert (row["projects"], row["of_kind"], row["of_all"]) == (0, 200, 200)


def returns_of(pool: Grid) -> pl.DataFrame:
    rows = [(name, str(Month.from_index(pool.first + t)), float(pool.cumulative[i, t]))
            for i, name in enumerate(pool.projects["project"]) for t in range(pool.months)]  # fmt: skip
    return pl.DataFrame(rows, schema=RETURNS, orient="row")


@pytest.mark.parametrize(
    ("why", "given", "until"),
    [
        ("the place keeps its curves", replace(SET, fitted=False), Month(2022, 12)),
        ("no project has come far", SET, Month(2018, 6)),
    ],
)
def test_a_curve_stays_as_it_was_set(why: str, given: Assumptions, until: Month) -> None:
    pool = grown([("estate", "estate", 3.0, 1.2)] * 30, until=until)
    assert shape(pool, "estate", "estate", given) == (1.6, 1.8), why
    assert fit(pool, pool.months - 1, given).table["projects"].to_list() == [0]


def test_what_came_later_teaches_nothing() -> None:
    listed, returns = simulate(seed=2, projects=200, months=60)
    whole = grid(listed, returns, until=Month(2022, 12))
    known = grid(listed, returns.filter(pl.col("period") <= "2021-06"), until=Month(2021, 6))
    t = known.months - 1
    assert fit(whole, t, SET).table.equals(fit(known, t, SET).table)


def test_projects_older_than_the_records_are_counted_only_where_their_course_is_known() -> None:
    old = {"opened": "2016-01", "entered": "2016-01"}
    pool = grown([("industry", "small", 1.5, 1.5)] * 40)
    mixed = pool.projects.with_columns(**{k: pl.lit(v) for k, v in old.items()})
    done = returns_of(pool).with_columns(cumulative=pl.lit(950.0))
    late = grid(mixed, done, until=Month(2022, 12))
    assert fit(late, late.months - 1, SET).table["projects"].to_list() == [0]


def test_a_pool_without_kind_or_band_has_one_curve() -> None:
    pool = grown([("industry", "small", 1.5, 1.5)] * 3)
    bare = pool.projects.with_columns(kind=pl.lit(None, pl.String), band=pl.lit(None, pl.String))
    assert fit(replace(pool, projects=bare), pool.months - 1, SET).table.height == 1
    assert fit(grown([]), 0, SET).table.height == 0


def test_the_expectation_says_which_curves_it_used_and_who_taught_them() -> None:
    listed, returns = simulate(seed=2, projects=300, months=60)
    said = expect(grid(listed, returns, until=Month(2022, 9)), as_of=Month(2022, 9), paths=10)
    assert said.curves.columns == ["kind", "band", "a", "b", "projects", "of_kind", "of_all"]
    assert said.curves["projects"].sum() == said.curves["of_all"][0] > 100


def test_where_kinds_differ_fitted_curves_miss_single_projects_by_less() -> None:
    """A smoke test of four pools; benchmarks/pool_curves.py measures it."""
    true = {"industry": (1.8, 1.8), "infrastructure": (3.0, 1.2), "services": (1.2, 2.2),
            "agriculture": (1.2, 1.2), "social": (2.0, 2.6), "equipment": (0.8, 3.0),
            "estate": (1.2, 2.4)}  # fmt: skip
    missed = {True: 0.0, False: 0.0}
    for seed in range(4):
        listed, returns = simulate(seed=seed, projects=600, months=60, curves=true)
        whole = grid(listed, returns, until=Month(2022, 12))
        came = np.clip(whole.flow(whole.months - 7, whole.months - 1), 0, None)
        known = grid(listed, returns, until=Month(2022, 6))
        here = known.entered <= Month(2022, 6).index
        for fitted in missed:
            said = expect(known, as_of=Month(2022, 6), paths=10, given=Assumptions(fitted=fitted))
            missed[fitted] += float(np.abs(said.by_project["expected"].to_numpy() - came)[here].sum())
    assert missed[True] < 0.97 * missed[False]
