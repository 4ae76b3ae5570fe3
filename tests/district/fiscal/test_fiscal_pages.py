"""The fiscal page: budgets by version, quarters, the year's end, the place, treasury, funds, bonds."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from tests.district.fiscal.conftest import AT
from tests.district.fiscal.test_reports import BONDS, LINES, MERGES, donggang
from wenpan.district.fiscal.basis import actions as basis
from wenpan.district.fiscal.bonds import queries as bonds
from wenpan.district.fiscal.budgets import actions, queries
from wenpan.district.fiscal.models import BudgetVersion
from wenpan.district.fiscal.page import queries as page
from wenpan.district.fiscal.treasury import queries as treasury
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.observations.actions import sync_regions
from wenpan.district.observations.models import Region
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db


def budget(people, revenue="77133", *, on=date(2022, 1, 10), **more):
    values = {
        "year": 2022, "revenue": Decimal(revenue), "tax": None, "non_tax": None, "body": "区人民代表大会",
        "document": "关于2022年预算的决议", "decided_on": on, "by": people["analyst"], "at": AT,
    }  # fmt: skip
    return actions.set_budget(**values | more)


class TestBudgets:
    def test_each_version_keeps_its_decision_and_progress_names_it(self, people):
        """A Guangdong district in 2022: 77,133 → 59,000; 44,250 done by September is 57.4 % and 75.0 %."""
        budget(people)
        budget(people, "59000", on=date(2022, 9, 28), body="区人大常委会", document="第二次调整的决议")
        first, second = queries.progress(2022, 9, Decimal(44250))
        assert (round(first.percent, 1), round(first.ahead, 1)) == (57.4, -17.6)
        assert (second.percent, second.ahead) == (75.0, 0.0)
        assert round(second.cut, 1) == -23.5
        assert [queries.name_of(v.version.number) for v in (first, second)] == ["年初预算", "第1次调整"]
        assert Entry.objects.filter(action="budget.set").count() == 2

    def test_what_is_not_reported_has_no_progress(self, people):
        budget(people)
        (line,) = queries.progress(2022, 9, None)
        assert line.percent is None and line.ahead is None

    @pytest.mark.parametrize(("changed", "said"), [
        ({"document": " "}, "决定文件"), ({"revenue": Decimal(0)}, "大于0"),
        ({"tax": Decimal(50000), "non_tax": Decimal(20000)}, "之和"),
    ])  # fmt: skip
    def test_half_a_decision_is_refused(self, people, changed, said):
        with pytest.raises(Refused, match=said):
            budget(people, **changed)
        assert not BudgetVersion.objects.exists()

    def test_an_adjustment_is_not_earlier_than_what_it_adjusts(self, people):
        budget(people)
        with pytest.raises(Refused, match="不能早于"):
            budget(people, "59000", on=date(2022, 1, 9))
        assert budget(people, "59000", on=date(2022, 1, 10)).number == 1

    def test_only_the_newest_version_is_withdrawn(self, people):
        first, second = budget(people), budget(people, "59000", on=date(2022, 9, 28))
        with pytest.raises(Refused, match="后面还有调整"):
            actions.withdraw_budget(version=first, reason="x", by=people["analyst"], at=AT)
        actions.withdraw_budget(version=second, reason="录入有误", by=people["analyst"], at=AT)
        assert [v.number for v in queries.versions(2022)] == [0]
        assert budget(people, "60000", on=date(2022, 9, 28)).number == 1

    def test_the_database_keeps_the_parts_equal_to_the_whole(self, people):
        version = budget(people, tax=Decimal(60000), non_tax=Decimal(17133))
        kept = ("year", "revenue", "non_tax", "body", "document", "decided_on", "recorded_by", "recorded_at")
        values = {name: getattr(version, name) for name in kept}
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetVersion.objects.create(**values, number=7, tax=Decimal(1))

    def test_a_version_is_set_and_withdrawn_on_the_page(self, people, client):
        client.force_login(people["analyst"])
        form = {"year": "2022", "revenue": "59,000", "tax": "40,000", "non_tax": "19000"}
        form |= {"body": "区人大常委会", "document": "决议", "decided_on": "2022-09-28"}
        client.post("/fiscal/budgets/set/", form)
        version = BudgetVersion.objects.get()
        assert version.tax == 40000 and "决议" in client.get("/fiscal/budgets/?year=2022").content.decode()
        client.post(f"/fiscal/budgets/{version.pk}/withdraw/", {"reason": "重复登记"})
        version.refresh_from_db()
        assert version.withdrawn_reason == "重复登记"
        assert client.post("/fiscal/budgets/set/", form | {"year": "²"}).status_code == 302
        client.force_login(people["statistician"])
        assert client.post("/fiscal/budgets/set/", form).status_code == 403


class TestOverview:
    def test_the_statement_and_both_rates_stand_on_the_page(self, accepted, put, people, client):
        put("anhe", "revenue", "2022-09", level="10.4522", natural="6.7", refund_adjusted="9.9")
        accepted(donggang(), "收支.xlsx", merges=MERGES)
        budget(people, "150000")
        client.force_login(people["leader"])
        text = client.get("/fiscal/").content.decode()
        for word in ("增值税", "国税", "69.7", "9.9", "扣除留抵退税", "分月收入"):
            assert word in text
        book = load_workbook(io.BytesIO(client.get("/fiscal/?export=xlsx").content))
        rows = list(book.active.values)
        assert rows[3][:4] == ("1、增值税50%", 40000, 30003, 25000)
        assert "地税" not in client.get("/fiscal/?side=tax").content.decode().split("分月收入")[0]

    def test_a_month_is_each_rows_own(self, accepted):
        lines = [list(line) for line in LINES]
        lines[2][6] = 2500
        accepted(donggang(8, lines), "八月.xlsx", merges=MERGES)
        accepted(donggang(), "九月.xlsx", merges=MERGES)
        months, rows = page.by_month(2022)
        cells = {(row.plain, row.side): values for row, values in rows}
        assert months == ["2022-08", "2022-09"]
        assert cells["增值税", "item"] == [2500, 3000]
        assert cells["国税征收", "collector"] == [None, None]

    def test_quarters_come_from_published_figures(self, put):
        put("anhe", "revenue", "2022-03", level="11.0", natural="10.0")
        put("anhe", "revenue", "2022-06", level="19.0", natural="-5.0")
        first, second = page.fiscal_page(Month(2022, 6)).quarters
        assert (round(first.growth, 1), round(second.growth, 1)) == (10.0, -20.0)

    def test_nothing_yet_is_said(self, regions, people, client):
        client.force_login(people["leader"])
        assert "还没有财政收入的数" in client.get("/fiscal/").content.decode()

    @pytest.mark.parametrize("path", ["", "budgets/", "funds/", "bonds/"])
    def test_who_may_not_sees_nothing(self, regions, people, client, path):
        client.force_login(people["liaison"])
        assert client.get(f"/fiscal/{path}").status_code == 403


@pytest.fixture
def five(db):
    sync_regions(
        regions=[{"code": c, "name": n, "home": c == "jia"} for c, n in
                 (("jia", "甲区"), ("yi", "乙区"), ("bing", "丙区"), ("ding", "丁区"), ("wu", "戊区"))],
        city={"code": "city", "name": "宁城"}, by=None,
    )  # fmt: skip


def refund(people, code, amount, period="2022-09"):
    draft = basis.AdjustmentDraft(
        Region.objects.get(code=code), "revenue", period, "refund", "留抵退税", Decimal(amount), None, 0, 4,
        "财预〔2022〕8号", date(2022, 10, 12),
    )  # fmt: skip
    entry = basis.propose(draft=draft, by=people["analyst"], at=AT)
    basis.decide(entry=entry, approve=True, by=people["statistician"], at=AT)


class TestPlace:
    def test_the_most_is_said_only_where_all_are_known(self, five, people):
        for code, amount in (("jia", 9), ("yi", 5), ("bing", 3)):
            refund(people, code, amount)
        place = page.refund_place(Region.objects.get(home=True), Month(2022, 9))
        assert (place.rank, place.known, place.family, place.most) == (1, 3, 5, False)
        refund(people, "ding", 2)
        refund(people, "wu", 9)
        place = page.refund_place(Region.objects.get(home=True), Month(2022, 9))
        assert place.most, "equal values share the better place"

    def test_too_few_are_not_ranked(self, five, people):
        """Two of five: fewer than half."""
        refund(people, "jia", 9)
        refund(people, "yi", 5)
        place = page.refund_place(Region.objects.get(home=True), Month(2022, 9))
        assert place.rank is None and place.known == 2

    def test_a_district_that_told_last_time_must_have_told_this_time(self, five, people):
        for code, amount in (("jia", 9), ("yi", 5), ("bing", 3)):
            refund(people, code, amount, "2022-08")
        for code, amount in (("jia", 9), ("yi", 5), ("ding", 3)):
            refund(people, code, amount, "2022-09")
        place = page.refund_place(Region.objects.get(home=True), Month(2022, 9))
        assert place.rank is None

    def test_ours_unknown_is_no_place(self, five, people):
        refund(people, "yi", 5)
        assert page.refund_place(Region.objects.get(home=True), Month(2022, 9)) is None


DUE = [
    ["待拨付情况-市级和债券 2022-10-19"], ["单位:元"],
    ["资金性质", "预算项目", "部门支出经济分类", "申请金额", "拨款金额"],
    ["111-一般公共预算资金", "P001-人员经费", "301-工资福利支出", None, 90000000],
    ["111-一般公共预算资金", "P004-办公费", "302-商品和服务支出", None, 199999],
    ["122-专项债券", "P002-产业园标准厂房工程", "310-资本性支出", None, 40000000],
]  # fmt: skip
CASH = [["库款日报 2022-10-19"], ["单位:万元"], ["资金性质", "库款余额", "本月预计收入"],
        ["111-一般公共预算资金", 7000, 3000], ["121-政府性基金预算资金", 800, None]]  # fmt: skip


class TestTreasury:
    def test_what_is_due_stands_against_what_is_there(self, accepted):
        accepted(DUE, "待拨付.xlsx")
        accepted(CASH, "库款.xlsx")
        lines = {line.nature: line for line in treasury.treasury().lines}
        general, fund, bond = lines["111"], lines["121"], lines["122"]
        assert (general.cash, general.due, general.expected) == (7000, Decimal("9019.9999"), 3000)
        assert general.left == Decimal("-2019.9999")
        assert general.groups[0] == ("人员", 9000) and general.small == Decimal("19.9999")
        assert (bond.cash, bond.left) == (None, None), "no cash reported is not no cash"
        assert fund.due == 0, "the list came and has nothing for it"

    def test_without_a_due_list_nothing_is_known_to_be_due(self, accepted):
        accepted(CASH, "库款.xlsx")
        assert {line.due for line in treasury.treasury().lines} == {None}

    def test_small_payments_are_not_listed_one_by_one(self, accepted, people, client):
        accepted(DUE, "待拨付.xlsx")
        assert list(treasury.due_list().values_list("amount", flat=True)) == [9000, 4000]
        client.force_login(people["leader"])
        text = client.get("/fiscal/funds/").content.decode()
        assert "人员经费" in text and "办公费" not in text
        assert "其中单笔20万元以下" in text

    def test_projects_wants_stand_against_what_came(self, accepted, people, client):
        rows = [["安禾区投资项目总表(截至2022年9月30日)"], ["单位:万元"],
                ["项目名称", "本年资金需求", "中央预算内投资资金情况下达资金", "专项债券资金情况下达资金",
                 "专项债券资金情况支付资金"],
                ["桐溪水库", 8000, 3000, 4000, 1000], ["柳湾学校", None, None, 1000, 900]]  # fmt: skip
        accepted(rows, "项目总表.xlsx")
        _report, (first, second) = treasury.project_funds()
        assert (first.name, first.had, first.short, first.paid) == ("桐溪水库", 7000, 1000, 1000)
        assert second.short is None
        client.force_login(people["leader"])
        assert "1个写明资金需求" in client.get("/fiscal/funds/?table=funds").content.decode()
        book = load_workbook(io.BytesIO(client.get("/fiscal/funds/?table=funds&export=xlsx").content))
        assert list(book.active.values)[1][2:5] == (8000, 7000, 1000)


class TestBonds:
    def test_shanxis_quarters_and_tianjins_half_year_say_different_things_of_one_batch(self, accepted):
        """Issued 15 March, 10,000, spent 8,294.81 by 30 September: six whole months, so 50 % in Shanxi: fine;
        all in Tianjin: failing."""
        accepted(BONDS, "专项债.xlsx")
        shanxi, tianjin = bonds.bond_page("shanxi-2022"), bonds.bond_page("tianjin-2022")
        assert [line.state for line in shanxi.lines] == [bonds.FINE, bonds.UNKNOWN]
        assert tianjin.lines[0].state == bonds.FAILING
        assert shanxi.lines[0].standing.months == 6 and shanxi.lines[0].needed == 5000

    def test_sets_that_have_not_begun_are_not_offered(self, accepted):
        rows = [["专项债券资金使用情况表(截至2021年9月30日)"], *BONDS[1:3],
                ["桐溪产业园", "一批", "2021-03-15", 10000, 10000, None, None, None, None, None]]  # fmt: skip
        accepted(rows, "专项债.xlsx")
        assert bonds.bond_page().sets == ()

    def test_the_ladder_counts_only_what_is_told(self, accepted):
        accepted(BONDS, "专项债.xlsx")
        ladder = {rung: (total, known) for rung, total, known in bonds.bond_page().ladder}
        assert ladder["issued"] == (14000, 2) and ladder["spent"] == (8294.81, 1)

    def test_the_page_names_the_state_and_the_rung_that_cannot_be(self, accepted, people, client):
        accepted(BONDS, "专项债.xlsx")
        client.force_login(people["leader"])
        text = client.get("/fiscal/bonds/?rules=shanxi-2022").content.decode()
        assert "未报支出" in text and "已拨到施工单位多于已拨到主管部门" in text
        book = load_workbook(io.BytesIO(client.get("/fiscal/bonds/?rules=tianjin-2022&export=xlsx").content))
        states = {row[1]: row[-1] for row in list(book.active.values)[1:]}
        assert states["2022年第一批"] == "未达序时"
