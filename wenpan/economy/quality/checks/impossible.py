"""Numbers that cannot be: a negative level, a growth below −100%."""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "impossible"


def check(scene: Scene) -> list[CheckFinding]:
    """`may_be_negative` names indicators whose month can be negative (refunds)."""
    refunds = list(scene.context.limits[CHECK].get("may_be_negative", ()))
    growth = pl.col("measure").str.ends_with("_growth")
    excused = pl.col("indicator").is_in(refunds) & (pl.col("measure") == "month")
    below = (growth & (pl.col("value") < -100)) | (~growth & (pl.col("value") < 0) & ~excused)
    return [
        scene.finding(
            CHECK,
            row,
            f"{row['text']}",
            "增速不低于 -100%" if row["measure"].endswith("_growth") else "不为负数",
            "请核实正负号和小数点",
        )
        for row in scene.values.filter(below).iter_rows(named=True)
    ]
