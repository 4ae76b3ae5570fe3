"""What is printed beside a figure is held against the figures: a gap, a change, last year's value."""

from __future__ import annotations

import polars as pl
import pytest

from tests.documents.fixtures.place import facts, reading
from wenpan.documents.tables.frames import compared_frame, figures_frame
from wenpan.economy.quality import CheckContext, examine
from wenpan.economy.quality.scene import empty_ledger
from wenpan.rules import catalogue, quality_limits

TITLE = "安禾区2022年10月主要经济指标"


def found(rows, ledger=None):
    got = reading(rows)
    context = CheckContext(
        catalogue(), {"anhe": "安禾区", "ninglan": "宁澜市"}, "anhe", got.period, (), quality_limits(),
        city="ninglan", compared=compared_frame(got.compared),
    )  # fmt: skip
    findings = examine(figures_frame(got.figures), empty_ledger() if ledger is None else ledger, context)
    assert not any("F" in cell for cell in facts(got)), "a comparison is never a figure"
    return {f.cell for f in findings if f.check == "figures.comparison_contradicts"}


def known(*rows):
    names = ("region", "indicator", "measure", "basis", "period", "value")
    return pl.DataFrame(dict(zip(names, zip(*rows, strict=True), strict=True)))


def gap(value, header="高于全市(百分点)"):
    head = ["指标", "单位", "累计", "增速(%)", "全市增速(%)", header]
    return [[TITLE], head, ["税收收入", "亿元", 24.2, 5.4, 4.1, value]]


@pytest.mark.parametrize(
    ("value", "wrong"), [(1.3, False), (1.4, False), (1.5, True), (-1.3, True), (0.0, True)]
)
def test_a_gap_to_the_city_that_does_not_fit_the_two_figures_is_a_finding(value, wrong):
    assert found(gap(value)) == ({"F3"} if wrong else set())


def test_a_gap_whose_sign_is_not_said_is_compared_by_its_size():
    assert not found(gap(-1.3, "与全市差距(百分点)")) and found(gap(-2.3, "与全市差距(百分点)"))


def test_a_gap_is_held_against_the_ledger_where_the_table_does_not_name_the_city():
    rows = [
        [TITLE],
        ["指标", "单位", "累计", "增速(%)", "比全市(百分点)"],
        ["税收收入", "亿元", 24.2, 5.4, 2.2],
    ]
    city = known(("ninglan", "tax", "ytd_growth", "natural", "2022-10", 4.1))
    assert not found(rows) and found(rows, city) == {"E3"}


def test_a_change_is_held_against_the_month_that_it_names():
    rows = [
        [TITLE],
        ["指标", "单位", "累计", "增速(%)", "比1-9月增减(百分点)"],
        ["税收收入", "亿元", 24.2, 5.4, 2.2],
    ]
    month = known(("anhe", "tax", "ytd_growth", "natural", "2022-09", 3.2))
    assert not found(rows, month)
    month = known(("anhe", "tax", "ytd_growth", "natural", "2022-09", 4.2))
    assert found(rows, month) == {"E3"}


@pytest.mark.parametrize(("last", "wrong"), [(23.0, False), (24.1, False), (24.2, True), (21.8, True)])
def test_last_years_value_may_be_revised_but_not_another_one(last, wrong):
    rows = [[TITLE], ["指标", "单位", "累计", "上年同期", "增速(%)"], ["税收收入", "亿元", 24.2, last, 5.4]]
    year = known(("anhe", "tax", "ytd", "natural", "2021-10", 23.0))
    assert found(rows, year) == ({"D3"} if wrong else set())


def test_a_whole_years_value_is_not_held_against_its_months():
    rows = [[TITLE], ["指标", "单位", "累计", "上年全年", "增速(%)"], ["税收收入", "亿元", 24.2, 40.1, 5.4]]
    assert not found(rows, known(("anhe", "tax", "ytd", "natural", "2021-10", 23.0)))


# -- shares and amounts of increase --------------------------------------------------------


def share(value, header="占全市比重(%)"):
    head = ["地区", "税收收入(亿元)", "增速(%)", header]
    return [["2022年10月各县区税收收入"], head, ["全市", 242, 4.1, 100], ["安禾区", 24.2, 5.4, value]]


@pytest.mark.parametrize(("value", "wrong"), [(10.0, False), (10.1, False), (12.0, True), (1.0, True)])
def test_a_share_of_the_city_that_does_not_fit_the_two_levels_is_a_finding(value, wrong):
    assert found(share(value)) == ({"D4"} if wrong else set())


def test_a_share_of_something_else_is_held_against_nothing():
    assert not found(share(55.0, "占GDP比重(%)")) and not found(share(55.0, "占预算(%)"))
    assert not found(share(55.0, "税收占比(%)"))


@pytest.mark.parametrize(("value", "wrong"), [(1.2, False), (1.3, False), (4.2, True), (-1.2, True)])
def test_an_increase_that_does_not_fit_the_two_years_is_a_finding(value, wrong):
    rows = [
        [TITLE],
        ["指标", "单位", "累计", "同比增减额", "增速(%)"],
        ["税收收入", "亿元", 24.2, value, 5.4],
    ]
    year = known(("anhe", "tax", "ytd", "natural", "2021-10", 23.0))
    assert found(rows, year) == ({"D3"} if wrong else set()) and not found(rows)


def test_an_increase_in_another_unit_is_brought_to_the_catalogue_s():
    head = ["指标", "单位", "累计", "增收(万元)", "增速(%)"]
    year = known(("anhe", "tax", "ytd", "natural", "2021-10", 23.0))
    assert not found([[TITLE], head, ["税收收入", "亿元", 24.2, 12000, 5.4]], year)
    assert found([[TITLE], head, ["税收收入", "亿元", 24.2, 1.2, 5.4]], year) == {"D3"}


# -- progress, and what a district adds to the city's growth -----------------------------------


def plans(rows, year_plans):
    got = reading(rows)
    context = CheckContext(
        catalogue(), {"anhe": "安禾区", "ninglan": "宁澜市"}, "anhe", got.period, (), quality_limits(),
        city="ninglan", compared=compared_frame(got.compared), year_plans=year_plans,
    )  # fmt: skip
    findings = examine(figures_frame(got.figures), empty_ledger(), context)
    return {f.cell for f in findings if f.check == "figures.comparison_contradicts"}


def progress(value, header="占预算%", budget=31.0, of="年初预算数"):
    head = ["项目", of, "单位", "累计", header]
    return [[TITLE], head, ["税收收入", budget, "亿元", 24.8, value]]


@pytest.mark.parametrize(
    ("value", "wrong"), [(80.0, False), (80.1, False), (0.8, False), (81.0, True), (8.0, True), (62.0, True)]
)
def test_a_progress_that_does_not_fit_the_budget_of_its_row_is_a_finding(value, wrong):
    assert found(progress(value)) == ({"E3"} if wrong else set())


def test_a_progress_is_held_against_the_target_that_its_words_name():
    head = ["项目", "单位", "年初预算", "调整预算数", "累计", "占调整预算%"]
    row = ["税收收入", "亿元", 31.0, 25.0, 24.8]
    title = [TITLE]
    for value, wrong in ((99.2, False), (80.0, True)):
        rows = [title, head, [*row, value]]
        got = reading(rows)
        assert [n.against for n in got.compared] == [25]
        assert plans(rows, {}) == ({"F3"} if wrong else set())


def test_where_it_is_not_clear_of_which_target_nothing_is_said():
    head = ["项目", "单位", "年初预算", "市定目标", "累计", "完成率%"]
    assert not found([[TITLE], head, ["税收收入", "亿元", 31.0, 25.0, 24.8, 12.0]])
    assert not found(progress(12.0, "占调整预算%"))  # only the first budget is printed
    assert not found(progress(5.0, "超序时进度(百分点)")) and not found(progress(75.0, "时间进度%"))


def test_a_progress_without_its_target_is_held_against_those_of_the_ledger():
    rows = [[TITLE], ["项目", "单位", "累计", "完成年度目标(%)"], ["税收收入", "亿元", 24.8, 80.0]]
    ours = ("anhe", "tax", 2022)
    assert not plans(rows, {}) and not plans(rows, {ours: (31.0,)})
    assert not plans(rows, {ours: (28.0, 31.0)})  # what the city sets and what the district sets
    assert plans(rows, {ours: (28.0,)}) == {"D3"}


def added(pull, rate):
    head = ["地区", "税收收入(亿元)", "增速(%)", "对全市增长的贡献率(%)", "拉动全市增长(百分点)"]
    rows = [["全市", 242, 4.1, 100, 4.1], ["安禾区", 24.2, 8.2, rate, pull]]
    return [["2022年10月各县区税收收入"], head, *rows]


LAST_YEAR = known(
    ("anhe", "tax", "ytd", "natural", "2021-10", 22.4),
    ("ninglan", "tax", "ytd", "natural", "2021-10", 232.5),
)


@pytest.mark.parametrize(
    ("pull", "rate", "wrong"),
    [
        (0.8, 19.3, set()), (0.7, 20.0, set()), (0.9, 17.0, set()), (2.8, 19.3, {"E4"}), (-0.8, 19.3, {"E4"}),
        (0.8, 68.0, {"D4"}), (0.8, -19.3, {"D4"}),
    ],
)  # fmt: skip
def test_what_a_district_adds_to_the_citys_growth_must_fit_its_growth_and_its_share(pull, rate, wrong):
    assert found(added(pull, rate), LAST_YEAR) == wrong


def test_without_levels_only_a_sign_that_cannot_be_is_a_finding():
    head = ["县区", "增速(%)", "对全市增长的贡献率(%)", "拉动全市增长(百分点)"]

    def rows(pull, rate):
        return [["2022年10月各县区固定资产投资"], head, ["全市", 3.0, 100, 3.0], ["安禾区", -2.1, rate, pull]]

    assert not found(rows(-0.3, -8.0)) and not found(rows(-1.9, -60.0))
    assert found(rows(0.3, -8.0)) == {"D4"} and found(rows(-0.3, 8.0)) == {"C4"}
