"""Old and late requests of firms become matters by themselves, one a cause, and are withdrawn when closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.district.firms.conftest import FRIDAY, asked, firm, people, step  # noqa: F401  (fixtures)
from tests.district.supervision.conftest import day, units  # noqa: F401  (fixtures)
from wenpan.district.firms.requests import late
from wenpan.district.firms.requests.late import late_requests
from wenpan.district.supervision.lights.actions import propose_from_lights
from wenpan.district.supervision.log.cause_names import cause_of
from wenpan.district.supervision.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def handled(asked, step):  # noqa: F811
    """Accepted and assigned on Friday 14 October 2022: due Friday 4 November at 17:30."""
    request = asked()
    step(request, "accepted")
    return step(request, "assigned")


@pytest.mark.parametrize(
    ("on", "lights"),
    [
        ("2022-11-10", []),  # four working days after the due day
        ("2022-11-11", ["YELLOW"]),
        ("2022-11-26", ["RED"]),  # past the longest limit, 25 November
        ("2022-12-13", ["RED"]),
        ("2022-12-14", ["RED"]),  # and 61 days open
    ],
)
def test_a_request_is_a_cause_after_five_working_days_and_red_past_the_longest(handled, on, lights):
    assert [row.light for row in late_requests(date.fromisoformat(on))] == lights


def test_a_request_that_nobody_accepted_is_old_after_sixty_days(asked):  # noqa: F811
    asked()
    assert late_requests(date(2022, 12, 13)) == []
    (row,) = late_requests(date(2022, 12, 14))
    assert row.light == "RED" and "超过60天" in row.reasons[0] and row.unit is None


@pytest.mark.parametrize(("on", "count"), [("2022-10-21", 0), ("2022-10-22", 1)])
def test_a_place_that_calls_it_old_sooner_finds_it_as_soon(asked, monkeypatch, on, count):  # noqa: F811
    """Its eighth day, on which the database is asked by the place's own number too."""
    week = {code: replace(rules, old_after=7) for code, rules in late.request_rules().items()}
    monkeypatch.setattr(late, "request_rules", lambda: week)
    monkeypatch.setattr(late, "rules_of", lambda request: week["default"])
    asked()
    assert len(late_requests(date.fromisoformat(on))) == count


def test_it_is_proposed_once_to_its_unit_and_withdrawn_when_it_is_over(handled, step, people):  # noqa: F811
    propose_from_lights(on=date(2022, 11, 14), at=day("2022-11-14"))
    propose_from_lights(on=date(2022, 11, 15), at=day("2022-11-15"))
    proposal = Proposal.objects.get(cause=f"request:{handled.pk}")
    assert proposal.lead.code == "zjj" and "安禾精工有限公司" in proposal.text and proposal.state == "open"
    assert (
        cause_of(proposal.cause, people["handler"]).url and not cause_of(proposal.cause, people["other"]).url
    )
    step(handled, "closed", details={"outcome": "withdrawn"}, text="企业来函撤回", at=day("2022-11-16"))
    propose_from_lights(on=date(2022, 11, 17), at=day("2022-11-17"))
    proposal.refresh_from_db()
    assert proposal.state == "dropped"
