"""A figure of a period that is not published yet when this table comes out (错月)."""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene, period_at
from wenpan.economy.time.periods import expected_period, parse_period

CHECK = "not_due"


def check(scene: Scene) -> list[CheckFinding]:
    if not scene.context.period or scene.values.is_empty():
        return []
    as_of = parse_period(scene.context.period).end
    due = {
        code: expected_period(i.frequency, i.lag_months, as_of).end.index
        for code, i in scene.context.catalogue.items()
    }
    rows = scene.values.with_columns(
        pl.col("indicator").replace_strict(due, default=as_of.index, return_dtype=pl.Int32).alias("due")
    ).filter(pl.col("index") > pl.col("due"))
    return [
        scene.finding(
            CHECK,
            row,
            f"写的是{parse_period(row['period']).ytd_label}的数",
            f"此时应公布到{period_at(row['due'], row['period']).ytd_label}",
            "请核实期间; 确已提前公布的请说明",
        )
        for row in rows.iter_rows(named=True)
    ]
