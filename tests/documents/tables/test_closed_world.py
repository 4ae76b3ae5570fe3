"""A closed world: a column is read only if every word of its path is accounted for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import context, facts, reading
from wenpan.documents.tables.names import Names

TITLE = "安禾区2022年10月主要经济指标完成情况表(单位:亿元)"
READ = {
    "同比增长(%)": ("anhe", "2022-10", "ytd_growth", "natural"),
    "±%": ("anhe", "2022-10", "ytd_growth", "natural"),
    "比上年同期±%": ("anhe", "2022-10", "ytd_growth", "natural"),
    "当月同比(%)": ("anhe", "2022-10", "month_growth", "natural"),
    "累计同比增减(%)": ("anhe", "2022-10", "ytd_growth", "natural"),
    "同口径增长(%)": ("anhe", "2022-10", "ytd_growth", "comparable"),
    "剔除留抵退税增长(%)": ("anhe", "2022-10", "ytd_growth", "refund_adjusted"),
    "全市增速(%)": ("ninglan", "2022-10", "ytd_growth", "natural"),
    "1-9月增速(%)": ("anhe", "2022-09", "ytd_growth", "natural"),
}
# Headers of real tables (addresses in benchmarks/real_tables.md) and their variants: never a figure.
BESIDE = {
    "预计增速(%)": "estimate", "全年预测(%)": "estimate", "应达增速(%)": "need", "尚需增长(%)": "need",
    "两年平均增速(%)": "average", "高于全市(百分点)": "gap", "与全省差距": "gap", "快于全市": "gap",
    "比1-9月增减(百分点)": "change", "环比(%)": "change", "较上月提升(百分点)": "change",
    "位次升降": "change",
    "占年初预算%": "progress", "为年度预算(%)": "progress", "目标完成率": "progress", "比重(%)": "share",
    "占GDP比重(%)": "share", "贡献率(%)": "contribution", "同比增减(亿元)": "increment", "增收": "increment",
    "年度目标": "target", "年初预算数": "target", "去年同期数": "last_year", "上年同期增速(%)": "last_year",
    "上月数": "last_period", "全省增速(%)": "above", "指数(上年=100)": "index",
    "2011年为上年%": "index",
    "全市位次": "rank",
}  # fmt: skip
UNCLEAR = (
    "同比增减",
    "不含开发区增速(%)",
    "核减后增速(%)",
    "增长(倍)",
    "三季度(%)",
    "比2019年增长(%)",
    "本月累计增速(%)",
)


def table(header: str, title: str = TITLE):
    rows = [
        [title],
        ["指标名称", "计量单位", "1-10月累计", header],
        ["一般公共预算收入", "亿元", 33.1, 5.5],
        ["税收收入", "亿元", 24.2, 4.4],
    ]
    return reading(rows)


def column(got):
    return next(c for t in got.tables for c in t.columns if c.letter == "D")


@pytest.mark.parametrize(("header", "meaning"), READ.items())
def test_a_header_whose_every_word_is_known_is_read(header, meaning):
    got = facts(table(header))["D3"]
    assert (got[0], *got[2:5]) == meaning and Decimal(got[5]) == Decimal("5.5")


@pytest.mark.parametrize(("header", "role"), BESIDE.items())
def test_what_stands_beside_the_figures_is_known_and_never_one_of_them(header, role):
    got = table(header)
    assert not {"D3", "D4"} & set(facts(got))
    assert column(got).role == role and (column(got).why or role == "rank")


@pytest.mark.parametrize("header", UNCLEAR)
def test_what_is_not_clear_is_asked_about(header):
    got = table(header)
    assert not {"D3", "D4"} & set(facts(got))
    assert column(got).understood == "asked" and column(got).why


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(word=HAN, header=st.sampled_from(sorted(READ)), at=st.integers(0, 12))
def test_a_word_that_nobody_knows_leaves_no_column_silently_read(word, header, at):
    kind = context().kinds["indicator_table"]
    names = Names(context().catalogue, context().regions, False, context().units)
    mixed = header[: at % (len(header) + 1)] + word + header[at % (len(header) + 1) :]
    assume(any(t.kind == "left" for t in names.lexicon(kind).read(mixed)))
    got = table(mixed)
    assert not {"D3", "D4"} & set(facts(got)), mixed
    assert column(got).understood in ("asked", "left_out", "rank") and column(got).why


LEVELS = (
    "1-9月累计(亿元)",
    "固定资产投资(亿元)",
    "累计完成(亿元)",
    "同比增长(%)",
    "增速(%)",
    "本月(亿元)",
    "2022年(亿元)",
)


@settings(max_examples=25, deadline=None)
@given(
    header=st.sampled_from(LEVELS),
    indicator=st.sampled_from(["固定资产投资", "社会消费品零售总额", "税收收入"]),
)
def test_taking_the_unit_away_never_changes_a_measure(header, indicator):
    def measures(head):
        rows = [["安禾区2022年1-9月主要指标"], ["指标名称", head], [indicator, 105.2]]
        return {f.measure for f in reading(rows).figures}

    bare = header.split("(")[0]
    assert measures(bare) <= measures(header), (measures(bare), measures(header))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("东澜区2022年10月主要经济指标", "东澜区"),
        ("武侯区2022年10月主要经济指标", "武侯区"),
        ("桐溪镇2022年10月主要经济指标", "桐溪镇"),
        ("安禾区2022年10月民营经济主要指标", "民营"),
        ("安禾区2022年10月主要经济指标预计表", "预计"),
    ],
)
def test_a_title_of_another_place_or_scope_is_asked_about_and_nothing_is_read(title, words):
    got = table("增速(%)", title)
    assert not got.figures and got.question is not None and words in got.question.words


def test_the_table_of_the_city_is_the_city_s():
    assert facts(table("增速(%)", "宁澜市2022年10月主要经济指标"))["D3"][0] == "ninglan"


def test_a_growth_column_belongs_to_the_level_at_its_left():
    rows = [
        ["2022年1-9月各区县主要经济指标"],
        ["地区", "社会消费品零售总额(亿元)", "增速(%)", "税收收入(亿元)", "增速(%)"],
        ["安禾区", 10, 1, 2, 3],
        ["东澜区", 20, 2, 4, 6],
    ]
    got = facts(reading(rows))
    assert got["C3"][1] == "retail" and got["E4"][1] == "tax"
    two = [
        rows[0],
        ["地区", "固定资产投资(亿元)", "工业投资(亿元)", "增速(%)"],
        ["安禾区", 1, 2, 3],
        ["东澜区", 1, 2, 3],
    ]
    assert "D3" not in facts(reading(two))


def test_the_scope_of_a_growth_is_that_of_the_level_at_its_left():
    head = ["指标", "计量单位", "本月实际", "同比±%", "自年初累计", "同比±%"]
    got = facts(reading([["2022年9月安禾区主要指标"], head, ["税收收入", "亿元", 1, 2, 3, 4]]))
    assert [got[c][3] for c in ("C3", "D3", "E3", "F3")] == ["month", "month_growth", "ytd", "ytd_growth"]


def test_the_title_names_the_indicator_where_no_column_does():
    rows = [
        ["2022年1-10月各县(市、区)社会消费品零售总额"],
        ["地区", "增速(%)", "位次"],
        ["安禾区", 5.5, 1],
        ["东澜区", 4, 2],
    ]
    assert facts(reading(rows))["B3"][:4] == ("anhe", "retail", "2022-10", "ytd_growth")
    more = [["2022年1-10月各县(市、区)高技术产业固定资产投资"], *rows[1:]]
    assert not reading(more).figures


def test_what_was_taught_holds_for_its_title_and_not_for_another():
    def rows(title):
        return [[title], ["地区", "完成", "位次"], ["安禾区", 9.0, 1], ["东澜区", 7.9, 2]]

    first = reading(rows("2022年1-10月各区县固定资产投资"))
    [taught] = first.tables
    columns = {
        "0": {"role": "region"},
        "1": {"role": "figure", "measure": "ytd_growth", "indicator": "@title"},
        "2": {"role": "rank"},
    }
    teaching = {"kind": "city_table", "header_rows": [2], "header_at": [2], "columns": columns}
    layouts = {taught.signature: teaching}
    month_after = reading(rows("2022年1-11月各区县固定资产投资"), layouts=layouts)
    assert facts(month_after)["B3"][1:4] == ("fai", "2022-11", "ytd_growth")
    other = reading(rows("2022年1-11月各区县税收收入"), layouts=layouts)
    assert other.tables[0].signature != taught.signature and not other.tables[0].taught


def test_what_was_not_read_is_counted_by_column():
    got = table("高于全市(百分点)")
    [said] = [f for f in got.findings if f.check == "numbers.not_read"]
    assert "2 个数没有读入" in said.found and "高于全市" in said.found
    assert column(got).unread == 2


def test_tables_above_and_beside_each_other_are_read_each_with_its_own_title():
    below = [
        ["安禾区2022年1-9月主要指标"], ["指标", "单位", "累计", "增速(%)"], ["税收收入", "亿元", 3, 1], [],
        ["安禾区2022年9月当月主要指标"], ["指标", "单位", "当月", "增速(%)"], ["税收收入", "亿元", 0.4, 2],
    ]  # fmt: skip
    got = facts(reading(below))
    assert got["C3"][3] == "ytd" and got["D7"][3] == "month_growth"
    head = ["指标", "累计(亿元)", "增速(%)", "指标", "累计(亿元)", "增速(%)"]
    beside = [["安禾区2022年1-9月主要指标"], head, ["税收收入", 3, 1, "进出口总额", 9, -3]]
    got = facts(reading(beside))
    assert got["B3"][1] == "tax" and got["F3"][1:4] == ("trade", "2022-09", "ytd_growth")


def test_a_series_with_dates_down_is_a_history():
    rows = [["年份", "地区生产总值(亿元)", "增长(%)"], ["2020年", 850, 3], ["2021年", 900, 7]]
    got = facts(reading(rows))
    assert got["B2"][2:4] == ("2020-Q4", "ytd") and got["C3"][2:4] == ("2021-Q4", "ytd_growth")
    months = [["日期", "社会消费品零售总额(亿元)"], ["2022-08", 3.0], ["2022-09", 4.0]]
    assert not [f for f in reading(months).figures if f.value]  # of the month, or since January?


def test_merged_cells_of_the_body_name_all_their_rows():
    rows = [
        ["2022年1-9月各区县主要经济指标对比表"],
        ["指标", "口径", "全市", "安禾区"],
        ["税收收入", "总量(亿元)", 60, 30],
        [None, "增速(%)", -3.6, -1.3],
    ]
    got = facts(reading(made.xlsx(rows, ["A3:A4"])))
    assert got["D3"][1:4] == ("tax", "2022-09", "ytd") and got["D4"][3] == "ytd_growth"
