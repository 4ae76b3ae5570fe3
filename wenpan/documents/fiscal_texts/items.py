"""What a report on revenue speaks of: the names of its items, each with its place in a statement.

Pure. A name that is not here makes a subject of its own (市级一般公共预算收入): its figures are told as not
read, never taken for another item's.
"""

from __future__ import annotations

from dataclasses import dataclass

WHOLE, REVENUE, KIND, TAX, COLLECTOR, ABOVE = "whole", "revenue", "kind", "tax", "collector", "above"


@dataclass(frozen=True)
class FiscalItem:
    """`role`: whole (all revenue of the place), revenue (what is its own), kind (tax or not), tax, collector,
    above (what goes to higher levels). `code`: as in a statement."""

    name: str
    role: str
    code: str = ""


_REVENUE = (
    "一般公共预算收入", "地方一般公共预算收入", "一般公共财政预算收入", "地方一般公共财政预算收入",
    "公共财政预算收入", "地方公共财政预算收入", "公共财政收入", "一般预算收入", "地方一般预算收入",
    "地方一般预算性收入",
    "财政一般预算收入", "地方财政一般预算收入", "地方财政收入", "地方本级收入", "一般公共预算地方收入",
    "财政一般公共预算收入", "地方级收入", "地方级财政收入", "一般公共预算本级收入",
    "地方一般公共预算本级收入",
)  # fmt: skip
_WHOLE = (
    "财政总收入", "公共财政预算总收入", "公共财政总收入", "一般公共预算总收入", "大口径财政收入",
    "全口径财政收入", "财政收入", "地方财政总收入", "境内财政收入", "总财力",
)  # fmt: skip
_TAXES = (
    "增值税", "国内增值税", "改征增值税", "营改增增值税", "增值税和营业税", "消费税", "国内消费税", "营业税",
    "企业所得税", "个人所得税", "资源税", "城市维护建设税", "城建税", "房产税", "印花税", "城镇土地使用税",
    "土地使用税", "土地增值税", "车船税", "耕地占用税", "契税", "烟叶税", "环境保护税", "车辆购置税",
    "主体税收收入", "主体税种收入",
)  # fmt: skip
_NON_TAX = (
    "专项收入", "行政事业性收费收入", "罚没收入", "国有资源(资产)有偿使用收入",
    "国有资源有偿使用收入", "国有资产有偿使用收入", "捐赠收入", "政府住房基金收入",
)  # fmt: skip
_ABOVE = (
    "上划中央收入", "上划省级收入", "上划市级收入", "上划收入", "上划中省收入", "上划中央省级收入",
    "上划中央和省级收入", "中央级收入", "省级收入", "上划中央两税收入", "上划中央四税收入", "上划省收入",
)  # fmt: skip
_COLLECTORS = ("税务", "财政", "国税", "地税", "海关")

ITEMS: dict[str, FiscalItem] = {
    item.name: item
    for item in (
        *(FiscalItem(name, REVENUE, "revenue") for name in _REVENUE),
        *(FiscalItem(name, WHOLE) for name in _WHOLE),
        *(FiscalItem(name, KIND, "tax") for name in ("税收收入", "地方税收收入", "一般公共预算税收收入")),
        *(FiscalItem(name, KIND, "non_tax") for name in ("非税收入", "地方非税收入", "一般公共预算非税收入")),
        FiscalItem("总税收收入", KIND),  # with what goes above
        *(FiscalItem(name, TAX) for name in (*_TAXES, *_NON_TAX)),
        *(FiscalItem(name, ABOVE) for name in _ABOVE),
        *(FiscalItem(name + end, COLLECTOR) for name in _COLLECTORS for end in ("", "部门", "局", "系统")),
    )
}
# Longer ways of saying who collected, of the same row.
ITEMS |= {
    collector + "部门" + end: ITEMS[collector + "部门"]
    for collector in _COLLECTORS
    for end in ("组织收入", "征收收入", "收入", "组织地方收入", "征收地方收入")
}
