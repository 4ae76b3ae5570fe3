"""A growth that moved by more than thirty points since the last period of the same year."""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.quantities import as_given
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene, period_at

CHECK = "growth_jump"


def check(scene: Scene) -> list[CheckFinding]:
    points = scene.context.number(CHECK, "points")
    rows = scene.before.filter(
        pl.col("measure").is_in(["ytd_growth", "balance_growth"])
        & ((pl.col("value") - pl.col("previous")).abs() > points)
    )
    return [
        scene.finding(
            CHECK,
            row,
            f"增速 {as_given(row['value'])}%, 比{_label(row)}的 {as_given(row['previous'])}% 变动 "
            f"{abs(row['value'] - row['previous']):.1f} 个百分点",
            f"变动不超过 {points:g} 个百分点, 超过的要有书面原因",
            "请核实数字和正负号; 属实的请说明原因",
        )
        for row in rows.iter_rows(named=True)
    ]


def _label(row: dict[str, object]) -> str:
    return period_at(int(str(row["previous_index"])), str(row["period"])).ytd_label
