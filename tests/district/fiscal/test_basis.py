"""The comparable basis as a ledger: proposed by one, approved by another, and no published rate touched.

枣庄 2022-07: 119.19亿 +4.7 / +13.6, refunds 11亿 this year and about 0.8亿 the year before.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from tests.district.fiscal.conftest import AT
from wenpan.district.fiscal.basis import actions, queries
from wenpan.district.fiscal.models import AdjustmentEntry, MethodAnswer
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.observations.models import Observation, Region
from wenpan.economy.fiscal.comparable_basis import BasisMethod

pytestmark = pytest.mark.django_db
KEY = ("anhe", "revenue", "2022-07")
PAGE = "/fiscal/basis/anhe/revenue/2022-07/"


@pytest.fixture
def published(put):
    return put(*KEY, level="119.19", natural="4.7", refund_adjusted="13.6")


@pytest.fixture
def draft(regions):
    def make(**changed):
        values = {
            "region": Region.objects.get(code="anhe"),
            "indicator": "revenue",
            "period": "2022-07",
            "kind": "refund",
            "label": "增值税留抵退税",
            "this_year": Decimal("11"),
            "last_year": Decimal("0.8"),
            "this_digits": 0,
            "last_digits": 1,
            "paper": "财预〔2022〕8号",
            "paper_on": date(2022, 8, 12),
        }
        return actions.AdjustmentDraft(**values | changed)

    return make


@pytest.fixture
def approved(published, draft, people):
    entry = actions.propose(draft=draft(), by=people["analyst"], at=AT)
    return actions.decide(entry=entry, approve=True, by=people["statistician"], at=AT)


def one():
    return queries.one(Region.objects.get(code="anhe"), "revenue", "2022-07")


def test_a_line_counts_only_when_another_person_has_approved_it(published, draft, people):
    entry = actions.propose(draft=draft(), by=people["analyst"], at=AT)
    assert one().fit is None, "a proposal counts for nothing"
    actions.decide(entry=entry, approve=True, by=people["statistician"], at=AT)
    found = one()
    assert found.fit is not None and BasisMethod.TWO_SIDED in found.fit.fitting
    assert Entry.objects.filter(action__in=["basis.proposed", "basis.decided"]).count() == 2


def test_nobody_approves_his_own_line(published, draft, people):
    entry = actions.propose(draft=draft(), by=people["statistician"], at=AT)
    with pytest.raises(Refused, match="不能审批自己"):
        actions.decide(entry=entry, approve=True, by=people["statistician"], at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdjustmentEntry.objects.filter(pk=entry.pk).update(decided_by=people["statistician"], decided_at=AT)
    assert actions.decide(entry=entry, approve=True, by=people["second"], at=AT).state == "approved"


def test_declining_needs_a_reason_and_a_decision_is_made_once(published, draft, people):
    entry = actions.propose(draft=draft(), by=people["analyst"], at=AT)
    with pytest.raises(Refused, match="理由"):
        actions.decide(entry=entry, approve=False, by=people["statistician"], at=AT)
    actions.decide(entry=entry, approve=False, reason="文件不含本区", by=people["statistician"], at=AT)
    with pytest.raises(Refused, match="已经审批"):
        actions.decide(entry=entry, approve=True, by=people["second"], at=AT)
    assert one().fit is None


def test_a_withdrawn_line_stays_readable_and_counts_no_more(approved, people):
    with pytest.raises(PermissionDenied):
        actions.withdraw(entry=approved, reason="重复", by=people["analyst"], at=AT)
    actions.withdraw(entry=approved, reason="重复", by=people["second"], at=AT)
    found = one()
    assert found.fit is None and found.lines[0].withdrawn_reason == "重复"


def test_the_published_rates_are_never_overwritten(published, draft, people, client):
    """Whatever is proposed, approved, answered and shown: the figures stand as they were published."""
    before = list(Observation.objects.order_by("pk").values())
    entry = actions.propose(draft=draft(last_year=Decimal("5.0")), by=people["analyst"], at=AT)
    actions.decide(entry=entry, approve=True, by=people["statistician"], at=AT)
    actions.answer_method(region=entry.region, indicator="revenue", period="2022-07", method="A",
                          paper="财政局复函", by=people["statistician"], at=AT)  # fmt: skip
    client.force_login(people["analyst"])
    text = client.get(PAGE).content.decode()
    assert list(Observation.objects.order_by("pk").values()) == before
    found = one()
    assert found.adjusted.value == 13.6 and found.follows == pytest.approx(9.55, abs=0.02)
    assert "13.6" in text and "9.55" in text and "不是公布数" in text
    assert found.answer_contradicted and "与公布的增速不符" in text


def test_last_years_refunds_that_the_method_implies_are_drawn(published, draft, people):
    """Without last year's refunds 11亿 fits A with about 0.76亿 implied."""
    entry = actions.propose(draft=draft(last_year=None, last_digits=4), by=people["analyst"], at=AT)
    actions.decide(entry=entry, approve=True, by=people["statistician"], at=AT)
    found = one()
    assert (found.method, found.by) == (BasisMethod.TWO_SIDED, "fit")
    assert found.follows == pytest.approx(13.6, abs=0.1)


def test_a_method_that_cannot_be_told_is_asked_and_the_answer_is_kept_with_its_paper(put, draft, people):
    """+40 % fits none of the three."""
    put(*KEY, level="119.19", natural="4.7", refund_adjusted="40.0")
    entry = actions.propose(draft=draft(), by=people["analyst"], at=AT)
    actions.decide(entry=entry, approve=True, by=people["statistician"], at=AT)
    assert "均不相符" in one().question and one().steps == ()
    with pytest.raises(Refused, match="算法"):
        actions.answer_method(region=entry.region, indicator="revenue", period="2022-07", method="unknown",
                              paper="x", by=people["statistician"], at=AT)  # fmt: skip
    for method in ("A1", "B"):
        actions.answer_method(region=entry.region, indicator="revenue", period="2022-07", method=method,
                              paper="财政局复函", by=people["statistician"], at=AT)  # fmt: skip
    assert one().method is BasisMethod.BASE_REDUCED and one().question == ""
    assert MethodAnswer.objects.filter(superseded_at__isnull=True).count() == 1


@pytest.mark.parametrize(("changed", "said"), [
    ({"paper": " "}, "依据文件"), ({"label": ""}, "调整事项"), ({"kind": "other"}, "类别"),
    ({"this_year": Decimal("-1")}, "负数"), ({"kind": "scope", "last_year": None}, "上年数"),
    ({"indicator": "nothing"}, "没有这项指标"), ({"period": "2022-13"}, "期间"),
])  # fmt: skip
def test_a_line_without_paper_matter_or_amount_is_refused(draft, people, changed, said):
    with pytest.raises(Refused, match=said):
        actions.propose(draft=draft(**changed), by=people["analyst"], at=AT)
    assert not AdjustmentEntry.objects.exists()


def test_one_matter_stands_once(published, draft, people):
    actions.propose(draft=draft(), by=people["analyst"], at=AT)
    with pytest.raises(Refused, match="已在台账"):
        actions.propose(draft=draft(), by=people["second"], at=AT)


HEAD = ["指标", "地区", "期间", "调整类别", "事项", "本年影响额", "上年影响额", "依据文件", "文件日期"]
TABLE = [
    ["安禾区口径调整表"],
    ["单位：万元"],
    HEAD,
    [
        "一般公共预算收入",
        "",
        "2022-07",
        "退税",
        "增值税留抵退税",
        110000,
        8000,
        "财预〔2022〕8号",
        "2022-08-12",
    ],
    [
        "一般公共预算收入",
        "东澜区",
        "2022-07",
        "退税",
        "增值税留抵退税",
        52000,
        None,
        "财预〔2022〕8号",
        "2022-08-12",
    ],
]


def test_a_table_of_adjustments_comes_through_the_intake_and_waits_for_approval(published, accepted, people):
    accepted(TABLE, "口径调整表.xlsx", by="statistician")
    ours, rival = AdjustmentEntry.objects.order_by("pk")
    assert (ours.this_year, ours.last_year, ours.this_digits) == (Decimal("11"), Decimal("0.8"), 4)
    assert (rival.region.code, rival.last_year) == ("donglan", None)
    assert {ours.state, rival.state} == {"proposed"} and ours.cell == "F4"
    with pytest.raises(Refused, match="不能审批自己"):
        actions.decide(entry=ours, approve=True, by=people["statistician"], at=AT)


def test_the_same_table_again_changes_nothing_and_other_amounts_are_refused(published, accepted, checked):
    accepted(TABLE, "口径调整表.xlsx")
    other = [*TABLE[:3], [*TABLE[3][:5], 120000, *TABLE[3][6:]]]
    found = checked(other, "口径调整表2.xlsx")
    assert found.state == "refused"
    assert "basis.stands_already" in set(found.findings.values_list("check_code", flat=True))
    assert AdjustmentEntry.objects.count() == 2


def test_an_undone_file_takes_its_proposals_back_but_no_approved_line(published, accepted, people):
    from wenpan.district.intake.actions import undo

    file = accepted(TABLE, "口径调整表.xlsx")
    ours = AdjustmentEntry.objects.order_by("pk")[0]
    actions.decide(entry=ours, approve=True, by=people["statistician"], at=AT)
    with pytest.raises(Refused, match="已经批准"):
        undo(submission=file, by=people["analyst"], reason="错表", at=AT)
    actions.withdraw(entry=ours, reason="错表", by=people["statistician"], at=AT)
    file.refresh_from_db()
    undo(submission=file, by=people["analyst"], reason="错表", at=AT)
    assert set(AdjustmentEntry.objects.values_list("state", flat=True)) == {"withdrawn"}


class TestPages:
    def test_both_rates_stand_side_by_side_with_the_method(self, approved, people, client):
        client.force_login(people["leader"])
        text = client.get("/fiscal/basis/").content.decode()
        assert "4.7" in text and "13.6" in text and "8.9" in text
        text = client.get(PAGE).content.decode()
        assert "三种算法试算" in text and "bridge" in text

    def test_the_list_goes_out_as_it_is_shown(self, approved, people, client):
        client.force_login(people["leader"])
        book = load_workbook(io.BytesIO(client.get("/fiscal/basis/?export=xlsx").content))
        head, row = list(book.active.values)[:2]
        assert head[3:6] == ("自然口径", "另一口径", "公布增速") and row[3:6] == (4.7, "扣除留抵退税", 13.6)
        book = load_workbook(io.BytesIO(client.get("/fiscal/basis/ledger/?export=xlsx").content))
        assert "增值税留抵退税" in list(book.active.values)[1]

    def test_a_line_is_proposed_decided_and_withdrawn_on_the_page(self, published, people, client):
        client.force_login(people["analyst"])
        form = {"kind": "refund", "label": "留抵退税", "this_year": "11", "last_year": "0.8", "paper": "财预",
                "paper_on": "2022-08-12"}  # fmt: skip
        client.post(PAGE + "propose/", form)
        entry = AdjustmentEntry.objects.get()
        assert (entry.this_digits, entry.last_digits) == (0, 1)
        assert "批准" not in client.get(PAGE).content.decode().split("等待另一人审批")[-1].split("调整台账")[
            -1
        ].replace("待审批", "")
        client.force_login(people["statistician"])
        assert "不批准" in client.get(PAGE).content.decode()
        client.post(f"/fiscal/basis/ledger/{entry.pk}/decide/", {"decision": "approve"})
        entry.refresh_from_db()
        assert entry.state == "approved"
        client.post(f"/fiscal/basis/ledger/{entry.pk}/withdraw/", {"reason": "文件作废"})
        entry.refresh_from_db()
        assert entry.state == "withdrawn"
        assert "文件作废" in client.get(PAGE).content.decode()

    def test_the_answer_is_noted_on_the_page(self, approved, people, client):
        client.force_login(people["statistician"])
        client.post(PAGE + "answer/", {"method": "A", "paper": "财政局复函"})
        assert MethodAnswer.objects.get().method == "A"
        assert "财政局复函" in client.get(PAGE).content.decode()

    @pytest.mark.parametrize("form", [{"this_year": "约11"}, {"this_year": ""}, {"paper_on": "2022-02-30"},
                                      {"this_year": "1e9"}, {"this_year": "1.23456"}])  # fmt: skip
    def test_what_cannot_be_read_is_said_and_nothing_is_kept(self, published, people, client, form):
        client.force_login(people["analyst"])
        whole = {
            "kind": "refund",
            "label": "留抵退税",
            "this_year": "11",
            "paper": "文",
            "paper_on": "2022-08-12",
        }
        assert client.post(PAGE + "propose/", whole | form).status_code == 302
        assert not AdjustmentEntry.objects.exists()

    def test_others_may_not(self, approved, people, client):
        client.force_login(people["liaison"])
        assert client.get(PAGE).status_code == 403
        client.force_login(people["leader"])
        assert client.post(PAGE + "propose/", {}).status_code == 403
        client.force_login(people["analyst"])
        assert (
            client.post(f"/fiscal/basis/ledger/{approved.pk}/decide/", {"decision": "approve"}).status_code
            == 403
        )

    @pytest.mark.parametrize("path", ["anhe/nothing/2022-07", "anhe/revenue/2022-13", "none/revenue/2022-07"])
    def test_what_is_not_there_is_404(self, published, people, client, path):
        client.force_login(people["analyst"])
        assert client.get(f"/fiscal/basis/{path}/").status_code == 404

    def test_the_indicator_page_shows_both(self, approved, people, client):
        client.force_login(people["leader"])
        text = client.get("/indicators/revenue/").content.decode()
        assert "两个口径的增速" in text and "扣除留抵退税 +13.6%" in text


STATEMENT = "/fiscal/basis/statement/"
YANGLING = {"name": "地方财政收入", "value": "22797", "rate": "-2.31", "adjusted_rate": "7.61",
            "parts": "税收收入 18296 -11.03\n非税收入 4501 50.84"}  # fmt: skip


class TestStatement:
    """核对文字: a published text, typed in, is compared with itself; nothing is kept."""

    @pytest.fixture
    def page(self, client, make_user):
        client.force_login(make_user("analyst"))
        return lambda **typed: client.get(STATEMENT, typed).content.decode()

    def test_a_text_whose_parts_give_another_rate_is_told_both(self, page):
        told = page(**YANGLING)
        assert "自然口径增速-2.31%" in told and "据此为-3.19%" in told

    def test_a_text_that_agrees_is_told_so_and_an_empty_form_nothing(self, page):
        assert "没有发现矛盾" in page(value="110", rate="10.0", change="10")
        assert "没有发现矛盾" not in page()

    @pytest.mark.parametrize(("typed", "said"), [
        ({"value": "很多"}, "金额应为数字"), ({"value": "9" * 5000}, "金额应为数字"),
        ({"value": "1", "parts": "税收收入"}, "分项每行写名称"),
        ({"value": "1", "parts": "a 1 2 3"}, "分项每行写名称"),
        ({"value": "1", "parts": "税 1\n" * 21}, "分项最多20行"),
    ])  # fmt: skip
    def test_what_cannot_be_read_is_said(self, page, typed, said):
        assert said in page(**typed)
