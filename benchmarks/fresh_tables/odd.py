# ruff: noqa: E501 (a row of a table in a line)
"""Odd cells, odd shapes, and words that stand somewhere and turn a plain table into another one."""

from __future__ import annotations

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import MG, YG, Case, M, Q, U, Y

TITLE = "清河区2022年1-9月主要经济指标"
HEAD = ["指标", "单位", "累计", "同比增长(%)"]
RETAIL = ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 3.3)]
REVENUE = ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", 4.6)]


def asked(*cells: object) -> list:
    """The same cells, asked about."""
    return [Q(c.value) if hasattr(c, "value") else c for c in cells]


def all_asked(title: str, head: list = HEAD, rows: tuple = (RETAIL, REVENUE), **more) -> Case:
    return one(
        f"words that change all: {title}",
        [[title], head, *(asked(*r) for r in rows)],
        way=True,
        month="2022-09",
        month_ask_ok=True,
        **more,
    )


CASES = [
    # -- a word that is in no list, anywhere
    all_asked("清河区2022年1-9月鑫源主要经济指标"),
    all_asked("清河区2022年1-9月主要经济指标(剔除甲企业)"),
    all_asked("清河区2022年1-9月国有控股主要经济指标"),
    all_asked("清河区乡村2022年1-9月主要经济指标"),
    all_asked("清河区2022年1-9月主要经济指标(模拟考核口径)"),
    all_asked("清河区2022年1-9月主要经济指标(自查数)"),
    one("a group word above the columns: 其中限上", [
        [TITLE], ["指标", "单位", "全部", None, "限上企业", None], [None, None, "累计", "增长(%)", "累计", "增长(%)"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23, how="may"), YG("retail", 3.3, how="may"), Q(30.2), Q(5.5)],
    ], merged=("C2:D2", "E2:F2", "A2:A3", "B2:B3")),
    one("an unknown word in a unit column", [
        [TITLE], HEAD, RETAIL, ["一般公共预算收入", "亿元(含基金)", Q(22.4), Q(4.6)],
    ]),
    one("an unknown word in a row label", [
        [TITLE], HEAD, RETAIL, [U("一般公共预算收入(乡镇级)"), "亿元", Q(22.4), Q(4.6)],
        [U("社会消费品零售总额(网上)"), "亿元", Q(9.1), Q(18.8)],
    ]),
    one("a sheet's name that says another thing", [[TITLE], HEAD, asked(*RETAIL), asked(*REVENUE)], sheet="预测数据", way=True),
    one("a sheet's name of another district", [[TITLE], HEAD, asked(*RETAIL), asked(*REVENUE)], sheet="城东区", way=True),
    one("a sheet's name of last year's month", [["清河区主要经济指标"], HEAD, asked(*RETAIL), asked(*REVENUE)], sheet="草稿", month="2022-09", month_ask_ok=True, way=True),
    one("a section line of estimates", [
        [TITLE], HEAD, RETAIL, ["以下为初步预计数"], ["一般公共预算收入", "亿元", Q(22.4), Q(4.6)],
    ]),
    one("a footnote that turns the numbers into something else", [
        [TITLE], HEAD, asked(*RETAIL), asked(*REVENUE), ["注:以上为部门预计数,最终以统计局反馈为准。"],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("a footnote: not including the park", [
        [TITLE], HEAD, asked(*RETAIL), asked(*REVENUE), ["注:本表数据不含清河经开区。"],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("the unit says wan and the numbers are in the head's yi", [
        [TITLE, None, None, "单位:万元"], ["指标", "累计(亿元)", "同比增长(%)"],
        ["社会消费品零售总额", Y("retail", 71.23, how="may"), YG("retail", 3.3)],
        ["一般公共预算收入", Y("revenue", 22.4, how="may"), YG("revenue", 4.6)],
    ]),
    one("numbers in brackets after growth are ranks", [
        [TITLE], ["指标", "单位", "累计", "同比增长(%)(位次)"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", "3.3(2)", 3.3, how="may")],
        ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", "4.6(4)", 4.6, how="may")],
    ]),
    one("times, 翻番 and 持平", [
        [TITLE], HEAD,
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", "持平", 0, how="may")],
        ["进出口总额", "亿元", Y("trade", 15.7), Q("1.2倍")],
        ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", 4.6)],
    ]),
    one("not published and not assessed", [
        [TITLE], HEAD, ["固定资产投资", "亿元", "…", YG("fai", -2.1)], RETAIL, ["一般公共预算收入", "亿元", "未公布", "不考核"],
    ]),
    one("month and cumulative in one cell of the head", [
        ["清河区2022年9月主要经济指标"], ["指标", "单位", "本月/累计", "同比增长(%)"],
        ["社会消费品零售总额", "亿元", Q("8.61/71.23"), YG("retail", 3.3, how="may")],
        ["一般公共预算收入", "亿元", Q("2.1/22.4"), YG("revenue", 4.6, how="may")],
    ]),
    one("months inside the row: 9月 and 1-9月 as rows of an indicator", [
        ["清河区2022年主要经济指标"], ["指标", "时间", "绝对额(亿元)", "增长(%)"],
        ["社会消费品零售总额", "9月", M("retail", 8.61), MG("retail", 1.1)], [None, "1-9月", Y("retail", 71.23), YG("retail", 3.3)],
        ["一般公共预算收入", "9月", M("revenue", 2.1), MG("revenue", -2.2)], [None, "1-9月", Y("revenue", 22.4), YG("revenue", 4.6)],
    ], merged=("A3:A4", "A5:A6")),
    one("the same figure printed twice, alike", [[TITLE], HEAD, RETAIL, REVENUE, ["社会消费品零售总额", "亿元", Y("retail", 71.23, how="free"), YG("retail", 3.3, how="free")]]),
    one("the same figure printed twice, differently", [
        [TITLE], HEAD, asked(*RETAIL), REVENUE, ["社会消费品零售总额", "亿元", Q(72.9), Q(5.1)],
    ]),
    one("an hidden-like helper column of numbers without a head", [
        [TITLE], HEAD, [*RETAIL, Q(0.12)], [*REVENUE, Q(0.34)],
    ]),
    one("a repeated head in the middle (page break)", [
        [TITLE], HEAD, RETAIL, HEAD, REVENUE, ["进出口总额", "亿元", Y("trade", 15.7), YG("trade", -3.7)],
    ]),
    one("continued: 续表", [
        [TITLE], HEAD, RETAIL, ["续表"], HEAD, REVENUE,
    ]),
    one("a title in the sheet's middle column and text above it", [
        ["附件2"], [None, None, TITLE], ["单位:亿元"], ["指标", "累计", "增长%"],
        ["社会消费品零售总额", Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入", Y("revenue", 22.4), YG("revenue", 4.6)],
    ]),
    one("percent values as fractions under 增长 without a percent sign", [
        [TITLE], ["指标", "累计(亿元)", "同比增长"], ["社会消费品零售总额", Y("retail", 71.23), Q(0.033)], ["一般公共预算收入", Y("revenue", 22.4), Q(0.046)],
        ["进出口总额", Y("trade", 15.7), Q(-0.037)],
    ]),
    one("a growth index in a 同比 column", [
        [TITLE], ["指标", "累计(亿元)", "为上年同期%"], ["社会消费品零售总额", Y("retail", 71.23), 103.3], ["一般公共预算收入", Y("revenue", 22.4), 104.6],
    ]),
    one("rows of parts below a level: 按行业分", [
        ["清河区2022年1-9月限额以上企业经营情况"], ["指标", "单位", "累计", "增长(%)"],
        ["限额以上批发业销售额", "亿元", Y("wholesale", 40.4, how="may"), YG("wholesale", 8.0)],
        ["限额以上零售业销售额", "亿元", Y("retail_trade", 20.1, how="may"), YG("retail_trade", 4.0)],
        ["限额以上住宿业营业额", "万元", Y("lodging", 3300, 0.33, how="may"), YG("lodging", -6.0)],
        ["限额以上餐饮业营业额", "万元", Y("catering", 5100, 0.51, how="may"), YG("catering", 11.0)],
    ]),
]  # fmt: skip

# One header at the end of a plain table: what its words make of it. must: read so; may; asked: a word is due; plain: never read.
HEADS = [
    ("累计同比增长(%)", YG), ("1-9月同比增速(%)", YG), ("较去年同期增长(%)", YG), ("同比增减(%)", YG), ("增幅(%)", YG), ("比上年同期±%", YG),
    ("9月同比增长(%)", MG), ("当月增速(%)", MG),
    ("比去年同期增加", None), ("占年度任务(%)", None), ("占全市总量比重(%)", None), ("对全市贡献度(%)", None), ("同比多增(亿元)", None),
    ("较上月加快(百分点)", None), ("高于全省平均(百分点)", None), ("超时序进度(百分点)", None), ("上年同期增幅(%)", None), ("全市第几位", None), ("人均(元)", None),
    ("测算全年增长(%)", "asked"), ("修正后增速(%)", "asked"), ("含开发区增速(%)", "asked"), ("部门口径增速(%)", "asked"), ("增速上限(%)", "asked"),
    ("考核认定增速(%)", "asked"), ("争取增速(%)", "asked"), ("最高值(%)", "asked"), ("甲公司增速(%)", "asked"), ("剔除基数影响增速(%)", "asked"), ("1-9月增速排名", None),
    ("四季度增速(%)", "asked"), ("9月环比(%)", None), ("月均增速(%)", "asked"), ("增速(百分点)", "asked"), ("增长(‰)", "permille"), ("2020年1-9月增速(%)", "may"),
]  # fmt: skip


def head_case(header: str, what: object) -> Case:
    cells = []
    for indicator, value in (("retail", 3.7), ("revenue", 4.9)):
        if callable(what):
            cells.append(what(indicator, value))
        elif what == "permille":  # first written down as "asked": the unit says what it is, 3.7 ‰ are 0.37 %
            cells.append(YG(indicator, value, round(value / 10, 2), how="may"))
        elif what == "may":
            cells.append(YG(indicator, value, p="2020-09", how="may"))
        else:
            cells.append(Q(value) if what == "asked" else value)
    rows = [[TITLE], ["指标", "单位", "1-9月", header], [*RETAIL[:3], cells[0]], [*REVENUE[:3], cells[1]]]
    return one(f"head: {header}", rows)


CASES += [head_case(h, w) for h, w in HEADS]
