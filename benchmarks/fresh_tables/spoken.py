# ruff: noqa: E501 (a row of a table in a line)
"""What is said beside a table: comments of three formats, heads and feet of the printed page, remarks, causes."""

from __future__ import annotations

from benchmarks.fresh_tables.bureau import one
from benchmarks.fresh_tables.case import YG, Case, Q, Y
from benchmarks.fresh_tables.odd import HEAD, RETAIL, REVENUE, TITLE, asked
from benchmarks.fresh_tables.third import noted

ASKED = {"way": True, "month": "2022-09", "month_ask_ok": True}
FAI = ["固定资产投资", "%", None, YG("fai", -2.1)]


def commented(said: str, ext: str, *, changes: bool) -> Case:
    row = asked(*REVENUE) if changes else REVENUE
    return one(
        f"a comment at two cells of {ext}: {said}",
        [[TITLE], HEAD, RETAIL, row],
        ext=ext,
        comments={"C4": said, "D4": said},
        way=True,
    )


def printed(said: str, ext: str = "xlsx", *, changes: bool, foot: bool = False) -> Case:
    rows = [asked(*RETAIL), asked(*REVENUE)] if changes else [RETAIL, REVENUE]
    place = {"page_foot": said} if foot else {"page_head": said}
    more = ASKED if changes else {}
    return one(f"printed on each page of {ext}: {said}", [[TITLE], HEAD, *rows], ext=ext, **place, **more)


def remarked(said: str, *, changes: bool, head: str = "备注") -> Case:
    """A remark in the row of revenue."""
    row = asked(*REVENUE) if changes else REVENUE
    return one(f"in {head}: {said}", [[TITLE], [*HEAD, head], [*RETAIL, None], [*row, said]], way=True)


CASES = [
    commented("此为预计数", "ods", changes=True),
    commented("待核实,未经审定", "biff.xls", changes=True),
    commented("已与税务部门核对", "ods", changes=False),
    commented("统计员:已核对", "biff.xls", changes=False),
    commented("不含经开区", "ods", changes=True),
    commented("不含经开区", "biff.xls", changes=True),
    printed("预计数，仅供内部测算", changes=True),
    printed("清河区统计局    2022年10月", changes=False),
    printed("第&P页 共&N页", changes=False, foot=True),
    printed("以上为快速推算结果", changes=True, foot=True),
    printed("城东区", changes=True),
    printed("内部资料 注意保存", changes=False, foot=True),
    printed("预计数", "ods", changes=True),
    printed("未经核定", "biff.xls", changes=True),
    printed("第 1 页", "ods", changes=False, foot=True),
    printed("统计月报", "biff.xls", changes=False),
    one("the unit stands on the printed page only", [
        [TITLE], ["指标", "累计", "同比增长(%)"], ["一般公共预算收入", Y("revenue", 224000, 22.4, how="may"), YG("revenue", 4.6, how="may")], ["税收收入", Y("tax", 160100, 16.01, how="may"), YG("tax", -1.4, how="may")],
    ], page_head="&R单位：万元", **ASKED),
    one("the printed page says another unit than the table", [
        [TITLE, None, "单位：亿元"], ["指标", "累计", "同比增长(%)"], ["一般公共预算收入", Q(22.4), YG("revenue", 4.6, how="may")], ["税收收入", Q(16.01), YG("tax", -1.4, how="may")],
    ], page_head="&R单位：万元", **ASKED),
    remarked("由于上年同期基数较高,增速有所回落", changes=False),
    remarked("由于统计口径调整,与上月数不可比", changes=True),
    remarked("受房地产市场下行影响,新开工项目不足,同比降幅扩大3.2个百分点", changes=False, head="原因分析"),
    remarked("含经开区代管村收入及划转企业税收", changes=True),
    remarked("快报数", changes=True),
    remarked("未经统计部门审定", changes=True),
    remarked("主要是甲企业一次性入库税款较多", changes=False, head="情况说明"),
    remarked("统计口径调整", changes=True),
    remarked("已与税务部门核对一致", changes=False),
    remarked("滚动", changes=True),
    remarked("预计全年可完成目标任务", changes=False),
    remarked("数据为预计数,待税务部门反馈后更新", changes=True),
    remarked("牵头单位:区财政局,配合单位:区税务局", changes=False),
    remarked("不含留抵退税因素的自然口径数", changes=True),
    one("a column of remarks that are numbers", [
        [TITLE], [*HEAD, "备注"], [*RETAIL, 12.5], [*REVENUE, 3.3],
    ]),
    one("a column of remarks, some of them years", [
        [TITLE], [*HEAD, "说明"], [*RETAIL, "2021年"], [*REVENUE, None],
    ]),
    noted("由于上年同期基数较高,固定资产投资增速回落。", changes=False),
    noted("1-9月,全区社会消费品零售总额同比增长3.3%,主要是汽车类消费回升。", changes=False),
    noted("注:受疫情影响,部分企业停产。", changes=False),
    noted("注:由于口径调整,本表增速与上月不可比。", changes=True),
    noted("由于区划调整,本表包含新划入的官路乡数据。", changes=True),
    noted("注:数据未经上级统计部门反馈认定。", changes=True),
]  # fmt: skip
