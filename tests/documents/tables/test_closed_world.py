"""A closed world: a column is read only if every word of its path is accounted for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.documents.fixtures.place import facts, reading

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
