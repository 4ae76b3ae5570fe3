# ruff: noqa: E501
"""The sheet's name, the notes below, the words of a title: what changes the numbers is asked about."""

from __future__ import annotations

import pytest

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.month_table import BOTH, HEAD, RETAIL, REVENUE, TITLE, measures
from tests.documents.fixtures.place import facts, reading

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


@pytest.mark.parametrize(
    "title",
    [
        "2022年9月末安禾区金融机构存贷款情况", "安禾区2022年1-9月主要指标与目标对照表", "安禾区2022年1-9月主要经济指标责任分解及完成情况",
        "2022年1-9月安禾区主要指标对标情况", "安禾区2022年1-9月经济运行调度表", "安禾区2022年1-9月财政收入分部门完成情况",
    ],
)  # fmt: skip
def test_words_of_the_occasion_ask_nothing(title):
    assert set(facts(reading([[title], ["指标", "单位", "累计", "同比增长(%)"], RETAIL, REVENUE]))) == BOTH
