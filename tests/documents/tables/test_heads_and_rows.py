# ruff: noqa: E501
"""Forms of heads and rows that fresh tables brought out (benchmarks/fresh_tables.md)."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.month_table import BOTH, HEAD, RETAIL, REVENUE, TITLE, measures
from tests.documents.fixtures.place import facts, reading

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


def test_a_column_named_by_the_end_of_the_title_s_indicator_is_that_indicator_s():
    head = ["地区", "收入(亿元)", "增幅(%)"]
    got = reading([["2022年1-9月各县区一般公共预算收入"], head, ["安禾区", 22.4, 4.6], ["东澜区", 30.5, 2.2]])
    assert {f.indicator for f in got.figures} == {"revenue"} and len(got.figures) == 4
    assert not [f for f in got.findings if f.check.startswith("columns.")]
    head[1] = "支出(亿元)"
    got = reading([["2022年1-9月各县区一般公共预算收入"], head, ["安禾区", 22.4, 4.6], ["东澜区", 30.5, 2.2]])
    assert not got.figures


def test_a_quarter_alone_is_asked_about_and_a_cumulative_one_is_read():
    title = ["安禾区2022年地区生产总值分季度增速"]
    rows = [["一季度", 5.6], ["二季度", 2.7], ["三季度", 6.4]]
    assert [f.cell for f in reading([title, ["季度", "增速(%)"], *rows]).figures] == ["B3"]
    assert len(reading([title, ["季度", "累计增速(%)"], *rows]).figures) == 3


def test_a_title_that_speaks_of_a_column_of_its_own_leaves_the_growths_readable():
    title = ["2022年1-9月各县区固定资产投资对全市增长的拉动"]
    head = ["县区", "增速(%)", "对全市增长的贡献率(%)", "拉动全市增长(百分点)"]
    got = reading([title, head, ["安禾区", -2.1, -8.0, -0.3], ["东澜区", 8.8, 70.6, 2.4]])
    assert {f.cell for f in got.figures} == {"B3", "B4"} and got.question is None
    got = reading([title, ["县区", "数值(%)"], ["安禾区", -2.1], ["东澜区", 8.8]])
    assert not got.figures
