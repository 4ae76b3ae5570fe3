# ruff: noqa: E501 (a row of a table in a line)
"""Exports of the national data site and of terminals, yearbooks, months down or across, long rows."""

from __future__ import annotations

from datetime import datetime

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import MG, YG, M, U, Y

MONTHS = ("2022-09", "2022-08", "2022-07")


def down(indicator: str, values: list, make, **more) -> list:
    return [make(indicator, v, p=p, **more) for p, v in zip(MONTHS, values, strict=False)]


CASES = [
    one("national site: measure after an underscore, months across, notes at the foot", [
        ["数据库：分省月度数据"],
        ["地区：清河区"],
        ["时间：最近13个月"],
        ["指标", "2022年9月", "2022年8月", "2022年7月"],
        ["社会消费品零售总额_当期值(亿元)", *down("retail", [8.61, 8.2, 7.9], M)],
        ["社会消费品零售总额_累计值(亿元)", *down("retail", [71.23, 62.6, 54.4], Y)],
        ["社会消费品零售总额_同比增长(%)", *down("retail", [1.1, 4.2, 2.0], MG)],
        ["社会消费品零售总额_累计增长(%)", *down("retail", [3.3, 3.6, 3.5], YG)],
        ["数据来源：国家统计局"],
    ], ext="gbk.csv"),
    one("the new site's form: a colon and the period's word", [
        ["指标名称", "2022年9月", "2022年8月"],
        ["地区", "清河区", "清河区"],
        ["规模以上工业增加值累计增长(%)", *down("industry_va", [6.4, 6.1], YG)],
        ["固定资产投资(不含农户)累计增长(%)", *down("fai", [-2.1, -3.0], YG)],
    ]),
    one("terminal: series across, metadata rows, dates down", [
        ["指标名称", "清河区:社会消费品零售总额:累计值", "清河区:社会消费品零售总额:累计同比", "清河区:规模以上工业增加值:当月同比"],
        ["频率", "月", "月", "月"],
        ["单位", "亿元", "%", "%"],
        ["指标ID", "M0001", "M0002", "M0003"],
        ["来源", "清河区统计局", "清河区统计局", "清河区统计局"],
        [datetime(2022, 9, 30), Y("retail", 71.23), YG("retail", 3.3), MG("industry_va", 7.0)],
        [datetime(2022, 8, 31), Y("retail", 62.6, p="2022-08"), YG("retail", 3.6, p="2022-08"), MG("industry_va", 5.5, p="2022-08")],
        ["数据来源:终端导出"],
    ]),
    one("terminal: places of three regions as series", [
        ["指标名称", "清河区:一般公共预算收入:累计值", "城东区:一般公共预算收入:累计值", "岚阳市:一般公共预算收入:累计值"],
        ["频率", "月", "月", "月"], ["单位", "万元", "万元", "万元"],
        ["2022-09", Y("revenue", 224000, 22.4), Y("revenue", 305000, 30.5, r="chengdong"), Y("revenue", 1602000, 160.2, r="lanyang")],
        ["2022-08", Y("revenue", 203000, 20.3, p="2022-08"), Y("revenue", 279000, 27.9, r="chengdong", p="2022-08"), Y("revenue", 1431000, 143.1, r="lanyang", p="2022-08")],
    ]),
    one("terminal: adjusted and forecast series are none", [
        ["指标名称", "清河区:规模以上工业增加值:累计同比", "清河区:规模以上工业增加值:累计同比:预测值", "清河区:规模以上工业增加值:季调:环比"],
        ["频率", "月", "月", "月"], ["单位", "%", "%", "%"],
        ["2022-09", YG("industry_va", 6.4), 6.6, 0.4],
        ["2022-08", YG("industry_va", 6.1, p="2022-08"), 6.2, 0.3],
    ]),
    one("months down, indicators across, one district", [
        ["清河区2022年分月主要经济指标"],
        ["月份", "规上工业增加值增速(%)", "社会消费品零售总额(亿元)", None, "一般公共预算收入(亿元)"],
        [None, "累计", "累计", "累计增速(%)", "累计"],
        ["1-7月", YG("industry_va", 6.0, p="2022-07"), Y("retail", 54.4, p="2022-07"), YG("retail", 3.5, p="2022-07"), Y("revenue", 17.9, p="2022-07")],
        ["1-8月", YG("industry_va", 6.1, p="2022-08"), Y("retail", 62.6, p="2022-08"), YG("retail", 3.6, p="2022-08"), Y("revenue", 20.3, p="2022-08")],
        ["1-9月", YG("industry_va", 6.4), Y("retail", 71.23), YG("retail", 3.3), Y("revenue", 22.4)],
    ], merged=("C2:D2",)),
    one("months across for cumulative growth, several indicators", [
        ["清河区2022年主要指标累计增速(%)"],
        ["指标", "1-2月", "1-3月", "1-4月", "1-5月", "1-6月"],
        ["规模以上工业增加值", *(YG("industry_va", v, p=f"2022-{m:02}") for m, v in zip(range(2, 7), (8.8, 7.1, 5.0, 5.2, 5.9), strict=True))],
        ["固定资产投资", *(YG("fai", v, p=f"2022-{m:02}") for m, v in zip(range(2, 7), (12.1, 8.4, 3.3, 1.0, -0.9), strict=True))],
    ], period="2022-06"),
    one("two years of months across under merged years", [
        ["清河区社会消费品零售总额累计增速(%)"],
        ["指标", "2021年", None, "2022年", None],
        [None, "1-8月", "1-9月", "1-8月", "1-9月"],
        ["社会消费品零售总额", YG("retail", 14.4, p="2021-08"), YG("retail", 13.9, p="2021-09"), YG("retail", 3.6, p="2022-08"), YG("retail", 3.3)],
    ], merged=("B2:C2", "D2:E2", "A2:A3")),
    one("yearbook: years down", [
        ["1-3 历年主要经济指标"],
        ["年份", "地区生产总值(亿元)", "社会消费品零售总额(亿元)", "一般公共预算收入(万元)"],
        *([f"{y}年", Y("gdp", g, p=f"{y}-12"), Y("retail", s, p=f"{y}-12"), Y("revenue", t, t / 10000, p=f"{y}-12")] for y, g, s, t in ((2019, 250.1, 84.1, 241000), (2020, 255.5, 84.7, 252000), (2021, 281.4, 95.0, 288000))),
    ], period="2021-12"),
    one("yearbook: years across, an index row", [
        ["清河区历年地区生产总值"],
        ["指标", 2019, 2020, 2021],
        ["地区生产总值(亿元)", *(Y("gdp", v, p=f"{y}-12") for y, v in ((2019, 250.1), (2020, 255.5), (2021, 281.4)))],
        [U("地区生产总值指数(上年=100)"), 106.1, 102.3, 108.1],
        [U("第一产业"), 15.2, 16.1, 16.9],
    ], period="2021-12", way=True),
    one("long rows as a database exports them", [
        ["区划", "指标名称", "时间", "统计口径", "指标值", "计量单位"],
        ["清河区", "社会消费品零售总额", "2022年1-9月", "累计", Y("retail", 712300, 71.23), "万元"],
        ["清河区", "社会消费品零售总额", "2022年1-9月", "累计增速", YG("retail", 3.3), "%"],
        ["城东区", "一般公共预算收入", "2022年1-9月", "累计", Y("revenue", 30.5, r="chengdong"), "亿元"],
    ], ext="utf8.csv"),
    one("quarters across, Q1 written 一季度 and the rest cumulative", [
        ["清河区2022年地区生产总值"],
        ["指标", "一季度", "上半年", "前三季度"],
        ["地区生产总值(亿元)", Y("gdp", 66.2, p="2022-03"), Y("gdp", 138.2, p="2022-06"), Y("gdp", 210.5)],
        ["增速(%)", YG("gdp", 5.0, p="2022-03"), YG("gdp", 4.1, p="2022-06"), YG("gdp", 4.9)],
    ]),
    one("date heads typed as dates", [
        ["清河区规模以上工业增加值累计增速(%)"],
        ["指标", datetime(2022, 7, 1), datetime(2022, 8, 1), datetime(2022, 9, 1)],
        ["规模以上工业增加值", YG("industry_va", 6.0, p="2022-07"), YG("industry_va", 6.1, p="2022-08"), YG("industry_va", 6.4)],
        ["固定资产投资", YG("fai", -3.3, p="2022-07"), YG("fai", -3.0, p="2022-08"), YG("fai", -2.1)],
    ]),
    one("202209 as a head", [
        ["指标", "单位", "202208", "202209"],
        ["清河区:社会消费品零售总额:累计值", "亿元", Y("retail", 62.6, p="2022-08"), Y("retail", 71.23)],
        ["清河区:社会消费品零售总额:累计同比", "%", YG("retail", 3.6, p="2022-08"), YG("retail", 3.3)],
    ], ext="semi.csv"),
    one("traditional characters in big5", [
        ["清河區2022年9月主要經濟指標"],
        ["指標", "單位", "累計", "同比增長(%)"],
        ["社會消費品零售總額", "億元", Y("retail", 71.23, how="may"), YG("retail", 3.3, how="may")],
        ["稅收收入", "億元", Y("tax", 16.01, how="may"), YG("tax", -1.4, how="may")],
    ], ext="big5.csv", way=True),
    one("district comparison months down, districts across, indicator in title", [
        ["2022年各区县固定资产投资累计增速(%)"],
        ["月份", "全市", "清河区", "城东区"],
        ["1-7月", YG("fai", 3.5, r="lanyang", p="2022-07"), YG("fai", -3.3, p="2022-07"), YG("fai", 8.0, r="chengdong", p="2022-07")],
        ["1-8月", YG("fai", 3.4, r="lanyang", p="2022-08"), YG("fai", -3.0, p="2022-08"), YG("fai", 8.5, r="chengdong", p="2022-08")],
        ["1-9月", YG("fai", 3.2, r="lanyang"), YG("fai", -2.1), YG("fai", 8.8, r="chengdong")],
    ]),
]  # fmt: skip
