"""A month that is over stays as it was: who was named then, and which slips stood."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.scoring import queries as scores
from wenpan.district.supervision.scoring.month_log import month_log
from wenpan.district.supervision.slips import queries as slips
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)


@pytest.fixture
def late(assigned):
    """Due on 1 September, with 住建局; the line has gone all its way by the end of the month."""
    matter = assigned(due=date(2022, 9, 1), at=day("2022-08-22"))
    actions.escalate(at=day("2022-09-29"))
    matter.refresh_from_db()
    return matter


def test_the_unit_is_named_that_had_it_then(late, people, units):
    assert [n.unit.code for n in slips.named(SEPTEMBER)] == ["zjj"]
    actions.assign(matter=late, lead=units["jfj"], due=date(2022, 10, 31), by=people["clerk"],
                   at=day("2022-10-09"))  # fmt: skip
    assert [n.unit.code for n in slips.named(SEPTEMBER)] == ["zjj"]
    assert [n.unit.code for n in slips.talks_suggested(SEPTEMBER)] == ["zjj"]


def test_a_slip_that_is_withdrawn_later_was_served_all_the_same(late, people):
    before = slips.by_colour(SEPTEMBER)
    assert sum(before.values()) == 1
    actions.withdraw(slip=late.slips.get(), reason="误发", by=people["clerk"], at=day("2022-10-09"))
    assert slips.by_colour(SEPTEMBER) == before


@pytest.fixture
def part(late, assigned):
    """A part of it that 经发局 has had since it was handed over."""
    made = assigned("征拆", lead="jfj", due=date(2022, 10, 31), at=day("2022-08-22"))
    type(made).objects.filter(pk=made.pk).update(parent=late)
    return type(made).objects.get(pk=made.pk)


def rules_of(month):
    return [line.rule for line in scores.sheet(month, month_log(month)).lines if line.unit == "zjj"]


def test_days_that_lay_with_another_unit_stay_so_when_the_part_moves_later(part, people, units):
    before = rules_of(SEPTEMBER)
    assert "overdue" not in before
    actions.assign(matter=part, lead=units["zjj"], due=date(2022, 11, 30), by=people["clerk"],
                   at=day("2022-10-09"))  # fmt: skip
    assert rules_of(SEPTEMBER) == before


def test_a_part_that_was_dropped_excuses_nobody(part, people, make_user, units):
    other = make_user("liaison", username="jfj", unit=units["jfj"])
    actions.decline(matter=part, reason="不归我局", by=other, at=day("2022-08-23"))
    actions.drop(matter=type(part).objects.get(pk=part.pk), reason="重复", by=people["chief"],
                 at=day("2022-08-24"))  # fmt: skip
    assert "overdue" in rules_of(SEPTEMBER)
