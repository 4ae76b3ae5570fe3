"""Parts that add up to more than their total."""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.quantities import as_given
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "parts_exceed"
_ON = ["region", "measure", "period"]


def check(scene: Scene) -> list[CheckFinding]:
    """Levels on the natural basis; one part alone may already be too much."""
    tolerance = scene.context.number(CHECK, "percent") / 100
    levels = scene.values.filter(
        (pl.col("basis") == "natural") & pl.col("measure").is_in(["ytd", "month", "balance"])
    )
    findings = []
    for total in scene.indicators(lambda i: bool(i.parts)):
        parts = scene.context.catalogue[total].parts
        summed = (
            levels.filter(pl.col("indicator").is_in(parts))
            .group_by(_ON)
            .agg(pl.col("value").sum().alias("sum"))
        )
        rows = levels.filter(pl.col("indicator") == total).join(
            summed, on=_ON, how="inner", maintain_order="left"
        )
        findings += [
            scene.finding(
                CHECK,
                row,
                f"各部分合计 {as_given(row['sum'], row['unit'])}, "
                f"大于总数 {as_given(row['value'], row['unit'])}",
                "各部分合计不大于总数",
                "请核实总数和各部分的口径、单位",
            )
            for row in rows.filter(pl.col("sum") > pl.col("value") * (1 + tolerance)).iter_rows(named=True)
        ]
    return findings
