"""Text reports on revenue as rows: the wording of published reports with made-up numbers.

What is not understood is said; nothing becomes another item's.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from wenpan.documents.fiscal_texts.reading import read_file, read_text
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.reading import Context
from wenpan.rules import workbook_kinds

PLACE = {"安禾区": "anhe", "临川县": "linchuan", "东江市": "dongjiang"}


def read(*paragraphs, home="anhe", filename="报告2022.docx", **about):
    context = Context({}, PLACE, {}, home, {}, workbook_kinds(), city="dongjiang", **about)
    return read_text(paragraphs, context, filename)


def rows(reading):
    """{name: {value: number}} in plain numbers; a second row of a name is name#2."""
    found = {}
    for record in reading.records:
        name = record["name"] + ("#2" if record["name"] in found else "")
        found[name] = {
            k: float(v) for k, v in record.values.items() if isinstance(v, Decimal) and k != "ratio"
        }
    return found


def said(reading, check):
    return [f for f in reading.findings if f.check == f"fiscal_text.{check}"]


CASES = {
    "the amount, its change, its growth, its share of the budget": (
        "1-9月,全区一般公共预算收入累计完成90000万元,占年初预算数120000万元的75%,同比增长20%,增收15000万元。",
        {"一般公共预算收入": {"ytd": 90000, "budget": 120000, "progress": 75, "ytd_growth": 20,
                      "ytd_change": 15000}},
    ),
    "less is negative": (
        "截至9月底,地方财政收入完成8.1亿元,比上年同期减收0.9亿元,下降10%。",
        {"地方财政收入": {"ytd": 81000, "ytd_change": -9000, "ytd_growth": -10}},
    ),
    "both bases, in a bracket": (
        "1—9月,全区一般公共预算收入完成9亿元,下降10%(扣除留抵退税因素同口径增长2.5%)。",
        {"一般公共预算收入": {"ytd": 90000, "ytd_growth": -10, "ytd_growth_adjusted": 2.5}},
    ),
    "both bases, one after the other": (
        "1-9月累计,全区一般公共预算收入9亿元,扣除留抵退税因素后增长2.5%,按自然口径计算下降10%。",
        {"一般公共预算收入": {"ytd": 90000, "ytd_growth_adjusted": 2.5, "ytd_growth": -10}},
    ),
    "the month and the year so far": (
        "9月份,全区一般公共预算收入当月完成8000万元,下降5%,累计完成90000万元,增长6%。",
        {"一般公共预算收入": {"month": 8000, "month_growth": -5, "ytd": 90000, "ytd_growth": 6}},
    ),
    "the month in a sentence of its own; its share of the budget is none of the year so far": (
        "9月份,全区实现大口径财政收入8000万元,完成预算120000万元的6.67%,下降5%。1-9月,全区实现大口径财政收入90000万元,完成预算的75%,较均衡进度慢1%,增长6%。",
        {"大口径财政收入": {"month": 8000, "month_growth": -5, "ytd": 90000, "progress": 75,
                    "ytd_growth": 6}},
    ),
    "collectors": (
        "1-9月,我区一般公共预算收入完成90000万元。其中:税务部门完成60000万元,为年预算的50%,同比降低9.9%;财政部门完成30000万元。",
        {
            "一般公共预算收入": {"ytd": 90000},
            "税务部门": {"ytd": 60000, "progress": 50, "ytd_growth": -9.9},
            "财政部门": {"ytd": 30000},
        },
    ),
    "a share of a task is no share of the budget": (
        "1-9月,全区一般公共预算收入完成90000万元。其中税务部门完成60000万元,占任务数的96.3%,增长3%。",
        {"一般公共预算收入": {"ytd": 90000}, "税务部门": {"ytd": 60000, "ytd_growth": 3}},
    ),
    "another level is no row": (
        "1-9月,全区一般公共预算收入90000万元。其中,区级一般公共预算收入50000万元,下降2%;镇级收入40000万元。",
        {"一般公共预算收入": {"ytd": 90000}},
    ),
    "a total with transfers is no revenue": (
        "1-9月,全区一般公共预算收入90000万元,加上级转移支付收入18000万元,收入合计为108000万元。",
        {"一般公共预算收入": {"ytd": 90000}},
    ),
    "spending and funds are no rows": (
        "1-9月,全区一般公共预算收入90000万元。一般公共预算支出完成200000万元,增长3%。政府性基金收入完成10000万元,下降8%。",
        {"一般公共预算收入": {"ytd": 90000}},
    ),
    "refunds are no tax": (
        "1-9月,全区一般公共预算收入90000万元。增值税留抵退税累计完成11000万元。全区增值税减收3000万元,下降20%。",
        {"一般公共预算收入": {"ytd": 90000}, "增值税": {"ytd_change": -3000, "ytd_growth": -20}},
    ),
    "the adjusted amount is not the published one": (
        "2022年1-9月,一般公共预算收入完成90,000万元(自然口径),增长8%。一般公共预算收入(同口径)完成95,000万元,增长14%,增收11,000万元。",
        {"一般公共预算收入": {"ytd": 90000, "ytd_growth": 8, "ytd_growth_adjusted": 14}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_report_is_read_as_it_is_worded(case):
    text, expected = CASES[case]
    assert rows(read(text)) == expected


def test_tax_of_two_levels_makes_two_rows_and_only_the_own_carries_the_code():
    reading = read(
        "1-9月,全区完成财政总收入200000万元,增长5%。其中:税收收入160000万元;非税收入40000万元。完成地方一般公共预算收入90000万元。",
        "地方收入按构成分:税收收入60000万元;非税收入30000万元。",
    )
    codes = [(r["name"], r["code"], float(r["ytd"])) for r in reading.records if r["code"]]
    assert codes == [
        ("地方一般公共预算收入", "revenue", 90000),
        ("税收收入", "tax", 60000),
        ("非税收入", "non_tax", 30000),
    ]
    assert len(said(reading, "twice")) == 2


def test_tax_that_adds_up_to_all_revenue_is_not_the_own():
    reading = read(
        "1-9月,累计完成公共财政预算总收入67949万元。其中:地方公共财政预算收入完成51653万元。",
        "分收入结构看:税收收入36552万元,非税收入31397万元。",
    )
    assert [r["code"] for r in reading.records] == ["", "revenue", "", ""]
    assert said(reading, "open"), "whose tax it is must be said by a person"


def test_a_bare_month_without_a_span_is_asked_about_and_both_bases_may_be_one_rate():
    """As the published text of Yangling (November 2022) has it, whose natural rate its parts contradict."""
    reading = read(
        "2022年11月,全区地方一般预算收入完成22797万元,占全年任务数22881万元99.63%,扣除留抵退税因素后增长7.61%,按自然口径计算下降2.31%。",
        "2022年11月,税收收入完成18296万元,扣除留抵退税因素后增长0.53%,按自然口径计算下降11.03%;非税收入完成4501万元,扣除留抵退税因素和按自然口径计算均增长50.84%。",
        "1.增值税8006万元,较上年同期6715万元降低19.23%;",
        "从总税收收入看:全区11月份完成39259万元,扣除留抵退税因素后下降8.68%。",
        "财政部门组织地方收入3283万元。",
    )
    got = rows(reading)
    assert (reading.period, got["地方一般预算收入"]["ytd"]) == ("2022-11", 22797)
    assert "progress" not in got["地方一般预算收入"], "a share of a task"
    assert got["非税收入"] == {"ytd": 4501, "ytd_growth": 50.84, "ytd_growth_adjusted": 50.84}
    assert got["增值税"] == {"ytd": 8006, "ytd_last": 6715, "ytd_growth": -19.23}
    assert got["总税收收入"]["ytd"] == 39259 and got["财政部门"]["ytd"] == 3283
    assert said(reading, "span")
    assert any("-3.19%" in f.expected for f in said(reading, "contradiction"))


def test_a_report_on_a_year_is_of_its_december_and_a_town_s_too():
    text = "全镇一般公共预算收入4402万元,完成预算数107.06%,耕地占用税下降88.2%。"
    context = Context({}, {"清溪镇": "qingxi"}, {}, "qingxi", {}, workbook_kinds())
    reading = read_text(["清溪镇2023年财政决算草案", text], context, "决算.docx")
    assert reading.period == "2023-12"
    assert rows(reading)["一般公共预算收入"] == {"ytd": 4402, "progress": 107.06}
    assert rows(reading)["耕地占用税"] == {"ytd_growth": -88.2}


def test_every_number_is_a_value_or_is_told():
    reading = read(
        "1-9月,全区一般公共预算收入完成90000万元,增长6%,税收占比62.5%,居全市第9位。民生支出77000万元。"
    )
    (told,) = said(reading, "other")
    assert "62.5%" in told.found and "77000万元" in told.found and told.sheet == "正文第1段"


def test_what_is_expected_or_of_next_year_is_told_and_kept_out():
    reading = read(
        "1-9月,全区一般公共预算收入完成90000万元。",
        "2022年,全区一般公共预算收入预计完成121000万元,增长6%。",
        "二、2023年预算草案",
        "全区一般公共预算收入130000万元,增长7%,其中:税收收入100000万元。",
    )
    assert rows(reading) == {"一般公共预算收入": {"ytd": 90000}}
    assert "121000万元" in said(reading, "planned")[0].found
    assert {f.sheet for f in said(reading, "other")} == {"正文第4段"}


def test_the_city_s_figures_are_not_the_district_s():
    assert read("1-9月,全市一般公共预算收入完成119亿元,增长4.7%。") is None
    assert rows(read("1-9月,全市一般公共预算收入完成119亿元,增长4.7%。", home="dongjiang"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("一般公共预算收入完成100000万元,增长20%,增收20000万元", "增加"),
        (
            "一般公共预算收入完成100000万元。其中:税收收入70000万元;非税收入20000万元",
            "税收收入、非税收入之和",
        ),
    ],
)
def test_a_text_that_contradicts_itself_is_asked_about(text, words):
    reading = read(f"1-9月,全区{text}。")
    assert any(words in f.found + f.expected for f in said(reading, "contradiction"))


def test_what_refunds_took_off_and_adjusted_amounts_are_held_against_the_rates():
    """As the published texts of Zaozhuang (July 2022) and Huangping (2022) have it."""
    reading = read(
        "1-7月,全区一般公共预算收入完成119.19亿元,增长4.7%(同口径增长13.6%)。其中:税收收入完成73.32亿元,下降10.3%(同口径增长2.1%)。",
        "留抵退税拉低全区税收收入增幅13.4个百分点。",
    )
    assert any("13.4个百分点" in f.found and "12.4" in f.expected for f in said(reading, "contradiction"))
    reading = read(
        "2022年,地方一般公共预算收入完成28583万元(自然口径),同比增长10.85%,增收2798万元。",
        "地方一般公共预算收入(同口径)完成30161万元,同比增长14.6%,增收4376万元。",
    )
    (one,) = said(reading, "contradiction")
    assert "16.97%" in one.expected and rows(reading)["地方一般公共预算收入"]["ytd"] == 28583
    assert "30161万元" in said(reading, "adjusted")[0].found


def test_a_share_that_the_two_amounts_do_not_give_is_asked_about():
    (one,) = said(read("1-9月,全区一般公共预算收入完成90000万元,占年初预算120000万元的77%。"), "progress")
    assert "75.00%" in one.expected
    assert not said(read("1-9月,全区一般公共预算收入完成9.0亿元,占年初预算12.1亿元的74.4%。"), "progress")


def test_the_month_is_that_of_the_text_and_a_person_s_choice_cannot_hide_another():
    text = "1-9月,全区一般公共预算收入完成90000万元。"
    assert read(text).period == "2022-09"
    assert read(text, filename="报告.docx").period is None, "no year is told: a person says it"
    assert read(text, filename="报告.docx", period="2022-09").period == "2022-09"
    assert said(read(text, period="2022-08"), "period")[0].severity.value == "hard"


def test_a_text_without_revenue_is_refused_as_before():
    context = Context({}, PLACE, {}, "anhe", {}, workbook_kinds())
    with pytest.raises(Unreadable, match="不是工作簿"):
        read_file("今年以来,经济平稳。".encode(), "讲话.txt", context)
    told = read_file("2022年1-9月,全区一般公共预算收入完成90000万元。".encode("gb18030"), "财政.txt", context)
    assert told.of_text and told.period == "2022-09"
