"""The accounts by industry as the city's statistics office gives them back, quarter by quarter.

Invented: each industry's growth follows its supporting indicator with an error, so that the pairs tell
something.
"""

from __future__ import annotations

import random

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.story.world import World, month_index
from wenpan.economy.time.periods import Quarter

# (industry, share of the whole, indicator that it follows, slope, intercept)
_INDUSTRIES = (
    ("农林牧渔业", 0.05, "", 0.0, 3.4), ("工业", 0.31, "industry_output", 0.62, 0.9),
    ("建筑业", 0.07, "construction", 0.55, 0.6), ("批发和零售业", 0.11, "retail", 0.7, 0.4),
    ("交通运输、仓储和邮政业", 0.05, "", 0.0, 4.2), ("住宿和餐饮业", 0.02, "catering", 0.5, 0.2),
    ("金融业", 0.08, "loans", 0.45, 0.8), ("房地产业", 0.09, "estate_sales", 0.35, 0.5),
    ("营利性服务业", 0.10, "other_services", 0.6, 0.7), ("非营利性服务业", 0.12, "", 0.0, 4.0),
)  # fmt: skip


def accounts_workbook(world: World, quarter: Quarter) -> bytes:
    """Cumulative value added (亿元) and growth at constant prices, the whole last."""
    noise = random.Random(f"accounts {quarter}")
    whole = _sum(world, "gdp", quarter)
    growths = [
        intercept
        + noise.gauss(0, 0.3)
        + (slope * _growth(world, code, quarter) if code in world.series else 0.0)
        for _name, _share, code, slope, intercept in _INDUSTRIES
    ]
    shares = [share for _name, share, _code, _slope, _intercept in _INDUSTRIES]
    together = sum(share * growth for share, growth in zip(shares, growths, strict=True))
    shift = _growth(world, "gdp", quarter) - together  # so that the whole is near the published growth
    rows: list[list[Cell]] = [
        [industry[0], round(whole * share, 2), round(growth + shift, 1)]
        for industry, share, growth in zip(_INDUSTRIES, shares, growths, strict=True)
    ]
    base = sum(float(row[1] or 0) / (1 + float(row[2] or 0) / 100) for row in rows)
    total = sum(float(row[1] or 0) for row in rows)
    rows.append(["地区生产总值", round(total, 2), round(100 * (total / base - 1), 1)])
    title = f"安禾区{quarter.year}年{quarter.ytd_label}分行业增加值核算反馈表"
    return workbook(
        [PrintedSheet("核算反馈", title, "", [["核算行业", "增加值（亿元）", "增速（%）"]], rows)]
    )


def _sum(world: World, code: str, quarter: Quarter) -> float:
    start, end = month_index(quarter.year, 1), month_index(quarter.year, quarter.end.month)
    return float(world[code].level[0, start : end + 1].sum())


def _growth(world: World, code: str, quarter: Quarter) -> float:
    start, end = month_index(quarter.year, 1), month_index(quarter.year, quarter.end.month)
    if code == "loans":
        start = end
    series = world[code]
    return 100 * float(series.level[0, start : end + 1].sum() / series.base[0, start : end + 1].sum() - 1)
