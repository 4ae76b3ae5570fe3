# ruff: noqa: E501 (a row of a table in a line)
"""Targets, progress against them, tasks by quarter and by town, rank and score tables."""

from __future__ import annotations

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import YG, G, Q, U, Y

CASES = [
    one("target, done, progress, gap to schedule", [
        ["清河区2022年1-9月主要经济指标完成年度目标情况"],
        ["指标", "单位", "年度目标", "1-9月完成", "完成年度目标(%)", "与序时进度相比(百分点)", "差额"],
        ["社会消费品零售总额", "亿元", 100, Y("retail", 71.23), 71.2, -3.8, Q(28.77)],
        ["一般公共预算收入", "亿元", 31, Y("revenue", 22.4), 72.3, -2.7, Q(8.6)],
        ["进出口总额", "亿元", 22, Y("trade", 15.7), 71.4, -3.6, Q(6.3)],
    ]),
    one("target growth beside done growth", [
        ["清河区2022年1-9月主要经济指标增速与目标对照"],
        ["指标", "全年目标增速(%)", "1-9月增速(%)", "差距(百分点)", "全市位次"],
        ["规模以上工业增加值", 8.0, YG("industry_va", 6.4), -1.6, 2],
        ["固定资产投资", 10.0, YG("fai", -2.1), -12.1, 5],
        ["社会消费品零售总额", 7.0, YG("retail", 3.3), -3.7, 2],
    ]),
    one("the year's targets", [
        ["清河区2022年主要经济指标目标任务"],
        ["指标", "单位", "目标值", "责任单位"],
        ["地区生产总值", "%", G("gdp", "ytd_growth", "增长7%以上", 7), "区发改局"],
        ["规模以上工业增加值", "%", G("industry_va", "ytd_growth", "增长8%", 8), "区发改局"],
        ["一般公共预算收入", "亿元", G("revenue", "ytd", 31), "区财政局"],
    ], month="2022-12", month_ask_ok=True),
    one("targets by quarter, cumulative", [
        ["清河区2022年固定资产投资等指标分季度目标"],
        ["指标", "单位", "一季度", "上半年", "前三季度", "全年"],
        ["社会消费品零售总额", "亿元", Q(24), Q(49), Q(74), G("retail", "ytd", 100)],
        ["一般公共预算收入", "亿元", Q(8), Q(16), Q(24), G("revenue", "ytd", 31)],
    ], month="2022-12", month_ask_ok=True),
    one("targets by town", [
        ["清河区2022年一般公共预算收入目标任务分解表(万元)"],
        ["镇街", "2021年完成数", "2022年目标数", "增长%"],
        ["马店镇", 7100, Q(8000), Q(12.7)],
        ["洛溪镇", 5500, Q(6000), Q(9.1)],
        ["合计", 12600, Q(14000), Q(11.1)],
    ], month="2022-12", month_ask_ok=True, way=True),
    one("score table: scores are no figures", [
        ["2022年1-9月岚阳市高质量发展综合考核得分"],
        ["县区", "规上工业增加值增速(%)", "得分", "固定资产投资增速(%)", "得分", "总分", "排名"],
        ["清河区", YG("industry_va", 6.4), 9.1, YG("fai", -2.1), 6.0, 15.1, 3],
        ["城东区", YG("industry_va", 4.7, r="chengdong"), 8.0, YG("fai", 8.8, r="chengdong"), 10.0, 18.0, 1],
        ["汶县", YG("industry_va", 7.2, r="wenxian"), 10.0, YG("fai", 5.0, r="wenxian"), 8.5, 18.5, 2],
    ]),
    one("rank now, rank last month, change of rank", [
        ["2022年1-9月清河区主要指标在全市位次变化情况"],
        ["指标", "1-9月增速(%)", "位次", "1-8月位次", "位次变化"],
        ["规模以上工业增加值", YG("industry_va", 6.4), 2, 3, "↑1"],
        ["固定资产投资", YG("fai", -2.1), 5, 5, "持平"],
        ["社会消费品零售总额", YG("retail", 3.3), 2, 1, "↓1"],
    ]),
    one("estimate for the year beside done", [
        ["清河区2022年主要指标预计完成情况"],
        ["指标", "单位", "1-9月完成", "全年预计", "全年预计增长(%)"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23, how="may"), Q(97), Q(4.0)],
        ["一般公共预算收入", "亿元", Y("revenue", 22.4, how="may"), Q(30.1), Q(5.0)],
    ]),
    one("monthly tasks: what is still due each month", [
        ["清河区2022年四季度固定资产投资等分月任务"],
        ["指标", "1-9月完成(亿元)", "10月任务", "11月任务", "12月任务"],
        ["社会消费品零售总额", Y("retail", 71.23, how="may"), Q(9.5), Q(9.6), Q(9.7)],
        ["一般公共预算收入", Y("revenue", 22.4, how="may"), Q(2.9), Q(2.9), Q(2.8)],
    ], month="2022-09", month_ask_ok=True),
    one("departments' returns of their indicators", [
        ["清河区2022年1-9月主要经济指标责任分解及完成情况"],
        ["指标", "牵头单位", "单位", "年度目标", "1-9月完成", "同比增长(%)", "备注"],
        ["社会消费品零售总额", "区商务局", "亿元", 100, Y("retail", 71.23), YG("retail", 3.3), None],
        ["一般公共预算收入", "区财政局", "亿元", 31, Y("revenue", 22.4), YG("revenue", 4.6), "短收"],
        ["进出口总额", "区商务局", "亿元", 22, Y("trade", 15.7), YG("trade", -3.7), None],
    ]),
    one("foreign investment with plan share, contracts are another thing", [
        ["2022年1-9月各县区实际使用外资情况", None, None, None, "单位:万美元"],
        ["县区", "合同外资", "合同外资同比%", "实际使用外资", "同比%", "占年度计划%", "占全市比重%"],
        ["全市", 30100, 3.1, Y("foreign_investment", 21050, r="lanyang"), YG("foreign_investment", 8.8, r="lanyang"), 75.2, 100],
        ["清河区", 5100, -9.0, Y("foreign_investment", 3310), YG("foreign_investment", 12.1), 80.1, 15.7],
        ["城东区", 8100, 2.0, Y("foreign_investment", 6020, r="chengdong"), YG("foreign_investment", 5.0, r="chengdong"), 71.0, 28.6],
    ]),
    one("promise and threshold columns", [
        ["清河区2022年1-9月主要指标监测表"],
        ["指标", "1-9月增速(%)", "预警值(%)", "底线目标(%)", "争先目标(%)"],
        ["规模以上工业增加值", YG("industry_va", 6.4), Q(5.0), 7.0, 9.0],
        ["固定资产投资", YG("fai", -2.1), Q(4.0), 8.0, 12.0],
    ]),
    one("contribution of districts to the city's growth", [
        ["2022年1-9月各县区社会消费品零售总额及对全市贡献"],
        ["县区", "总额(亿元)", "增速(%)", "占全市比重(%)", "对全市增长贡献率(%)", "拉动全市增长(百分点)"],
        ["全市", Y("retail", 512.3, r="lanyang"), YG("retail", 2.8, r="lanyang"), 100, 100, 2.8],
        ["清河区", Y("retail", 71.23), YG("retail", 3.3), 13.9, 16.3, 0.46],
        ["城东区", Y("retail", 102.4, r="chengdong"), YG("retail", 2.5, r="chengdong"), 20.0, 17.9, 0.5],
    ]),
    one("investment by kind with counts of projects", [
        ["清河区2022年1-9月固定资产投资情况"],
        ["指标", "1-9月增速(%)", "比1-8月(百分点)", "项目个数"],
        ["固定资产投资", YG("fai", -2.1), 0.9, 101],
        ["  其中:工业投资", YG("fai_industry", 7.7), 1.1, 40],
        ["      民间投资", YG("fai_private", -5.0), -0.4, 66],
        ["      基础设施投资", YG("fai_infrastructure", 3.8), 2.0, 21],
        ["      房地产开发投资", YG("fai_estate", -15.2), -1.0, 14],
        [U("      高技术产业投资"), 20.2, 3.0, 9],
    ]),
    one("town table of projects and investment: nothing is the district's", [
        ["清河区2022年9月各镇街固定资产投资完成情况", None, None, "单位:万元"],
        ["镇街", "入库项目数", "1-9月完成投资", "同比增长(%)", "排名"],
        ["马店镇", 12, Q(50100), Q(6.6), 1],
        ["洛溪镇", 9, Q(33200), Q(-3.0), 3],
        ["城关街道", 5, Q(21100), Q(2.2), 2],
        ["全区合计", 26, Y("fai", 104400, 10.44, how="may"), YG("fai", 2.4, how="may"), None],
    ]),
    one("gap to the best and to the mean of the districts", [
        ["2022年1-9月清河区主要指标对标情况"],
        ["指标", "清河区增速(%)", "全市平均(%)", "与全市差距(百分点)", "第一名", "第一名增速(%)", "与第一名差距"],
        ["规模以上工业增加值", YG("industry_va", 6.4), YG("industry_va", 5.1, r="lanyang", how="may"), 1.3, "汶县", Q(7.2), -0.8],
        ["固定资产投资", YG("fai", -2.1), YG("fai", 3.2, r="lanyang", how="may"), -5.3, "城东区", Q(8.8), -10.9],
    ]),
]  # fmt: skip
