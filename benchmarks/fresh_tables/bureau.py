# ruff: noqa: E501 (a row of a table in a line)
"""Monthly reports, quick reports and handbooks of statistics bureaux."""

from __future__ import annotations

from benchmarks.fresh_tables.case import BG, MG, YG, B, Case, M, Q, U, Y


def one(about: str, rows: list, sheet: str = "Sheet1", **more) -> Case:
    return Case(about, {sheet: rows}, **more)


CASES = [
    one("month and cumulative, each with growth, unit by row", [
        ["清河区主要经济指标(2022年9月)"],
        ["指标名称", "计量单位", "本月", None, "本月止累计", None],
        [None, None, "绝对值", "同比增长(%)", "绝对值", "同比增长(%)"],
        ["一、规模以上工业总产值", "亿元", M("industry_output", 31.2), MG("industry_output", 6.6), Y("industry_output", 270.44), YG("industry_output", 5.9)],
        ["二、社会消费品零售总额", "万元", M("retail", 86123, 8.6123), MG("retail", 1.1), Y("retail", 712345, 71.2345), YG("retail", 3.3)],
        ["三、一般公共预算收入", "万元", M("revenue", 21000, "2.1"), MG("revenue", -2.2), Y("revenue", 224000, 22.4), YG("revenue", 4.6)],
        ["   其中：税收收入", "万元", M("tax", 15100, 1.51), MG("tax", -7.5), Y("tax", 160100, 16.01), YG("tax", -1.4)],
    ], merged=("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2")),
    one("increase against last year in points and in yuan beside growth", [
        ["2022年1—9月清河区国民经济主要指标"],
        ["指标", "单位", "1—9月", "比上年同期增减额", "比上年同期增长%", "增速比上半年±百分点"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), 2.3, YG("retail", 3.3), 0.8],
        ["一般公共预算收入", "亿元", Y("revenue", 22.4), 1.0, YG("revenue", 4.6), -1.2],
        ["进出口总额", "亿元", Y("trade", 15.7), -0.6, YG("trade", -3.7), 2.0],
    ]),
    one("growth as 上升/下降 in words with full width signs, units in names, csv", [
        ["清河区统计局 2022年1-9月经济运行主要数据"],
        ["指标名称(单位)", "1-9月累计", "同比增长%"],
        ["规模以上工业增加值(%)", "-", YG("industry_va", "6.4")],
        ["固定资产投资(%)", "-", YG("fai", "-2.1")],
        ["社会消费品零售总额(亿元)", Y("retail", "71.23"), YG("retail", "3.3")],
        ["全体居民人均可支配收入(元)", Y("income", "29874"), YG("income", "5.2")],
    ], ext="gbk.csv"),
    one("districts down, pairs of growth and rank under merged indicators", [
        ["岚阳市2022年1-9月各县区主要经济指标"],
        ["单位:亿元、%"],
        ["县区", "规上工业增加值", None, "固定资产投资", None, "社会消费品零售总额", None, None],
        [None, "增速", "位次", "增速", "位次", "总量", "增速", "位次"],
        ["全市", YG("industry_va", 5.1, r="lanyang"), None, YG("fai", 3.2, r="lanyang"), None, Y("retail", 512.3, r="lanyang"), YG("retail", 2.8, r="lanyang"), None],
        ["清河区", YG("industry_va", 6.4), 2, YG("fai", -2.1), 5, Y("retail", 71.23), YG("retail", 3.3), 2],
        ["城东区", YG("industry_va", 4.7, r="chengdong"), 4, YG("fai", 8.8, r="chengdong"), 1, Y("retail", 102.4, r="chengdong"), YG("retail", 2.5, r="chengdong"), 4],
        ["汶县", YG("industry_va", 7.2, r="wenxian"), 1, YG("fai", 5.0, r="wenxian"), 2, Y("retail", 44.8, r="wenxian"), YG("retail", 3.9, r="wenxian"), 1],
        ["高新区", YG("industry_va", 5.9, r="gaoxin"), 3, YG("fai", 4.1, r="gaoxin"), 3, Y("retail", 31.6, r="gaoxin"), YG("retail", 2.9, r="gaoxin"), 3],
    ], merged=("A1:H1", "B3:C3", "D3:E3", "F3:H3", "A3:A4")),
    one("districts across, an indicator a pair of rows 总量/增速", [
        ["2022年1-9月岚阳市各县区主要指标对比表"],
        ["指标", None, "全市", "清河区", "城东区", "汶县"],
        ["社会消费品零售总额", "总量(亿元)", Y("retail", 512.3, r="lanyang"), Y("retail", 71.23), Y("retail", 102.4, r="chengdong"), Y("retail", 44.8, r="wenxian")],
        [None, "增速(%)", YG("retail", 2.8, r="lanyang"), YG("retail", 3.3), YG("retail", 2.5, r="chengdong"), YG("retail", 3.9, r="wenxian")],
        ["一般公共预算收入", "总量(亿元)", Y("revenue", 160.2, r="lanyang"), Y("revenue", 22.4), Y("revenue", 30.5, r="chengdong"), Y("revenue", 11.8, r="wenxian")],
        [None, "增速(%)", YG("revenue", 3.0, r="lanyang"), YG("revenue", 4.6), YG("revenue", 2.2, r="chengdong"), YG("revenue", 6.1, r="wenxian")],
    ], merged=("A3:A4", "A5:A6", "A2:B2")),
    one("the same with a row of ranks that is no figure", [
        ["2022年1-9月岚阳市各县区主要指标对比表"],
        ["指标", None, "清河区", "城东区", "汶县"],
        ["社会消费品零售总额", "总量(亿元)", Y("retail", 71.23), Y("retail", 102.4, r="chengdong"), Y("retail", 44.8, r="wenxian")],
        [None, "增速(%)", YG("retail", 3.3), YG("retail", 2.5, r="chengdong"), YG("retail", 3.9, r="wenxian")],
        [None, "增速位次", 2, 3, 1],
        ["固定资产投资", "增速(%)", YG("fai", -2.1), YG("fai", 8.8, r="chengdong"), YG("fai", 5, r="wenxian")],
        [None, "增速位次", 3, 1, 2],
    ], merged=("A3:A5", "A6:A7")),
    one("last month's cumulative growth beside this one's: both with their period", [
        ["清河区2022年1-9月主要指标增速变化表"],
        ["指标", "1-8月增速(%)", "1-9月增速(%)", "变化(百分点)"],
        ["规模以上工业增加值", YG("industry_va", 6.1, p="2022-08", how="may"), YG("industry_va", 6.4), 0.3],
        ["固定资产投资", YG("fai", -3.0, p="2022-08", how="may"), YG("fai", -2.1), 0.9],
        ["社会消费品零售总额", YG("retail", 2.9, p="2022-08", how="may"), YG("retail", 3.3), 0.4],
    ]),
    one("quick report: indicators across, one row of the own figures per measure", [
        ["清河区2022年9月经济快报"],
        ["项目", "规上工业总产值(亿元)", "社会消费品零售总额(亿元)", "一般公共预算收入(亿元)"],
        ["9月", M("industry_output", 31.2), M("retail", 8.61), M("revenue", 2.1)],
        ["1-9月", Y("industry_output", 270.44), Y("retail", 71.23), Y("revenue", 22.4)],
        ["1-9月增速(%)", YG("industry_output", 5.9), YG("retail", 3.3), YG("revenue", 4.6)],
        ["全市位次", 3, 2, 4],
    ]),
    one("GDP by industry with 其中 and contributions", [
        ["清河区2022年前三季度生产总值"],
        ["指标", "绝对额(亿元)", "比上年同期增长(%)", "占GDP比重(%)", "贡献率(%)", "拉动(百分点)"],
        ["地区生产总值", Y("gdp", 210.5), YG("gdp", 4.9), 100, 100, 4.9],
        [U("第一产业"), 12.1, 3.9, 5.7, 4.4, 0.2],
        [U("第二产业"), 92.2, 5.4, 43.8, 48.1, 2.4],
        ["  #工业", 80.0, 5.9, 38.0, 45.2, 2.2],
        ["   建筑业", 12.2, 2.1, 5.8, 2.9, 0.1],
        [U("第三产业"), 106.2, 4.6, 50.5, 47.5, 2.3],
    ], ext="ods"),
    one("bank balances with change against the beginning of the year", [
        ["2022年9月末清河区金融机构存贷款情况"],
        ["项目", "余额(亿元)", "比年初增加(亿元)", "比年初增长(%)", "同比增长(%)"],
        ["本外币存款余额", B("deposits", 512.4), 33.2, 6.9, BG("deposits", 9.1)],
        [U("其中:住户存款"), 301.5, 25.5, 9.2, 11.0],
        ["本外币贷款余额", B("loans", 430.1), 29.9, 7.5, BG("loans", 10.4)],
    ]),
    one("a county's table, 本县 in the head, month first", [
        ["平陵县2022年9月份主要经济指标完成情况"],
        ["指标名称", "单位", "9月份", "同比±%", "1-9月", "同比±%"],
        ["社会消费品零售总额", "万元", M("retail", 51000, 5.1, r="pingling"), MG("retail", 2.9, r="pingling"), Y("retail", 440000, "44", r="pingling"), YG("retail", 3.7, r="pingling")],
        ["一般公共预算收入", "万元", M("revenue", 9800, 0.98, r="pingling"), MG("revenue", 5.1, r="pingling"), Y("revenue", 101000, 10.1, r="pingling"), YG("revenue", 7.7, r="pingling")],
    ], place="pingling"),
    one("the neighbour's table in the county's inbox: nothing is the county's", [
        ["汶县2022年9月份主要经济指标完成情况"],
        ["指标名称", "单位", "1-9月", "同比±%"],
        ["社会消费品零售总额", "万元", Y("retail", 448000, 44.8, r="wenxian", how="may"), YG("retail", 3.9, r="wenxian", how="may")],
        ["一般公共预算收入", "万元", Y("revenue", 118000, 11.8, r="wenxian", how="may"), YG("revenue", 6.1, r="wenxian", how="may")],
    ], place="pingling", way=True),
    one("two years of the same cumulative month as heads, growth beside", [
        ["清河区主要经济指标", None, None, None, "单位:亿元"],
        ["指标", "2022年1-9月", "2021年1-9月", "增减额", "增减%"],
        ["社会消费品零售总额", Y("retail", 71.23), Y("retail", 68.95, p="2021-09", how="may"), 2.28, YG("retail", 3.3)],
        ["一般公共预算收入", Y("revenue", 22.4), Y("revenue", 21.4, p="2021-09", how="may"), 1.0, YG("revenue", 4.6)],
    ]),
    one("a sheet a month, the year in the sheet's name only", [], sheet="x"),
    one("half year title in Chinese numerals", [
        ["二〇二二年上半年清河区主要经济指标"],
        ["指标", "单位", "累计完成", "同比增长(%)"],
        ["地区生产总值", "亿元", Y("gdp", 138.2), YG("gdp", 4.1)],
        ["社会消费品零售总额", "亿元", Y("retail", 46.1), YG("retail", 2.0)],
        ["城镇居民人均可支配收入", "元", Y("income_urban", 21033), YG("income_urban", 4.9)],
        ["农村居民人均可支配收入", "元", Y("income_rural", 10122), YG("income_rural", 6.4)],
    ], period="2022-06"),
    one("January to February, 1-2月 only in the head", [
        ["清河区2022年主要经济指标"],
        ["指标", "单位", "1-2月", "同比增长(%)"],
        ["规模以上工业增加值", "%", None, YG("industry_va", 8.8)],
        ["社会消费品零售总额", "亿元", Y("retail", 15.7), YG("retail", 6.2)],
        ["一般公共预算收入", "亿元", Y("revenue", 5.2), YG("revenue", 9.1)],
    ], period="2022-02"),
    one("the whole year, 全年 in the head", [
        ["2021年清河区国民经济和社会发展主要指标"],
        ["指标", "单位", "全年", "比上年增长(%)"],
        ["地区生产总值", "亿元", Y("gdp", 281.4), YG("gdp", 8.1)],
        ["社会消费品零售总额", "亿元", Y("retail", 95.0), YG("retail", 12.2)],
        ["一般公共预算收入", "亿元", Y("revenue", 28.8), YG("revenue", 10.4)],
    ], period="2021-12"),
    one("title over two lines, month in brackets, maker and date below", [
        ["岚阳市清河区主要经济指标月报"],
        ["(2022年9月)"],
        ["编制单位:清河区统计局", None, None, "2022年10月25日"],
        ["指标", "单位", "累计", "增长%"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 3.3)],
        ["税收收入", "亿元", Y("tax", 16.01), YG("tax", -1.4)],
        ["审核:王某", None, "制表:李某", "联系电话:0000"],
    ]),
    one("ordinal column and blank columns between", [
        ["清河区2022年1-9月主要经济指标完成情况"],
        ["序号", "指标", None, "单位", "1-9月完成", None, "同比增长(%)", "全市排名"],
        [1, "社会消费品零售总额", None, "亿元", Y("retail", 71.23), None, YG("retail", 3.3), 2],
        [2, "一般公共预算收入", None, "亿元", Y("revenue", 22.4), None, YG("revenue", 4.6), 4],
        [3, "固定资产投资", None, "%", None, None, YG("fai", -2.1), 5],
    ]),
    one("growth of the city and of the country beside the own one", [
        ["清河区2022年1-9月主要指标与全国、全省、全市对比(%)"],
        ["指标", "全国", "全省", "全市", "清河区", "与全市相比", "位次"],
        ["规模以上工业增加值增速", 3.9, 4.4, YG("industry_va", 5.1, r="lanyang"), YG("industry_va", 6.4), 1.3, 2],
        ["固定资产投资增速", 5.9, 6.6, YG("fai", 3.2, r="lanyang"), YG("fai", -2.1), -5.3, 5],
        ["社会消费品零售总额增速", 0.7, 1.9, YG("retail", 2.8, r="lanyang"), YG("retail", 3.3), 0.5, 2],
    ]),
    one("side by side: two tables on one sheet", [
        ["2022年1-9月清河区主要经济指标"],
        ["指标", "累计(亿元)", "增长(%)", None, "指标", "累计(亿元)", "增长(%)"],
        ["社会消费品零售总额", Y("retail", 71.23), YG("retail", 3.3), None, "一般公共预算收入", Y("revenue", 22.4), YG("revenue", 4.6)],
        ["进出口总额", Y("trade", 15.7), YG("trade", -3.7), None, "税收收入", Y("tax", 16.01), YG("tax", -1.4)],
    ]),
    one("stacked: this district, then the city under its own title", [
        ["清河区2022年1-9月主要经济指标"],
        ["指标", "单位", "累计", "增长(%)"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 3.3)],
        ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", 4.6)],
        [None],
        ["岚阳市2022年1-9月主要经济指标"],
        ["指标", "单位", "累计", "增长(%)"],
        ["社会消费品零售总额", "亿元", Y("retail", 512.3, r="lanyang"), YG("retail", 2.8, r="lanyang")],
        ["一般公共预算收入", "亿元", Y("revenue", 160.2, r="lanyang"), YG("revenue", 3.0, r="lanyang")],
    ]),
    one("notes below the table that change nothing", [
        ["清河区2022年1-9月主要经济指标"],
        ["指标", "单位", "累计", "增长(%)"],
        ["规模以上工业增加值", "亿元", "-", YG("industry_va", 6.4)],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 3.3)],
        ["注:1.规模以上工业增加值增速按可比价格计算。"],
        ["   2.资料来源:清河区统计局。"],
    ]),
    one("a footnote that says a row is of another basis", [
        ["清河区2022年1-9月主要经济指标"],
        ["指标", "单位", "累计", "增长(%)"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 3.3)],
        ["一般公共预算收入*", "亿元", Y("revenue", 22.4, how="may"), Q(4.6)],
        ["*一般公共预算收入增速为剔除留抵退税因素后的同口径增速。"],
    ]),
    one("levels in yi, growth with percent signs as text, spaces inside names", [
        ["全 区 主 要 经 济 指 标 完 成 情 况", None, None, None],
        ["2022年1-9月", None, None, "单位：亿元"],
        ["指　标　名　称", "累 计", "同 比"],
        ["社会消费品零售总额", Y("retail", "71.23"), YG("retail", "3.3%", 3.3)],
        ["一 般 公 共 预 算 收 入", Y("revenue", "22.40", 22.4), YG("revenue", "4.6%", 4.6)],
        ["固定资产投资", "—", YG("fai", "-2.1%", -2.1)],
    ]),
    one("percent cells with a percent format", [
        ["清河区2022年1-9月主要经济指标"],
        ["指标", "单位", "累计", "同比增长"],
        ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 0.033, 3.3)],
        ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", 0.046, 4.6)],
    ], formats={"D3": "0.0%", "D4": "0.0%"}),
    one("electricity: kWh in wan and in yi, industry and living", [
        ["清河区2022年9月全社会用电量情况"],
        ["指标", "单位", "9月", "同比(%)", "1-9月", "同比(%)"],
        ["全社会用电量", "亿千瓦时", M("electricity", 1.2, 12000), MG("electricity", 4.4), Y("electricity", 10.9, 109000), YG("electricity", 5.1)],
        ["其中:工业用电量", "万千瓦时", M("industry_electricity", 7100), MG("industry_electricity", 3.1), Y("industry_electricity", 63100), YG("industry_electricity", 2.7)],
        [U("城乡居民生活用电量"), "万千瓦时", 2900, 9.0, 28000, 11.2],
    ]),
    one("services lag a month, said in the row", [
        ["清河区2022年1-9月主要经济指标"],
        ["指标", "增速(%)", "全市位次"],
        ["规模以上工业增加值", YG("industry_va", 6.4), 2],
        ["规上服务业营业收入(1-8月)", YG("services", 7.0, p="2022-08"), 3],
        ["固定资产投资", YG("fai", -2.1), 5],
    ]),
]  # fmt: skip

MONTHS = {
    f"2022年{m}月": [
        ["清河区主要经济指标"], ["指标", "单位", "累计", "同比增长(%)"],
        ["社会消费品零售总额", "亿元", Y("retail", 8.1 * m, round(8.1 * m, 2), p=f"2022-{m:02}"), YG("retail", m - 4.5, p=f"2022-{m:02}")],
        ["一般公共预算收入", "亿元", Y("revenue", 2.5 * m, p=f"2022-{m:02}"), YG("revenue", m - 3.2, round(m - 3.2, 1), p=f"2022-{m:02}")],
    ] for m in (7, 8, 9)
}  # fmt: skip
CASES[13] = Case("a sheet a month, the month in the sheet's name only", MONTHS)
