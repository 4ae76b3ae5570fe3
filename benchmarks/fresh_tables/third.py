# ruff: noqa: E501 (a row of a table in a line)
"""The third batch: layouts and attacks of 29 November 2026, written with their truth before they were read."""

from __future__ import annotations

from datetime import datetime

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import BG, MG, YG, B, Case, G, M, Q, U, Y
from benchmarks.fresh_tables.odd import HEAD, RETAIL, REVENUE, TITLE, all_asked, asked

CD, SQ, WX, LY = ({"r": r} for r in ("chengdong", "shuangqiao", "wenxian", "lanyang"))
FAI = ["固定资产投资", "%", None, YG("fai", -2.1)]


def noted(note: str, *, changes: bool, about: str = "") -> Case:
    """A plain table with one line below it."""
    rows = [asked(*RETAIL), asked(*REVENUE)] if changes else [RETAIL, REVENUE]
    more = {"way": True, "month": "2022-09", "month_ask_ok": True} if changes else {}
    return one(
        f"a note that {'changes all' if changes else 'changes nothing'}: {note}",
        [[TITLE], HEAD, *rows, [note]],
        **more,
    )


CASES = [
    # -- layouts
    one("yearbook heads in two languages", [
        ["清河区2022年1-9月主要经济指标 Main Indicators"], ["指标 Item", "单位 Unit", "1-9月 Jan.-Sep.", "同比增长(%) Growth"],
        ["社会消费品零售总额 Retail Sales", "亿元", Y("retail", 71.23, how="may"), YG("retail", 3.3, how="may")],
    ], month="2022-09", month_ask_ok=True, way=True),
    one("web table: dates down, month's growth of the month by 月度同比增长", [
        ["统计时间", "社会消费品零售总额(亿元)", "社会消费品零售总额月度同比增长(%)"],
        ["2022年9月", M("retail", 8.61, how="may"), MG("retail", 1.1)], ["2022年8月", M("retail", 8.4, how="may", p="2022-08"), MG("retail", 1.5, p="2022-08")],
    ]),
    one("a data site's ranking: place, month, cumulative, both growths, numbered without a head", [
        ["2022年9月岚阳市各县区社会消费品零售总额"], [None, "地区", "当月(亿元)", "累计(亿元)", "当月同比增长(%)", "累计增长(%)"],
        [1, "清河区", M("retail", 8.61), Y("retail", 71.23), MG("retail", 1.1), YG("retail", 3.3)], [2, "城东区", M("retail", 11.3, **CD), Y("retail", 102.4, **CD), "--", YG("retail", 2.5, **CD)],
    ]),
    one("month and cumulative with ±%, unit behind the name after a comma", [
        ["2022年9月清河区主要经济指标"], ["指标名称", "9月", None, "1-9月", None], [None, "绝对值", "±%", "绝对值", "±%"],
        ["社会消费品零售总额，亿元", M("retail", 8.61), MG("retail", 1.1), Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入，万元", M("revenue", 21000, 2.1), MG("revenue", -2.2), Y("revenue", 224000, 22.4), YG("revenue", 4.6)],
    ], merged=("A2:A3", "B2:C2", "D2:E2")),
    one("annual table: two years and the change", [
        ["清河区2021年主要经济指标完成情况"], ["指标", "单位", "2021年", "2020年", "2021年比2020年±%"],
        ["社会消费品零售总额", "亿元", Y("retail", 95.0, p="2021-12"), Y("retail", 84.7, p="2020-12", how="free"), YG("retail", 12.2, p="2021-12")],
        ["一般公共预算收入", "亿元", Y("revenue", 28.8, p="2021-12"), Y("revenue", 26.3, p="2020-12", how="free"), YG("revenue", 9.5, p="2021-12")],
    ], period="2021-12"),
    one("period heads with a dot", [
        ["清河区主要经济指标"], ["指标", "单位", "2022.1-9", "增长%"], RETAIL, REVENUE,
    ]),
    one("title with the short year", [
        ["清河区22年1-9月主要经济指标"], HEAD, RETAIL, REVENUE,
    ], month="2022-09", month_ask_ok=True),
    one("districts down, total and growth and both ranks of three indicators", [
        ["2022年1-9月各县区主要指标"], ["县区", "一般公共预算收入", None, None, None, "固定资产投资", None],
        [None, "总量(亿元)", "总量位次", "增速(%)", "增速位次", "增速(%)", "位次"],
        ["清河区", Y("revenue", 22.4), 3, YG("revenue", 4.6), 2, YG("fai", -2.1), 4], ["城东区", Y("revenue", 30.5, **CD), 1, YG("revenue", 2.2, **CD), 4, YG("fai", 8.8, **CD), 1],
    ], merged=("A2:A3", "B2:E2", "F2:G2")),
    one("the same district rows with a class line between", [
        ["2022年1-9月各县区规模以上工业增加值"], ["地区", "增速(%)", "位次"], ["一、市辖区", None, None], ["清河区", YG("industry_va", 6.4), 1], ["城东区", YG("industry_va", 4.7, **CD), 2],
        ["二、县", None, None], ["汶县", YG("industry_va", 7.2, **WX), 1],
    ]),
    one("quarter heads: 一季度, 上半年, 前三季度 of growth", [
        ["清河区2022年各季度主要指标增速(%)"], ["指标", "一季度", "上半年", "前三季度"],
        ["地区生产总值", YG("gdp", 5.6, p="2022-03"), YG("gdp", 4.1, p="2022-06"), YG("gdp", 4.9)], ["固定资产投资", YG("fai", 3.1, p="2022-03"), YG("fai", -3.3, p="2022-06"), YG("fai", -2.1)],
    ]),
    one("months across with an average of the months at the end", [
        ["清河区2022年固定资产投资累计增速(%)"], ["指标", "1-7月", "1-8月", "1-9月", "平均"], ["固定资产投资", YG("fai", -4.0, p="2022-07"), YG("fai", -3.0, p="2022-08"), YG("fai", -2.1), -3.0],
    ]),
    one("figures of the province beside those of the district, in heads", [
        [TITLE], ["指标", "全省增速(%)", "全市增速(%)", "清河区增速(%)"], ["固定资产投资", 6.0, YG("fai", 3.4, **LY), YG("fai", -2.1)], ["社会消费品零售总额", 2.2, YG("retail", 2.8, **LY), YG("retail", 3.3)],
    ]),
    one("income with a ratio of town and country", [
        ["清河区2022年前三季度居民收入"], ["指标", "单位", "绝对数", "增长(%)"], ["居民人均可支配收入", "元", Y("income", 29874), YG("income", 5.3)], ["  城镇居民人均可支配收入", "元", Y("income_urban", 31022), YG("income_urban", 4.5)],
        ["  农村居民人均可支配收入", "元", Y("income_rural", 15011), YG("income_rural", 6.6)], [U("城乡居民收入比(农村为1)"), "-", 2.07, -0.04],
    ]),
    one("electricity by industry in kWh", [
        ["清河区2022年1-9月用电情况", None, None, "单位:万千瓦时"], ["项目", "累计用电量", "同比增长(%)", "当月用电量"], ["全社会用电量", Y("electricity", 88231), YG("electricity", 6.1), M("electricity", 9120)],
        ["其中:工业用电量", Y("industry_electricity", 51200), YG("industry_electricity", 4.4), M("industry_electricity", 5600)], [U("城乡居民生活用电量"), 20111, 11.0, 2300],
    ]),
    one("trade with exports and imports, in yuan and dollars", [
        ["清河区2022年1-9月进出口"], ["指标", "人民币(亿元)", None, "美元(亿美元)", None], [None, "金额", "增长(%)", "金额", "增长(%)"],
        ["进出口总额", Y("trade", 15.7, how="may"), YG("trade", -3.7, how="may"), Q(2.38), Q(-5.1)], [U("出口额"), 11.1, -2.0, 1.7, -3.0],
    ], merged=("A2:A3", "B2:C2", "D2:E2")),
    one("the estate page", [
        ["清河区2022年1-9月房地产开发和销售情况"], ["指标", "单位", "1-9月", "同比增长(%)"], ["房地产开发投资", "亿元", Y("fai_estate", 18.2), YG("fai_estate", -12.1)], [U("  住宅"), "亿元", 14.1, -10.0],
        [U("房屋施工面积"), "万平方米", 320.1, -4.4], ["商品房销售面积", "万平方米", Y("estate_sales", 22.2), YG("estate_sales", -25.2)], [U("商品房销售额"), "亿元", 15.5, -28.8],
    ]),
    one("loans and deposits with increments, heads over three rows", [
        ["2022年9月末清河区金融机构存贷款", None, None, None], ["项目", "余额", None, "比年初"], [None, "9月末", "同比", "增减额"], [None, "亿元", "%", "亿元"],
        ["本外币存款余额", B("deposits", 512.4), BG("deposits", 9.1), 33.2], ["本外币贷款余额", B("loans", 430.1), BG("loans", 10.4), 29.9],
    ], merged=("A2:A4", "B2:C2")),
    one("terminal: names with a unit in the name, month ends as text", [
        ["日期", "清河区:社会消费品零售总额:累计值(亿元)", "清河区:固定资产投资:累计同比(%)"], ["2022-09", Y("retail", 71.23), YG("fai", -2.1)], ["2022-08", Y("retail", 62.6, p="2022-08"), YG("fai", -3.0, p="2022-08")],
    ], ext="utf8.csv"),
    one("terminal: an unknown adjustment in the name of a series", [
        ["指标名称", "清河区:社会消费品零售总额:季调:当月值", "清河区:社会消费品零售总额:累计值"], ["单位", "亿元", "亿元"], [datetime(2022, 9, 30), Q(8.8), Y("retail", 71.23)], [datetime(2022, 8, 31), Q(8.7), Y("retail", 62.6, p="2022-08")],
    ]),
    one("national site: regions down, months across, the indicator in a line", [
        ["数据库：分省月度数据"], ["指标：社会消费品零售总额_累计增长(%)"], ["地区", "2022年9月", "2022年8月"], ["清河区", YG("retail", 3.3), YG("retail", 3.0, p="2022-08")], ["城东区", YG("retail", 2.5, **CD), YG("retail", 2.3, p="2022-08", **CD)],
        ["数据来源：国家统计局"],
    ], ext="gbk.csv"),
    one("national site in English terms of time and blank cells", [
        ["数据库：月度数据"], ["时间：最近3个月"], ["指标", "2022年9月", "2022年8月", "2022年7月"], ["固定资产投资完成额_累计增长(%)", YG("fai", -2.1), YG("fai", -3.0, p="2022-08"), None], ["社会消费品零售总额_当期值(亿元)", M("retail", 8.61), None, M("retail", 8.3, p="2022-07")],
    ], ext="utf8.csv"),
    # -- targets, towns
    one("decomposition of the year's target to departments and towns", [
        ["清河区2022年固定资产投资目标任务分解表"], ["序号", "责任单位", "年度目标任务(亿元)", "1-9月完成(亿元)", "完成率(%)", "排名"], [1, "马店镇", 12.0, 8.1, 67.5, 2], [2, "洛溪镇", 9.0, 7.0, 77.8, 1],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("targets by quarter's end in growth with the year first", [
        ["清河区2022年主要经济指标目标分解"], ["指标", "全年目标(%)", "一季度目标(%)", "上半年目标(%)", "前三季度目标(%)"], ["地区生产总值", G("gdp", "ytd_growth", 7), 6, 6.5, 7], ["固定资产投资", G("fai", "ytd_growth", 10), 8, 9, 10],
    ], month="2022-12", month_ask_ok=True),
    one("done, target, gap in one table, the gap in points", [
        ["清河区2022年1-9月主要指标目标完成情况"], ["指标", "年度目标(%)", "1-9月增速(%)", "与年度目标差(百分点)", "牵头单位"], ["固定资产投资", 10, YG("fai", -2.1), -12.1, "发改局"], ["社会消费品零售总额", 9, YG("retail", 3.3), -5.7, "商务局"],
    ]),
    one("towns with their investment and a district's sum without a name", [
        ["清河区各镇街2022年1-9月固定资产投资"], ["镇街", "完成额(万元)", "增速(%)"], ["马店镇", Q(50000), Q(2.2)], ["洛溪镇", Q(44000), Q(4.1)], ["合计", 94000, 3.0],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("scores of towns with weights", [
        ["2022年三季度镇街经济指标考核得分"], ["镇街", "固定资产投资(20分)", "一般公共预算收入(15分)", "总分"], ["马店镇", 18.2, 13.3, 31.5], ["洛溪镇", 17.7, 14.0, 31.7],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("responsible list: growth, target, responsible, measures", [
        ["清河区稳增长责任清单(2022年10月)"], ["指标", "1-9月增速(%)", "全年预计(%)", "责任领导", "主要举措"], ["固定资产投资", YG("fai", -2.1), Q(1.0), "张某", "加快项目入库"], ["社会消费品零售总额", YG("retail", 3.3), Q(4.0), "李某", "发放消费券"],
    ], month="2022-09", month_ask_ok=True),
    # -- records
    one("treasury daily with balances by kind", [
        ["清河区库款日报(2022年10月20日)", None, None, "单位:万元"], ["资金性质", "库款余额", "本月预计收入", "备注"], ["一般公共预算", 12034.5, 21000, None], ["政府性基金预算", 8011, 3000, None], ["合计", 20045.5, 24000, None],
    ], way=True, month="2022-10", month_ask_ok=True),
    one("treasury daily: today's in and out, balance", [
        ["国库收支日报表"], ["日期:2022年10月20日", None, None, "单位:万元"], ["项目", "本日数", "本月累计", "本年累计"], ["一般公共预算收入", Q(220), Q(11200), Y("revenue", 235100, how="may", is_=23.51)], [U("库存余额"), 20045, None, None],
    ], way=True, month="2022-10", month_ask_ok=True),
    one("firm list with output by firm", [
        ["清河区规模以上工业企业名单"], ["序号", "企业名称", "统一社会信用代码", "行业", "1-9月总产值(万元)", "同比(%)"], [1, "清河铸业有限公司", "91330000MA00000001", "金属制品业", 33100, 5.5], [2, "岚阳电机有限公司", "91330000MA00000002", "电气机械", 21400, -3.1],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("top firms by tax", [
        ["清河区2022年1-9月纳税前十企业"], ["排名", "纳税人名称", "税收收入(万元)", "同比增长(%)"], [1, "甲有限公司", 8200, 12.0], [2, "乙有限公司", 7700, -3.0],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("returns by the town with this month's progress", [
        ["马店镇2022年9月固定资产投资项目进度月报", None, None, None, None, "单位:万元"], ["序号", "项目名称", "项目单位", "计划总投资", "自开工累计完成投资", "本年累计完成投资"], [1, "精密铸件产业园", "清河铸业有限公司", 120000, 61000, 23100], [2, "冷链仓储基地", "岚阳物流有限公司", 81000, 19800, 9800],
    ], records=[{"row": 3, "name": "精密铸件产业园", "planned_total": "120000", "cumulative": "61000", "this_year": "23100"}, {"row": 4, "name": "冷链仓储基地", "planned_total": "81000", "cumulative": "19800", "this_year": "9800"}], records_ask_ok=True),
    one("project list, sums in the middle, amounts with words", [
        ["2022年清河区重点建设项目清单"], ["序号", "项目名称", "项目业主", "总投资(亿元)", "2022年计划投资(亿元)", "建设内容及规模"], ["(一)", "交通(1个)", None, 5.2, 1.5, None], [1, "东环路改扩建工程", "区住建局", 5.2, 1.5, "全长6.2公里"], ["(二)", "产业(1个)", None, "约12", 3, None], [2, "精密铸件产业园", "清河铸业有限公司", "约12", 3, "厂房10万平方米"],
    ], records=[{"row": 4, "name": "东环路改扩建工程", "planned_total": "52000", "year_plan": "15000"}, {"row": 6, "name": "精密铸件产业园", "planned_total": "120000|?", "year_plan": "30000"}], no_record_rows=[3, 5], records_ask_ok=True),
    one("bonds: project, batch, issued, spent", [
        ["清河区2022年专项债券项目支出进度表", None, None, None, None, "单位:万元"], ["项目名称", "批次", "发行日期", "发行金额", "已支出", "支出进度(%)"], ["老城区雨污分流", "第一批", "2022-03-15", 8000, 5200, 65.0], ["产业园标准厂房", "第二批", "2022-06-20", 12000, 3600, 30.0],
    ], records=[{"row": 3, "name": "老城区雨污分流", "issued": "8000", "spent": "5200"}, {"row": 4, "name": "产业园标准厂房", "issued": "12000", "spent": "3600"}], records_ask_ok=True),
    # -- cells
    one("numbers as text: blanks between thousands, full width digits, signs", [
        [TITLE], HEAD, ["社会消费品零售总额", "万元", Y("retail", "712 345", 71.2345), YG("retail", "３．３", 3.3)], ["一般公共预算收入", "万元", Y("revenue", "224 000", 22.4), YG("revenue", "＋4.6", 4.6)], ["进出口总额", "亿元", Y("trade", "15.70", 15.7), YG("trade", "－3.7", -3.7)],
    ]),
    one("numbers with commas of full width and a percent sign", [
        [TITLE], HEAD, ["社会消费品零售总额", "万元", Y("retail", "712，345", 71.2345, how="may"), YG("retail", "3.3％", 3.3)], ["一般公共预算收入", "万元", Y("revenue", "224,000.00", 22.4), YG("revenue", "4.6%", 4.6)],
    ]),
    one("negative by hollow and full triangles", [
        [TITLE], HEAD, RETAIL, ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", "△4.6", -4.6, how="may")], ["进出口总额", "亿元", Y("trade", 15.7), YG("trade", "▼3.7", -3.7, how="may")], ["固定资产投资", "%", None, Q("▲2.1")],
    ]),
    one("negative in full width brackets, with its sign inside", [
        [TITLE], HEAD, RETAIL, ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", "（4.6）", -4.6, how="may")], ["进出口总额", "亿元", Y("trade", 15.7), YG("trade", "(-3.7)", -3.7, how="may")],
    ]),
    one("footnote marks at numbers that nobody explains", [
        [TITLE], HEAD, ["社会消费品零售总额", "亿元", Y("retail", "71.23*", 71.23, how="may"), YG("retail", "3.3①", 3.3, how="may")], REVENUE,
    ]),
    one("a footnote mark at a number whose note changes it", [
        [TITLE], HEAD, ["社会消费品零售总额", "亿元", Q("71.23*"), YG("retail", 3.3, how="may")], REVENUE, ["*为预计数。"],
    ]),
    one("a footnote mark at a number whose note changes nothing", [
        [TITLE], HEAD, ["社会消费品零售总额", "亿元", Y("retail", "71.23*", 71.23, how="may"), YG("retail", 3.3)], REVENUE, ["*为快报数。"],
    ]),
    one("words for growth and decline in cells", [
        [TITLE], HEAD, ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", "增长3.3", 3.3)], ["一般公共预算收入", "亿元", Y("revenue", 22.4), YG("revenue", "下降4.6%", -4.6)], ["固定资产投资", "%", None, YG("fai", "降2.1", -2.1, how="may")],
    ]),
    one("growths between two bounds and of thereabouts", [
        [TITLE], HEAD, ["社会消费品零售总额", "亿元", Y("retail", 71.23), Q("3.3-3.5")], ["一般公共预算收入", "亿元", Y("revenue", 22.4), Q("约4.6")],
    ]),
    one("merged cells of the body: one unit over two rows", [
        [TITLE], HEAD, ["社会消费品零售总额", "亿元", Y("retail", 71.23), YG("retail", 3.3)], ["一般公共预算收入", None, Y("revenue", 22.4), YG("revenue", 4.6)],
    ], merged=("B3:B4",)),
    one("formula without a stored value beside typed numbers", [
        [TITLE], HEAD, ["社会消费品零售总额", "亿元", Y("retail", 71.23, how="may"), Q("=ROUND(71.23/68.95*100-100,1)")], ["一般公共预算收入", "亿元", Y("revenue", 22.4, how="may"), YG("revenue", 4.6, how="may")],
    ], way=True),
    one("a hidden column with last version's numbers", [
        [TITLE], ["指标", "单位", "累计", "同比增长(%)", "同比增长(%)"], [*RETAIL[:3], YG("retail", 3.3, how="may"), Q(3.9)], [*REVENUE[:3], YG("revenue", 4.6, how="may"), Q(5.0)],
    ], hidden=("E",), way=True),
    one("a hidden row of another indicator", [
        [TITLE], HEAD, RETAIL, ["一般公共预算收入", "亿元", Y("revenue", 22.4, how="may"), YG("revenue", 4.6, how="may")],
    ], hidden=("4",)),
    one("a comment at a number: an estimate", [
        [TITLE], HEAD, RETAIL, ["一般公共预算收入", "亿元", Q(22.4), YG("revenue", 4.6, how="may")],
    ], comments={"C4": "此数为预计数, 待税务反馈"}),
    one("a comment at a head: not including the park", [
        [TITLE], HEAD, asked(*RETAIL), asked(*REVENUE),
    ], comments={"C2": "不含经开区", "D2": "不含经开区"}, way=True, month="2022-09", month_ask_ok=True),
    one("a comment that changes nothing", [
        [TITLE], HEAD, RETAIL, REVENUE,
    ], comments={"C3": "统计员: 已核对"}),
    # -- words that nobody accounts for
    all_asked("清河区2022年1-9月季调后主要经济指标"),
    all_asked("清河区2022年1-9月主要经济指标(滚动口径)"),
    all_asked("清河区2022年1-9月主要经济指标(数据平滑)"),
    all_asked("清河区外2022年1-9月主要经济指标"),
    one("an unlisted word in a head: 折年", [
        [TITLE], ["指标", "单位", "累计(折年)", "同比增长(%)"], [*RETAIL[:2], Q(71.23), RETAIL[3]], [*REVENUE[:2], Q(22.4), REVENUE[3]],
    ]),
    one("an unlisted word in a head: 季调", [
        [TITLE], ["指标", "单位", "累计", "同比增长(季调,%)"], [*RETAIL[:3], Q(3.3)], [*REVENUE[:3], Q(4.6)],
    ]),
    one("an unlisted word in the group above", [
        [TITLE], ["指标", "单位", "在地口径", None], [None, None, "累计", "同比增长(%)"], asked(*RETAIL), asked(*REVENUE),
    ], merged=("C2:D2", "A2:A3", "B2:B3"), way=True, month="2022-09", month_ask_ok=True),
    one("an unlisted word in the unit line", [
        [TITLE, None, "单位:亿元(折年)"], ["指标", "累计", "同比增长(%)"], ["社会消费品零售总额", Q(71.23), YG("retail", 3.3, how="may")], ["一般公共预算收入", Q(22.4), YG("revenue", 4.6, how="may")],
    ], way=True, month="2022-09", month_ask_ok=True),
    one("an unlisted word in a row's name", [
        [TITLE], HEAD, RETAIL, [U("一般公共预算收入(直报)"), "亿元", Q(22.4), Q(4.6)],
    ]),
    one("an unlisted word after a dash in a row's name", [
        [TITLE], HEAD, RETAIL, [U("一般公共预算收入—口岸"), "亿元", Q(22.4), Q(4.6)],
    ]),
    one("an unlisted word in the sheet's name", [[TITLE], HEAD, asked(*RETAIL), asked(*REVENUE)], sheet="季调", way=True, month="2022-09", month_ask_ok=True),
    one("an unlisted word below the title in a line of its own", [
        [TITLE], ["(滚动口径)"], HEAD, asked(*RETAIL), asked(*REVENUE),
    ], way=True, month="2022-09", month_ask_ok=True),
    one("an unlisted section line above rows", [
        [TITLE], HEAD, RETAIL, ["在地口径"], ["一般公共预算收入", "亿元", Q(22.4), Q(4.6)],
    ]),
    one("the region of some rows said in a section line", [
        [TITLE], HEAD, RETAIL, ["城东区"], ["一般公共预算收入", "亿元", Y("revenue", 22.4, how="may", **CD), YG("revenue", 4.6, how="may", **CD)],
    ]),
    # -- notes: what is changed, and what is not
    noted("注:表中数据为季节调整后结果。", changes=True),
    noted("注:本表为全市数。", changes=True),
    noted("注:数据截至2022年8月。", changes=True),
    noted("注:表中增速为与2019年同期相比。", changes=True),
    noted("注:表内数字系电商平台口径。", changes=True),
    noted("注:以上均按老口径整理。", changes=True),
    noted("备注:数字取自会议材料,与月报略有出入。", changes=True),
    noted("说明:本表口径与上月不同。", changes=True),
    noted("注:累计数为1-8月数加9月快速估计。", changes=True),
    noted("注:社会消费品零售总额与一般公共预算收入均为滚动数。", changes=True),
    noted("注:表中金额单位为万元。", changes=True),
    noted("注:增速为环比折年率。", changes=True),
    noted("注:城东区数据,供参考。", changes=True),
    noted("注:部分数据因四舍五入的原因,存在总计与分项合计不等的情况。", changes=False),
    noted("注:规模以上工业统计范围为年主营业务收入2000万元及以上的工业法人单位。", changes=False),
    noted("注:1.本表数据为快报数。2.社会消费品零售总额增速按现价计算,为名义增速。", changes=False),
    noted("资料来源:区统计局、区财政局、区税务局。", changes=False),
    noted("制表人:王某 审核人:李某 报出日期:2022年10月20日", changes=False),
    noted("注:固定资产投资不含农户投资。", changes=False),
    noted("注:“-”表示无数据或不便公布。", changes=False),
    noted("注:地区生产总值按季度核算,增速按不变价格计算。", changes=False),
    noted("注:2021年数据为年报数。", changes=False),
    noted("注:因统计口径、数据修订等原因,增速不能直接用绝对额计算。", changes=False),
    noted("注:规模以上服务业数据比其他指标晚一个月发布。", changes=False),
    noted("注:表中空格表示数据不详或无该项数据。", changes=False),
    noted("注:金融数据由人民银行提供,财政数据由财政局提供。", changes=False),
    noted("注:存贷款余额为月末数。", changes=False),
]  # fmt: skip
