"""What is asked about, and what lines around the numbers say: titles, sections, sums, units, other tables."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import context, facts, reading
from tests.documents.tables.test_closed_world import READ, TITLE, table
from wenpan.documents.tables.names import Names

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@given(
    HAN, st.sampled_from(["同比增长(%)", "1-10月累计增速(%)", "当月同比(%)", "累计完成(亿元)"]), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_an_unlisted_word_in_any_header_never_leaves_the_column_read(word, header, before):
    kind = next(k for k in context().kinds.values() if k.code == "indicator_table")
    tokens = Names(context().catalogue, context().regions).lexicon(kind).read(word)
    assume(any(t.kind == "left" for t in tokens))  # listed nowhere
    text = f"{word}{header}" if before else header.replace("(", f"{word}(", 1)
    assert not {"D3", "D4"} & set(facts(table(text)))


@given(st.sampled_from(sorted(READ)), st.sampled_from(["(亿元)", "(%)", "%", "（％）"]))
@settings(max_examples=40, deadline=None)
def test_removing_the_unit_never_changes_a_measure(header, unit):
    """Without its unit a header is read as the same measure or asked about, never as another one."""
    with_unit = facts(table(header)).get("D3")
    bare = header.replace("(%)", "").replace("%", "")
    without = facts(table(bare)).get("D3")
    assert with_unit is not None and (without is None or without[:5] == with_unit[:5])


def test_a_growth_is_not_taken_from_a_month_over_a_column_that_was_not_understood():
    rows = [
        [TITLE],
        ["指标名称", "计量单位", "10月", "核定数止月末", "同比增长(%)"],
        ["税收收入", "亿元", 3.1, 24.2, 4.4],
    ]
    got = reading(rows)
    assert "E3" not in facts(got) and "C3" in facts(got)
    assert any(f.cell == "E2" and "是不是" in f.found for f in got.findings)


@pytest.mark.parametrize(
    ("header", "asked"), [("预计11月累计", True), ("年度目标", True), ("上年同期", False)]
)
def test_a_growth_beside_an_estimate_or_a_target_may_be_theirs(header, asked):
    rows = [[TITLE], ["指标名称", "计量单位", header, "增长(%)"], ["税收收入", "亿元", 24.2, 4.4]]
    assert ("D3" not in facts(reading(rows))) is asked


def test_of_month_and_cumulative_at_the_left_the_growth_is_of_the_nearer_cumulative_one():
    head = ["指标名称", "计量单位", "本月", "累计", "同比增长(%)"]
    got = reading([[TITLE], head, ["税收收入", "亿元", 3.1, 24.2, 4.4]])
    assert facts(got)["E3"][3] == "ytd_growth"
    head[2:4] = ["累计", "本月"]
    assert "E3" not in facts(reading([[TITLE], head, ["税收收入", "亿元", 24.2, 3.1, 4.4]]))


@pytest.mark.parametrize("word", ["合计", "总计", "小计"])
def test_a_sum_of_towns_is_not_the_citys(word):
    rows = [["2022年10月各镇街固定资产投资完成情况"], ["镇街", "累计完成(万元)", "同比增长(%)"]]
    rows += [["桐溪镇", 3100.0, 4.4], ["柳湾镇", 4100.0, 5.4], [word, 7200.0, 5.0]]
    assert not facts(reading(rows))
    districts = [["2022年10月各区固定资产投资"], ["地区", "累计完成(亿元)", "增速(%)"]]
    districts += [["安禾区", 31.0, 4.4], ["东澜区", 41.0, 5.4], ["合计", 72.0, 5.0]]
    assert facts(reading(districts))["B5"][0] == "ninglan"


def test_the_same_header_under_another_title_is_another_table():
    rows = [
        ["安禾区2022年10月主要经济指标"],
        ["指标", "单位", "累计", "增速(%)"],
        ["税收收入", "亿元", 24.2, 4.4],
        [],
    ]
    rows += [
        ["东澜区2022年10月主要经济指标"],
        ["指标", "单位", "累计", "增速(%)"],
        ["一般公共预算收入", "亿元", 34.2, 5.4],
    ]
    got = facts(reading(rows))
    assert set(got) == {"C3", "D3"}
    rows[4] = ["安禾区2022年9月主要经济指标"]
    assert facts(reading(rows))["C7"][2] == "2022-09"


def test_each_sheet_is_of_its_own_kind():
    first = [["安禾区2022年10月主要经济指标"], ["指标", "单位", "累计"], ["税收收入", "亿元", 24.2]]
    second = [["2022年10月各区固定资产投资"], ["地区", "增速(%)"], ["安禾区", 4.4], ["东澜区", 5.4]]

    def add(sheet):
        other = sheet.parent.create_sheet("各区")
        for row in second:
            other.append(row)

    got = reading(made.xlsx(first, name="指标", edit=add))
    assert {(f.sheet, f.cell) for f in got.figures} == {("指标", "C3"), ("各区", "B3"), ("各区", "B4")}


@pytest.mark.parametrize(
    ("place", "read"), [("安禾区", True), ("中国", False), ("全国", False), ("东澜区", True)]
)
def test_the_place_of_an_exported_series_is_asked_about_where_it_is_not_ours(place, read):
    rows = [["指标名称", "社会消费品零售总额:累计值"], ["国家/地区", place], ["频率", "月"], ["单位", "亿元"]]
    rows += [["2022-09", 31.0], ["2022-10", 35.5]]
    got = facts(reading(rows))
    assert set(got) == ({"B5", "B6"} if read else set())
    assert not read or got["B6"][0] == {"安禾区": "anhe", "东澜区": "donglan"}[place]


@pytest.mark.parametrize(
    "header",
    ["%", "(%)", "百分比", "总量/增速", "全年", "2022年全年(%)", "11月预算执行", "期末", "1-12月增速(%)"],
)
def test_what_may_be_two_things_or_is_later_than_the_table_is_not_read(header):
    got = table(header)
    assert not {"D3", "D4"} & set(facts(got))
    told = {f.cell for f in got.findings} | {f"{c.letter}3" for t in got.tables for c in t.columns if c.why}
    assert {"D2", "D3"} & told


def test_a_place_with_a_percent_sign_is_its_growth():
    assert facts(table("全市(%)"))["D3"][0:4:3] == ("ninglan", "ytd_growth")
    assert facts(table("月同比(%)"))["D3"][3] == "month_growth"


@pytest.mark.parametrize(
    ("row", "head", "read"), [("(万元)", "(亿元)", False), ("", "(亿元)", True), ("(亿元)", "", True)]
)
def test_two_units_for_one_number_are_asked_about(row, head, read):
    got = reading([[TITLE.split("(")[0]], ["指标名称", f"累计{head}"], [f"税收收入{row}", 24.2]])
    assert ("B3" in facts(got)) is read and (read or any("两个单位" in f.found for f in got.findings))


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("东澜区", "donglan"),
        ("一、综合", "anhe"),
        ("全市", "ninglan"),
        ("当月", ""),
        ("预计", ""),
        ("1-9月", ""),
        ("桐溪镇", ""),
    ],
)
def test_a_line_between_the_rows_says_whose_the_rows_below_are(line, where):
    rows = [
        [TITLE],
        ["指标名称", "计量单位", "绝对额"],
        ["社会消费品零售总额", "亿元", 55.0],
        [line],
        ["税收收入", "亿元", 24.2],
    ]
    got = facts(reading(rows))
    assert got["C3"][0] == "anhe" and got.get("C5", ("",))[0] == where


def test_a_row_that_says_only_growth_belongs_to_the_row_above():
    rows = [
        [TITLE],
        ["指标名称", "1-10月"],
        ["税收收入(亿元)", 24.2],
        ["比上年增长(%)", 4.4],
        ["利润总额(亿元)", 3.3],
        ["增速(%)", 9.9],
    ]
    got = facts(reading(rows))
    assert got["B4"][1:4] == ("tax", "2022-10", "ytd_growth") and set(got) == {"B3", "B4"}


@pytest.mark.parametrize(
    ("title", "read"),
    [("增速", True), ("", False), ("位次", False), ("增速与总量", False), ("预计增速", False)],
)
def test_a_title_that_says_rates_gives_them_to_a_table_without_units(title, read):
    rows = [[f"2022年10月各区主要经济指标{title}"], ["地区", "固定资产投资", "社会消费品零售总额"]]
    rows += [["安禾区", 4.4, 3.3], ["东澜区", 5.4, 2.2]]
    got = facts(reading(rows))
    assert {f[3] for f in got.values()} == ({"ytd_growth"} if read else set())


def test_the_span_of_an_export_is_not_its_month():
    rows = [
        ["数据库:月度数据"],
        ["地区:安禾区"],
        ["时间:2022年8月-2022年9月"],
        ["指标", "2022年8月", "2022年9月"],
    ]
    rows += [["社会消费品零售总额_累计值(亿元)", 31.0, 35.5]]
    got = reading(rows)
    assert {c: f[2] for c, f in facts(got).items()} == {"B5": "2022-08", "C5": "2022-09"}
    assert not [f for f in got.findings if f.severity == "hard"]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("安禾区2022年10月{}", True), ("江东省宁澜市安禾区2022年10月{}", True),
        ("安禾区城区2022年10月{}", False), ("安禾区2022年10月当月{}", False), ("安禾区2022年三季度{}", False),
        ("安禾区2022年三季度末{}", True), ("安禾区2022年前三季度{}", True),
        ("2022年10月安禾区与东澜区{}", False), ("安禾区2022年10月{}(同口径)", False),
    ],
)  # fmt: skip
def test_what_only_the_title_says_of_all_numbers_is_asked_about(title, read):
    rows = [
        [title.format("主要经济指标")],
        ["指标名称", "计量单位", "绝对额", "同比增长(%)"],
        ["税收收入", "亿元", 24.2, 4.4],
    ]
    got = reading(rows)
    assert set(facts(got)) == ({"C3", "D3"} if read else set())
    assert read or (got.question is not None and got.question.words)


def test_a_month_up_to_which_a_second_line_counts_is_the_tables_month():
    rows = [
        ["2022年主要经济指标"],
        ["(截至10月)"],
        ["指标名称", "计量单位", "累计"],
        ["税收收入", "亿元", 24.2],
    ]
    assert facts(reading(rows))["C4"][2] == "2022-10"
