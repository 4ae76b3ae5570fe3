"""今日: requests that await my step and visits that are due, counted by one answer, done for many at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.district.supervision.conftest import day
from wenpan.district.firms.contacts.actions import assign_contact
from wenpan.district.ui.awaited import awaited_of

pytestmark = pytest.mark.django_db
AT = day("2022-10-18")


def counts(user) -> dict[str, int]:
    return {g.code: g.count for g in awaited_of(user, AT, shown=0).groups if g.code.startswith("firms-")}


def test_each_step_awaits_whose_it_is(asked, step, people):
    first, second = asked(), asked("融资难", category="policy")
    assert counts(people["office"]) == {"firms-registered": 2} and counts(people["handler"]) == {}
    for kind in ("accepted", "assigned"):
        step(first, kind)
    step(second, "accepted")
    assert counts(people["office"]) == {"firms-requests": 1}
    assert counts(people["handler"]) == {"firms-assigned": 1} and counts(people["other"]) == {}
    step(first, "signed_for")
    assert counts(people["handler"]) == {"firms-requests": 1}


def test_the_leaders_due_visits_await_the_leader(firm, people):
    assign_contact(
        firm=firm, person=people["leader"], every=3, starts_on=date(2022, 7, 1), by=people["office"]
    )
    (group,) = [g for g in awaited_of(people["leader"], AT, shown=5).groups if g.code == "firms-visits"]
    assert group.items[0].text == "安禾精工有限公司" and group.items[0].light == "RED"


def test_many_are_accepted_at_once_and_one_that_somebody_moved_is_left(asked, step, signed_in, today_is):
    today_is("2022-10-18")
    rows = [asked(f"诉求{n}") for n in range(3)]
    keys = [f"{row.pk}@{row.version}" for row in rows]
    step(rows[0], "contacted")
    signed_in("office").post("/today/firms-accept/do/", {"pick": keys})
    for row in rows:
        row.refresh_from_db()
    assert [row.phase for row in rows] == ["registered", "accepted", "accepted"]
    assert timezone.is_aware(rows[1].accepted_at)


def test_a_unit_cannot_accept_by_the_batch(asked, signed_in, today_is):
    today_is("2022-10-18")
    row = asked()
    signed_in("handler").post("/today/firms-accept/do/", {"pick": [f"{row.pk}@{row.version}"]})
    row.refresh_from_db()
    assert row.phase == "registered"
