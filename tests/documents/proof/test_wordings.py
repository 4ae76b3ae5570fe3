"""核数 on the ways in which other offices write: what is right raises nothing, each error is found."""

from dataclasses import replace
from decimal import Decimal

import pytest

from wenpan.documents.proof.paper_figures import Vocabulary
from wenpan.documents.proof.proof import FigureVerdict, proof
from wenpan.documents.proof.proof_ledger import ProofLedger
from wenpan.documents.proof.subject_names import with_the_rest

NAMES, WHOLES = with_the_rest(
    {
        "规模以上工业增加值": "va",
        "固定资产投资": "fai",
        "固投": "fai",
        "民间投资": "private",
        "社会消费品零售总额": "retail",
        "限额以上住宿业营业额": "lodging",
        "限上住宿业": "lodging",
        "限上住宿": "lodging",
        "限上餐饮": "catering",
        "限上餐饮业营业额": "catering",
        "一般公共预算收入": "revenue",
        "税收收入": "tax",
        "税收": "tax",
        "居民人均可支配收入": "income",
        "城镇居民人均可支配收入": "urban",
        "农村居民人均可支配收入": "rural",
        "5000万元以上项目": "large",
        "本外币存款余额": "deposits",
        "贷款余额": "loans",
    },
    {},
)
KNOWN = Vocabulary(
    NAMES,
    {"全市": "city", "全区": "home", "我区": "home", "甲区": "home", "乙区": "east", "丙县": "west"},
    "home",
    2022,
    "2022-09",
    WHOLES,
)
LEDGER = ProofLedger(
    {
        (region, code, period, measure, basis): Decimal(value)
        for region, code, period, measure, basis, value in (
            ("home", "va", "2022-09", "ytd_growth", "natural", "6.5"),
            ("home", "va", "2022-08", "ytd_growth", "natural", "6.1"),
            ("east", "va", "2022-09", "ytd_growth", "natural", "7.1"),
            ("west", "va", "2022-09", "ytd_growth", "natural", "3.0"),
            ("city", "va", "2022-09", "ytd_growth", "natural", "5.7"),
            ("home", "fai", "2022-09", "ytd_growth", "natural", "-3.2"),
            ("home", "fai", "2022-08", "ytd_growth", "natural", "-3.5"),
            ("east", "fai", "2022-09", "ytd_growth", "natural", "2.0"),
            ("west", "fai", "2022-09", "ytd_growth", "natural", "1.0"),
            ("home", "private", "2022-09", "ytd_growth", "natural", "-5.0"),
            ("home", "large", "2022-09", "ytd", "natural", "82.18"),
            ("home", "retail", "2022-09", "ytd", "natural", "20.00"),
            ("home", "retail", "2022-09", "ytd_growth", "natural", "4.3"),
            ("city", "retail", "2022-09", "ytd", "natural", "200.00"),
            ("home", "lodging", "2022-09", "ytd_growth", "natural", "-9.6"),
            ("home", "catering", "2022-09", "ytd_growth", "natural", "-16.7"),
            ("home", "revenue", "2022-09", "ytd", "natural", "33.20"),
            ("home", "revenue", "2022-09", "ytd_growth", "natural", "-13.2"),
            ("home", "revenue", "2022-09", "ytd_growth", "refund_adjusted", "2.6"),
            ("home", "tax", "2022-09", "ytd", "natural", "26.27"),
            ("home", "income", "2022-09", "ytd", "natural", "35950"),
            ("city", "income", "2022-09", "ytd", "natural", "36571"),
            ("home", "urban", "2022-09", "ytd", "natural", "42657"),
            ("home", "rural", "2022-09", "ytd", "natural", "21875"),
            ("home", "deposits", "2022-09", "balance_growth", "natural", "8.3"),
            ("home", "loans", "2022-09", "balance_growth", "natural", "11.8"),
        )
    },
    {
        "retail": "亿元",
        "revenue": "亿元",
        "tax": "亿元",
        "large": "亿元",
        "income": "元",
        "urban": "元",
        "rural": "元",
    },
    {"home": "甲区", "city": "全市", "east": "乙区", "west": "丙县"},
    frozenset(),
    "台账",
    "city",
    wholes=WHOLES,
)


BEFORE = {
    (region, "va", "2022-08", "ytd_growth", "natural"): Decimal(value)
    for region, value in (("home", "6.1"), ("east", "5.1"), ("west", "3.0"))
}


def checked(*paragraphs: str) -> list[FigureVerdict]:
    return proof(paragraphs, KNOWN, LEDGER)


# The right sentence, and for each error what is written instead of what.
WORDINGS = (
    ("规模以上工业增加值、固定资产投资分别增长6.5%、-3.2%。", ("6.5", "5.6"), ("-3.2", "3.2")),
    ("限上住宿业、餐饮业营业额分别下降9.6%、下降16.7%。", ("9.6", "9.5"), ("16.7", "17.6")),
    ("本外币存、贷款余额同比分别增长8.3%和11.8%。", ("8.3", "8.8"), ("11.8", "1.8")),
    ("乙区、丙县固定资产投资分别增长2.0%、1.0%。", ("2.0", "3.0"), ("1.0", "1.1")),
    ("规模以上工业增加值增速6.5%（全市第2位），固投增速-3.2%（全市第3位）。", ("第2", "第1"), ("第3", "第4")),
    (
        "增速居全市前两位的：规模以上工业增加值为乙区（7.1%）、甲区（6.5%）。",
        ("、甲区", "、丙县"),
        ("7.1", "1.7"),
    ),
    ("乙区、丙县两地固定资产投资增速位居全市前二。", ("丙县", "甲区"), ("乙区", "甲区")),
    (
        "固投增速比乙区低5.2个百分点，规模以上工业增加值增速比全市快0.8个百分点。",
        ("低", "高"),
        ("0.8", "0.9"),
    ),
    ("固定资产投资降幅比1—8月收窄0.3个百分点。", ("收窄", "扩大"), ("0.3", "0.5")),
    ("工业增速比上月加快0.4个百分点，规模以上工业增加值增长6.5%。", ("加快", "回落"), ("0.4", "0.6")),
    ("社会消费品零售总额20.00亿元，占全市的10.0%。", ("10.0", "12.0"), ("亿元", "万元")),
    (
        "一般公共预算收入33.20亿元，其中税收收入26.27亿元，税收占比79.1%；非税收入6.93亿元。",
        ("79.1", "71.9"),
        ("6.93", "9.63"),
    ),
    ("剔除留抵退税因素，一般公共预算收入同口径增长2.6%。", ("增长", "下降"), ("2.6", "6.2")),
    ("固定资产投资：乙区增长2.0%。丙县增长1.0%，甲区下降3.2%。", ("丙县", "甲区"), ("3.2", "2.3")),
    ("2.固定资产投资。1—9月累计下降3.2%，列全市第3位。", ("下降", "增长"), ("第3", "第2")),
    ("一般公共预算收入，甲区完成33.20亿元。", ("33.20", "32.30"), ("亿元", "万元")),
    (
        "全市居民人均可支配收入36571元，我区居民人均可支配收入35950元。",
        ("36571", "36751"),
        ("35950元", "35950万元"),
    ),
    ("城乡居民收入比为1.95。", ("1.95", "1.59")),
    ("其中5000万元以上项目完成投资82.18亿元。", ("82.18", "28.18")),
    ("我们的规模以上工业增加值同比增长6.5%。", ("%", "个百分点"), ("6.5", "65.0")),
    ("规模以上工业增加值全市平均增速为5.7%，我区6.5%。", ("5.7", "6.5"), ("5.7%", "5.7个百分点")),
    (
        "规模以上工业增加值：我区6.5%，排第2位；乙区7.1%，排第1位。",
        ("6.5", "5.6"),
        ("7.1", "1.7"),
        ("第1", "第2"),
    ),
    ("规模以上工业增加值增速靠前的是乙区（7.1%）、甲区（6.5%）。", ("7.1", "7.7"), ("甲区", "丙县")),
    ("规模以上工业增加值增长6.5%，较乙区（7.1%）、丙县（3.0%）各有长短。", ("7.1", "1.7"), ("丙县", "乙区")),
    (
        "规模以上工业增加值增速6.5%，在三个区县中排第2，较乙区慢0.6个百分点。",
        ("第2", "第3"),
    ),
    (
        "规模以上工业增加值增长6.5%，同比增速6.5%。",
        ("速6.5%", "速6.5个百分点"),
    ),
    ("【亮点】社会消费品零售总额累计20.00亿元。", ("20.00", "22.00")),
    ("限上四大行业中，住宿业下降9.6%，餐饮业下降16.7%。", ("9.6", "6.9"), ("16.7", "17.6")),
    ("税收占一般公共预算收入比重：我区79.1%。", ("79.1", "71.9")),
    ("一般公共预算收入33.20亿元，非税收入6.93亿元，占比20.9%。", ("20.9", "29.0")),
    ("社会消费品零售总额增长4.3%；我区零售总额占全市的10.0%。", ("10.0", "11.0")),
    (
        "固定资产投资增速-3.2%，在全市居倒数第1位，与排位第一的乙区差距明显。",
        ("倒数第1", "倒数第2"),
        ("乙区", "丙县"),
    ),
    (
        "规模以上工业增加值增速6.5%、固定资产投资增速-3.2%，分列全市第2、第3位。",
        ("第2", "第1"),
        ("、第3", "、第2"),
    ),
    ("规模以上工业增加值、固定资产投资依次增长6.5%、下降3.2%。", ("6.5", "5.6"), ("下降", "增长")),
    ("居民人均可支配收入35950元，其中城镇42657元，农村21875元。", ("42657", "46257"), ("21875", "21785")),
    ("规模以上工业增加值增速较前8个月提高0.4个百分点。", ("0.4", "0.6"), ("提高", "回落")),
    ("固定资产投资（牵头单位：区发改局）。累计下降3.2%，居全市第3。", ("3.2", "2.3"), ("第3", "第2")),
    ("社会消费品零售总额迈上20.00亿元台阶、增长4.3%。", ("20.00", "200.0"), ("4.3", "3.4")),
    ("社会消费品零售总额在全市总量中占10.0%，增长4.3%。", ("10.0", "11.0"), ("4.3", "3.4")),
    ("一般公共预算收入33.20亿元中，税收收入26.27亿元，占到79.1%。", ("79.1", "71.9")),
    ("固定资产投资下降3.2%，比上月回升0.3个百分点。", ("回升", "回落"), ("0.3", "3.0")),
    (
        "社会消费品零售总额20.00亿元，一般公共预算收入33.20亿元，同比分别增长4.3%、下降13.2%。",
        ("4.3", "3.4"),
        ("下降", "增长"),
    ),
    ("前9个月，社会消费品零售总额20.00亿元。", ("前9", "前10")),
)


@pytest.mark.parametrize("right", [text for text, *_ in WORDINGS])
def test_what_is_right_raises_nothing(right):
    verdicts = checked(right)

    assert verdicts
    assert [v.reason for v in verdicts if v.state != "right"] == []


@pytest.mark.parametrize(
    ("right", "old", "new"), [(text, *error) for text, *errors in WORDINGS for error in errors]
)
def test_an_error_in_it_is_found(right, old, new):
    assert old in right
    assert any(v.state in ("wrong", "contradictory") for v in checked(right.replace(old, new, 1)))


def test_what_went_before_a_semicolon_is_not_said_of_another_subject():
    """An unknown subject (采矿业由正转负) stays unknown, whatever was said before it."""
    verdicts = checked("民间投资下降5.0%；采矿业由正转负，同比下降9.9%；高技术制造业投资增长21.4%。")

    assert [v.state for v in verdicts] == ["right", "unknown", "unknown"]


PAGES = (
    (
        (
            "指标　　1—9月累计　　同比增长（%）　　全市位次",
            "规模以上工业增加值（%）　　—　　6.5　　2",
            "社会消费品零售总额（亿元）　　20.00　　4.3　　—",
        ),
        ("6.5", "5.6"), ("　2", "　1"), ("20.00", "22.00"), ("4.3", "3.4"),
    ),
    (("一、固定资产投资", "与兄弟区县比较：乙区增速2.0%，丙县增速1.0%。"), ("2.0", "3.0"), ("丙县", "甲区")),
    (("现将1—9月运行情况汇报如下。", "规模以上工业增加值增长6.5%。"), ("1—9", "1—8")),
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_what_a_heading_says_is_heard_below_it(page):
    right, *errors = page

    assert [v.reason for v in checked(*right) if v.state != "right"] == []
    for old, new in errors:
        wrong = "\n".join(right).replace(old, new, 1).split("\n")
        assert any(v.state in ("wrong", "contradictory") for v in checked(*wrong)), (old, new)


@pytest.mark.parametrize(
    "column", ["目标增速（%）", "上年同期增速（%）", "乙区增速（%）", "当月同比（%）", "全省排名"]
)
def test_a_column_of_something_else_is_not_compared(column):
    rows = (f"指标　　1—9月累计　　{column}", "规模以上工业增加值（%）　　—　　9.9")

    assert [v for v in checked(*rows) if v.state != "unknown"] == []


@pytest.mark.parametrize(
    "text",
    [
        "固定资产投资下降3.2%，与排位第一的兄弟区县相比差距明显。",
        "民间投资下降5.0%，分列全市第1、第2位。",
        "固定资产投资下降3.2%，城镇增长9.9%。",
        "三、高技术制造业",
        "固定资产投资：开工率35.2%，我区12.5%。",
        "规模以上工业增加值增长6.5%，排名由第5位前移至第2位。",
        "社会消费品零售总额、固定资产投资等，一般公共预算收入33.20亿元，分别增长4.3%、下降3.2%。",
    ],
)
def test_what_is_not_said_plainly_is_never_wrong(text):
    assert [v.reason for v in checked(text) if v.state in ("wrong", "contradictory")] == []


def test_places_won_and_lost_are_compared_with_the_month_named():
    ledger = replace(LEDGER, values={**LEDGER.values, **BEFORE})

    for words, state in (("后移1", "right"), ("后移2", "wrong"), ("前移1", "wrong")):
        verdicts = proof([f"规模以上工业增加值位次较上月{words}位。"], KNOWN, ledger)
        assert [v.state for v in verdicts] == [state], words


def test_a_list_with_another_number_of_figures_is_not_given_out():
    verdicts = checked("规模以上工业增加值、固定资产投资、民间投资分别增长6.5%、-3.2%。")

    assert {v.state for v in verdicts} <= {"unknown", "right"}  # right only where a figure agrees


@pytest.mark.parametrize(("month", "state"), [("8", "contradictory"), ("9", None)])
def test_the_month_of_the_title(month, state):
    verdicts = checked(f"甲区2022年1—{month}月经济运行情况", "规模以上工业增加值增长6.5%。")

    assert next((v.state for v in verdicts if v.figure.kind == "date"), None) == state


def test_a_place_in_the_province_is_not_compared_with_the_city():
    assert [v.state for v in checked("规模以上工业增加值增速居全省第20位。")] == ["unknown"]


def test_a_rate_of_completion_is_not_of_what_is_still_open():
    text = "确定重点任务共579项，截至目前，已完成550项，正在办理29项，完成率95%。"

    assert [v for v in checked(text) if v.state in ("wrong", "contradictory")] == []


def test_a_share_of_what_the_ledger_does_not_hold_stays_unknown():
    for text in ("税收收入26.27亿元，占年度计划的52.3%。", "税收收入26.27亿元，完成率80.1%。"):
        assert [v.state for v in checked(text)] == ["right", "unknown"], text
