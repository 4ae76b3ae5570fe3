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
    assert not got.figures and any("还是累计" in f.found for f in got.findings)


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


# -- the second look: what was kept aside first --------------------------------------------


def test_rows_may_say_month_and_measure_with_the_indicators_across():
    rows = [
        ["安禾区2022年9月经济快报"], ["项目", "社会消费品零售总额(亿元)", "税收收入(亿元)"],
        ["9月", 8.61, 2.1], ["1-9月", 71.23, 22.4], ["1-9月增速(%)", 3.3, 4.6], ["全市位次", 2, 4],
    ]  # fmt: skip
    got = measures(rows)
    assert got == {
        "B3": ("2022-09", "month", "8.61"), "C3": ("2022-09", "month", "2.1"),
        "B4": ("2022-09", "ytd", "71.23"), "C4": ("2022-09", "ytd", "22.4"),
        "B5": ("2022-09", "ytd_growth", "3.3"), "C5": ("2022-09", "ytd_growth", "4.6"),
    }  # fmt: skip


def test_a_sheet_a_month_with_the_month_in_the_sheet_s_name_only():
    def second(sheet):
        other = sheet.parent.create_sheet("2022年9月")
        for row in [["安禾区主要经济指标"], HEAD, RETAIL, REVENUE]:
            other.append(row)

    data = made.xlsx([["安禾区主要经济指标"], HEAD, [*RETAIL[:2], 64.8, 3.5]], name="2022年8月", edit=second)
    got = {(f.sheet, f.period) for f in reading(data).figures}
    assert got == {("2022年8月", "2022-08"), ("2022年9月", "2022-09")}


def test_a_row_s_name_may_begin_with_its_place():
    rows = [
        ["指标", "单位", "202208", "202209"], ["安禾区:社会消费品零售总额:累计值", "亿元", 62.6, 71.23],
        ["东澜区:社会消费品零售总额:累计同比", "%", 3.6, 3.3], ["中国:社会消费品零售总额:累计同比", "%", 0.9, 0.7],
    ]  # fmt: skip
    got = facts(reading(rows))
    assert got["D2"][:4] == ("anhe", "retail", "2022-09", "ytd")
    assert got["C3"][:4] == ("donglan", "retail", "2022-08", "ytd_growth") and "C4" not in got


def test_an_amount_of_increase_is_no_growth_whatever_stands_before_it():
    rows = [
        ["安禾区2022年9月财政收入(万元)"], ["项目", "本月完成", "本月同比增减", "累计完成", "累计同比增减", "累计增幅(%)"],
        ["一般公共预算收入", 21000, -471, 224000, 9800, 4.6],
    ]  # fmt: skip
    assert set(measures(rows)) == {"B3", "D3", "F3"}


def test_targets_are_not_taken_where_the_actual_growth_stands_beside_them():
    rows = [
        ["安禾区2022年1-9月主要指标监测表"], ["指标", "1-9月增速(%)", "底线目标(%)", "争先目标(%)"],
        ["规模以上工业增加值", 6.4, 7.0, 9.0], ["固定资产投资", -2.1, 8.0, 12.0],
    ]  # fmt: skip
    assert set(measures(rows)) == {"B3", "B4"}


@pytest.mark.parametrize("unit", ["亿元(含基金)", "亿元,不含园区"])
def test_a_unit_with_a_word_more_asks_about_its_row(unit):
    got = reading([[TITLE], HEAD, RETAIL, ["一般公共预算收入", unit, 22.4, 4.6]])
    assert set(facts(got)) == {"C3", "D3"}
    assert any("D4" in f.found or f.cell == "B4" for f in got.findings)


def test_fractions_under_a_growth_without_a_percent_sign_are_asked_about():
    rows = [
        [TITLE],
        ["指标", "累计(亿元)", "同比增长"],
        ["社会消费品零售总额", 71.23, 0.033],
        ["税收收入", 22.4, -0.046],
    ]
    got = reading(rows)
    assert set(facts(got)) == {"B3", "B4"} and any("乘" in f.found for f in got.findings)
    rows[2][2], rows[3][2] = 3.3, 0.046
    assert set(facts(reading(rows))) == {"B3", "B4", "C3", "C4"}


def test_a_name_over_two_lines_of_a_cell_is_one_name():
    rows = [
        ["安禾区2022年市级重点项目投资计划"], ["序号", "项目\n名称", "总投资\n(万元)", "2022年计划\n投资(万元)"],
        [1, "精密铸件\n产业园", 120000, 30000], [2, "Smart\nPark 二期", 81000, 17000],
    ]  # fmt: skip
    assert [r["name"] for r in reading(rows).records] == ["精密铸件产业园", "Smart Park 二期"]


@pytest.mark.parametrize(
    "title",
    [
        "2022年9月末安禾区金融机构存贷款情况", "安禾区2022年1-9月主要指标与目标对照表", "安禾区2022年1-9月主要经济指标责任分解及完成情况",
        "2022年1-9月安禾区主要指标对标情况", "安禾区2022年1-9月经济运行调度表", "安禾区2022年1-9月财政收入分部门完成情况",
    ],
)  # fmt: skip
def test_words_of_the_occasion_ask_nothing(title):
    assert set(facts(reading([[title], ["指标", "单位", "累计", "同比增长(%)"], RETAIL, REVENUE]))) == BOTH


# -- the second batch ----------------------------------------------------------------------


def test_rows_of_month_and_cumulative_belong_to_the_indicator_above():
    rows = [
        ["安禾区2022年9月主要经济指标"], ["指标", "绝对额(亿元)", "同比增长(%)"], ["社会消费品零售总额", None, None],
        ["  当月", 8.61, 1.1], ["  累计", 71.23, 3.3], ["税收收入", 16, -2.1],
    ]  # fmt: skip
    got = {c: f for c, f in measures(rows).items() if f[2] not in ("missing",)}
    assert got["B4"] == ("2022-09", "month", "8.61") and got["C4"] == ("2022-09", "month_growth", "1.1")
    assert got["B5"] == ("2022-09", "ytd", "71.23") and "B3" not in got
    assert not any(f.check == "indicators.unknown" for f in reading(rows).findings)
    rows.append(["累计", 87.23, 1.2])  # a sum of the rows above, and no second figure of the last one
    assert "B7" not in facts(reading(rows))
    assert any(f.check == "indicators.unknown" for f in reading(rows).findings)


def test_districts_under_the_head_of_units_are_districts():
    rows = [
        ["2022年1-9月宁澜市各县区一般公共预算收入"], ["单位", "完成数(亿元)", "同比增长(%)"],
        ["全市", 160.2, 3.0], ["市本级", 30.1, 2.2], ["安禾区", 22.4, 4.6], ["东澜区", 30.5, 2.2],
    ]  # fmt: skip
    got = facts(reading(rows))
    assert {c: f[0] for c, f in got.items() if c[0] == "B"} == {
        "B3": "ninglan",
        "B5": "anhe",
        "B6": "donglan",
    }


@pytest.mark.parametrize("head", ["增长(下降)%", "较同期增幅%", "增长(+)下降(-)%", "比同期增速(%)"])
def test_more_forms_of_a_growth(head):
    assert set(facts(reading([[TITLE], [*HEAD[:3], head], RETAIL, REVENUE]))) == BOTH


def test_the_lines_of_an_export_may_be_english():
    rows = [
        ["指标名称", "安禾区:固定资产投资:累计同比"], ["Frequency", "Monthly"], ["Unit", "%"],
        [datetime(2022, 9, 30), -2.1], [datetime(2022, 8, 31), -3.0],
    ]  # fmt: skip
    assert measures(rows)["B4"] == ("2022-09", "ytd_growth", "-2.1")


def test_quarters_as_heads_are_read_where_the_row_says_cumulative():
    rows = [
        ["数据库:季度数据"], ["指标", "2022年第三季度", "2022年第二季度"], ["地区生产总值_累计值(亿元)", 210.5, 138.2],
        ["居民人均可支配收入(元)", 29874, 19800],
    ]  # fmt: skip
    got = reading(rows)
    assert {c: (f[2], f[3]) for c, f in facts(got).items()} == {
        "B3": ("2022-Q3", "ytd"),
        "C3": ("2022-Q2", "ytd"),
    }
    assert any("还是累计" in f.found for f in got.findings)


# -- statements of other rooms do not swallow tables of figures ----------------------------


@pytest.mark.parametrize(
    ("title", "head", "rows", "read"),
    [
        ("安禾区2022年1-9月财政收入完成情况(万元)", ["项目", "累计完成", "上年同期累计", "同比增长%"],
         [["一般公共预算收入", 224000, 214000, 4.6], ["税收收入", 160100, 162400, -1.4]], {"B3", "D3", "B4", "D4"}),
        ("安禾区2022年9月财政收支情况表(万元)", ["科目", "年初预算", "本月完成", "上年同月", "本年累计", "同期累计", "同比增长%"],
         [["一般公共预算收入", 310000, 21000, 20000, 224000, 214000, 4.6], ["税收收入", 220000, 15100, 15500, 160100, 162400, -1.4]],
         {"C3", "E3", "G3", "C4", "E4", "G4"}),
        ("2022年1-9月各县区一般公共预算收入完成情况", ["县区", "年度任务(亿元)", "完成数(亿元)", "完成率(%)", "同比增长(%)", "排名"],
         [["安禾区", 31, 22.4, 72, 4.6, 1], ["东澜区", 40, 30.5, 76, 2.2, 2]], {"C3", "E3", "C4", "E4"}),
        ("2022年1-9月各县区税收收入通报表", ["县区", "年度目标(亿元)", "完成数(亿元)", "完成率(%)"],
         [["安禾区", 31, 22.4, 72], ["东澜区", 40, 30.5, 76]], {"C3", "C4"}),
    ],
)  # fmt: skip
def test_a_table_of_figures_stays_one(title, head, rows, read):
    assert set(facts(reading([[title], head, *rows]))) == read


def test_a_statement_of_taxes_and_a_board_of_deals_stay_what_they_are():
    taxes = ["增值税", "企业所得税", "个人所得税", "城建税", "房产税", "契税"]
    rows = [["一般公共预算收入", 224000, 214000, 4.6], *([t, 100, 90, 11.1] for t in taxes)]
    got = reading(
        [["安禾区财政收入完成情况 单位:万元"], ["预算科目", "本年累计", "上年同期累计", "累计增减率"], *rows]
    )
    assert got.kind == "fiscal_revenue" and len(got.records) == 7
    board = [["安禾区", 3, 1, 2.2], ["东澜区", 4, 2, 3.2]]
    got = reading([["2022年1-9月各县区招商情况"], ["县区", "签约项目", "开工", "到位资金(亿元)"], *board])
    assert got.kind == "deal_board" and len(got.records) == 2
