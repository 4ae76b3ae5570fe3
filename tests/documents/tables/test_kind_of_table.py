# ruff: noqa: E501
"""Which kind of table it is: lists, boards and statements do not swallow tables of figures."""

from __future__ import annotations

import pytest

from tests.documents.fixtures.month_table import measures
from tests.documents.fixtures.place import facts, reading

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
