"""Published growth far from what the published levels give: a question only.

Growth is computed on a comparable basis and is its own input (domain.md §1), so the tolerance is
wide and only the natural basis is looked at: (level / level a year before − 1) · 100.
"""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.quantities import as_given
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "growth_and_levels"
_ON = ["region", "indicator", "index", "kind"]


def check(scene: Scene) -> list[CheckFinding]:
    points = scene.context.number(CHECK, "points")
    natural = pl.col("basis") == "natural"
    levels = scene.at_distance(12).filter(
        natural & pl.col("measure").is_in(["ytd", "month", "balance"]) & (pl.col("other") > 0)
    )
    levels = levels.select(
        "region", "indicator", "index", pl.col("measure").alias("kind"),
        ((pl.col("value") / pl.col("other") - 1) * 100).alias("computed"),
    )  # fmt: skip
    growth = scene.values.filter(natural & pl.col("measure").str.ends_with("_growth")).with_columns(
        pl.col("measure").str.strip_suffix("_growth").alias("kind")
    )
    rows = growth.join(levels, on=_ON, how="inner", maintain_order="left").filter(
        (pl.col("value") - pl.col("computed")).abs() > points
    )
    return [
        scene.finding(
            CHECK,
            row,
            f"增速 {as_given(row['value'])}%, 与绝对额和台账上年同期数差得远"
            f"(相差{abs(row['value'] - row['computed']):.1f}个百分点)",
            f"相差不超过 {points:g} 个百分点, 或有口径调整",
            "请核实绝对额的单位和增速的正负; 可比口径调整造成的, 请注明",
        )
        for row in rows.iter_rows(named=True)
    ]
