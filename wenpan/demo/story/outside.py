"""What comes to the fictional district from outside, and a draft handed in to be checked. Pure."""

from __future__ import annotations

CITY = "宁澜市人民政府办公室"
# Colours that the city's dispatch office gave to the first key projects of the list, in July and in October.
RATED = (
    ("黄灯", "红灯"), ("绿灯", "绿灯"), ("绿灯", "黄灯"), ("红灯", "红灯"), ("黄灯", "绿灯"), 
    ("绿灯", "绿灯"), ("黄灯", "黄灯"), ("绿灯", "绿灯"),
)  # fmt: skip
# 县区, 亿元以上签约, 已开工, 开工率 as printed: one of them does not follow from its own counts.
BOARD = (
    ("东澜区", 31, 24, "77.4%"), ("西澜区", 28, 20, "71.4%"), ("云麓区", 26, 19, "73.1%"),
    ("望江新区", 35, 28, "80%"), ("石桥区", 22, 14, "63.6%"), ("青岑县", 18, 12, "66.7%"),
    ("沅溪县", 16, 9, "56.3%"), ("龙泊县", 15, 10, "66.7%"), ("白鹭县", 14, 8, "57.4%"),
    ("安禾区", 19, 9, "47.4%"),
)  # fmt: skip
# A draft for the leader: {code} is what the ledger says; two figures, a direction and a share are wrong.
DRAFT = (
    "前三季度全区经济运行情况汇报（讨论稿）",
    "前三季度，全区地区生产总值增长{gdp}。",
    "1—9月，规模以上工业增加值增长{industry_va}，固定资产投资下降{fai}，社会消费品零售总额增长5.8%。",
    "1—9月，一般公共预算收入下降{revenue}，民间投资增长{fai_private}，商品房销售面积下降{estate_sales}。",
    "1—9月，限额以上批发业销售额增长{wholesale}，限额以上餐饮业营业额下降1.7%。",
    "全市下达的47项任务中，已完成18项，占40.3%。",
)
