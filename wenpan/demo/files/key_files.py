"""The year's list of key projects as the fictional district keeps it: large ones and planned ones."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.files.project_files import KINDS, TOWNS, Pool, spoken
from wenpan.economy.time.periods import Month, parse_month

KEY_HEAD = [
    "编号",
    "项目名称",
    "建设单位",
    "级别",
    "类别",
    "所在镇街",
    "责任单位",
    "总投资",
    "年度计划投资",
    "本年完成投资",
    "计划开工",
    "计划竣工",
    "实际开工",
    "实际竣工",
    "阶段",
    "专项债券资金",
    "专项债发行",
    "专项债支出",
]
LEVELS = ("区级", "区级", "市级", "区级", "市级", "省级")


def key_workbook(pool: Pool, as_of: Month) -> bytes:
    """The year's key list: large projects of the library, and some that have not started."""
    year = as_of.year
    going = pool.projects.filter(
        pl.col("planned_total") >= 9000,
        pl.col("planned_finish") >= f"{year}-01",
        pl.col("entered") <= str(as_of),
    )
    alive = going.filter(
        pl.struct("code", "planned_total").map_elements(
            lambda r: pool.cumulative.get((r["code"], f"{year - 1}-12"), 0.0) < 0.95 * r["planned_total"],
            return_dtype=pl.Boolean,
        )
    ).head(46)
    months = [f"{year}年{m}月节点" for m in (3, 6, 9, 12)]
    body = [
        [*_key_row(pool, row, as_of, k), *(_nodes(row, as_of) if k % 4 == 0 else [None] * 4)]
        for k, row in enumerate(alive.iter_rows(named=True))
    ]
    body += [[*row, *("完成施工图审查", "取得施工许可", "开工", "主体施工")] for row in _planned(as_of)]
    sheet = PrintedSheet(
        "重点项目", f"安禾区{year}年重点建设项目计划表", "单位:万元", [[*KEY_HEAD, *months]], body
    )
    return workbook([sheet])


def _key_row(pool: Pool, row: dict[str, object], as_of: Month, k: int) -> list[Cell]:
    year, total = as_of.year, float(str(row["planned_total"]))
    done = pool.cumulative.get((str(row["code"]), str(as_of)), 0.0)
    since = done - pool.cumulative.get((str(row["code"]), f"{year - 1}-12"), 0.0)
    plan = round(min(total * 0.45, total - (done - since)) * (0.8 + 0.1 * (k % 5)), -2)
    opened, finish = parse_month(str(row["opened"])), parse_month(str(row["planned_finish"]))
    planned = opened.plus(-(k % 3) if opened.year == year and opened.month > 2 else 0)
    finished = done >= 0.995 * total
    stage = "竣工" if finished else "新开工" if opened.year == year else "在建"
    bond: list[Cell] = [None, None, None]
    if row["kind"] in ("infrastructure", "social") and k % 2:
        bond = [
            round(total * 0.3, -2),
            f"{year}年{2 + k % 4}月",
            round(total * 0.3 * (0.15 + 0.2 * (k % 5)), -1),
        ]
    return [
        f"ZD{year}-{k + 1:03d}",
        str(row["name"]),
        str(row["owner"]),
        LEVELS[k % 6],
        KINDS[str(row["kind"])],
        str(row["town"]),
        str(row["office"]),
        total,
        plan,
        round(since, 0),
        spoken(str(planned)),
        spoken(str(finish)),
        spoken(str(opened)),
        spoken(str(as_of)) if finished else None,
        stage,
        *bond,
    ]


def _nodes(row: dict[str, object], as_of: Month) -> Sequence[Cell]:
    opened, year = str(row["opened"]), as_of.year
    return (
        ["主体封顶", "设备安装", "联合调试", "竣工验收"]
        if opened < f"{year}-01"
        else ["前期手续", "开工", "基础完成", "主体施工"]
    )


def _planned(as_of: Month) -> list[list[Cell]]:
    """Key projects that are to start this year and have no entry in the library yet."""
    things = (
        "云帆储能电池基地",
        "安禾中医院新院区",
        "柳湾水质净化二期",
        "河东片区学校",
        "新安智慧物流港",
        "石埠光伏组件厂",
        "桐溪文旅度假区",
        "经开区标准厂房三期",
        "安禾快速路东段",
        "望江数据中心",
    )
    found: list[list[Cell]] = []
    for k, name in enumerate(things):
        start, kind = Month(as_of.year, 3 + k), ("工业", "社会事业", "基础设施", "社会事业", "服务业")[k % 5]
        if start.month > 12:
            continue
        begun = k % 3 == 0 and start.plus(1) <= as_of
        total: float = 12_000 + 6_500.0 * k
        found.append(
            [
                f"ZD{as_of.year}-{101 + k}",
                name,
                "安禾建设投资集团有限公司",
                LEVELS[k % 6],
                kind,
                TOWNS[k % 6],
                "经发局",
                total,
                round(total / 5, -2),
                round(total / 30, -1) if begun else None,
                spoken(str(start)),
                spoken(str(start.plus(20))),
                spoken(str(start.plus(1))) if begun else None,
                None,
                "新开工" if begun else "前期",
                None,
                None,
                None,
            ]
        )
    return found
