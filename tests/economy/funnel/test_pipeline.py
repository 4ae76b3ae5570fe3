"""Starts expected of the pipeline: by the place's own history, with an interval that holds."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from wenpan.economy.funnel.pipeline import PipelineDeal, expected_starts

DAY, UNTIL = date(2022, 9, 30), date(2022, 12, 31)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def started_after(wait: int, *, times: int = 1) -> list[PipelineDeal]:
    return [PipelineDeal(ago(900), True, ago(900) + timedelta(days=wait), amount=1.0)] * times


def test_from_nineteen_deals_nothing_is_expected():
    deals = started_after(100, times=18) + [PipelineDeal(ago(10), True)]
    assert expected_starts(deals, DAY, UNTIL).refused
    found = expected_starts([*deals, *started_after(100)], DAY, UNTIL)
    assert not found.refused
    assert (found.waiting, found.history, found.without_amount) == (1, 20, 1)


def test_who_will_have_waited_as_long_as_all_before_starts():
    """All started 100 days after signing; 50 days have gone by, 92 more will: it starts for certain."""
    deals = [*started_after(100, times=40), PipelineDeal(ago(50), True, amount=3_000.0)]
    found = expected_starts(deals, DAY, UNTIL)
    assert found.deals == (1.0, 1.0, 1.0)
    assert found.amount == (3_000.0, 3_000.0, 3_000.0)


def test_who_has_waited_longer_than_any_before_is_not_expected():
    deals = [*started_after(100, times=40), PipelineDeal(ago(800), True, amount=3_000.0)]
    found = expected_starts(deals, DAY, UNTIL)
    assert found.deals is not None and found.deals[0] == 0.0


def test_what_happens_after_the_day_is_not_looked_at():
    deals = [*started_after(100, times=40), PipelineDeal(ago(50), True, amount=1.0)]
    known = [*deals[:-1], PipelineDeal(ago(50), True, DAY + timedelta(days=1), amount=1.0)]
    assert expected_starts(deals, DAY, UNTIL) == expected_starts(known, DAY, UNTIL)


def test_half_of_the_history_makes_half_a_start():
    ended = [PipelineDeal(ago(900), True, ended=ago(700))] * 200
    deals = [*started_after(100, times=200), *ended, PipelineDeal(ago(0), True, amount=1.0)]
    found = expected_starts(deals, DAY, DAY + timedelta(days=200), draws=2_000)
    assert found.deals is not None
    assert found.deals[0] == pytest.approx(0.5, abs=0.04)


def test_talks_are_taught_by_all_talks_and_waited_for_once():
    taught = [PipelineDeal(ago(900), False, ago(600), waits=False)] * 40
    deals = [*taught, PipelineDeal(ago(290), False, amount=5.0), PipelineDeal(ago(20), False, waits=False)]
    found = expected_starts(deals, DAY, DAY + timedelta(days=20))
    assert (found.waiting, found.deals) == (1, (1.0, 1.0, 1.0))


def test_the_same_question_has_the_same_answer():
    rng = np.random.default_rng(1)
    deals = [PipelineDeal(ago(int(rng.integers(900))), True, amount=1.0) for _ in range(60)]
    assert expected_starts(deals, DAY, UNTIL) == expected_starts(deals, DAY, UNTIL)
    with pytest.raises(ValueError, match="晚于"):
        expected_starts(deals, DAY, DAY)


def test_the_interval_holds_the_starts_of_simulated_years():
    """120 worlds of 150 deals that never start with one chance in three and else wait exponentially."""
    rng, held = np.random.default_rng(7), 0
    for world in range(120):
        deals, truth = [], 0
        for _ in range(150):
            since = ago(int(rng.integers(1, 1_000)))
            starts = rng.random() < 0.67
            on = since + timedelta(days=int(rng.exponential(160)) + 1) if starts else None
            truth += on is not None and DAY < on <= UNTIL
            deals.append(PipelineDeal(since, True, on, amount=1.0))
        found = expected_starts(deals, DAY, UNTIL, draws=200, seed=world)
        assert found.deals is not None
        held += found.deals[1] <= truth <= found.deals[2]
    assert 0.75 <= held / 120 <= 0.95  # whole numbers: an 80 % interval of a count holds a little more
