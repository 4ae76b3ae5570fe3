"""What is asked about, and what the lines around the numbers say: titles, sections, sums, units, other tables."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import context, facts, reading
from tests.documents.tables.test_closed_world import READ, TITLE, table
from wenpan.documents.tables.names import Names

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
