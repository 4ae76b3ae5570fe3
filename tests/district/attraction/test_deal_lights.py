"""Deals that stand still shine and propose a matter each; a step on takes the proposal back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.district.attraction.conftest import AT, TODAY, ledger, signed_row
from wenpan.district.attraction import actions
from wenpan.district.attraction.lights import deal_causes, light_of
from wenpan.district.attraction.models import Deal
from wenpan.district.supervision.lights.actions import propose_from_lights
from wenpan.district.supervision.models import Proposal

pytestmark = pytest.mark.django_db


def talk(name: str, day: str, **more) -> dict:
    return signed_row(name, signed=None, paper=None, talk=day, investor=name, **more)


@pytest.mark.parametrize(
    ("day", "light"),
    [("2022-08-11", ""), ("2022-08-10", "YELLOW"), ("2022-07-11", "YELLOW"), ("2022-07-10", "RED")],
)
def test_two_months_still_are_yellow_and_three_are_red(accepted, day, light):
    accepted(ledger(talk("一号", day)))
    assert [cause.light for cause in deal_causes(TODAY)] == ([light] if light else [])
    assert light_of(Deal.objects.get().pk, TODAY) == (light or "GREEN")


def test_what_was_started_or_ended_or_merged_does_not_shine(accepted):
    accepted(
        ledger(
            signed_row("开工的", investor="甲", talk="2021-01-01", signed="2021-02-01", started="2021-03-01"),
            talk("终止的", "2021-01-01", ended="2021-06-01", reason="资金"),
            talk("并入的", "2021-01-01"),
        )
    )
    Deal.objects.filter(name="并入的").update(duplicate_of=Deal.objects.get(name="开工的"))
    assert list(deal_causes(TODAY)) == []
    assert light_of(Deal.objects.get(name="终止的").pk, TODAY) == ""


def test_a_red_deal_above_the_limit_proposes_one_matter_with_its_unit_and_reason(accepted):
    accepted(ledger(talk("大的", "2022-07-01"), talk("小的", "2022-07-01", agreed=9_999)))
    propose_from_lights(on=TODAY, at=AT)
    proposal = Proposal.objects.get()
    assert proposal.cause == f"deal:{Deal.objects.get(name='大的').pk}"
    assert (proposal.kind, proposal.lead.code, proposal.text) == ("deal_light", "tongxi", "大的红灯整改")
    assert "3个月没有进展" in proposal.evidence
    assert propose_from_lights(on=TODAY, at=AT).total == 0, "the same again changes nothing"


def test_a_deal_of_unknown_amount_is_not_passed_over(accepted):
    accepted(ledger(talk("没写金额", "2022-07-01", agreed=None)))
    assert [cause.name for cause in deal_causes(TODAY, least=Decimal(10_000))] == ["没写金额"]


def test_one_step_does_not_turn_a_red_deal_green_at_once_and_its_end_takes_the_proposal_back(accepted, staff):
    accepted(ledger(talk("大的", "2022-06-01")))
    propose_from_lights(on=TODAY, at=AT)
    deal = Deal.objects.get()
    actions.note_event(deal=deal, kind="progress", note="电话联系", on=date(2022, 10, 9), by=staff)
    assert light_of(deal.pk, TODAY) == "RED", "better only after it has been better two months in a row"
    actions.note_event(deal=deal, kind="ended", reason="长期无进展", on=TODAY, by=staff)
    propose_from_lights(on=TODAY, at=AT)
    assert Proposal.objects.get().state == "dropped"
