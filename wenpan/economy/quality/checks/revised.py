"""A figure that the ledger already holds with another number: old → new, grave if far."""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.quantities import as_given
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "revised"
FAR = "revised_far"


def check(scene: Scene) -> list[CheckFinding]:
    growth = pl.col("measure").str.ends_with("_growth")
    change = (pl.col("value") - pl.col("old")).abs()
    far = (
        pl.when(growth)
        .then(change > scene.context.number(FAR, "points"))
        .otherwise(change > scene.context.number(FAR, "percent") / 100 * pl.col("old").abs())
    )
    rows = scene.held.filter(change > 1e-9 * pl.col("old").abs() + 1e-12).with_columns(far.alias("far"))
    findings = []
    for row in rows.iter_rows(named=True):
        grave = row["far"] and scene.context.severity(FAR) is not None
        findings.append(
            scene.finding(
                FAR if grave else CHECK,
                row,
                f"台账已有 {as_given(row['old'], row['unit'])}, 本表为 {as_given(row['value'], row['unit'])}",
                "与台账一致, 或为正式修订",
                "请核实是修订还是填错; 入账后旧数仍可查" if grave else "入账后按新数, 旧数仍可查",
            )
        )
    return findings
