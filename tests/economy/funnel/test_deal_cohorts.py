"""The funnel by cohort: rates that name both sides, with intervals, refused from too few."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.funnel.cohorts import cohort_of, cohorts, conversions
from wenpan.economy.funnel.events import PipelineState
from wenpan.economy.funnel.intervals import median, rate_interval, reached_share
from wenpan.economy.funnel.stages import Stage

DAY = date(2022, 9, 30)


def deal(signed: date | None, **stages: date) -> dict[Stage, date]:
    reached = {Stage(name): on for name, on in stages.items()}
    return reached | ({Stage.SIGNED: signed} if signed else {})


def row(rows, cohort: str, stage: Stage):
    return next(r for r in rows if (r.cohort, r.stage) == (cohort, stage))


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2022, 3, 31), "2022-Q1"), (date(2022, 4, 1), "2022-Q2"), (date(2022, 12, 31), "2022-Q4")],
)
def test_a_cohort_is_the_quarter_of_signing(day, quarter):
    assert cohort_of(day, "quarter") == quarter


def test_who_has_only_a_framework_is_in_no_cohort():
    rows = cohorts([deal(None, framework=date(2022, 1, 1), started=date(2022, 5, 1))] * 9, DAY)
    assert rows == ()


def test_more_may_have_started_than_registered():
    deals = [deal(date(2022, 1, 1), started=date(2022, 3, 1)) for _ in range(6)]
    rows = cohorts(deals, DAY)
    assert (row(rows, "2022", Stage.REGISTERED).reached, row(rows, "2022", Stage.STARTED).reached) == (0, 6)
    nested = cohorts(deals, DAY, nested=True)
    assert row(nested, "2022", Stage.REGISTERED).reached == 6


@pytest.mark.parametrize(("n", "refused"), [(4, True), (5, False)])
def test_a_rate_from_fewer_than_five_is_refused_and_says_how_many(n, refused):
    found = row(cohorts([deal(date(2022, 1, 1))] * n, DAY), "2022", Stage.STARTED)
    assert (found.rate is None, found.n) == (refused, n)


def test_what_happens_after_the_day_is_not_looked_at():
    deals = [deal(date(2022, 1, 1), started=DAY + timedelta(days=1))] * 5
    assert row(cohorts(deals, DAY), "2022", Stage.STARTED).reached == 0
    assert row(cohorts(deals, DAY + timedelta(days=1)), "2022", Stage.STARTED).reached == 5


def test_the_median_is_of_those_that_reached_the_stage():
    deals = [deal(date(2022, 1, 1), started=date(2022, 1, 1) + timedelta(days=d)) for d in (10, 20, 40)]
    assert row(cohorts([*deals, deal(date(2022, 1, 1))], DAY), "2022", Stage.STARTED).median_days == 20
    assert median([]) is None
    assert median([10, 20]) == 15


@given(st.integers(1, 400), st.data())
def test_an_interval_holds_its_rate_and_stays_within_0_and_1(n, data):
    found = rate_interval(data.draw(st.integers(0, n)), n, least=1)
    assert 0 <= found.low <= found.rate <= found.high <= 1  # type: ignore[operator]


def test_the_interval_holds_the_truth_in_75_to_85_of_100_cohorts():
    """Sizes and true rates as districts have them; the larger run is benchmarks/funnel.py."""
    rng = np.random.default_rng(13)
    held = 0
    for _ in range(600):
        n, truth = int(rng.integers(8, 120)), rng.uniform(0.2, 0.9)
        started = rng.random(n) < truth
        deals = [deal(date(2020, 1, 1), **({"started": date(2020, 9, 1)} if s else {})) for s in started]
        found = row(cohorts(deals, DAY), "2020", Stage.STARTED).interval
        held += found.low <= truth <= found.high
    assert 0.75 <= held / 600 <= 0.85


def test_kaplan_meier_counts_the_unfinished_as_long_as_they_were_watched():
    # 4 watched; one starts at 10; one is lost at 15; one of the two left starts at 20: 1 - 3/4 * 1/2
    days = [(10, True), (15, False), (20, True), (30, False)]
    assert reached_share(days, 9) == 0
    assert reached_share(days, 10) == pytest.approx(0.25)
    assert reached_share(days, 20) == pytest.approx(1 - 0.75 * 0.5)
    assert reached_share([], 10) == 0


def test_conversions_name_their_two_sides():
    one = PipelineState("a", reached={Stage.FRAMEWORK: date(2022, 1, 1), Stage.SIGNED: date(2022, 2, 1)})
    two = PipelineState("b", reached={Stage.FRAMEWORK: date(2022, 1, 1)})
    first, second, *_ = conversions([one, two, two, two, two], DAY)
    assert (first.below, first.above, first.interval.reached, first.interval.n) == (
        Stage.FRAMEWORK,
        Stage.SIGNED,
        1,
        5,
    )
    assert second.interval.refused
