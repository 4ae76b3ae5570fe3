"""The finance bureau's tables as they come: layouts of part E, read through the intake, kept as printed.

Headers are real (Donggang 2017, a district's budget of 2016, exports of the budget system, a county's master
table); numbers are made up but for the budget's sums, 24,039 + 20,302 = 44,341.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.district.fiscal.conftest import AT
from wenpan.district.fiscal import rederived
from wenpan.district.fiscal.models import BondRow, FiscalReport, FundRow, RevenueRow, TreasuryRow
from wenpan.district.fiscal.reports import queries
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.intake.actions import undo

pytestmark = pytest.mark.django_db
HEAD = [
    ["预算科目", "年度预算", "累计", None, None, None, "当月", None, None, None, "本期累计为预算%"],
    [None, None, "本期", "同期", "增减额", "增减率%", "本期", "同期", "增减额", "增减率%", None],
]
MERGES = ("A1:K1", "C3:F3", "G3:J3", "A3:A4", "B3:B4", "K3:K4")
LINES = [
    ["一、一般公共预算收入", "150,000", "104,522", "98,000", "6,522", "6.7", "12,000", "11,000", "1,000",
     "9.1", "69.7"],
    ["(一)税收收入", "100,000", "70,010", "66,029", "3,981", "6.0", 8000, 7500, 500, 6.7, 70.0],
    ["1、增值税50%", 40000, 30003, 25000, 5003, 20.0, 3000, 2800, 200, 7.1, 75.0],
    ["其中:改征增值税", None, 12000, 10000, 2000, 20.0, 1200, 1100, 100, 9.1, None],
    ["国税征收", None, 28003, 23000, 5003, 21.8, None, None, None, None, None],
    ["地税征收", None, 2000, 2000, 0, 0.0, None, None, None, None, None],
    ["2、营业税", None, 7, 29, -22, -75.9, None, 5, -5, -100.0, None],
    ["3、企业所得税40%", 30000, 20000, 21000, -1000, -4.8, 2000, 2000, 0, 0.0, 66.7],
    ["4、个人所得税40%", 30000, 20000, 20000, 0, 0.0, 3000, 2695, 305, 11.3, 66.7],
    ["(二)非税收入", 50000, 34512, 31971, 2541, 7.9, 4000, 3500, 500, 14.3, 69.0],
]  # fmt: skip


def donggang(month=9, lines=LINES):
    return [[f"安禾区2022年{month}月份财政收支情况"], ["表一", *[None] * 9, "单位:万元"], *HEAD, *lines]


def test_the_statement_of_revenue_is_read_as_it_is(accepted):
    accepted(donggang(), "收支.xlsx", merges=MERGES)
    report = queries.current("fiscal_revenue")
    assert (report.key, RevenueRow.objects.filter(report=report).count()) == ("2022-09", 10)
    rows = {row.plain: row for row in RevenueRow.objects.all()}
    assert (rows["增值税"].ratio, rows["增值税"].budget, rows["增值税"].ytd) == (50, 40000, 30003)
    assert rows["营业税"].ytd == 7 and rows["营业税"].month is None, "an empty cell is not nothing"
    assert rows["营业税"].month_growth == Decimal("-100")
    assert {rows["国税征收"].side, rows["地税征收"].side} == {"collector"}
    assert rows["改征增值税"].side == "of_which"
    assert rows["一般公共预算收入"].code == "revenue"


def test_sums_that_cannot_be_right_are_asked_and_kept_as_printed(checked, accepted):
    lines = [list(line) for line in LINES]
    lines[1][2] = "70,110"
    found = checked(donggang(lines=lines), "收支.xlsx", merges=MERGES)
    said = {(f.check_code, f.cell): f.found for f in found.findings.filter(severity="soft")}
    assert "70110" in said["fiscal.sum", "C6"]
    accepted(donggang(8, lines), "收支8.xlsx", merges=MERGES)
    assert RevenueRow.objects.get(code="tax").ytd == 70110


def test_a_printed_rate_that_no_rounding_gives_is_asked(checked):
    lines = [list(line) for line in LINES]
    lines[9][5] = 9.9
    found = checked(donggang(lines=lines), "收支.xlsx", merges=MERGES)
    assert list(found.findings.filter(check_code="fiscal.rate").values_list("cell", flat=True)) == ["F14"]


BUDGET = [
    ["安禾区2016年财政收入预算表"], ["单位:万元"],
    ["项目", "2016年预算数", "上年完成数", "比上年增减额", "比上年增减%", "备注"],
    ["一、共享收入", 24039, 21561, 2478, 11.5, None], ["增值税", 10000, 9000, 1000, 11.1, "2016年为预计数"],
    ["营业税", 14039, 12561, 1478, 11.8, None], ["二、区级固定收入", 20302, 18000, 2302, 12.8, None],
    ["房产税", 8302, 7000, 1302, 18.6, None], ["契税", 12000, 11000, 1000, 9.1, None],
    ["区级财政收入合计", 44341, 39561, 4780, 12.1, None],
]  # fmt: skip


def test_the_budget_of_2016_is_read_and_its_sums_agree(accepted, checked):
    file = accepted(BUDGET, "预算.xlsx")
    assert not file.findings.filter(check_code="fiscal.sum").exists()
    assert queries.current("fiscal_budget").key == "2016"
    assert RevenueRow.objects.get(plain="区级财政收入合计").budget == 44341
    wrong = [*BUDGET[:-1], ["区级财政收入合计", 44431, 39561, 4780, 12.1, None]]
    assert checked(wrong, "预算2.xlsx").findings.filter(check_code="fiscal.sum").count() == 1


TEXT = """安禾区2022年1—9月财政收支情况
1—9月，全区一般公共预算收入完成10.45亿元，占年初预算15亿元的69.7%，增长6.7%（扣除留抵退税因素同口径增长13.6%）。其中：税收收入完成70010万元，增长6.0%；非税收入完成34512万元，增长7.9%。
增值税完成30003万元，增长20%，当月完成3000万元，下降7.1%。
一般公共预算支出完成20.1亿元，增长3%。""".encode()


def test_a_text_report_becomes_the_same_rows_and_what_is_not_read_is_told(checked, people, client):
    file = checked(TEXT, "财政收支情况.txt")
    assert (file.state, file.kind, file.period) == ("ready", "fiscal_revenue", "2022-09")
    (told,) = file.findings.filter(check_code="fiscal_text.other")
    assert (told.sheet, told.severity) == ("正文第4段", "note") and "20.1亿元" in told.found
    client.force_login(people["analyst"])
    preview = client.get(f"/data/{file.pk}/").content.decode()
    assert "正文第2段" in preview and "同口径增减率 13.60%" in preview and "增减率 −7.10%" in preview
    assert client.get(f"/data/{file.pk}/marked/").content[:2] == b"PK", "a text has no cells: the list alone"
    intake.accept(submission=file, by=people["analyst"], at=AT)
    rows = {row.plain: row for row in queries.current("fiscal_revenue").revenuerows.all()}
    assert (rows["一般公共预算收入"].ytd, rows["一般公共预算收入"].budget) == (104500, 150000)
    assert rows["一般公共预算收入"].ytd_growth_adjusted == Decimal("13.6")
    assert (rows["税收收入"].code, rows["非税收入"].code) == ("tax", "non_tax")
    assert (rows["增值税"].month, rows["增值税"].month_growth) == (3000, Decimal("-7.1"))
    page = client.get("/fiscal/?month=2022-09").content.decode()
    assert "同口径增减率" in page
    assert "13.6" in page and "为年初预算" in page
    assert not list(rederived.troubles(lambda words: None))
    undo(submission=file, reason="发错了文件", by=people["second"])
    assert queries.current("fiscal_revenue") is None


def test_a_text_does_not_take_the_place_of_a_table_in_silence(accepted, checked, people):
    accepted(donggang(), "收支.xlsx", merges=MERGES)
    file = checked(TEXT, "财政收支情况.txt")
    (asked,) = file.findings.filter(check_code="fiscal_text.displaces")
    assert asked.severity == "soft" and "10行" in asked.found
    with pytest.raises(Refused):
        intake.accept(submission=file, by=people["analyst"], at=AT)


def test_a_text_report_without_a_year_asks_for_the_month_and_refuses_another(checked, people):
    file = checked("1—9月，全区一般公共预算收入完成104500万元。".encode(), "财政.txt")
    assert (file.state, file.question["asks"]) == ("unknown", "period")
    intake.set_period(submission=file, period="2022-08", by=people["analyst"])
    assert intake.check(submission=file).state == "refused"


def test_what_is_due_is_read_in_yuan_by_nature_and_by_what_it_buys(accepted):
    rows = [
        ["待拨付情况-市级和债券 2022-10-19"], ["单位:元"],
        ["资金性质", "预算项目", "部门支出经济分类", "申请金额", "拨款金额"],
        ["111-一般公共预算资金", "P001-人员经费", "301-工资福利支出", 1200000, 1000000],
        ["122-专项债券", "P002-产业园标准厂房工程", "310-资本性支出", 50000000, 40000000],
        ["121-政府性基金预算资金", "P003-东片征地补偿", "310-资本性支出", None, 3000000],
    ]  # fmt: skip
    accepted(rows, "待拨付情况-市级和债券.xlsx")
    got = {(row.nature, row.group): row.amount for row in TreasuryRow.objects.all()}
    assert got == {("111", "staff"): 100, ("122", "building"): 4000, ("121", "land"): 300}
    assert queries.current("treasury_due").key == "2022-10-19"


def test_a_table_of_a_day_without_a_day_is_asked_for_it(checked):
    rows = [
        ["库款日报"],
        ["单位:万元"],
        ["资金性质", "库款余额", "本月预计收入"],
        ["111-一般公共预算资金", 12000, 9000],
    ]
    found = checked(rows, "库款日报.xlsx")
    assert (found.state, found.question["asks"]) == ("unknown", "period")
    intake.set_period(submission=found, period="2022-09", by=found.uploaded_by)
    intake.check(submission=found)
    intake.accept(submission=found, by=found.uploaded_by)
    assert queries.current("treasury_cash").key == "2022-09-30"


def test_cash_and_what_is_expected_are_two_things(accepted):
    rows = [["库款日报 2022-10-19"], ["单位:万元"], ["资金性质", "库款余额", "本月预计收入"],
            ["111-一般公共预算资金", 12000, 9000], ["122-专项债券", 5200, None]]  # fmt: skip
    accepted(rows, "库款日报.xlsx")
    assert sorted(TreasuryRow.objects.values_list("listing", "nature", "amount")) == [
        ("cash", "111", 12000), ("cash", "122", 5200), ("expected", "111", 9000),
    ]  # fmt: skip


BONDS = [
    ["安禾区专项债券资金使用情况表(截至2022年9月30日)"], ["单位:万元"],
    ["项目名称", "批次", "发行日期", "发行金额", "分配金额", "拨付主管部门", "拨付施工单位", "已支出",
     "已纳统", "质保金"],
    ["桐溪产业园", "2022年第一批", "2022-03-15", 10000, 10000, 10000, 10000, 8294.81, 7000, 300],
    ["桐溪产业园", "2022年第二批", "2022-06-20", 4000, 4000, 3000, 3200, None, None, None],
]  # fmt: skip


def test_bonds_are_kept_per_project_and_batch_and_a_rung_out_of_order_is_asked(accepted):
    file = accepted(BONDS, "专项债.xlsx")
    first, second = BondRow.objects.order_by("number")
    assert (first.issued_on, first.spent, second.spent) == (date(2022, 3, 15), Decimal("8294.81"), None)
    assert first.report.key == "2022-09-30"
    asked = file.findings.filter(check_code="fiscal.rungs").values_list("cell", flat=True)
    assert list(asked) == ["G5"]


def test_the_master_table_with_two_levels_below_six_rows_is_read(accepted):
    rows = [["安禾区投资项目总表(截至2022年9月30日)", *[None] * 11], *[[None] * 12 for _ in range(5)]]
    rows += [
        ["序号", "项目名称", "本年资金需求（万元）", "中央预算内投资资金情况", None, None, None,
         "（来）地方政府专项债券资金情况", None, None, None, None],
        [None, None, None, *["下达年份批次", "下达资金（万元）", "支付资金（万元）", "支付进度"] * 2, None],
        [1, "桐溪水库", 8000, "2022年第一批", 3000, 1500, "50%", "2022年6月批", 4000, 1000, "25%", None],
        [2, "柳湾学校", 2000, None, None, None, None, "2022年6月批", 1000, 900, "90%", None],
    ]  # fmt: skip
    accepted(rows, "项目总表.xlsx", merges=("D7:G7", "H7:K7", "A7:A8", "B7:B8", "C7:C8"))
    got = list(FundRow.objects.order_by("pk").values_list("name", "source", "wanted", "allotted", "paid"))
    assert got == [
        ("桐溪水库", "", 8000, None, None), ("桐溪水库", "central", None, 3000, 1500),
        ("桐溪水库", "bond", None, 4000, 1000), ("柳湾学校", "", 2000, None, None),
        ("柳湾学校", "bond", None, 1000, 900),
    ]  # fmt: skip


def test_a_later_table_of_the_month_holds_and_one_taken_back_leaves_the_one_before(accepted, people):
    first = accepted(donggang(), "收支.xlsx", merges=MERGES)
    lines = [list(line) for line in LINES]
    lines[6][2] = 8
    second = accepted(donggang(lines=lines), "收支更正.xlsx", merges=MERGES)
    assert queries.current("fiscal_revenue").submission_id == second.pk
    assert FiscalReport.objects.count() == 2, "the earlier one stays"
    undo(submission=second, by=people["analyst"], reason="错表", at=AT)
    assert queries.current("fiscal_revenue").submission_id == first.pk


def test_the_same_table_again_is_seen_as_unchanged(accepted, checked):
    accepted(donggang(), "收支.xlsx", merges=MERGES)
    again = checked([*donggang(), [None], ["备注：复核"]], "收支2.xlsx", merges=MERGES)
    assert again.counts["unchanged"] == 10 and again.counts["revised"] == 0


def test_doctor_reads_the_table_again_and_names_the_row_that_it_does_not_give(accepted, behind_the_back):
    told = lambda: list(rederived.troubles(lambda words: None))  # noqa: E731
    accepted(donggang(), "9月收入.xlsx")
    assert told() == []
    with behind_the_back():
        row = RevenueRow.objects.filter(ytd__isnull=False).first()
        RevenueRow.objects.filter(pk=row.pk).update(ytd=row.ytd + 1)
        [line] = told()
        assert line.startswith(f"fiscal.RevenueRow row {row.pk} is not what “9月收入.xlsx” says at ")
        assert line.endswith(": ytd.")
        RevenueRow.objects.filter(pk=row.pk).update(ytd=row.ytd, number=row.number + 400)
        assert "no such row is there" in told()[0]


DUE = [
    ["资金性质", "项目名称", "部门支出经济分类", "申请金额", "拨款金额"],
    ["111-一般公共预算资金", "P001-人员经费", "301-工资福利支出", 1200000, 1000000],
    ["122-专项债券", "P002-产业园标准厂房工程", "310-资本性支出", 50000000, 40000000],
]


@pytest.mark.parametrize(
    "name",
    [
        "支出情况-三保-已审未支付20221019.xlsx", "支出情况-市级和债券-已审未支付20221019.xlsx",
        "支出情况-上年结转上级资金-已审未支付20221019.xlsx", "待拨付情况-市级和债券2022-10-19.xlsx",
    ],
)  # fmt: skip
def test_an_export_of_the_budget_system_without_title_and_unit_is_read_in_yuan_and_asked(accepted, name):
    """E4, layout 5: the first row is the header, amounts are in 元 and nothing says so."""
    file = accepted(DUE, name)
    got = {(row.nature, row.group): row.amount for row in TreasuryRow.objects.all()}
    assert got == {("111", "staff"): 100, ("122", "building"): 4000}
    assert queries.current("treasury_due").key == "2022-10-19"
    asked = file.findings.filter(check_code="records.unit_supposed")
    assert sorted(asked.values_list("cell", "severity")) == [("D1", "soft"), ("E1", "soft")]


def test_a_unit_in_one_column_says_nothing_of_another_name(checked):
    head = ["资金性质", "项目名称", "部门支出经济分类", "申请金额（万元）", "拨款金额"]
    found = checked([head, *DUE[1:]], "待拨付情况2022-10-19.xlsx")
    assert found.state == "refused"
    assert found.findings.filter(check_code="records.unit_missing", cell="E1").exists()


def master(second="（万元）"):
    group = ["下达年份批次", "下达资金（万元）", "支付资金（万元）", "支付进度"]
    other = ["下达年份批次", f"下达资金{second}", f"支付资金{second}", "支付进度"]
    groups = ["中央预算内投资资金情况", "省预算内投资资金情况", "（来）地方政府专项债券资金情况"]
    return [
        ["安禾区投资项目总表(截至2022年9月30日)", *[None] * 15], *[[None] * 16 for _ in range(5)],
        ["序号", "项目代码", "项目名称", "建设规模及内容",
         *[one for name in groups for one in (name, None, None, None)]],
        [None, None, None, None, *group, *other, *group],
        [1, "2201-410000-04-01-100001", "桐溪水库", "新建水库一座", "2022年第一批", 3000, 1500, "50%",
         "2021年第三批", 500, 500, "100%", "2022年6月批", 4000, 1000, "25%"],
        [2, "2201-410000-04-01-100002", "柳湾学校", None, *[None] * 8, "2022年6月批", 1000, 900, "90%"],
    ]  # fmt: skip


def test_the_master_table_whose_groups_say_their_unit_only_in_places_is_read_as_it_is(accepted):
    """E4, layout 6: three groups, units in some headers only, a stray word in the name of one group."""
    merges = ("A1:P1", "E7:H7", "I7:L7", "M7:P7", "A7:A8", "B7:B8", "C7:C8", "D7:D8")
    file = accepted(master(""), "项目总表.xlsx", merges=merges)
    rows = FundRow.objects.exclude(source="").order_by("pk")
    got = list(rows.values_list("name", "source", "allotted", "paid"))
    assert got == [
        ("桐溪水库", "central", 3000, 1500), ("桐溪水库", "province", 500, 500),
        ("桐溪水库", "bond", 4000, 1000), ("柳湾学校", "bond", 1000, 900),
    ]  # fmt: skip
    asked = file.findings.filter(check_code="records.unit_supposed").values_list("cell", flat=True)
    assert sorted(asked) == ["J7", "K7"]
    assert not file.findings.filter(check_code="records.unit_missing").exists()


def test_groups_that_disagree_give_no_unit(checked):
    rows = master("")
    rows[7][13] = "下达资金（元）"
    merges = ("A1:P1", "E7:H7", "I7:L7", "M7:P7", "A7:A8", "B7:B8", "C7:C8", "D7:D8")
    found = checked(rows, "项目总表.xlsx", merges=merges)
    assert found.state == "refused"
    cells = found.findings.filter(check_code="records.unit_missing").values_list("cell", flat=True)
    assert list(cells) == ["J7"], "万元 or 元: nobody knows"
