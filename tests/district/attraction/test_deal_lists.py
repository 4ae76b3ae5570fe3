"""Ledgers of deals through the intake: what is shown is what is stored, and all of it can be undone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.district.attraction.conftest import AT, TODAY, USCC, ledger, signed_row
from wenpan.district.attraction.models import Deal, DealAmount, DealEvent
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.rules import RuleError
from wenpan.rules.deals import exchange_rate

pytestmark = pytest.mark.django_db


def codes(submission) -> set[str]:
    return set(submission.findings.values_list("check_code", flat=True))


def test_a_ledger_makes_deals_with_their_stages_amounts_and_evidence(accepted):
    accepted(ledger(signed_row(), signed_row("柳湾物流", signed=None, paper=None, agreed="1.5亿元")))
    made = {d.name: d for d in Deal.objects.all()}
    assert {d.code for d in made.values()} == {"ZS2022-0001", "ZS2022-0002"}
    first, second = made["桐溪智造园"], made["柳湾物流"]
    assert (first.stage, first.signed_on, first.agreed) == ("signed", date(2022, 3, 4), Decimal(12_000))
    assert (second.stage, second.signed_on, second.agreed) == ("talk", None, Decimal(15_000))
    assert DealEvent.objects.get(deal=first, stage="signed").evidence == ["contract"]
    assert first.standing["unproven"] == {}


@pytest.mark.parametrize("agreement", ["框架协议", "意向协议"])
def test_a_framework_agreement_in_a_ledger_is_no_signing(accepted, agreement):
    accepted(ledger(signed_row(agreement=agreement)))
    deal = Deal.objects.get()
    assert (deal.stage, deal.signed_on) == ("framework", None)


def test_the_preview_says_what_acceptance_does(checked, analyst):
    submission = checked(ledger(signed_row()))
    from wenpan.district.intake.examination import examine

    shown = examine(submission).changes
    said = shown.filter(shown["column"] == "进展")["new"].to_list()
    assert said == ["2022-01-10 在谈", "2022-03-04 正式签约"]
    intake.accept(submission=submission, by=analyst, at=AT)
    assert list(DealEvent.objects.order_by("on").values_list("stage", flat=True)) == ["talk", "signed"]


def test_the_same_ledger_next_month_changes_nothing(accepted, checked):
    accepted(ledger(signed_row()))
    again = checked(ledger(signed_row(code="ZS2022-0001"), title="安禾区招商项目台账(十月)"))
    from wenpan.district.intake.examination import examine

    assert set(examine(again).changes["kind"].to_list()) == {"unchanged"}


def test_a_changed_progress_text_is_progress_and_an_unchanged_one_is_none(accepted):
    row = signed_row(signed=None, paper=None, progress="已考察")
    accepted(ledger(row), at=AT - timedelta(days=90))
    deal = Deal.objects.get()
    assert deal.moved_on == date(2022, 1, 10)
    accepted(ledger(row | {"agreed": 13_000}))
    deal.refresh_from_db()
    assert (deal.moved_on, deal.agreed) == (date(2022, 1, 10), Decimal(13_000))
    accepted(ledger(row | {"agreed": 13_000, "progress": "已选定地块"}))
    deal.refresh_from_db()
    assert deal.moved_on == TODAY


def test_undo_takes_back_what_a_file_brought_and_nothing_else(accepted, analyst):
    accepted(ledger(signed_row()))
    second = accepted(ledger(signed_row(started="2022-06-01", agreed=20_000), signed_row("柳湾物流")))
    deal = Deal.objects.get(name="桐溪智造园")
    assert (deal.stage, deal.agreed) == ("started", Decimal(20_000))
    intake.undo(submission=second, by=analyst, reason="报错了", at=AT)
    deal.refresh_from_db()
    assert (deal.stage, deal.agreed, deal.retracted) == ("signed", Decimal(12_000), False)
    assert Deal.objects.get(name="柳湾物流").retracted
    accepted(ledger(signed_row("柳湾物流")))
    assert Deal.objects.filter(name="柳湾物流", retracted=False).count() == 1


def test_a_file_on_which_a_later_one_stands_is_not_undone(accepted, analyst):
    first = accepted(ledger(signed_row()))
    accepted(ledger(signed_row(agreed=20_000)))
    with pytest.raises(Refused, match="后来又有新的记录"):
        intake.undo(submission=first, by=analyst, reason="报错了", at=AT)
    assert not Deal.objects.get().retracted


def test_one_deal_reported_by_two_units_is_one_deal_and_shares_are_asked_for(accepted, checked):
    accepted(ledger(signed_row()))
    again = checked(ledger(signed_row(unit="高新园")))
    assert "deals.two_units" in codes(again)
    accepted(ledger(signed_row(unit="高新园", progress="已开工")))
    assert Deal.objects.get().unit.code == "tongxi"


def test_the_same_name_of_another_investor_and_unit_is_another_deal(accepted):
    accepted(ledger(signed_row("物流园", investor="甲公司")))
    accepted(ledger(signed_row("物流园", investor="乙集团", unit="高新园")))
    assert Deal.objects.count() == 2


def test_two_rows_that_are_one_deal_are_refused(checked):
    submission = checked(ledger(signed_row(investor="甲"), signed_row(investor="甲 ")))
    assert submission.state == "refused"


def test_a_day_to_come_is_refused_at_its_cell(checked):
    submission = checked(ledger(signed_row(started="2022-10-11")))
    found = submission.findings.get(check_code="deals.future")
    assert (found.severity, found.cell) == ("hard", "I4")
    assert checked(ledger(signed_row(started="2022-10-10"))).state == "ready"


def test_a_start_before_the_signing_is_asked_about(checked):
    submission = checked(ledger(signed_row(started="2022-03-03")))
    assert submission.findings.get(check_code="deals.order").severity == "soft"
    assert "deals.order" not in codes(checked(ledger(signed_row(started="2022-03-04"))))


def test_a_firm_that_changed_its_name_keeps_its_deal_and_is_told(accepted, checked):
    accepted(ledger(signed_row(company="安禾一号公司", uscc=USCC)))
    again = checked(ledger(signed_row(company="安禾二号公司", uscc=USCC)))
    assert "deals.renamed" in codes(again)
    accepted(ledger(signed_row("桐溪智造园二期", company="安禾二号公司", uscc=USCC)))
    assert Deal.objects.count() == 1, "the code names the firm and its one deal"


def test_a_signing_day_that_differs_is_told_and_not_changed(accepted, checked):
    accepted(ledger(signed_row()))
    again = checked(ledger(signed_row(signed="2022-08-01", progress="x")))
    assert "deals.day_differs" in codes(again)
    accepted(ledger(signed_row(signed="2022-08-01", progress="x")))
    assert Deal.objects.get().signed_on == date(2022, 3, 4)


def test_an_end_without_a_reason_is_refused_and_one_with_it_ends_the_deal(checked, accepted):
    assert checked(ledger(signed_row(ended="2022-09-01"))).state == "refused"
    accepted(ledger(signed_row(ended="2022-09-01", reason="资金未到位")))
    deal = Deal.objects.get()
    assert (deal.ended_on, deal.ending, deal.standing["reason"]) == (date(2022, 9, 1), "ended", "资金未到位")


def test_foreign_money_keeps_its_currency_and_the_rate_of_the_day(accepted):
    accepted(ledger(signed_row(foreign=500)))
    amount = DealAmount.objects.get(rung="contract_foreign")
    assert (amount.amount, amount.currency) == (Decimal(500), "USD")
    assert (amount.rate, amount.rate_on) == (Decimal("7.0998"), date(2022, 9, 30))


def test_signed_on_30_december_and_approved_in_january(accepted):
    accepted(ledger(signed_row(signed="2021-12-30", approved="2022-01-07", talk="2021-06-01")))
    event = DealEvent.objects.get(stage="signed")
    assert (event.on, event.approved_on) == (date(2021, 12, 30), date(2022, 1, 7))
    assert Deal.objects.get().signed_on == date(2021, 12, 30)


def test_a_rate_is_shown_with_its_day_and_who_published_it_and_whether_it_was_checked(
    client, staff, accepted
):
    accepted(ledger(signed_row(foreign=500)))
    client.force_login(staff)
    page = client.get(f"/deals/{Deal.objects.get().pk}/").content.decode()
    assert "2022-09-30，中国外汇交易中心公布的人民币汇率中间价，未核对" in page
    assert DealAmount(rate_source="exchange_rates@2022-09").rate_words == "公布的中间价，未核对"


def test_the_rates_of_a_place_are_dated_and_checked_when_they_are_read(tmp_path):
    folder = tmp_path / "rules" / "deals"
    folder.mkdir(parents=True)
    head = "version: '1'\neffective_from: 2022-01-01\nsource: 各地自录, 未核对\nrates:\n"
    path = folder / "exchange_rates.yaml"
    path.write_text(head + "  - {currency: USD, day: 2022-10-10, per: 7.0992, source: 中间价}\n", "utf-8")
    assert exchange_rate("USD", date(2022, 10, 9), tmp_path) is None
    found = exchange_rate("USD", date(2022, 10, 10), tmp_path)
    assert (found.per, found.on, found.source) == (Decimal("7.0992"), date(2022, 10, 10), "中间价")
    path.write_text(head + "  - {currency: USD, day: 2022-10-10, per: -1}\n", "utf-8")
    with pytest.raises(RuleError, match="大于0的数"):
        exchange_rate("USD", date(2022, 10, 10), tmp_path)
