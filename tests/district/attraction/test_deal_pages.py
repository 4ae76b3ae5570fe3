"""Pages of deals as each role, and every form of them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from tests.district.attraction.conftest import ledger, signed_row
from wenpan.district.attraction.models import Deal, DealAmount, DealEvent, DealLink, DealShare

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(client, staff):
    def send(address, *arguments, by=staff, **form):
        client.force_login(by)
        answer = client.post(reverse(f"attraction:{address}", args=arguments), form)
        assert answer.status_code == 302, answer.content.decode()[:400]

    return send


@pytest.fixture
def see(client, staff):
    def get(address, *arguments, by=staff, query=""):
        client.force_login(by)
        answer = client.get(reverse(f"attraction:{address}", args=arguments) + query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return get


def test_an_event_is_noted(press, deal):
    made = deal(signed=None, paper=None)
    press(
        "event",
        made.pk,
        kind="reached",
        stage="signed",
        on="2022-09-01",
        evidence=["contract"],
        document="7号",
    )
    assert Deal.objects.get().stage == "signed"


def test_an_event_is_withdrawn(press, deal):
    deal()
    press("withdraw_event", DealEvent.objects.get(stage="signed").pk, reason="作废")
    assert Deal.objects.get().stage == "talk"


def test_an_amount_is_noted(press, deal):
    press("amount", deal().pk, rung="arrived", text="1.2亿元", as_of="2022-09-30", proof="银行回单")
    assert Deal.objects.get().arrived == 12_000


def test_an_amount_is_withdrawn(press, deal):
    deal()
    press("withdraw_amount", DealAmount.objects.get().pk, reason="写错")
    assert Deal.objects.get().agreed is None


def test_shares_are_set(press, deal, unit):
    parts = {"share_unit": [unit("tongxi").pk, unit("park").pk, ""], "share": ["60", "40", ""]}
    press("shares", deal().pk, **parts)
    assert DealShare.objects.count() == 2


def test_a_next_step_is_set(press, deal):
    press("next_step", deal().pk, step="回访", on="2022-10-20", who="李四")
    assert Deal.objects.get().next_step == "回访"


def test_a_deal_is_corrected(press, deal):
    made = deal()
    press(
        "edit",
        made.pk,
        version=made.version,
        name=made.name,
        investor="新名",
        marks=["relocation"],
        trade="industry",
    )
    made.refresh_from_db()
    assert (made.investor, made.marks) == ("新名", ["relocation"])


def test_a_deal_is_linked_and_the_link_removed(press, deal):
    from wenpan.district.projects.models import Project

    Project.objects.create(
        code="P1",
        name="桐溪智造园",
        planned_total=12_000,
        pinyin="x",
        band="large",
        state="in_library",
        kind="industry",
    )
    made = deal()
    press("link", made.pk, project="P1")
    press("unlink", DealLink.objects.get().pk)
    assert not DealLink.objects.exists()


def test_duplicates_are_merged_and_taken_apart(press, deal, see):
    one, other = deal("智能装备园项目"), deal("智能装备园", investor="", unit="高新园")
    assert "是同一个" in see("duplicates")
    press("merge", kept=one.pk, other=other.pk, act="merge")
    assert "请登记分成比例" in see("deal", one.pk)
    assert "已并入" in see("deal", other.pk)
    press("unmerge", other.pk)
    assert Deal.objects.filter(duplicate_of=None).count() == 2


def test_lines_pasted_from_a_spreadsheet_become_deals_of_the_own_unit(press, see, town):
    lines = "项目名称\t投资方\n一号\t甲公司\t在谈\t2022-10-01\t1.5亿元\t已来访\n\n二号\t乙\t线索\n"
    press("mine", by=town, lines=lines)
    assert {(d.name, d.unit.code, d.stage) for d in Deal.objects.all()} == {
        ("一号", "tongxi", "talk"), ("二号", "tongxi", "lead"),
    }  # fmt: skip
    assert "一号" in see("mine", by=town)


def test_my_deals_are_a_list_like_others(press, client, town):
    press("mine", by=town, lines="一号\t甲公司\t在谈\t2022-10-01\n二号\t乙公司\t线索\n")
    client.force_login(town)
    page = client.get(reverse("attraction:mine"), {"q": "乙"}).content.decode()
    assert "二号" in page and "一号" not in page.partition("<table")[2] and 'data-column="pinyin"' in page
    rows = client.get(reverse("attraction:mine"), {"sort": "pinyin", "export": "csv"}).content.decode(
        "utf-8-sig"
    )
    head, *rest = rows.splitlines()
    assert head.startswith("项目编号,项目名称,投资方") and ["二号" in row for row in rest] == [True, False]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("一号；甲；线索；2022.9.1；3000；来电", ("一号", "甲", "lead", 3_000, "来电")),
        (
            "序号\t阶段\t项目名称\t总投资（亿元）\t投资方名称\n1\t在谈\t一号\t1.5\t甲",
            ("一号", "甲", "talk", 15_000, ""),
        ),
        ('"一号\n（二期）"\t甲\t在谈\t\t2000\t已来访', ("一号 （二期）", "甲", "talk", 2_000, "已来访")),
        ('2"厂房项目\t甲\t在谈', ("2厂房项目", "甲", "talk", None, "")),
    ],
)
def test_a_line_as_it_is_typed_or_copied_is_read(press, staff, lines, told):
    """Typed with ；, with the head of another table, with a line break in a cell, with one quotation mark."""
    press("mine", lines=lines)
    deal = Deal.objects.get()
    assert (deal.name, deal.investor, deal.stage, deal.agreed, deal.fields.get("progress", "")) == told


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("一号\t甲\t已签约", "只能是线索或在谈"),
        ("一号\t甲\t在谈\t下周", "读不出来"),
        ("\t甲", "请填项目名称"),
        (" \n", "没有填写"),
    ],
)
def test_what_cannot_be_opened_is_said_and_what_was_typed_stays(client, staff, lines, message):
    client.force_login(staff)
    answer = client.post(reverse("attraction:mine"), {"lines": lines})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert message in page
    assert not Deal.objects.exists()


def test_the_board_and_the_list_count_a_framework_as_no_signing(accepted, see):
    accepted(ledger(signed_row(agreement="框架协议"), signed_row("已签的", investor="乙")))
    for address in ("board", "deals"):
        page = see(address)
        assert "<strong>2</strong>" in page and "<strong>1</strong>" in page, address


def test_the_page_of_a_deal_says_why_it_counts_and_what_other_sets_say(deal, see):
    page = see("deal", deal(approved="2022-03-10").pk)
    assert "按发生日期计入2022年" in page and "默认招商签约认定" in page
    assert "三明市招商项目认定办法" in page
    framework = deal("框架项目", agreement="框架协议", investor="乙")
    assert "框架协议不计签约" in see("deal", framework.pk)


def test_a_signing_without_evidence_is_asked_for_on_its_page(deal, see):
    assert "缺正式投资合同" in see("deal", deal(paper=None).pk)


def test_the_list_filters_by_size_stage_year_and_standstill(accepted, see):
    accepted(
        ledger(
            signed_row("大的", agreed="12亿元"), signed_row("小的", investor="乙", agreed=500),
            signed_row("停的", investor="丙", signed=None, paper=None, talk="2022-07-10"),
            signed_row("没停的", investor="丁", signed=None, paper=None, talk="2022-07-11"),
        )
    )  # fmt: skip

    def listed(query):
        return {
            name for name in ("大的", "小的", "没停的", "停的") if f">{name}<" in see("deals", query=query)
        }

    assert listed("?size=10") == {"大的"}
    assert listed("?stage=talk&still=3") == {"停的"}
    assert listed("?signed=2022") == {"大的", "小的"}
    assert listed("?state=ended") == set()
    assert listed("?q=xiaode") == set() and listed("?q=小的") == {"小的"}


def test_the_funnel_names_both_sides_and_refuses_a_rate_from_four(accepted, see):
    rows = [signed_row(f"{n}号", investor=f"{n}", started="2022-06-01" if n % 2 else None) for n in range(4)]
    accepted(ledger(*rows))
    assert "2 / 4 · —" in see("funnel")
    accepted(ledger(signed_row("又一个", investor="又")))
    page = see("funnel", query="?by=quarter&sets=all")
    assert "2022-Q1" in page and "2 / 5 · 40.0%" in page


def test_the_forms_go_out_with_their_headers(deal, client, staff):
    deal(arrived="3000")
    client.force_login(staff)
    for code in ("negotiating-domestic", "landed-domestic", "landed-foreign", "ledger"):
        answer = client.get(reverse("attraction:deals"), {"form": code, "state": "all"})
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        assert "桐溪智造园" in [cell.value for cell in sheet[4]], code
    assert client.get(reverse("attraction:deals"), {"export": "xlsx"}).status_code == 200


def test_a_ledger_that_goes_out_comes_in_again_without_a_change(deal, client, staff, checked):
    from wenpan.district.intake.examination import examine

    deal(arrived="3000", progress="已考察", started="2022-06-01", company="安禾公司")
    client.force_login(staff)
    data = client.get(reverse("attraction:deals"), {"form": "ledger"}).content
    changes = examine(checked(data)).changes
    assert set(changes["kind"].to_list()) == {"unchanged"}, changes.to_dicts()


@pytest.mark.parametrize("role", ["leader", "statistician", "supervisor"])
def test_who_reads_reads_all_and_writes_nothing(role, deal, make_user, client):
    made = deal()
    client.force_login(make_user(role))
    page = client.get(reverse("attraction:deal", args=[made.pk])).content.decode()
    assert "桐溪智造园" in page and "登记进展" not in page
    assert client.get(reverse("attraction:mine")).status_code == 403
    assert client.post(reverse("attraction:event", args=[made.pk]), {"kind": "progress"}).status_code == 403


@pytest.mark.parametrize("role", ["system_admin", "auditor", ""])
def test_who_has_no_business_with_deals_sees_none(role, make_user, client):
    client.force_login(make_user(role))
    for address in ("board", "deals", "funnel", "mine", "duplicates"):
        assert client.get(reverse(f"attraction:{address}")).status_code == 403


def test_a_unit_sees_its_own_and_what_it_shares(deal, make_user, unit, see, client, staff):
    from decimal import Decimal

    from wenpan.district.attraction import actions

    made = deal()
    park = make_user("liaison", username="park", unit=unit("park"))
    client.force_login(park)
    assert client.get(reverse("attraction:deal", args=[made.pk])).status_code == 404
    assert "桐溪智造园" not in see("deals", by=park)
    parts = {unit("tongxi").pk: Decimal(60), unit("park").pk: Decimal(40)}
    actions.set_shares(deal=made, shares=parts, by=staff)
    assert "桐溪智造园" in see("deals", by=park)
    assert "登记进展" not in see("deal", made.pk, by=park)


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("shares", {"share_unit": ["9" * 30, "1"], "share": ["60", "40"]}),
        ("shares", {"share_unit": ["1", "2"], "share": ["NaN", "1e2"]}),
        ("event", {"kind": "reached", "stage": "signed", "on": "2022-02-30"}),
        ("event", {"kind": "reached", "stage": "signed", "on": "2022-09-01", "evidence": ["x" * 500]}),
        ("amount", {"rung": "agreed", "text": "1e400", "as_of": "2022-09-30"}),
        ("amount", {"rung": "owed", "text": "1", "as_of": "2022-09-30"}),
        ("edit", {"version": "²", "name": "改名"}),
        ("edit", {"version": "1", "name": "改名", "marks": ["nobody"]}),
        ("next_step", {"step": "回访", "on": "soon", "who": "李四"}),
        ("link", {"project": "没有"}),
    ],
)
def test_typed_nonsense_is_answered_in_words_and_changes_nothing(deal, client, staff, address, form):
    made = deal()
    before = Deal.objects.values().get(pk=made.pk)
    client.force_login(staff)
    answer = client.post(reverse(f"attraction:{address}", args=[made.pk]), form, follow=True)
    assert answer.status_code == 200
    assert Deal.objects.values().get(pk=made.pk) == before
