# ruff: noqa: E501
"""Kinds of misreading that fresh tables brought out (benchmarks/fresh_tables.md): each with its own small table."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import facts, reading

TITLE = "安禾区2022年1-9月主要经济指标"
HEAD = ["指标", "单位", "累计", "同比增长(%)"]
RETAIL = ["社会消费品零售总额", "亿元", 71.23, 3.3]
REVENUE = ["一般公共预算收入", "亿元", 22.4, 4.6]
BOTH = {"C3", "D3", "C4", "D4"}


def measures(rows, merges=()):
    return {c: (f[2], f[3], f[5]) for c, f in facts(reading(made.xlsx(rows, merges))).items()}


# -- dates as heads ------------------------------------------------------------------------


def dated(title):
    return [
        [title], ["指标", datetime(2022, 8, 1), datetime(2022, 9, 1)],
        ["规模以上工业增加值", 6.1, 6.4], ["固定资产投资", -3.0, -2.1],
    ]  # fmt: skip


def test_dates_as_heads_are_cumulative_where_the_title_says_so():
    got = measures(dated("安禾区主要指标累计增速(%)"))
    assert got["B3"] == ("2022-08", "ytd_growth", "6.1") and got["C4"] == ("2022-09", "ytd_growth", "-2.1")


def test_dates_as_heads_are_of_the_month_where_the_title_says_so():
    assert measures(dated("安禾区主要指标当月增速(%)"))["C3"] == ("2022-09", "month_growth", "6.4")


def test_dates_as_heads_alone_are_asked_about():
    got = reading(dated("安禾区主要指标增速(%)"))
    assert not got.figures and any("当月还是累计" in f.found for f in got.findings)


def test_months_as_heads_under_a_title_of_cumulative_numbers():
    rows = [["2022年安禾区主要指标累计增速(%)"], ["指标", "8月", "9月"], ["固定资产投资", -3.0, -2.1]]
    assert measures(rows)["C3"] == ("2022-09", "ytd_growth", "-2.1")
    mixed = [["2022年安禾区主要指标累计增速(%)"], ["指标", "9月", "1-9月"], ["固定资产投资", -3.0, -2.1]]
    assert measures(mixed)["B3"] == ("2022-09", "month_growth", "-3")


# -- the sheet's name ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["东澜区", "桐溪镇", "预测数据", "全年目标", "草稿", "鑫源口径", "国有企业"])
def test_a_sheet_s_name_that_says_another_thing_is_asked_about(name):
    got = reading(made.xlsx([[TITLE], HEAD, RETAIL, REVENUE], name=name))
    assert not got.figures and got.question is not None and got.question.asks == "layout"


@pytest.mark.parametrize(
    "name",
    [
        "Sheet1",
        "表1",
        "安禾区",
        "9月",
        "主要指标",
        "附表2",
        "全区",
        "Sheet1 (2)",
        "汇总表",
        "2022年9月",
        "打印",
        "月报",
    ],
)
def test_a_plain_sheet_s_name_asks_nothing(name):
    assert set(facts(reading(made.xlsx([[TITLE], HEAD, RETAIL, REVENUE], name=name)))) == BOTH


# -- notes below the table -----------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "注:以上为部门预计数,最终以统计局反馈为准。", "注:本表数据不含安禾经济开发区。", "备注:1.资料来源:统计局。2.数据为测算数。",
        "说明:增速为同口径增速。", "*本表为模拟考核数据",
    ],
)  # fmt: skip
def test_a_note_that_changes_the_numbers_is_asked_about(note):
    got = reading([[TITLE], HEAD, RETAIL, REVENUE, [note]])
    assert not got.figures and got.question is not None


@pytest.mark.parametrize(
    "note",
    [
        "注:规模以上工业增加值增速按可比价格计算。", "注:1.资料来源:安禾区统计局。", "注:本月数据为快报数,以年报为准。", "制表:王某",
        "说明:“-”表示无数据。", "注:总量按现价计算,增速按不变价计算。", "数据为初步核算数。",
    ],
)  # fmt: skip
def test_a_note_that_changes_nothing_asks_nothing(note):
    assert set(facts(reading([[TITLE], HEAD, RETAIL, REVENUE, [note]]))) == BOTH


def test_a_note_about_one_row_asks_about_that_row():
    note = "注:一般公共预算收入增速为剔除留抵退税后同口径增速。"
    got = reading([[TITLE], HEAD, RETAIL, REVENUE, [note]])
    assert set(facts(got)) == {"C3", "D3"}
    assert any(r.row == 4 and "留抵退税" in r.why for t in got.tables for r in t.rows_left_out)


def test_a_note_marked_by_a_star_asks_about_the_rows_with_the_star():
    rows = [[TITLE], HEAD, ["社会消费品零售总额*", *RETAIL[1:]], REVENUE, ["*为部门预计数"]]
    assert set(facts(reading(rows))) == {"C4", "D4"}


# -- growth with its rank in brackets ------------------------------------------------------


def test_growth_with_its_rank_in_brackets_is_read():
    head = [*HEAD[:3], "同比增长(%)(位次)"]
    got = reading([[TITLE], head, [*RETAIL[:3], "3.3(2)"], [*REVENUE[:3], 4.6]])
    assert facts(got)["D3"][3:] == ("ytd_growth", "natural", "3.3")
    assert [(r.indicator, r.rank) for r in got.ranks] == [("retail", 2)]
    assert "D4" not in facts(got) and any(f.check == "cells.two_readings" for f in got.findings)


# -- a column of periods, a column of measures ---------------------------------------------


def test_rows_may_carry_their_own_month():
    rows = [
        ["安禾区2022年主要经济指标"], ["指标", "时间", "绝对额(亿元)", "增长(%)"],
        ["社会消费品零售总额", "9月", 8.61, 1.1], [None, "1-9月", 71.23, 3.3],
    ]  # fmt: skip
    got = measures(rows, merges=["A3:A4"])
    assert got == {
        "C3": ("2022-09", "month", "8.61"), "D3": ("2022-09", "month_growth", "1.1"),
        "C4": ("2022-09", "ytd", "71.23"), "D4": ("2022-09", "ytd_growth", "3.3"),
    }  # fmt: skip


def test_a_second_column_of_names_may_hold_the_measures():
    rows = [
        ["2022年1-9月宁澜市各县区主要指标"], ["指标", None, "安禾区", "东澜区"],
        ["社会消费品零售总额", "总量(亿元)", 71.23, 102.4], [None, "增速(%)", 3.3, 2.5], [None, "位次", 2, 1],
    ]  # fmt: skip
    got = measures(rows, merges=["A3:A5", "A2:B2"])
    assert got == {
        "C3": ("2022-09", "ytd", "71.23"), "D3": ("2022-09", "ytd", "102.4"),
        "C4": ("2022-09", "ytd_growth", "3.3"), "D4": ("2022-09", "ytd_growth", "2.5"),
    }  # fmt: skip


# -- which kind of table -------------------------------------------------------------------


def test_what_was_done_of_a_target_is_read_as_a_figure():
    rows = [
        ["安禾区2022年1-9月主要经济指标完成年度目标情况"],
        ["指标", "单位", "年度目标", "1-9月完成", "完成年度目标(%)"], ["社会消费品零售总额", "亿元", 100, 71.23, 71.2],
    ]  # fmt: skip
    assert measures(rows) == {"D3": ("2022-09", "ytd", "71.23")}


def test_targets_with_last_year_s_figures_stay_targets():
    rows = [
        ["安禾区2022年主要经济指标目标任务"], ["指标", "单位", "2021年完成", "2022年目标"],
        ["社会消费品零售总额", "亿元", 93, 100],
    ]  # fmt: skip
    got = reading(rows)
    assert got.kind == "annual_targets" and [str(t.value) for t in got.targets] == ["100"]


def test_a_table_of_districts_is_no_list_of_deals():
    rows = [
        ["2022年1-9月宁澜市财政收入通报附表1"], ["县区", "一般公共预算收入", None, None, None],
        [None, "完成数(万元)", "总量位次", "增幅(%)", "增幅位次"],
        ["安禾区", 224000, 2, 4.6, 3], ["东澜区", 305000, 1, 2.2, 4],
    ]  # fmt: skip
    got = measures(rows, merges=["A2:A3", "B2:E2"])
    assert got["B4"] == ("2022-09", "ytd", "22.4") and got["D5"] == ("2022-09", "ytd_growth", "2.2")


def test_the_first_project_is_no_part_of_the_header():
    rows = [
        ["项目代码", "项目名称", "建设单位", "计划总投资(万元)", "本年完成投资(万元)", "开工年月"],
        ["2201-370102-04-01-100001", "精密铸件产业园", "清河铸业有限公司", 120000, 23100, "2021-05"],
        ["2201-370102-04-01-100002", "冷链仓储基地", "岚阳物流有限公司", 81000, 9800, "2022-03"],
    ]
    assert [r["name"] for r in reading(rows).records] == ["精密铸件产业园", "冷链仓储基地"]


# -- words of a title ----------------------------------------------------------------------


def test_who_printed_the_table_is_no_question():
    rows = [["安禾区统计局 2022年1-9月经济运行主要数据"], HEAD, RETAIL, REVENUE]
    assert set(facts(reading(rows))) == BOTH
    rows[0] = ["安禾区税务局 2022年1-9月收入完成情况"]
    assert not reading(rows).figures


def test_what_the_title_adds_after_a_joining_word_is_accounted_for_by_its_column():
    rows = [
        ["2022年1-9月各县区社会消费品零售总额及对全市贡献"], ["县区", "总额(亿元)", "增速(%)", "对全市增长贡献率(%)"],
        ["安禾区", 71.23, 3.3, 16.3], ["东澜区", 102.4, 2.5, 17.9],
    ]  # fmt: skip
    assert set(measures(rows)) == {"B3", "B4", "C3", "C4"}
    alone = [rows[0], ["县区", "数值(%)"], ["安禾区", 16.3], ["东澜区", 17.9]]
    assert not reading(alone).figures
