"""The month beside the year to date: ytd − ytd of the month before should be the month."""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.quantities import as_given
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "month_and_ytd"
_ON = ["region", "indicator", "basis", "index"]


def check(scene: Scene) -> list[CheckFinding]:
    summed = scene.indicators(lambda i: i.aggregation == "sum")
    tolerance = scene.context.number(CHECK, "percent") / 100
    ytd = scene.before.filter(
        (pl.col("measure") == "ytd")
        & pl.col("indicator").is_in(summed)
        & (pl.col("previous_index") == pl.col("index") - 1)
    ).select(*_ON, (pl.col("value") - pl.col("previous")).alias("difference"), pl.col("value").alias("ytd"))
    month = scene.values.filter(pl.col("measure") == "month")
    rows = month.join(ytd, on=_ON, how="inner", maintain_order="left").filter(
        (pl.col("value") - pl.col("difference")).abs() > tolerance * pl.col("ytd").abs()
    )
    return [
        scene.finding(
            CHECK,
            row,
            f"当月 {as_given(row['value'], row['unit'])}, 而累计只比上月累计多 "
            f"{as_given(row['difference'], row['unit'])}",
            "当月数与两期累计之差大致相等, 或前期有修订",
            "请核实当月和累计是否填反、拿错月份; 前期数有修订时请说明",
        )
        for row in rows.iter_rows(named=True)
    ]
