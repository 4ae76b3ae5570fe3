"""A month that is over stays as it was: who was named then, and which slips stood."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.queries import slips
from wenpan.economy.periods import Month

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
