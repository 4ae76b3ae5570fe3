"""What the finance bureau hands over: the adjustments for refunds. Numbers from the simulated world."""

from __future__ import annotations

from collections.abc import Mapping

from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.demo.story.drivers import REFUNDED
from wenpan.demo.story.world import CITY, REGIONS, World, month_index
from wenpan.economy.time.periods import Month

_NAMES = {"revenue": "一般公共预算收入", "tax": "税收收入"}
_HEAD = ["指标", "地区", "期间", "调整类别", "事项", "本年影响额", "上年影响额", "依据文件", "文件日期"]


def adjustments_workbook(world: World, regions: Mapping[str, str], month: Month, paper_on: str) -> bytes:
    """Refunds of the year so far and of the year before, of every district, in 万元."""
    rows: list[list[str | float | int | None]] = [
        [
            _NAMES[code], regions[region], str(month), "退税", "增值税留抵退税",
            round(_refunds(world, code, place, month) * 10_000),
            round(_refunds(world, code, place, month.plus(-12)) * 10_000),
            f"宁财预〔2022〕{month.month + 30}号", paper_on,
        ]
        for code in REFUNDED
        for place, region in enumerate(REGIONS)
        if region != CITY
    ]  # fmt: skip
    title = f"宁澜市{month.year}年1—{month.month}月留抵退税口径调整表"
    return workbook([PrintedSheet("口径调整", title, "单位：万元", [_HEAD], rows)])


def _refunds(world: World, code: str, place: int, month: Month) -> float:
    start, end = month_index(month.year, 1), month_index(month.year, month.month)
    return float(world[code].refund[place, start : end + 1].sum())
