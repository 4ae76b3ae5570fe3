"""A year-to-date total lower than the one before: totals add up, unless revised or refunded."""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.quantities import as_given
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene, period_at

CHECK = "ytd_fell"


def check(scene: Scene) -> list[CheckFinding]:
    summed = scene.indicators(lambda i: i.aggregation == "sum")
    rows = scene.before.filter(
        (pl.col("measure") == "ytd")
        & pl.col("indicator").is_in(summed)
        & (
            pl.col("value")
            < pl.col("previous") - scene.context.number(CHECK, "tolerance") * pl.col("previous").abs()
        )
    )
    return [
        scene.finding(
            CHECK,
            row,
            f"累计 {as_given(row['value'], row['unit'])}, 比{_label(row)}累计还少",
            f"不低于{_label(row)}累计 {as_given(row['previous'], row['unit'])}",
            "请核实是否填错、拿错月份; 有退库、退税或核减时请说明",
        )
        for row in rows.iter_rows(named=True)
    ]


def _label(row: dict[str, object]) -> str:
    return period_at(int(str(row["previous_index"])), str(row["period"])).ytd_label
