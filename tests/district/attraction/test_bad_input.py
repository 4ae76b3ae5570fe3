"""Bad input through the whole room: each line of it comes in, is asked about, and counts once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.district.attraction.conftest import TODAY, USCC, ledger, signed_row
from wenpan.district.attraction import actions
from wenpan.district.attraction.deal_page import deal_page
from wenpan.district.attraction.models import Deal
from wenpan.district.attraction.report.queries import month_report

pytestmark = pytest.mark.django_db
OTHER = "91110108551385082Q"


def report():
    return month_report(Deal.objects.filter(duplicate_of=None, retracted=False), TODAY)


def test_a_firm_that_changed_its_code_is_asked_about_and_stays_one_deal(accepted, checked):
    accepted(ledger(signed_row(company="安禾智造有限公司", uscc=USCC)))
    again = checked(ledger(signed_row(company="安禾智造有限公司", uscc=OTHER)))
    found = again.findings.get(check_code="deals.recoded")
    assert (found.severity, USCC in found.found, OTHER in found.found) == ("soft", True, True)
    assert Deal.objects.count() == 1


def test_a_deal_that_moved_between_districts_counts_once(deal, staff):
    made = deal()
    before = report().counted
    actions.note_event(deal=made, kind="moved", on=date(2022, 6, 1), place="邻区", by=staff)
    page = deal_page(made, TODAY)
    said = next(s for s in page.decisions if s.in_force).decision
    assert any("邻区" in why and "只计一次" in why for why in said.why)
    assert report().signed == 1 and report().counted <= before


def test_of_two_agreements_the_replaced_one_is_not_added(deal, staff):
    first, second = deal("一期协议", investor="甲"), deal("重签协议", investor="甲二", agreed=20_000)
    actions.note_event(deal=first, kind="replaced", on=TODAY, successor=second, by=staff)
    first.refresh_from_db()
    assert first.ending == "replaced"
    assert report().counted == 1
    why = next(s for s in deal_page(first, TODAY).decisions if s.in_force).decision
    assert not why.counted and "金额不相加" in why.why[0]


def test_yi_beside_wan_and_dollars_are_three_amounts_and_no_sum_of_currencies(accepted):
    accepted(ledger(signed_row(agreed="1.2亿元", arrived=3_000, foreign=500)))
    made = Deal.objects.get()
    held = {(a.rung, a.currency): a.amount for a in made.amounts.all()}
    assert held["agreed", "CNY"] == Decimal(12_000) and held["arrived", "CNY"] == Decimal(3_000)
    assert held["contract_foreign", "USD"] == Decimal(500)
    assert (made.agreed, made.arrived) == (12_000, 3_000)


def test_an_event_before_its_predecessor_is_kept_and_said_on_the_page(accepted, staff, client):
    from django.urls import reverse

    accepted(ledger(signed_row(signed="2022-03-04", started="2022-02-01")))
    client.force_login(staff)
    text = client.get(reverse("attraction:deal", args=[Deal.objects.get().pk])).content.decode()
    assert "早于" in text and "请核实" in text


def test_signed_on_30_december_and_approved_in_january_is_this_years_or_last_years_once(accepted):
    accepted(ledger(signed_row(signed="2021-12-30", approved="2022-01-06", talk="2021-10-01")))
    said = {s.rules.code: s.decision for s in deal_page(Deal.objects.get(), TODAY).decisions}
    years = {d.year for d in said.values() if d.counted}
    assert years <= {2021, 2022} and len([d for d in said.values() if d.counted and d.year]) >= 1
    assert report().signed == 0 and report().signed_before == 0  # signed in 2021, after 10 October
