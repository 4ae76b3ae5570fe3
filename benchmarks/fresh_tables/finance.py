# ruff: noqa: E501 (a row of a table in a line)
"""Finance and tax bureaux: budgets, progress, increments, bases; and their words (短收, 超收, 多支)."""

from __future__ import annotations

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import MG, YG, M, Q, U, Y

CASES = [
    one("budget, month, cumulative, progress, increment", [
        ["2022年9月清河区财政收支完成情况表"],
        [None, None, None, None, None, None, "单位:万元"],
        ["项目", "年初预算数", "本月完成", "累计完成", "占预算%", "比上年同期增减额", "增减%"],
        ["一般公共预算收入", 310000, M("revenue", 21000, 2.1), Y("revenue", 224000, 22.4), 72.3, 9800, YG("revenue", 4.6)],
        ["税收收入", 220000, M("tax", 15100, 1.51), Y("tax", 160100, 16.01), 72.8, -2300, YG("tax", -1.4)],
        [U("非税收入"), 90000, 5900, 63900, 71.0, 12100, 23.4],
    ]),
    one("progress words of finance notes: 超平均进度, 短收", [
        ["清河区1-9月财政收入进度表(2022年)", None, None, None, None, None, "单位:万元"],
        ["项目", "年初预算", "1-9月完成", "占年初预算%", "超平均进度(百分点)", "短收(万元)", "较上年同期增长%"],
        ["一般公共预算收入", 310000, Y("revenue", 224000, 22.4), 72.3, -2.7, 8500, YG("revenue", 4.6)],
        ["税收收入", 220000, Y("tax", 160100, 16.01), 72.8, -2.2, 4900, YG("tax", -1.4)],
    ]),
    one("natural and comparable growth side by side", [
        ["清河区2022年1-9月财政收入完成情况", None, None, "单位:亿元"],
        ["项目", "累计完成", "自然口径增长%", "同口径增长%"],
        ["一般公共预算收入", Y("revenue", 22.4), YG("revenue", 4.6), YG("revenue", 11.2, b="comparable")],
        ["税收收入", Y("tax", 16.01), YG("tax", -1.4), YG("tax", 8.8, b="comparable")],
    ]),
    one("after deducting refunds, in brackets", [
        ["2022年1-9月岚阳市各县区一般公共预算收入完成情况"],
        ["地区", "累计完成(亿元)", "同比增长(%)", "扣除留抵退税因素后增长(%)", "税收占比(%)"],
        ["全市", Y("revenue", 160.2, r="lanyang"), YG("revenue", 3.0, r="lanyang"), YG("revenue", 9.3, r="lanyang", b="refund_adjusted"), 70.1],
        ["清河区", Y("revenue", 22.4), YG("revenue", 4.6), YG("revenue", 11.9, b="refund_adjusted"), 71.5],
        ["城东区", Y("revenue", 30.5, r="chengdong"), YG("revenue", 2.2, r="chengdong"), YG("revenue", 8.0, r="chengdong", b="refund_adjusted"), 66.6],
    ]),
    one("revenue by town: nobody's figure but the sum said to be the district's", [
        ["2022年1-9月清河区各镇街一般公共预算收入完成情况", None, None, None, "单位:万元"],
        ["镇街", "年度任务", "累计完成", "完成率%", "同比增长%"],
        ["马店镇", 8000, Q(5100), 63.8, Q(2.5)],
        ["洛溪镇", 6000, Q(4800), 80.0, Q(9.9)],
        ["城关街道", 12000, Q(8800), 73.3, Q(-1.2)],
    ]),
    one("by tax office and finance office: parts are no totals", [
        ["清河区2022年9月财政收入分部门完成情况", None, None, "单位:万元"],
        ["项目", "本月", "累计", "增长%"],
        ["一般公共预算收入", M("revenue", 21000, 2.1), Y("revenue", 224000, 22.4), YG("revenue", 4.6)],
        [U("税务部门"), 15800, 171000, -0.4],
        [U("财政部门"), 5200, 53000, 24.0],
    ]),
    one("growth of the month by a word of its own", [
        ["清河区2022年9月税收收入情况(万元)"],
        ["项目", "当月", "当月同比%", "累计", "累计同比%", "环比%"],
        ["税收收入", M("tax", 15100, 1.51), MG("tax", -7.5), Y("tax", 160100, 16.01), YG("tax", -1.4), 3.3],
        [U("增值税"), 6000, 2.2, 66000, -18.0, 1.9],
        [U("企业所得税"), 3100, 4.1, 35500, 6.6, -3.0],
    ]),
    one("increment in the month and since January without a percent", [
        ["清河区2022年9月财政收入(万元)"],
        ["项目", "本月完成", "本月同比增减", "累计完成", "累计同比增减", "累计增幅(%)"],
        ["一般公共预算收入", M("revenue", 21000, 2.1), -471, Y("revenue", 224000, 22.4), 9800, YG("revenue", 4.6)],
        ["税收收入", M("tax", 15100, 1.51), -1224, Y("tax", 160100, 16.01), -2300, YG("tax", -1.4)],
    ]),
    one("adjusted budget and final account: another thing than the month's figure", [
        ["清河区2021年一般公共预算收入决算表", None, None, None, "单位:万元"],
        ["项目", "预算数", "调整预算数", "决算数", "决算数为预算数的%"],
        ["税收收入", 200000, 205000, Y("tax", 208000, 20.8, p="2021-12", how="may"), 101.5],
        ["一般公共预算收入", 280000, 285000, Y("revenue", 288000, 28.8, p="2021-12", how="may"), 101.1],
    ], period="2021-12", month="2021-12", month_ask_ok=True, way=True),
    one("a plan for next year beside this year's estimate", [
        ["清河区2022年财政收入预计完成和2023年预算安排", None, None, "单位:万元"],
        ["项目", "2022年预计完成数", "2023年预算数", "增长%"],
        ["一般公共预算收入", Q(301000), 320000, Q(6.3)],
        ["税收收入", Q(215000), 230000, Q(7.0)],
    ], month="2022-12", month_ask_ok=True, way=True),
    one("share of revenue that is tax as a row", [
        ["清河区2022年1-9月财政收入结构"],
        ["项目", "单位", "1-9月", "同比增长(%)"],
        ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", 4.6)],
        ["税收收入", "亿元", Y("tax", 16.01), YG("tax", -1.4)],
        [U("税收收入占一般公共预算收入比重"), "%", 71.5, -4.3],
    ]),
    one("average of two years beside growth", [
        ["清河区2021年1-9月财政收入完成情况(万元)"],
        ["项目", "累计完成", "同比增长%", "比2019年同期增长%", "两年平均增长%"],
        ["一般公共预算收入", Y("revenue", 214000, 21.4), YG("revenue", 14.1), 9.9, Q(4.8)],
        ["税收收入", Y("tax", 162400, 16.24), YG("tax", 16.6), 8.0, Q(3.9)],
    ], period="2021-09"),
    one("districts with 总量位次 and 增幅位次 and progress", [
        ["2022年1-9月岚阳市财政收入通报附表1"],
        ["县区", "一般公共预算收入", None, None, None, None, None, "税收收入", None],
        [None, "完成数(万元)", "总量位次", "增幅(%)", "增幅位次", "完成年初预算(%)", "进度位次", "完成数(万元)", "增幅(%)"],
        ["清河区", Y("revenue", 224000, 22.4), 2, YG("revenue", 4.6), 3, 72.3, 3, Y("tax", 160100, 16.01), YG("tax", -1.4)],
        ["城东区", Y("revenue", 305000, 30.5, r="chengdong"), 1, YG("revenue", 2.2, r="chengdong"), 4, 74.0, 2, Y("tax", 203000, 20.3, r="chengdong"), YG("tax", 0.6, r="chengdong")],
        ["汶县", Y("revenue", 118000, 11.8, r="wenxian"), 3, YG("revenue", 6.1, r="wenxian"), 1, 75.5, 1, Y("tax", 80100, 8.01, r="wenxian"), YG("tax", 3.3, r="wenxian")],
    ], merged=("A1:I1", "A2:A3", "B2:G2", "H2:I2")),
    one("ten days' report: not a month", [
        ["清河区2022年9月上旬财政收入完成情况(万元)"],
        ["项目", "本旬", "累计", "同比%"],
        ["一般公共预算收入", Q(8100), Q(211000), Q(4.4)],
    ], month="2022-09", month_ask_ok=True, way=True),
    one("html exported as xls", [
        ["清河区2022年9月一般公共预算收入情况"],
        ["项目", "本月数(万元)", "本年累计(万元)", "比上年同期增长(%)"],
        ["一般公共预算收入", M("revenue", 21000, 2.1), Y("revenue", 224000, 22.4), YG("revenue", 4.6)],
        ["税收收入", M("tax", 15100, 1.51), Y("tax", 160100, 16.01), YG("tax", -1.4)],
    ], ext="html.xls"),
    one("amounts with words in the cell", [
        ["清河区2022年1-9月主要经济指标"],
        ["指标", "完成额", "同比增长"],
        ["一般公共预算收入", Y("revenue", "22.4亿元", 22.4), YG("revenue", "增长4.6%", 4.6)],
        ["税收收入", Y("tax", "16.01亿元", 16.01), YG("tax", "下降1.4%", -1.4)],
        ["社会消费品零售总额", Y("retail", "71.23亿元", 71.23), YG("retail", "增长3.3%", 3.3)],
    ]),
]  # fmt: skip
