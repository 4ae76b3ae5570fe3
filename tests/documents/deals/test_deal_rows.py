"""Rows of deals: what a column proves of a stage, and what it does not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from wenpan.documents.deals.deal_rows import deal_rows, form_of, label_of
from wenpan.documents.spreadsheets.workbook import Book, Sheet
from wenpan.documents.tables.interpret import interpret
from wenpan.documents.tables.reading import Context, Reading
from wenpan.economy.funnel.amount_ladder import OF_MONTH, OF_YEAR, TOTAL, Rung
from wenpan.economy.funnel.money import Money
from wenpan.economy.funnel.stages import Stage
from wenpan.rules import workbook_kinds
from wenpan.rules.deals import stage_rules

DAY = date(2022, 9, 30)
UNITS = {"招商局": "zs", "桐溪镇": "tongxi"}


def read(title: str, head: list[str], *rows: list[object]) -> Reading:
    context = Context({}, {}, UNITS, "", {}, workbook_kinds())
    sheet = Sheet("表1", [[title], list(head), *[list(r) for r in rows]])
    return interpret(Book((sheet,), "招商.xlsx"), context)


def rows_of(title: str, head: list[str], *rows: list[object]):
    return deal_rows(read(title, head, *rows), stage_rules(DAY), DAY)


def one(title: str, head: list[str], *cells: object):
    rows, findings = rows_of(title, head, list(cells))
    assert len(rows) == 1
    return rows[0], [f.check for f in findings]


def stages(row) -> dict[Stage, date]:
    return {s.stage: s.on for s in row.stages}


HEAD = ["序号", "项目名称", "投资方名称", "协议类型", "签约时间", "开工时间", "投资总额（万元）", "责任单位"]


def test_a_day_of_signing_under_a_contract_is_a_signing():
    row, found = one(
        "招商台账", HEAD, 1, "安禾智造", "甲公司", "投资合同", "2022-03-04", None, 12000, "招商局"
    )
    assert stages(row) == {Stage.SIGNED: date(2022, 3, 4)}
    assert (row.unit, row.amounts[0].money) == ("zs", Money(Decimal(12000), text="12000"))
    assert found == []


@pytest.mark.parametrize("agreement", ["框架协议", "意向协议", "战略合作框架协议"])
def test_a_framework_or_intention_is_never_a_signing_whatever_its_column_is_called(agreement):
    row, found = one(
        "招商台账", HEAD, 1, "安禾智造", "甲公司", agreement, "2022-03-04", None, 12000, "招商局"
    )
    assert stages(row) == {Stage.FRAMEWORK: date(2022, 3, 4)}
    assert found == ["deals.framework"]


def test_a_list_titled_framework_agreements_has_no_signings():
    head = ["项目名称", "投资方名称", "签约时间"]
    row, _ = one("框架协议签订情况表", head, "安禾智造", "甲公司", "2022-03-04")
    assert stages(row) == {Stage.FRAMEWORK: date(2022, 3, 4)}


@pytest.mark.parametrize(
    ("industry", "new_format", "stage"),
    [
        ("工业类项目_01", "否", Stage.STARTED), ("服务业项目_02", "否", Stage.PRODUCING),
        ("服务业项目_02", "是", Stage.REGISTERED), (None, None, Stage.STARTED),
    ],
)  # fmt: skip
def test_landed_means_three_things(industry, new_format, stage):
    head = ["项目名称", "投资方名称", "落地时间", "行业大类", "是否属于新业态"]
    row, _ = one("内资签约落地项目明细表", head, "安禾", "甲公司", datetime(2022, 3, 4), industry, new_format)
    assert stages(row) == {stage: date(2022, 3, 4)}


def test_a_landed_list_without_the_day_of_landing_is_refused():
    _, found = one("签约落地项目明细表", ["项目名称", "投资方名称", "落地时间"], "安禾", "甲公司", None)
    assert found == ["deals.no_day"]


def test_already_signed_without_a_day_is_told_and_is_no_signing():
    head = ["项目名称", "投资方名称", "是否为已签约项目"]
    row, found = one("内资在谈项目明细表", head, "安禾", "甲公司", "是")
    assert stages(row) == {Stage.TALK: DAY}
    assert found == ["deals.signed_without_day"]


@pytest.mark.parametrize(
    ("title", "stage"),
    [("内资在谈项目明细表", Stage.TALK), ("招商线索登记表", Stage.LEAD), ("招商表", Stage.TALK)],
)
def test_a_list_without_days_has_its_own_day(title, stage):
    row, _ = one(title, ["项目名称", "投资方名称"], "安禾", "甲公司")
    assert stages(row) == {stage: DAY}


def test_a_signing_is_approved_on_its_own_day_and_never_before():
    head = ["项目名称", "投资方名称", "签约时间", "签约认定时间"]
    row, found = one("台账", head, "安禾", "甲公司", "2021-12-30", "2022-01-07")
    assert (row.stages[0].on, row.stages[0].approved_on) == (date(2021, 12, 30), date(2022, 1, 7))
    assert found == []
    row, found = one("台账", head, "安禾", "甲公司", "2021-12-30", "2021-12-29")
    assert row.stages[0].approved_on is None
    assert found == ["deals.approved_early"]


def test_a_contract_named_in_the_row_is_its_proof():
    head = ["项目名称", "投资方名称", "签约时间", "合同编号"]
    row, _ = one("台账", head, "安禾", "甲公司", "2022-03-04", "安招合〔2022〕7号")
    assert row.stages[0].evidence == {"contract"}
    bare, _ = one("台账", head, "安禾", "甲公司", "2022-03-04", None)
    assert bare.stages[0].evidence == frozenset()


def test_an_end_needs_its_reason():
    head = ["项目名称", "投资方名称", "洽谈时间", "终止时间", "终止原因"]
    row, found = one("台账", head, "安禾", "甲公司", "2022-03-04", "2022-05-01", "投资方资金不足")
    assert (row.ended_on, row.end_reason, found) == (date(2022, 5, 1), "投资方资金不足", [])
    _, found = one("台账", head, "安禾", "甲公司", "2022-03-04", "2022-05-01", None)
    assert found == ["deals.end_reason"]


def test_three_columns_of_arrived_money_stay_three():
    head = ["项目名称", "投资方名称", "累计到位资金(亿元)", "当年到位资金(亿元)", "当月实际到位额（万元）"]
    row, _ = one("台账", head, "安禾", "甲公司", 1.5, 0.5, 300)
    assert [(a.rung, a.scope, str(a.money)) for a in row.amounts] == [
        (Rung.ARRIVED, TOTAL, "15000万元"), (Rung.ARRIVED, OF_YEAR, "5000万元"),
        (Rung.ARRIVED, OF_MONTH, "300万元"),
    ]  # fmt: skip


def test_yi_beside_wan_beside_dollars():
    reading = read(
        "台账", ["项目名称", "投资方名称", "投资总额（万元）", "合同外资额（万美元）"],
        ["甲", "A", "1.2亿", 500], ["乙", "B", "500万美元", "800"], ["丙", "C", 3000, None],
    )  # fmt: skip
    rows, _ = deal_rows(reading, stage_rules(DAY), DAY)
    assert [[str(a.money) for a in row.amounts] for row in rows] == [
        ["12000万元", "500万美元"], ["500万美元", "800万美元"], ["3000万元"],
    ]  # fmt: skip
    assert [f.cell for f in reading.findings if f.check == "records.unit_mixed"] == ["C3", "C4"]


@pytest.mark.parametrize("cell", ["约1亿", "面议", "1.2亿万元"])
def test_what_is_no_amount_is_refused_at_its_cell(cell):
    reading = read("台账", ["项目名称", "投资方名称", "投资总额（万元）"], ["甲", "A", cell])
    assert [(f.check, f.cell) for f in reading.findings if f.severity.value == "hard"] == [
        ("records.not_money", "C3")
    ]


def test_an_amount_without_any_unit_is_not_guessed():
    reading = read("台账", ["项目名称", "投资方名称", "投资总额"], ["甲", "A", 3000], ["乙", "B", "3000万元"])
    assert [f.cell for f in reading.findings if f.check == "records.not_money"] == ["C3"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2022年9月5日", "2022-09-05"), ("2022.9.5", "2022-09-05"), (20220905.0, "2022-09-05"),
        (44809.0, "2022-09-05"),
        (1662336000000.0, "2022-09-05"), ("2022/9/5", "2022-09-05"), ("2022年9月", "2022-09-30"),
        ("2022-02-30", None), ("9月5日", None), (2022.9, None), ("下半年", None), ("-", None), (True, None),
    ],
)  # fmt: skip
def test_days_as_ledgers_write_them(cell, day):
    row, _ = one("台账", ["项目名称", "投资方名称", "签约时间", "洽谈时间"], "甲", "A", cell, "2022-01-01")
    found = stages(row).get(Stage.SIGNED)
    assert (found.isoformat() if found else None) == day


def test_a_telephone_number_kept_as_a_float_is_a_number_of_eleven_digits():
    row, _ = one("台账", ["项目名称", "投资方名称", "联系电话"], "甲", "A", 13313311331.0)
    assert row.texts["filler_phone"] == "13313311331"


def test_a_code_with_a_wrong_checksum_is_asked_about_and_not_used():
    head = ["项目名称", "投资方名称", "统一社会信用代码"]
    row, found = one("台账", head, "甲", "A", "91110000600037341X")
    assert (row.uscc, found) == ("", ["deals.uscc"])
    row, found = one("台账", head, "甲", "A", " 91110000600037341l ")
    assert (row.uscc, found) == ("91110000600037341L", [])


def test_the_example_row_is_no_deal_and_is_told():
    reading = read(
        "在谈项目明细表", ["项目名称", "投资方名称"], ["项目名称", "投资方名称"], ["安禾", "甲公司"]
    )
    assert [r["name"] for r in reading.records] == ["安禾"]
    assert [f.cell for f in reading.findings if f.check == "records.example_row"] == ["A3"]


def test_a_list_of_key_projects_stays_one():
    context = Context({}, {}, UNITS, "", {}, workbook_kinds())
    rows = [["2022年重点项目清单"],
            ["编号", "项目名称", "建设单位", "总投资（万元）", "年度计划投资（万元）", "责任单位"],
            ["1", "安禾智造园", "甲公司", 12000, 3000, "招商局"]]  # fmt: skip
    assert interpret(Book((Sheet("表1", rows),), "a.xlsx"), context).kind == "key_projects"


def test_words_of_a_title():
    assert form_of("天津高新区外资签约落地项目明细表 Sheet1") == "landed"
    assert form_of("半年有望项目") == "talks"
    assert form_of("招商项目台账") == ""


@pytest.mark.parametrize(
    ("text", "label"),
    [("国有_01", "国有"), ("中国台湾_002", "中国台湾"), ("以商招商", "以商招商"), ("甲_乙", "甲_乙")],
)
def test_a_value_is_shown_without_its_code(text, label):
    assert label_of(text) == label
