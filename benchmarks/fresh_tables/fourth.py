# ruff: noqa: E501 (a row of a table in a line)
"""The fourth batch: booklets, exports, briefings, budgets and lists of the night of 29 November 2026, before they were read."""

from __future__ import annotations

from datetime import datetime

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import BG, MG, YG, B, Case, M, Q, U, Y
from benchmarks.fresh_tables.odd import HEAD, RETAIL, REVENUE, TITLE

CD, SQ, YT, WX, LY = ({"r": r} for r in ("chengdong", "shuangqiao", "yuntai", "wenxian", "lanyang"))
LIST = {"records_ask_ok": True}

CASES = [
    # -- the county's monthly booklet
    one("booklet: GDP page with last year's amount", [
        ["一、清河区地区生产总值(2022年前三季度)"], ["指标", "计量单位", "本年累计", "上年同期", "同比增减(%)"],
        ["地区生产总值", "亿元", Y("gdp", 201.4), 190.2, YG("gdp", 4.9)], [U("  第一产业"), "亿元", 12.1, 11.8, 3.9], [U("  第二产业"), "亿元", 88.3, 84.0, 5.6], [U("  第三产业"), "亿元", 101.0, 94.4, 4.4],
    ]),
    one("booklet: industry page, numbers of firms, losses and output", [
        ["规模以上工业主要指标(一)"], ["2022年9月", None, None, None, None, "清河区"], ["指标", "单位", "本月", "本月±%", "1-本月", "1-本月±%"],
        [U("企业单位数"), "个", 188, None, 188, 3.3], [U("其中:亏损企业"), "个", 41, None, 41, 10.8], ["工业总产值(规模以上)", "亿元", M("industry_output", 31.2, how="may"), MG("industry_output", 6.6, how="may"), Y("industry_output", 270.44, how="may"), YG("industry_output", 5.9, how="may")],
        ["规模以上工业增加值增速", "%", None, MG("industry_va", 7.0, how="may"), None, YG("industry_va", 6.4)],
    ], month="2022-09", month_ask_ok=True),
    one("booklet: districts with amount, place, growth, place", [
        ["各县(区)社会消费品零售总额(2022年1—9月)"], ["县 区", "绝对额(亿元)", "位次", "增速(%)", "位次"],
        ["全  市", Y("retail", 512.3, **LY), None, YG("retail", 2.8, **LY), None], ["清河区", Y("retail", 71.23), 3, YG("retail", 3.3), 2], ["城东区", Y("retail", 102.4, **CD), 1, YG("retail", 2.5, **CD), 4], ["汶  县", Y("retail", 44.8, **WX), 4, YG("retail", 3.9, **WX), 1],
    ]),
    one("booklet: 计量单位 line, period as a head", [
        ["清河区财政收入"], ["计量单位：万元"], ["指标名称", "2022年1—9月", "同比±%"],
        ["一般公共预算收入", Y("revenue", 224000, 22.4), YG("revenue", 4.6)], ["  #税收收入", Y("tax", 160100, 16.01), YG("tax", -1.4)],
    ]),
    one("booklet: this year's and last year's growth beside each other", [
        ["清河区2022年1-9月主要指标增速"], ["指标", "1-9月增速(%)", "去年同期增速(%)", "增速比去年同期±百分点"],
        ["固定资产投资", YG("fai", -2.1), 9.9, -12.0], ["规模以上工业增加值", YG("industry_va", 6.4), 8.8, -2.4], ["社会消费品零售总额", YG("retail", 3.3), 12.2, -8.9],
    ]),
    one("booklet: two tables side by side, an empty column between", [
        [TITLE], ["指标", "累计(亿元)", "增长(%)", None, "指标", "累计(亿元)", "增长(%)"],
        ["社会消费品零售总额", Y("retail", 71.23), YG("retail", 3.3), None, "进出口总额", Y("trade", 15.7), YG("trade", -3.7)], ["一般公共预算收入", Y("revenue", 22.4), YG("revenue", 4.6), None, "房地产开发投资", Y("fai_estate", 18.2), YG("fai_estate", -12.1)],
    ]),
    one("booklet: number of the page and the compiler's line", [
        [TITLE], HEAD, RETAIL, REVENUE, ["- 12 -"], ["清河区统计局编印"],
    ]),
    one("booklet: months of one indicator down", [
        ["清河区2022年社会消费品零售总额分月情况"], ["月份", "累计(亿元)", "累计增速(%)"],
        ["1-2月", Y("retail", 15.1, p="2022-02"), YG("retail", 6.1, p="2022-02")], ["1-3月", Y("retail", 23.0, p="2022-03"), YG("retail", 4.0, p="2022-03")], ["1-8月", Y("retail", 62.6, p="2022-08"), YG("retail", 3.0, p="2022-08")], ["1-9月", Y("retail", 71.23), YG("retail", 3.3)],
    ]),
    one("booklet: price indices beside retail", [
        ["清河区2022年9月价格与消费"], ["指标", "单位", "1-9月", "比上年同期增长(%)"], ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 3.3)], [U("居民消费价格总指数"), "上年同期=100", 102.0, None], [U("  食品烟酒"), "上年同期=100", 101.4, None],
    ]),
    one("booklet: heads of one letter pair with blanks, unit in brackets under the name", [
        ["清河区经济主要指标 (2022年1-9月)"], ["项　目", "本 年\n累 计", "增 长\n（%）"], ["社会消费品零售总额\n（亿元）", Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入\n（万元）", Y("revenue", 224000, 22.4), YG("revenue", 4.6)],
    ]),
    # -- exports of the national data site, long tables
    one("site: quarters across, districts down, indicator in a line", [
        ["数据库：分省季度数据"], ["指标：地区生产总值_累计值(亿元)"], ["时间：最近3季度"], ["地区", "2022年第三季度", "2022年第二季度", "2022年第一季度"], ["清河区", Y("gdp", 201.4), Y("gdp", 130.2, p="2022-06"), Y("gdp", 60.3, p="2022-03")], ["城东区", Y("gdp", 288.0, **CD), Y("gdp", 190.1, p="2022-06", **CD), Y("gdp", 92.2, p="2022-03", **CD)],
        ["数据来源：国家统计局"],
    ], ext="gbk.csv"),
    one("site: dates down, series across", [
        ["数据库：分省月度数据"], ["地区：清河区"], ["时间", "社会消费品零售总额_累计值(亿元)", "社会消费品零售总额_累计增长(%)"], ["2022年9月", Y("retail", 71.23), YG("retail", 3.3)], ["2022年8月", Y("retail", 62.6, p="2022-08"), YG("retail", 3.0, p="2022-08")], ["注：2011年起提高了规模标准。"],
    ], ext="utf8.csv"),
    one("site: years across", [
        ["数据库：分省年度数据"], ["地区：清河区"], ["指标", "2021年", "2020年"], ["地区生产总值(亿元)", Y("gdp", 266.0, p="2021-12"), Y("gdp", 240.4, p="2020-12")], ["社会消费品零售总额(亿元)", Y("retail", 95.0, p="2021-12"), Y("retail", 84.7, p="2020-12")],
    ], ext="gbk.csv"),
    one("a long table: place, indicator, time, value, unit", [
        ["地区", "指标", "时间", "数值", "单位"], ["清河区", "社会消费品零售总额_累计值", "2022年9月", Y("retail", 71.23, how="may"), "亿元"], ["清河区", "社会消费品零售总额_累计增长", "2022年9月", YG("retail", 3.3, how="may"), "%"], ["城东区", "社会消费品零售总额_累计增长", "2022年9月", YG("retail", 2.5, how="may", **CD), "%"],
    ], ext="utf8.csv", way=True, month="2022-09", month_ask_ok=True),
    # -- terminals
    one("terminal: all the lines about the series above them", [
        ["指标名称", "清河区:社会消费品零售总额:累计值", "清河区:社会消费品零售总额:累计同比"], ["频率", "月", "月"], ["单位", "亿元", "%"], ["指标ID", "M5500121", "M5500122"], ["时间区间", "2015-02:2022-09", "2015-02:2022-09"], ["来源", "清河区统计局", "清河区统计局"], ["更新时间", datetime(2022, 10, 21), datetime(2022, 10, 21)],
        [datetime(2022, 9, 30), Y("retail", 71.23), YG("retail", 3.3)], [datetime(2022, 8, 31), Y("retail", 62.6, p="2022-08"), YG("retail", 3.0, p="2022-08")],
    ]),
    one("terminal: source at the end, an empty line", [
        ["指标名称", "清河区:固定资产投资:累计同比"], ["单位", "%"], [datetime(2022, 9, 30), YG("fai", -2.1)], [datetime(2022, 8, 31), YG("fai", -3.0, p="2022-08")], [None, None], ["数据来源：同花顺iFinD", None],
    ]),
    one("terminal: statistics of the series at the end", [
        ["指标名称", "清河区:固定资产投资:累计同比"], ["单位", "%"], [datetime(2022, 9, 30), YG("fai", -2.1)], [datetime(2022, 8, 31), YG("fai", -3.0, p="2022-08")], ["最大值", -2.1], ["最小值", -3.0], ["平均值", -2.55],
    ]),
    one("terminal: quarters by their last day", [
        ["指标名称", "清河区:地区生产总值:累计值", "清河区:地区生产总值:累计同比"], ["频率", "季", "季"], ["单位", "万元", "%"], ["2022-09-30", Y("gdp", 2014000, 201.4), YG("gdp", 4.9)], ["2022-06-30", Y("gdp", 1302000, 130.2, p="2022-06"), YG("gdp", 4.1, p="2022-06")],
    ]),
    one("terminal: a forecast beside the series", [
        ["指标名称", "清河区:社会消费品零售总额:当月同比", "清河区:社会消费品零售总额:当月同比:预测平均值"], ["单位", "%", "%"], [datetime(2022, 9, 30), MG("retail", 1.1), Q(1.5)], [datetime(2022, 8, 31), MG("retail", 1.5, p="2022-08"), Q(1.2)],
    ]),
    one("terminal: a chain index and a moving average beside the series", [
        ["指标名称", "清河区:工业用电量:累计值", "清河区:工业用电量:环比", "清河区:工业用电量:12月移动平均"], ["单位", "万千瓦时", "%", "万千瓦时"], ["2022-09", Y("industry_electricity", 51200), 2.2, Q(5580)], ["2022-08", Y("industry_electricity", 45600, p="2022-08"), -1.1, Q(5560)],
    ]),
    # -- the city's briefings
    one("briefing: growth, place, change of place against last month", [
        ["2022年1-9月各县区固定资产投资增速排名"], ["单位：%"], ["县区", "增速", "位次", "较上月位次变化"], ["双桥区", YG("fai", 9.9, **SQ), 1, "上升2位"], ["清河区", YG("fai", -2.1), 5, "—"], ["汶县", YG("fai", 5.0, **WX), 2, "下降1位"],
    ]),
    one("briefing: the city's mean at the end", [
        ["岚阳市各县区2022年1-9月一般公共预算收入"], ["县区", "收入(亿元)", "增幅(%)"], ["清河区", Y("revenue", 22.4), YG("revenue", 4.6)], ["城东区", Y("revenue", 30.5, **CD), YG("revenue", 2.2, **CD)], ["县区平均", Q(26.5), Q(3.4)],
    ]),
    one("briefing: a row of units below the heads", [
        ["2022年1-9月岚阳市主要经济指标分县区情况"], ["县区", "社会消费品零售总额", None, "进出口总额", None], [None, "累计", "增长", "累计", "增长"], [None, "亿元", "%", "亿元", "%"],
        ["清河区", Y("retail", 71.23), YG("retail", 3.3), Y("trade", 15.7), YG("trade", -3.7)], ["城东区", Y("retail", 102.4, **CD), YG("retail", 2.5, **CD), Y("trade", 44.4, **CD), YG("trade", 5.5, **CD)],
    ], merged=("B2:C2", "D2:E2", "A2:A4")),
    one("briefing: groups with their own sums", [
        ["2022年1-9月各县区社会消费品零售总额"], ["地区", "累计(亿元)", "增速(%)"], [U("主城区小计"), 173.63, 2.8], ["清河区", Y("retail", 71.23), YG("retail", 3.3)], ["城东区", Y("retail", 102.4, **CD), YG("retail", 2.5, **CD)], [U("县域小计"), 44.8, 3.9], ["汶县", Y("retail", 44.8, **WX), YG("retail", 3.9, **WX)],
    ]),
    one("briefing: last month, this month, the turn", [
        ["2022年清河区主要经济指标增速变化"], ["指标", "1-8月增速(%)", "1-9月增速(%)", "升降(百分点)"], ["固定资产投资", YG("fai", -3.0, p="2022-08"), YG("fai", -2.1), 0.9], ["社会消费品零售总额", YG("retail", 3.0, p="2022-08"), YG("retail", 3.3), 0.3],
    ]),
    one("briefing: a light's word and the responsible in the row", [
        ["清河区2022年1-9月主要指标运行情况及亮灯表"], ["序号", "指标", "1-9月增速(%)", "全年目标(%)", "亮灯", "责任单位", "分管领导"], [1, "固定资产投资", YG("fai", -2.1), 10, "红灯", "发改局", "王某"], [2, "社会消费品零售总额", YG("retail", 3.3), 9, "黄灯", "商务局", "李某"],
    ]),
    one("briefing: places first", [
        ["2022年1-9月规模以上工业增加值增速位次表"], ["位次", "县区", "增速(%)"], [1, "汶县", YG("industry_va", 7.2, **WX)], [2, "清河区", YG("industry_va", 6.4)], [3, "城东区", YG("industry_va", 4.7, **CD)],
    ]),
    one("briefing: what an indicator adds to the city's growth", [
        ["2022年1-9月各县区固定资产投资对全市增长的拉动"], ["县区", "增速(%)", "占全市比重(%)", "对全市增长的贡献率(%)", "拉动全市增长(百分点)"], ["清河区", YG("fai", -2.1), 12.2, -8.0, -0.3], ["城东区", YG("fai", 8.8, **CD), 30.0, 70.6, 2.4],
    ]),
    one("briefing: a time for which nothing is said", [
        ["关于全区主要经济指标的通报"], ["指标", "单位", "完成", "增长(%)"], RETAIL, REVENUE,
    ], month="2022-09", month_ask_ok=True),
    one("briefing: quarter by quarter growth of the quarter alone", [
        ["清河区2022年地区生产总值分季度增速(%)"], ["季度", "当季增速", "累计增速"], ["一季度", 5.6, YG("gdp", 5.6, p="2022-03")], ["二季度", 2.7, YG("gdp", 4.1, p="2022-06")], ["三季度", 6.4, YG("gdp", 4.9)],
    ]),
    # -- budgets
    one("budget: both budgets, done, share, last year, change", [
        ["清河区2022年1-9月一般公共预算收支执行情况表", None, None, None, None, None, None, "单位:万元"], ["项目", "年初预算", "调整预算数", "1-9月完成数", "占调整预算%", "上年同期", "增减额", "增减%"],
        ["一、一般公共预算收入", 310000, 305000, Y("revenue", 224000, 22.4), 73.4, 214200, 9800, YG("revenue", 4.6)], ["1.税收收入", 220000, 215000, Y("tax", 160100, 16.01), 74.5, 162400, -2300, YG("tax", -1.4)], [U("2.非税收入"), 90000, 90000, 63900, 71.0, 51800, 12100, 23.4], [U("二、一般公共预算支出"), 520000, 530000, 391000, 73.8, 380000, 11000, 2.9],
    ]),
    one("budget: the nation's words", [
        ["2022年9月清河区财政收支情况"], ["项目", "1-9月累计(亿元)", "为预算的%", "比上年同期增长%"], ["一般公共预算收入", Y("revenue", 22.4), 72.3, YG("revenue", 4.6)], ["其中：税收收入", Y("tax", 16.01), 72.8, YG("tax", -1.4)],
    ]),
    one("budget: by level of government", [
        ["清河区2022年1-9月一般公共预算收入分级次完成情况", None, None, None, "单位:万元"], ["项目", "合计", "区本级", "镇街级", "合计增长%"], ["一般公共预算收入", Y("revenue", 224000, 22.4, how="may"), Q(150000), Q(74000), YG("revenue", 4.6, how="may")], ["税收收入", Y("tax", 160100, 16.01, how="may"), Q(98000), Q(62100), YG("tax", -1.4, how="may")],
    ]),
    one("budget: comparable growth in brackets of the head", [
        ["清河区2022年1-9月税收情况"], ["项目", "累计(万元)", "增减%", "增减%(同口径)"], ["税收收入", Y("tax", 160100, 16.01), YG("tax", -1.4), YG("tax", 8.8, b="comparable", how="may")], ["一般公共预算收入", Y("revenue", 224000, 22.4), YG("revenue", 4.6), YG("revenue", 11.2, b="comparable", how="may")],
    ]),
    one("budget: the funds' budget knows none of our rows", [
        ["清河区2022年1-9月政府性基金预算执行情况", None, None, "单位:万元"], ["项目", "预算数", "执行数", "执行率%"], ["国有土地使用权出让收入", 200000, 66000, 33.0], ["城市基础设施配套费收入", 9000, 5100, 56.7],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("budget: taxes with what each adds", [
        ["清河区2022年1-9月税收分税种完成情况(万元)"], ["税种", "本月", "累计", "同比%", "贡献率(%)", "拉动增长(百分点)"], ["税收收入", M("tax", 15100, 1.51), Y("tax", 160100, 16.01), YG("tax", -1.4), 100.0, -1.4], [U("增值税"), 6000, 66000, -18.0, 630.0, -8.9], [U("企业所得税"), 3100, 35500, 6.6, -95.7, 1.3],
    ]),
    # -- lists of projects
    one("projects: as a province's office prints the progress of key projects", [
        ["2022年清河区省重点项目1-9月进度(续建+新开工)"], [None], ["序号", "项目名称", "建设起止年限", "建设内容及规模", "计划总投资（万元）", "截至2021年底累计完成投资（万元）", "2022年预计投资（万元）", "本月完成投资", "本年完成投资", "完成率", "上月进展", "本月进展", "业主单位", "责任单位", "备注"],
        [1, "精密铸件产业园", "2021-2024", "厂房10万平方米", 120000, 37900, 30000, 2600, 23100, 0.77, "主体封顶", "设备进场", "清河铸业有限公司", "区发改局", None], [2, "冷链仓储基地", "2022-2023", "冷库4座", 81000, 10000, 17000, 900, 9800, 0.576, "基础施工", "基础完成", "岚阳物流有限公司", "区商务局", "征地未完成"],
    ], records=[{"row": 4, "name": "精密铸件产业园", "planned_total": "120000"}, {"row": 5, "name": "冷链仓储基地", "planned_total": "81000"}], **LIST),
    one("projects: sums by place, the same head twice", [
        ["清河区2022年重点项目分级管理汇总"], ["地区", "项目数", "总投资(万元)", "年度计划投资(万元)", "1～9月完成投资(万元)", "占年度计划(%)", "1～9月到位资金(万元)", "占年度计划(%)"], ["马店镇", 6, 210000, 66000, 50100, 75.9, 41000, 62.1], ["洛溪镇", 4, 99000, 31000, 20500, 66.1, 19900, 64.2],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("projects: an investment plan with month, year and all in one row", [
        ["清河城投集团2022年投资计划表(新投项目)"], ["单位：万元"], [None], ["序号", "项目名称", "项目性质", "业主单位", "项目内容（建设内容）", "计划总投资", "2022年计划投资", "本月完成投资额", "本年完成投资额", "累计完成投资额", "本月项目进展"],
        [1, "东环路改扩建工程", "续建", "清河城投", "全长6.2公里", 52000, 15000, 1100, 9900, 31000, "路基完成"], [2, "老城停车场", "新建", "清河城投", "车位300个", 8000, 4000, 500, 2100, 2100, "主体施工"],
    ], records=[{"row": 5, "name": "东环路改扩建工程", "planned_total": "52000", "year_plan": "15000"}, {"row": 6, "name": "老城停车场", "planned_total": "8000", "year_plan": "4000"}], **LIST),
    one("projects: groups of heads, plan and done each with a share", [
        ["清河区2022年9月重点项目完成情况"], ["序号", "项目名称", "总投资(万元)", "年度计划(万元)", "自年初累计", None, None, None], [None, None, None, None, "完成投资(万元)", "占年度计划(%)", "到位资金(万元)", "占年度计划(%)"],
        [1, "精密铸件产业园", 120000, 30000, 23100, 77.0, 21000, 70.0], [2, "冷链仓储基地", 81000, 17000, 9800, 57.6, 9000, 52.9],
    ], merged=("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:H2"), records=[{"row": 4, "name": "精密铸件产业园", "planned_total": "120000"}, {"row": 5, "name": "冷链仓储基地", "planned_total": "81000"}], **LIST),
    one("projects: preparatory ones, dates to come", [
        ["清河区2022年重大前期项目推进表"], ["序号", "项目名称", "估算总投资(亿元)", "拟开工时间", "前期工作进展", "存在问题", "责任单位"], [1, "洛溪水库", 9.8, "2023年3月", "可研报告编制", "用地指标未落实", "区发改局"], [2, "清河大桥", 4.4, "2023年下半年", "选址论证", "无", "区住建局"],
    ], records=[{"row": 3, "name": "洛溪水库"}, {"row": 4, "name": "清河大桥"}], **LIST),
    one("projects: technical renewal of firms", [
        ["清河区2022年1-9月工业技改项目情况表", None, None, None, "单位：万元"], ["序号", "企业名称", "项目名称", "总投资", "1-9月完成投资", "项目进度"], [1, "清河铸业有限公司", "熔炼车间改造", 5200, 3100, "设备安装"], [2, "岚阳电机有限公司", "绕线生产线升级", 2600, 900, "厂房改造"],
    ], records=[{"row": 3, "name": "熔炼车间改造"}, {"row": 4, "name": "绕线生产线升级"}], **LIST),
    # -- deals
    one("deals: where the investor comes from, the form of signing", [
        ["清河区2022年招商引资签约项目台账"], ["序号", "项目名称", "投资方", "投资方所在地", "项目内容", "签约投资额(亿元)", "签约时间", "签约形式", "责任单位", "目前进展"], [1, "锂电隔膜项目", "某某新材有限公司", "外省某市", "年产隔膜2亿平方米", 6.0, "2022-05-18", "正式合同", "清河经开区", "已开工"], [2, "预制菜加工项目", "某某食品有限公司", "本省某市", "中央厨房", 1.1, "2022-08-02", "框架协议", "马店镇", "办理手续"],
    ], records=[{"row": 3, "name": "锂电隔膜项目", "investor": "某某新材有限公司"}, {"row": 4, "name": "预制菜加工项目", "investor": "某某食品有限公司"}], **LIST),
    one("deals: foreign firms in dollars", [
        ["清河区2022年1-9月外资企业情况"], ["序号", "企业名称", "国别", "合同外资(万美元)", "实际到资(万美元)"], [1, "甲电子有限公司", "某国", 1200, 300], [2, "乙机械有限公司", "某国", 800, 200],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("deals: in talk, who talked first", [
        ["清河区重点在谈项目清单(2022年9月)"], ["序号", "项目名称", "投资方", "拟投资额(亿元)", "首谈单位", "对接情况", "下步计划"], [1, "储能电站项目", "某某能源", 8.0, "区商务局", "已考察2次", "10月签约"], [2, "服装产业园", "某某服饰", 2.0, "洛溪镇", "初次对接", "邀请来访"],
    ], records=[{"row": 3, "name": "储能电站项目", "investor": "某某能源"}, {"row": 4, "name": "服装产业园", "investor": "某某服饰"}], **LIST),
    one("deals: what came in, by town", [
        ["清河区各镇街2022年1-9月招商引资到位资金情况表"], ["镇街", "年度任务(亿元)", "到位资金(亿元)", "完成率(%)", "位次"], ["马店镇", 5.0, 3.9, 78.0, 1], ["洛溪镇", 4.0, 2.6, 65.0, 2], ["合计", 9.0, 6.5, 72.2, None],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("deals: signed ones, then those in talk", [
        ["清河区招商引资项目进展表(2022年9月)"], ["序号", "项目名称", "投资方", "投资额(亿元)", "责任单位", "进展"], ["一、已签约项目", None, None, None, None, None], [1, "锂电隔膜项目", "某某新材有限公司", 6.0, "清河经开区", "已开工"], ["二、在谈项目", None, None, None, None, None], [1, "储能电站项目", "某某能源", 8.0, "区商务局", "已考察"],
    ], records=[{"row": 4, "name": "锂电隔膜项目", "investor": "某某新材有限公司"}, {"row": 6, "name": "储能电站项目", "investor": "某某能源"}], no_record_rows=[3, 5], **LIST),
    # -- cells and sheets
    one("the unit inside the cells", [
        [TITLE], ["指标", "累计完成", "同比增长"], ["社会消费品零售总额", Y("retail", "71.23亿元", 71.23), YG("retail", "3.3%", 3.3)], ["一般公共预算收入", Y("revenue", "22.4亿元", 22.4), YG("revenue", "4.6%", 4.6)],
    ]),
    one("a growth that the spreadsheet made a day of", [
        [TITLE], HEAD, [*RETAIL[:3], Q(datetime(2022, 3, 3))], REVENUE,
    ]),
    Case("a list of contents and two sheets", {
        "目录": [["清河区统计月报目录"], ["1", "社会消费品零售总额"], ["2", "财政收入"]],
        "表1": [["清河区2022年1-9月社会消费品零售总额"], HEAD, RETAIL], "表2": [["清河区2022年1-9月财政收入"], HEAD, REVENUE],
    }),
    one("the title in the sheet's name only", [HEAD, RETAIL, REVENUE], sheet="清河区2022年1-9月主要经济指标"),
    one("no title; the period in the heads", [
        ["指标", "单位", "2022年1-9月", "2022年1-9月同比增长(%)"], RETAIL, REVENUE,
    ]),
    one("a true percent format", [
        [TITLE], ["指标", "累计(亿元)", "同比增长"], ["社会消费品零售总额", Y("retail", 71.23), YG("retail", 0.033, 3.3)], ["一般公共预算收入", Y("revenue", 22.4), YG("revenue", -0.046, -4.6)],
    ], formats={"C3": "0.0%", "C4": "0.0%"}),
    one("amounts in yuan", [
        [TITLE, None, "单位：元"], ["指标", "累计", "增长%"], ["一般公共预算收入", Y("revenue", 2240000000, 22.4), YG("revenue", 4.6)], ["税收收入", Y("tax", 1601000000, 16.01), YG("tax", -1.4)],
    ]),
    one("amounts in thousands and in millions", [
        [TITLE], HEAD, ["一般公共预算收入", "千元", Y("revenue", 2240000, 22.4, how="may"), YG("revenue", 4.6, how="may")], ["社会消费品零售总额", "百万元", Y("retail", 7123, 71.23, how="may"), YG("retail", 3.3, how="may")],
    ]),
    one("a continued page whose title says so", [
        [TITLE], HEAD, RETAIL, [TITLE + "(续)"], HEAD, REVENUE,
    ]),
    one("balances with the change since January and against last month", [
        ["2022年9月末清河区金融机构贷款情况"], ["项目", "本期余额(亿元)", "比年初(+,-)", "比上月(+,-)", "比上年同期增减额", "增长率(%)"], ["本外币贷款余额", B("loans", 430.1), 29.9, 3.1, 40.5, BG("loans", 10.4)], ["本外币存款余额", B("deposits", 512.4), 33.2, 2.2, 42.7, BG("deposits", 9.1)],
    ]),
    one("foreign money in two kinds, dollars", [
        ["清河区2022年1-9月利用外资"], ["指标", "单位", "累计", "同比增长(%)", "完成年度目标(%)"], ["实际利用外资", "万美元", Y("foreign_investment", 5100), YG("foreign_investment", 12.2), 68.0], [U("合同利用外资"), "万美元", 9000, -8.8, None],
    ]),
    one("farm and price rows among known ones, no unit column", [
        ["清河区2022年前三季度国民经济主要指标"], ["指标", "绝对量", "增速(%)"], ["地区生产总值(亿元)", Y("gdp", 201.4), YG("gdp", 4.9)], [U("粮食总产量(万吨)"), 33.1, 1.1], [U("生猪出栏(万头)"), 28.8, 6.6], ["建筑业总产值(亿元)", Y("construction", 44.0), YG("construction", 6.0)],
    ]),
]  # fmt: skip
