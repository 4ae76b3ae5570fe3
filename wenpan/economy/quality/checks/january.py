"""A January figure of an indicator that publishes none: 1—2月 is one period."""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "january"


def check(scene: Scene) -> list[CheckFinding]:
    without = scene.indicators(lambda i: not i.january and i.frequency == "monthly")
    rows = scene.values.filter(pl.col("indicator").is_in(without) & (pl.col("index") % 12 == 0))
    return [
        scene.finding(
            CHECK,
            row,
            f"有1月的数({row['text']})",
            "1、2月合并公布, 1月没有单独的数",
            "请核实期间, 是否应为1—2月",
        )
        for row in rows.iter_rows(named=True)
    ]
