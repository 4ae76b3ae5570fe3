"""A level a hundred times the one before, or a hundredth: 亿元 where 万元 is meant."""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.quantities import as_given
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "scale_jump"
_KEYS = ["region", "indicator", "measure", "basis", "period"]


def check(scene: Scene) -> list[CheckFinding]:
    """Compares with the period before in the same year, else with a year before."""
    factor = scene.context.number(CHECK, "factor")
    before = scene.before.select(*_KEYS, pl.col("previous").alias("reference"))
    year_ago = scene.at_distance(12).select(*_KEYS, pl.col("other").alias("reference"))
    reference = pl.concat([before, year_ago]).unique(_KEYS, keep="first", maintain_order=True)
    levels = scene.values.filter(~pl.col("measure").str.ends_with("_growth") & (pl.col("value") > 0))
    ratio = pl.col("value") / pl.col("reference")
    rows = levels.join(reference, on=_KEYS, how="inner", maintain_order="left").filter(
        (pl.col("reference") > 0) & ((ratio >= factor) | (ratio <= 1 / factor))
    )
    return [
        scene.finding(
            CHECK,
            row,
            f"{as_given(row['value'], row['unit'])}(原文“{row['text']}”), 是台账中相近一期 "
            f"{as_given(row['reference'], row['unit'])} 的{_times(row['value'] / row['reference'])}",
            "与台账同一数量级",
            "请核实计量单位, 是否把万元写成亿元(或相反)",
        )
        for row in rows.iter_rows(named=True)
    ]


def _times(ratio: float) -> str:
    return f" {ratio:,.0f} 倍" if ratio >= 1 else f" 1/{1 / ratio:,.0f}"
