"""Notes, comments, remarks and lines between the rows are a closed world too: what is not known to change nothing
is asked about, and what offices usually print asks nothing."""

# ruff: noqa: E501
from __future__ import annotations

import io

import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.month_table import BOTH, HEAD, RETAIL, REVENUE, TITLE
from tests.documents.fixtures.place import context, facts, reading
from wenpan.documents.spreadsheets.mark_findings import annotate
from wenpan.documents.spreadsheets.workbook import read
from wenpan.documents.tables.names import Names
from wenpan.economy.quality.finding import CheckFinding, Severity

KIND = context().kinds["indicator_table"]
WORDS = KIND.words
NAMES = Names(context().catalogue, context().regions, False, context().units)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


def strange(text: str, word: str) -> bool:
    """Whether the cut of the text leaves a character of the word over."""
    left = [t.text for t in NAMES.lexicon(KIND, notes=True).read(text) if t.kind == "left"]
    return any(set(part) & set(word) for part in left)


def noted(note: str, **changes):
    return reading([[TITLE], HEAD, RETAIL, REVENUE, [note]], **changes)


def commented(**at: str):
    def put(sheet):
        for cell, text in at.items():
            sheet[cell].comment = Comment(text, "统计员")

    return reading(made.xlsx([[TITLE], HEAD, RETAIL, REVENUE], edit=put))


@settings(max_examples=60, deadline=None)
@given(
    word=HAN,
    form=st.sampled_from(
        [
            "注:本表{}数。",
            "注:{}。",
            "{}",
            "备注:以上数据均按{}口径",
            "说明:增速为{}增速。",
            "注:1.数据为快报数。2.{}数据。",
        ]
    ),
)
def test_an_unknown_word_in_a_note_is_never_read_over(word, form):
    note = form.format(word)
    assume(strange(note, word) and not any(c in note for c in WORDS.note_causes))
    got = noted(note)
    assert not got.figures and got.question is not None, note


@settings(max_examples=30, deadline=None)
@given(word=HAN)
def test_an_unknown_word_in_a_comment_is_never_read_over(word):
    assume(strange(word, word) and not any(c in word for c in WORDS.remark_tells))
    assert set(facts(commented(D4=word))) == {"C3", "D3"}


@pytest.mark.parametrize(
    "note",
    [
        "注:表中数据为季节调整后结果。", "注:本表为全市数。", "注:数据截至2022年8月。", "注:表中增速为与2019年同期相比。", "注:以上均按老口径整理。",
        "备注:数字取自会议材料,与月报略有出入。", "注:累计数为1-8月数加9月快速估计。", "注:表中金额单位为万元。", "注:增速为环比折年率。", "注:东澜区数据,供参考。",
        "数据来源:某电商平台", "注:2019年数据为基数。", "注:规模以上工业统计范围为年主营业务收入2000万元及以上的工业法人单位,不含园区企业。",
        "填报单位:东澜区统计局", "注:本表数据为当月数。",
    ],
)  # fmt: skip
def test_a_sentence_that_is_not_accounted_for_is_asked_about(note):
    got = noted(note)
    assert not got.figures and got.question is not None


@pytest.mark.parametrize(
    "note",
    [
        "注:部分数据因四舍五入的原因,存在总计与分项合计不等的情况。", "注:规模以上工业统计范围为年主营业务收入2000万元及以上的工业法人单位。",
        "注:1.本表数据为快报数。2.社会消费品零售总额增速按现价计算,为名义增速。", "资料来源:区统计局、区财政局、区税务局。",
        "制表人:王某 审核人:李某 报出日期:2022年10月20日", "注:固定资产投资不含农户投资。", "注:“-”表示无数据或不便公布。",
        "注:地区生产总值按季度核算,增速按不变价格计算。", "注:因统计口径、数据修订等原因,增速不能直接用绝对额计算。",
        "注: 1. 规模以上服务业、其他营利性服务业错月公布; 地区生产总值、居民收入、建筑业为季度数.",
        "注: “…”为截至发布日尚未报送, “-”为不考核. 增速按可比口径计算.", "注: 服务业错月公布, 为2022年1—8月数.", "资料来源: 宁澜市统计局",
    ],
)  # fmt: skip
def test_what_offices_usually_print_asks_nothing(note):
    assert set(facts(noted(note))) == BOTH


def test_a_note_above_the_table_counts_as_one_below_it():
    rows = [[TITLE], ["注:本表为模拟考核数"], HEAD, RETAIL, REVENUE]
    got = reading(rows)
    assert not got.figures and got.question is not None


@pytest.mark.parametrize("unit", ["单位:亿元(折年)", "单位:亿元,鑫源", "(计量单位:亿元 含基金)"])
def test_a_unit_line_that_says_more_is_asked_about(unit):
    rows = [[TITLE, None, unit], ["指标", "累计", "同比增长(%)"], ["社会消费品零售总额", 71.2, 3.3]]
    assert not reading(rows).figures
    rows[0][2] = "单位:亿元、% 制表:统计局"
    assert set(facts(reading(rows))) == {"B3", "C3"}


def test_a_comment_asks_about_its_cell_s_row_its_column_or_all():
    assert set(facts(commented(C4="此数为预计数, 待税务反馈"))) == {"C3", "D3"}
    assert set(facts(commented(C2="不含经开区"))) == {"D3", "D4"}
    assert not commented(A1="内部测算").figures
    assert set(facts(commented(C3="统计员: 已核对", D2="快报数"))) == BOTH


def test_what_the_program_itself_wrote_into_a_marked_file_is_no_remark():
    data = made.xlsx([[TITLE], HEAD, RETAIL, REVENUE])
    finding = CheckFinding("x", Severity.SOFT, "比上月高出很多", "一致", "请核实", "Sheet1", "D4")
    marked = annotate(data, "表.xlsx", [finding])
    assert read(marked, "表.xlsx").sheets[0].comments == {}
    assert set(facts(reading(marked))) >= BOTH


def test_a_remark_beside_a_row_that_qualifies_its_number_asks_about_that_row():
    rows = [[TITLE], [*HEAD, "备注"], [*RETAIL, None], [*REVENUE, "季调"]]
    assert set(facts(reading(rows))) == {"C3", "D3"}
    rows[2][-1] = "快报数"  # said of one row: the others are none
    assert not facts(reading(rows))
    rows[2][-1] = None
    rows[3][-1] = "受减税降费和上年同期一次性入库较多等因素影响"
    assert set(facts(reading(rows))) == BOTH
    rows[3][-1] = "为预计数"
    assert set(facts(reading(rows))) == {"C3", "D3"}


def test_a_mark_at_a_number_leads_to_its_note():
    rows = [[TITLE], HEAD, ["社会消费品零售总额", "亿元", "71.23*", 3.3], REVENUE, ["*为预计数"]]
    assert set(facts(reading(rows))) == {"C4", "D4"}
    rows[-1] = ["*为快报数"]
    assert set(facts(reading(rows))) == BOTH


@pytest.mark.parametrize(
    ("line", "read"), [("在地口径", False), ("国有企业", False), ("二、财政金融", True), ("人民生活", True)]
)
def test_a_line_between_the_rows_with_unknown_words_asks_about_the_rows_below(line, read):
    got = reading([[TITLE], HEAD, RETAIL, [line], REVENUE])
    assert set(facts(got)) == (BOTH - {"C4", "D4"} | {"C5", "D5"} if read else {"C3", "D3"})


def test_growths_of_month_and_year_to_date_side_by_side_belong_to_their_levels():
    rows = [
        ["2022年9月各县区社会消费品零售总额"], ["地区", "当月(亿元)", "累计(亿元)", "当月同比增长(%)", "累计增长(%)"],
        ["安禾区", 8.6, 71.2, 1.1, 3.3],
    ]  # fmt: skip
    assert {c: f[3] for c, f in facts(reading(rows)).items()} == {
        "B3": "month", "C3": "ytd", "D3": "month_growth", "E3": "ytd_growth",
    }  # fmt: skip


def test_a_growth_against_the_year_before_in_one_head():
    rows = [
        ["安禾区2021年主要经济指标"],
        ["指标", "单位", "2021年", "2020年", "2021年比2020年±%"],
        ["社会消费品零售总额", "亿元", 95, 84.7, 12.2],
    ]
    got = facts(reading(rows, period="2021-12"))
    assert got["E3"][2:4] == ("2021-12", "ytd_growth")
    rows[1][4] = "2021年比2019年±%"
    assert "E3" not in facts(reading(rows, period="2021-12"))


@pytest.mark.parametrize(
    ("remark", "read"),
    [
        ("由于上年同期基数较高,增速有所回落", True), ("主要是甲企业一次性入库税款较多", True), ("已与税务部门核对一致", True),
        ("牵头单位:区财政局,配合单位:区税务局", True), ("预计全年可完成目标任务", True), ("受减税政策影响,部分企业停产", True),
        ("由于统计口径调整,与上月数不可比", False), ("含经开区代管村收入及划转企业税收", False), ("未经统计部门审定", False),
        ("受疫情影响较大,此数含去年补报部分企业税款在内", False), ("数据为预计数,待税务部门反馈后更新", False), ("滚动", False),
        ("甲乙丙丁戊己庚辛壬癸子丑寅卯", False), ("由于汇率波动较大,按年初汇率折算后的结果", False),
    ],
)  # fmt: skip
def test_a_remark_of_any_length_is_asked_about_unless_it_tells_of_the_world(remark, read):
    rows = [[TITLE], [*HEAD, "备注"], [*RETAIL, None], [*REVENUE, remark]]
    assert set(facts(reading(rows))) == (BOTH if read else {"C3", "D3"})


def test_a_column_of_causes_is_prose_unless_it_speaks_of_the_number():
    rows = [[TITLE], [*HEAD, "原因分析"], [*RETAIL, "新能源车卖得好"], [*REVENUE, "增值税入得少"]]
    assert set(facts(reading(rows))) == BOTH
    rows[3][-1] = "增值税入得少,本月为预计数"
    assert set(facts(reading(rows))) == {"C3", "D3"}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("&C宁澜市统计局&R2022年10月", True), ('&L&"宋体,加粗"&12统计月报&R第&P页 共&N页', True), ("&C内部资料 注意保存", True), ("&C&A", True),
        ("&R单位：万元", False), ("&C预计数", False), ("&C东澜区", False), ("&C2022年1-8月", False), ("&C&\"宋体\"部门口径", False),
    ],
)  # fmt: skip
def test_what_is_printed_on_each_page_is_read_as_a_line_around_the_table(said, read):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.set_header(said)
        for r, row in enumerate([[TITLE], HEAD, RETAIL, REVENUE]):
            sheet.write_row(r, 0, row)
    got = reading(out.getvalue())
    assert set(facts(got)) == (BOTH if read else set())
    assert (got.question is None) == read


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("1-9月,全区社会消费品零售总额同比增长3.3%,主要是汽车类消费回升。", True), ("安禾区统计局编印", True), ("- 12 -", True), ("注：受疫情影响,部分企业停产。", True),
        ("注：2011年起提高了规模标准。", True), ("注:由于采用新的推算方法,增速为3.3%。", False), ("注:部分企业未报。", False), ("注:因口径不同,下降3.3%。", False),
        ("东澜区统计局编印", False), ("注:2022年起口径调整。", False),
    ],
)  # fmt: skip
def test_lines_that_tell_of_the_world_or_restate_a_figure_ask_nothing(line, read):
    got = noted(line)
    assert (set(facts(got)) == BOTH) == read
