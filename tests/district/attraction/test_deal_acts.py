"""What is noted of a deal by hand: with evidence, with reasons, by its own people, in the journal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.attraction.conftest import TODAY
from wenpan.district.attraction import actions, deal_actions, pair_actions
from wenpan.district.attraction.deal_actions import QuickDeal
from wenpan.district.attraction.models import Deal, DealEvent, DealLink, DealPairApart, DealShare
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused

pytestmark = pytest.mark.django_db
PAPER = {"evidence": ["contract"], "document": "安招合〔2022〕9号"}


@pytest.fixture
def talk(deal):
    return deal(signed=None, paper=None)


def test_a_signing_with_its_contract_is_noted_and_journalled(talk, staff):
    actions.note_event(deal=talk, kind="reached", stage="signed", on=date(2022, 9, 1), by=staff, **PAPER)
    assert (talk.stage, talk.signed_on, talk.since) == ("signed", date(2022, 9, 1), date(2022, 9, 1))
    assert Entry.objects.filter(action="deals.event", subject=f"deal:{talk.pk}").count() == 1


def test_a_signing_without_its_contract_is_refused(talk, staff):
    with pytest.raises(Refused, match="须有正式投资合同"):
        actions.note_event(deal=talk, kind="reached", stage="signed", on=TODAY, by=staff)
    with pytest.raises(Refused, match="文号"):
        actions.note_event(
            deal=talk, kind="reached", stage="signed", on=TODAY, evidence=["contract"], by=staff
        )
    with pytest.raises(Refused, match="须有正式投资合同"):
        actions.note_event(
            deal=talk, kind="reached", stage="signed", on=TODAY, by=staff,
            evidence=["framework_text"], document="框架协议",
        )  # fmt: skip
    talk.refresh_from_db()
    assert talk.signed_on is None


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"kind": "ended"}, "终止原因"), ({"kind": "moved"}, "转入地"), ({"kind": "progress"}, "进展内容"),
        ({"kind": "replaced"}, "替代它的项目"), ({"kind": "returned", "stage": "lead"}, "退回"),
        ({"kind": "edited"}, "不认识"), ({"kind": "reached", "stage": "landed"}, "不认识"),
        ({"kind": "resumed"}, "没有终止"),
        ({"kind": "progress", "note": "x", "on": date(2022, 10, 11)}, "今天之后"),
    ],
)  # fmt: skip
def test_an_event_without_what_it_needs_is_refused(talk, staff, more, message):
    with pytest.raises(Refused, match=message):
        actions.note_event(**({"deal": talk, "on": TODAY, "by": staff} | more))


def test_an_approval_before_the_signing_is_refused(talk, staff):
    with pytest.raises(Refused, match="认定日期不能早于"):
        actions.note_event(
            deal=talk, kind="reached", stage="signed", on=date(2022, 9, 2), approved_on=date(2022, 9, 1),
            by=staff, **PAPER,
        )  # fmt: skip


def test_an_ended_deal_takes_nothing_but_its_resumption(talk, staff):
    actions.note_event(deal=talk, kind="ended", on=date(2022, 9, 1), reason="资金不足", by=staff)
    with pytest.raises(Refused, match="已终止"):
        actions.note_event(deal=talk, kind="progress", note="又来电", on=TODAY, by=staff)
    actions.note_event(deal=talk, kind="resumed", on=TODAY, by=staff)
    assert (talk.ended_on, talk.ending) == (None, "")


def test_an_agreement_replaced_by_another_ends_as_replaced(deal, staff):
    old, new = deal("旧协议项目"), deal("新协议项目", investor="另一家")
    actions.note_event(deal=old, kind="replaced", successor=new, on=TODAY, by=staff)
    assert (old.ending, old.standing["successor"]) == ("replaced", new.code)
    with pytest.raises(Refused, match="另一个没有终止的项目"):
        actions.note_event(deal=new, kind="replaced", successor=old, on=TODAY, by=staff)


def test_an_edit_never_resets_the_age(talk, staff):
    before = talk.moved_on
    deal_actions.edit_deal(deal=talk, seen=talk.version, values={"investor": "改了名的投资方"}, by=staff)
    talk.refresh_from_db()
    assert (talk.investor, talk.moved_on, talk.since) == ("改了名的投资方", before, before)


def test_of_two_who_edit_at_once_one_is_refused(talk, staff):
    seen = talk.version
    deal_actions.edit_deal(deal=talk, seen=seen, values={"chain": "装备"}, by=staff)
    with pytest.raises(Refused, match="别人刚改过"):
        deal_actions.edit_deal(deal=talk, seen=seen, values={"chain": "食品"}, by=staff)


def test_a_code_with_a_wrong_checksum_is_not_taken(talk, staff):
    with pytest.raises(Refused, match="校验位"):
        deal_actions.edit_deal(deal=talk, seen=talk.version, values={"uscc": "91110000600037341X"}, by=staff)


def test_a_wrong_event_is_withdrawn_with_a_reason_and_the_deal_is_as_before(deal, staff):
    signed = deal()
    event = DealEvent.objects.get(stage="signed")
    with pytest.raises(Refused, match="原因"):
        actions.withdraw_event(event=event, reason=" ", by=staff)
    actions.withdraw_event(event=event, reason="合同作废", by=staff)
    signed.refresh_from_db()
    assert (signed.stage, signed.signed_on) == ("talk", None)
    with pytest.raises(Refused, match="已经撤销"):
        actions.withdraw_event(event=event, reason="再撤", by=staff)


@pytest.mark.parametrize(
    ("text", "written", "amount", "currency"),
    [("1.2亿元", "万元", 12_000, "CNY"), ("500", "万美元", 500, "USD"), ("3,000", "万元", 3_000, "CNY")],
)
def test_amounts_as_people_type_them(talk, staff, text, written, amount, currency):
    row = actions.note_amount(
        deal=talk, rung="arrived", text=text, unit=written, as_of=TODAY, proof="银行回单", by=staff
    )
    assert (row.amount, row.currency) == (Decimal(amount), currency)
    assert (row.rate is not None) == (currency == "USD")


def test_arrived_money_without_proof_is_refused(talk, staff):
    with pytest.raises(Refused, match="证明材料"):
        actions.note_amount(deal=talk, rung="arrived", text="300", as_of=TODAY, by=staff)
    for wrong in ("面议", "", "-5", "1亿万元"):
        with pytest.raises(Refused):
            actions.note_amount(deal=talk, rung="agreed", text=wrong, as_of=TODAY, by=staff)


def test_a_withdrawn_amount_leaves_the_one_before(talk, staff):
    row = actions.note_amount(deal=talk, rung="agreed", text="2亿元", as_of=TODAY, by=staff)
    assert talk.agreed == Decimal(20_000)
    actions.withdraw_amount(amount=row, reason="写错", by=staff)
    talk.refresh_from_db()
    assert talk.agreed == Decimal(12_000)


def test_shares_sum_to_a_hundred_among_two_or_more(talk, staff, unit):
    town, park = unit("tongxi").pk, unit("park").pk
    for wrong in (
        {town: Decimal(100)},
        {town: Decimal(60), park: Decimal(39)},
        {town: Decimal(110), park: Decimal(-10)},
    ):
        with pytest.raises(Refused, match="合计为100%"):
            actions.set_shares(deal=talk, shares=wrong, by=staff)
    actions.set_shares(deal=talk, shares={town: Decimal(60), park: Decimal(40)}, by=staff)
    assert dict(DealShare.objects.values_list("unit__code", "share")) == {
        "tongxi": Decimal("0.6"), "park": Decimal("0.4"),
    }  # fmt: skip


def test_a_next_step_has_its_day_and_its_person(talk, staff):
    with pytest.raises(Refused, match="时间和责任人"):
        actions.set_next_step(deal=talk, step="赴苏州回访", on=None, who="", by=staff)
    actions.set_next_step(deal=talk, step="赴苏州回访", on=date(2022, 10, 20), who="李四", by=staff)
    talk.refresh_from_db()
    assert (talk.next_step, talk.next_by) == ("赴苏州回访", "李四")
    actions.set_next_step(deal=talk, step="", on=None, who="", by=staff)
    talk.refresh_from_db()
    assert (talk.next_step, talk.next_on) == ("", None)


def test_leads_and_talks_are_opened_many_at_once_or_none(staff, unit):
    lines = [
        QuickDeal("一号", "甲", "lead", date(2022, 10, 1)),
        QuickDeal("二号", "乙", "talk", None, "1.5亿元", "已来访"),
    ]
    made = deal_actions.open_deals(lines=lines, unit=unit("zsj"), by=staff)
    assert [(d.code, d.unit.code) for d in made] == [("ZS2022-0001", "zsj"), ("ZS2022-0002", "zsj")]
    assert [Deal.objects.get(pk=d.pk).stage for d in made] == ["lead", "talk"]
    with pytest.raises(Refused, match="第2行"):
        deal_actions.open_deals(
            lines=[QuickDeal("三号"), QuickDeal("四号", stage="signed")], unit=None, by=staff
        )
    with pytest.raises(Refused, match="第1行"):
        deal_actions.open_deals(lines=[QuickDeal("五号", amount="面议")], unit=None, by=staff)
    assert Deal.objects.count() == 2


def test_two_deals_are_merged_and_counted_once_and_taken_apart_again(deal, staff):
    one, other = deal("一号项目"), deal("一号 项目二", investor="乙")
    pair_actions.merge_deals(kept=one, other=other, by=staff)
    other.refresh_from_db()
    assert other.duplicate_of == one
    with pytest.raises(Refused, match="已经并入"):
        pair_actions.merge_deals(kept=one, other=other, by=staff)
    with pytest.raises(Refused, match="还并有别的"):
        pair_actions.merge_deals(kept=deal("三号", investor="丙"), other=one, by=staff)
    pair_actions.unmerge_deal(deal=other, by=staff)
    other.refresh_from_db()
    assert other.duplicate_of is None


def test_two_that_are_said_to_be_two_are_not_proposed_again(deal, staff):
    from wenpan.district.attraction.pairs import duplicates

    one, other = deal("智能装备园项目"), deal("智能装备园", investor="", unit="高新园")
    assert duplicates(staff)["count"] == 1
    pair_actions.set_deals_apart(one=other, other=one, by=staff)
    assert duplicates(staff)["count"] == 0
    assert DealPairApart.objects.get().one == one


def test_a_deal_is_linked_to_one_statistics_project_and_back(deal, staff):
    from wenpan.district.projects.models import Project

    project = Project.objects.create(
        code="P1",
        name="桐溪智造园",
        planned_total=12_000,
        pinyin="x",
        band="large",
        state="in_library",
        kind="industry",
    )
    link = deal_actions.link_project(deal=deal(), project=project, by=staff)
    with pytest.raises(Refused, match="已经对应"):
        deal_actions.link_project(deal=deal("别的", investor="乙"), project=project, by=staff)
    deal_actions.unlink_project(link=link, by=staff)
    assert not DealLink.objects.exists()


def test_a_unit_writes_its_own_deals_and_no_others(talk, town, make_user, unit):
    actions.note_event(deal=talk, kind="progress", note="已回访", on=TODAY, by=town)
    other = make_user("liaison", username="park", unit=unit("park"))
    with pytest.raises(NotYours):
        actions.note_event(deal=talk, kind="progress", note="不该", on=TODAY, by=other)
    with pytest.raises(PermissionDenied):
        actions.note_event(deal=talk, kind="progress", note="不该", on=TODAY, by=make_user("leader"))
    with pytest.raises(PermissionDenied):
        pair_actions.merge_deals(kept=talk, other=talk, by=town)


def test_who_takes_a_list_out_is_journalled(staff):
    deal_actions.note_export(what="列表", filters="state=all", by=staff)
    assert Entry.objects.filter(action="deals.export").count() == 1
