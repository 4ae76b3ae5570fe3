# ruff: noqa: E501 (a row of a table in a line)
"""The second batch: written after the first one had been mended, before it was read."""

from __future__ import annotations

from datetime import datetime

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import BG, MG, YG, B, Case, G, M, Q, U, Y
from benchmarks.fresh_tables.odd import RETAIL, REVENUE, TITLE

CD, WX, LY = {"r": "chengdong"}, {"r": "wenxian"}, {"r": "lanyang"}

CASES = [
    one("heads broken over lines inside their cells", [
        [TITLE], ["指标\n名称", "计量\n单位", "1-9月\n累计", "比上年\n同期增长\n(%)", "全市\n位次"],
        [*RETAIL, 2], [*REVENUE, 4], ["固定资产\n投资", "%", None, YG("fai", -2.1), 5],
    ]),
    one("three rows of heads: month, indicator, measure", [
        ["岚阳市各县区财政收入"], ["县区", "2022年1-9月", None, None, None], [None, "一般公共预算收入", None, "税收收入", None], [None, "总量(亿元)", "增速(%)", "总量(亿元)", "增速(%)"],
        ["清河区", Y("revenue", 22.4), YG("revenue", 4.6), Y("tax", 16.01), YG("tax", -1.4)],
        ["城东区", Y("revenue", 30.5, **CD), YG("revenue", 2.2, **CD), Y("tax", 20.3, **CD), YG("tax", 0.6, **CD)],
    ], merged=("A2:A4", "B2:E2", "B3:C3", "D3:E3")),
    one("a row of units below the heads", [
        [TITLE], ["指标", "累计", "同比增长", "位次"], ["单位", "亿元", "%", None], ["社会消费品零售总额", Y("retail", 71.23), YG("retail", 3.3), 2], ["一般公共预算收入", Y("revenue", 22.4), YG("revenue", 4.6), 4],
    ]),
    one("growth before level", [
        [TITLE], ["指标", "同比增长(%)", "累计(亿元)"], ["社会消费品零售总额", YG("retail", 3.3), Y("retail", 71.23)], ["进出口总额", YG("trade", -3.7), Y("trade", 15.7)],
    ]),
    one("rows that are no district: the city's own level, subtotals", [
        ["2022年1-9月岚阳市各县区一般公共预算收入"], ["单位", "完成数(亿元)", "同比增长(%)"],
        ["全市", Y("revenue", 160.2, **LY), YG("revenue", 3.0, **LY)], [U("市本级"), 30.1, 2.2], ["清河区", Y("revenue", 22.4), YG("revenue", 4.6)],
        ["城东区", Y("revenue", 30.5, **CD), YG("revenue", 2.2, **CD)], [U("县域小计"), 77.7, 4.4], ["汶县", Y("revenue", 11.8, **WX), YG("revenue", 6.1, **WX)],
    ]),
    one("each indicator with its own column of districts, sorted by rank", [
        ["2022年1-9月岚阳市主要经济指标增速排名表(%)"], ["位次", "规模以上工业增加值", None, "固定资产投资", None], [None, "县区", "增速", "县区", "增速"],
        [1, "汶县", YG("industry_va", 7.2, **WX), "城东区", YG("fai", 8.8, **CD)], [2, "清河区", YG("industry_va", 6.4), "汶县", YG("fai", 5.0, **WX)], [3, "城东区", YG("industry_va", 4.7, **CD), "清河区", YG("fai", -2.1)],
    ], merged=("A2:A3", "B2:C2", "D2:E2")),
    one("rank first, then the district and its growth", [
        ["2022年1-9月各县区固定资产投资增速排名"], ["位次", "县区", "增速(%)"],
        [1, "城东区", YG("fai", 8.8, **CD)], [2, "汶县", YG("fai", 5.0, **WX)], [3, "清河区", YG("fai", -2.1)],
    ]),
    one("signs in text: +, arrows before the number", [
        [TITLE], ["指标", "单位", "累计", "同比增长(%)"], ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", "+3.3", 3.3)], ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", "+4.6", 4.6)],
        ["进出口总额", "亿元", Y("trade", 15.7), YG("trade", "↓3.7", -3.7, how="may")],
    ]),
    *(one(f"a growth's head in another form: {head}", [
        [TITLE], ["指标", "单位", "累计", head], RETAIL, REVENUE, ["进出口总额", "亿元", Y("trade", 15.7), YG("trade", -3.7)],
    ]) for head in ("增长(下降)%", "增(减)%", "比上年同期增长(+、-)%", "同比+/-%", "增长±%", "增减变化率(%)", "较同期增幅%", "累计同比±%")),
    *(one(f"a level's head in another form: {head}", [
        [TITLE, None, None, "单位:亿元"], ["指标", head, "增速(%)"], ["社会消费品零售总额", Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入", Y("revenue", 22.4), YG("revenue", 4.6)],
    ]) for head in ("1~9月累计", "本年累计数", "截至9月底累计", "1-9月实际完成", "1-9月合计", "今年以来累计", "1-9月总额", "累计实绩(1-9月)")),
    one("balances: month's end, against last month, against January", [
        ["2022年9月清河区金融运行情况"], ["指标", "9月末余额(亿元)", "比上月末增减(亿元)", "比年初增减(亿元)", "同比增速(%)"],
        ["本外币存款余额", B("deposits", 512.4), 3.1, 33.2, BG("deposits", 9.1)], ["本外币贷款余额", B("loans", 430.1), 2.8, 29.9, BG("loans", 10.4)],
    ]),
    one("quarter alone and cumulative for GDP", [
        ["清河区2022年三季度生产总值"], ["指标", "三季度当季(亿元)", "前三季度累计(亿元)", "前三季度增速(%)"], ["地区生产总值", Q(72.3), Y("gdp", 210.5), YG("gdp", 4.9)],
    ]),
    one("income by town and country across, districts down", [
        ["2022年前三季度各县区居民人均可支配收入"], ["县区", "城镇居民人均可支配收入", None, "农村居民人均可支配收入", None], [None, "绝对值(元)", "增长(%)", "绝对值(元)", "增长(%)"],
        ["清河区", Y("income_urban", 31022), YG("income_urban", 4.5), Y("income_rural", 15011), YG("income_rural", 6.6)], ["汶县", Y("income_urban", 28800, **WX), YG("income_urban", 4.1, **WX), Y("income_rural", 14222, **WX), YG("income_rural", 6.9, **WX)],
    ], merged=("A2:A3", "B2:C2", "D2:E2")),
    one("the city's table with the own district as a column", [
        ["岚阳市2022年1-9月主要经济指标"], ["指标", "单位", "全市", None, "清河区", None], [None, None, "累计", "增速(%)", "累计", "增速(%)"],
        ["社会消费品零售总额", "亿元", Y("retail", 512.3, **LY), YG("retail", 2.8, **LY), Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入", "亿元", Y("revenue", 160.2, **LY), YG("revenue", 3.0, **LY), Y("revenue", 22.4), YG("revenue", 4.6)],
    ], merged=("A2:A3", "B2:B3", "C2:D2", "E2:F2")),
    one("title names the month of issue and the month of the numbers", [
        ["清河区统计月报(2022年10月编印)"], ["2022年1-9月主要经济指标"], ["指标", "单位", "累计", "同比增长(%)"], RETAIL, REVENUE,
    ], month="2022-09", month_ask_ok=True),
    one("the day of issue beside the title", [
        ["清河区主要经济指标(2022年1-9月)", None, None, "2022年10月28日"], ["指标", "单位", "累计", "同比增长(%)"], RETAIL, REVENUE,
    ]),
    one("rows of month and cumulative below each indicator", [
        ["清河区2022年9月主要经济指标"], ["指标", "绝对额(亿元)", "同比增长(%)"],
        ["社会消费品零售总额", None, None], ["  当月", M("retail", 8.61), MG("retail", 1.1)], ["  累计", Y("retail", 71.23), YG("retail", 3.3)],
        ["一般公共预算收入", None, None], ["  当月", M("revenue", 2.1), MG("revenue", -2.2)], ["  累计", Y("revenue", 22.4), YG("revenue", 4.6)],
    ]),
    one("amounts with their unit shortened in the cell", [
        [TITLE], ["指标", "累计", "同比增长(%)"], ["社会消费品零售总额", Y("retail", "71.23亿", 71.23, how="may"), YG("retail", 3.3)], ["一般公共预算收入", Y("revenue", "22.4亿元", 22.4), YG("revenue", 4.6)],
    ]),
    one("footnote marks at names and heads", [
        [TITLE], ["指标", "单位", "累计①", "同比增长(%)②"], ["社会消费品零售总额①", "亿元", Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", 4.6)],
        ["①为快报数。"], ["②按现价计算。"],
    ]),
    one("a footnote at a name that makes it another number", [
        [TITLE], ["指标", "单位", "累计", "同比增长(%)"], RETAIL, ["一般公共预算收入②", "亿元", Q(22.4), Q(4.6)], ["②为不含上级补助的预计数。"],
    ]),
    one("last year's whole year beside this year's months", [
        ["清河区主要经济指标"], ["指标", "2021年(亿元)", "2022年1-9月(亿元)", "增长(%)"], ["社会消费品零售总额", Y("retail", 95.0, p="2021-12", how="may"), Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入", Y("revenue", 28.8, p="2021-12", how="may"), Y("revenue", 22.4), YG("revenue", 4.6)],
    ]),
    one("a table of the national site by quarters", [
        ["数据库:季度数据"], ["指标", "2022年第三季度", "2022年第二季度"], ["地区生产总值_累计值(亿元)", Y("gdp", 210.5), Y("gdp", 138.2, p="2022-06")], ["地区生产总值指数(上年同期=100)_累计值", 104.9, 104.1], ["居民人均可支配收入_累计值(元)", Y("income", 29874), Y("income", 19800, p="2022-06")],
        ["注:累计值为自年初至当季。"],
    ], ext="gbk.csv"),
    one("terminal with the last rows of a data source and English frequency", [
        ["指标名称", "清河区:固定资产投资:累计同比", "清河区:一般公共预算收入:当月值"], ["Frequency", "Monthly", "Monthly"], ["单位", "%", "亿元"],
        [datetime(2022, 9, 30), YG("fai", -2.1), M("revenue", 2.1)], [datetime(2022, 8, 31), YG("fai", -3.0, p="2022-08"), M("revenue", 2.3, p="2022-08")], ["数据来源：Wind"],
    ]),
    one("district by year, indicator in the title", [
        ["岚阳市各县区社会消费品零售总额(2019-2021年)", None, None, "单位:亿元"], ["县区", "2019年", "2020年", "2021年"],
        ["清河区", Y("retail", 84.1, p="2019-12"), Y("retail", 84.7, p="2020-12"), Y("retail", 95.0, p="2021-12")], ["汶县", Y("retail", 51.1, p="2019-12", **WX), Y("retail", 51.6, p="2020-12", **WX), Y("retail", 57.9, p="2021-12", **WX)],
    ], period="2021-12"),
    one("targets with words and bounds", [
        ["清河区2022年经济社会发展主要预期目标"], ["指标", "预期目标"], ["地区生产总值", G("gdp", "ytd_growth", "增长7%左右", 7)], ["社会消费品零售总额", G("retail", "ytd_growth", "增长8%以上", 8)], ["一般公共预算收入", G("revenue", "ytd_growth", "增长不低于5%", 5)],
    ], month="2022-12", month_ask_ok=True),
    one("shares and progress of towns with the district first", [
        ["2022年1-9月清河区各镇街社会消费品零售总额完成情况"], ["镇街", "累计(万元)", "同比增长(%)", "占全区比重(%)"], ["全区", Y("retail", 712300, 71.23, how="may"), YG("retail", 3.3, how="may"), 100], ["马店镇", Q(50000), Q(2.2), 7.0], ["洛溪镇", Q(44000), Q(4.1), 6.2],
    ]),
    one("deals with amounts in words", [
        ["清河区2022年招商引资项目签约情况"], ["序号", "项目名称", "投资方", "投资额", "签约日期", "落户地"], [1, "新能源电池壳体项目", "甲精工、乙投资", "约3亿元", "2022-03-18", "清河经开区"], [2, "冷链物流园", "丙物流", "5000万美元", "2022-05-06", "马店镇"],
    ], records=[{"row": 3, "name": "新能源电池壳体项目"}, {"row": 4, "name": "冷链物流园"}], records_ask_ok=True),
    one("projects by owner's level with subtotals", [
        ["2022年清河区政府投资项目计划(万元)"], ["序号", "项目名称", "项目单位", "总投资", "2022年计划", "备注"], ["一", "市政类小计", None, 62000, 21000, None], [1, "东环路改扩建工程", "区住建局", 52000, 15000, None], [2, "老城区雨污分流", "区住建局", 10000, 6000, None], [None, "总 计", None, 62000, 21000, None],
    ], records=[{"row": 4, "name": "东环路改扩建工程", "planned_total": "52000", "year_plan": "15000"}, {"row": 5, "name": "老城区雨污分流", "planned_total": "10000", "year_plan": "6000"}], no_record_rows=[3, 6], records_ask_ok=True),
    Case("two sheets: level and growth, the sheet's name says which", {
        "总量": [["2022年1-9月各县区主要指标", None, "单位:亿元"], ["县区", "社会消费品零售总额", "一般公共预算收入"], ["清河区", Y("retail", 71.23), Y("revenue", 22.4)], ["汶县", Y("retail", 44.8, **WX), Y("revenue", 11.8, **WX)]],
        "增速": [["2022年1-9月各县区主要指标增速", None, "单位:%"], ["县区", "社会消费品零售总额", "一般公共预算收入"], ["清河区", YG("retail", 3.3), YG("revenue", 4.6)], ["汶县", YG("retail", 3.9, **WX), YG("revenue", 6.1, **WX)]],
    }),
    Case("a sheet an indicator, districts down", {
        "固定资产投资": [["2022年1-9月各县区完成情况"], ["县区", "增速(%)", "位次"], ["清河区", YG("fai", -2.1), 3], ["城东区", YG("fai", 8.8, **CD), 1]],
        "社零": [["2022年1-9月各县区完成情况"], ["县区", "总量(亿元)", "增速(%)"], ["清河区", Y("retail", 71.23), YG("retail", 3.3)], ["城东区", Y("retail", 102.4, **CD), YG("retail", 2.5, **CD)]],
    }),
    *(one(f"a head that changes the number: {head}", [
        [TITLE], ["指标", "单位", "累计", "同比增长(%)", head], [*RETAIL, Q(5.7)], [*REVENUE, Q(6.7)],
    ]) for head in ("重点企业增速(%)", "剔除烟草增速(%)", "名义增速预估(%)", "上报省增速(%)", "口径二增速(%)", "全年增速(%)", "调整后累计(亿元)", "还原后增速(%)", "民营增速(%)", "税务口径累计(亿元)")),
    *(one(f"beside the figures, silent or told, never read: {head}", [
        [TITLE], ["指标", "单位", "累计", "同比增长(%)", head], [*RETAIL, 5.7], [*REVENUE, 6.7],
    ]) for head in ("比上月加快或回落(百分点)", "完成全年任务的(%)", "比序时进度快慢(百分点)", "增速居全市位次", "对全市增长的贡献率(%)", "同期基数增速(%)", "与目标值差距", "人均水平(元)", "较一季度变化", "全省平均增速(%)")),
]  # fmt: skip
