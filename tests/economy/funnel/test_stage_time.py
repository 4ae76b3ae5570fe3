"""Time in stage, the same months of last year, and targets of cohorts."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.economy.funnel.cohort_targets import CohortTargets, against_targets
from wenpan.economy.funnel.cohorts import cohorts
from wenpan.economy.funnel.events import DealEnding, PipelineEventKind, PipelineState
from wenpan.economy.funnel.stage_time import same_day_last_year, same_months, stage_times
from wenpan.economy.funnel.stages import DealRuleError, Stage
from wenpan.rules.deals import cohort_targets

DAY = date(2022, 9, 30)


def state(deal: str, ended: bool = False, **reached: date) -> PipelineState:
    days = {Stage(k): v for k, v in reached.items()}
    stage = max(days, key=lambda s: s.order)
    ending = DealEnding(PipelineEventKind.ENDED, DAY, "撤资") if ended else None
    return PipelineState(deal, stage, days[stage], days, ending=ending)


def test_running_stays_and_finished_ones_are_counted_apart():
    states = [
        state("a", talk=date(2022, 9, 20)),
        state("b", talk=date(2022, 9, 10)),
        state("c", talk=date(2022, 1, 1), signed=date(2022, 3, 2)),
        state("d", talk=date(2021, 1, 1), signed=date(2021, 1, 31)),
        state("e", talk=date(2020, 1, 1), ended=True),
    ]
    row = next(r for r in stage_times(states, DAY) if r.stage is Stage.TALK)
    assert (row.waiting, row.median_age, row.slowest) == (2, 15, (("b", 20), ("a", 10)))
    assert (row.left, row.median_stay, row.left_before, row.median_stay_before) == (1, 60, 1, 30)


@pytest.mark.parametrize(
    ("signed", "counts"),
    [(date(2022, 9, 30), (1, 0)), (date(2022, 10, 1), (0, 0)), (date(2021, 9, 30), (0, 1)),
     (date(2021, 10, 1), (0, 0)), (date(2021, 12, 31), (0, 0)), (date(2022, 1, 1), (1, 0))],
)  # fmt: skip
def test_this_years_months_stand_against_the_same_days_of_last_year(signed, counts):
    row = next(r for r in same_months([state("a", signed=signed)], DAY) if r.stage is Stage.SIGNED)
    assert (row.this_year, row.last_year) == counts


def test_a_leap_day_has_the_28th_before_it():
    assert same_day_last_year(date(2024, 2, 29)) == date(2023, 2, 28)


def _rows(year: int, started: int, n: int):
    on = {"started": date(2016, 6, 1)}
    signed = date(year, 5, 1)
    return cohorts(
        [state(str(i), signed=signed, **(on if i < started else {})) for i in range(n)], date(2016, 11, 15)
    )


@pytest.mark.parametrize(
    ("year", "started", "met"),
    [
        (2012, 70, True),
        (2012, 69, False),
        (2013, 50, True),
        (2013, 49, False),
        (2014, 40, True),
        (2015, 29, False),
    ],
)
def test_hainans_targets_by_year_of_signing(year, started, met):
    (verdict,) = against_targets(
        _rows(year, started, 100), cohort_targets(date(2016, 11, 15)), date(2016, 11, 15)
    )
    assert verdict.met is met
    assert f"{started}.0%" in verdict.words


def test_a_cohort_too_small_has_no_verdict():
    (verdict,) = against_targets(_rows(2012, 4, 4), cohort_targets(date(2016, 11, 15)), date(2016, 11, 15))
    assert verdict.met is None
    assert verdict.words == "2012年只签约4个, 太少, 不算开工率"


@pytest.mark.parametrize(("year", "target"), [(2021, 30), (2020, 40), (2018, 70), (2017, 70), (2022, None)])
def test_years_that_are_not_named_go_by_their_age(year, target):
    assert cohort_targets(DAY).target(year, DAY) == target


@pytest.mark.parametrize("stage", ["framework", "signed", None, "talk"])
def test_a_target_is_of_a_stage_after_signing(stage):
    with pytest.raises(DealRuleError, match="签约以后"):
        CohortTargets.from_data({"stage": stage, "by_age": {1: 30}})
