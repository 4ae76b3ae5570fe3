"""Last month's file sent again: nearly all numbers are those of an earlier period."""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene, period_at

CHECK = "sent_again"


def check(scene: Scene) -> list[CheckFinding]:
    """Asks when the share of unchanged numbers reaches `share`, with `at_least` of them to compare."""
    compared = scene.before.filter((pl.col("value") != 0) | (pl.col("previous") != 0))
    if compared.height < scene.context.number(CHECK, "at_least"):
        return []
    same = compared.filter(pl.col("value") == pl.col("previous"))
    if same.height / compared.height < scene.context.number(CHECK, "share"):
        return []
    row = same.row(0, named=True)
    earlier = period_at(row["previous_index"], row["period"])
    return [
        CheckFinding(
            f"figures.{CHECK}",
            scene.context.severity(CHECK),  # type: ignore[arg-type]
            f"{compared.height} 个数里有 {same.height} 个与{earlier.label}的完全一样",
            "新一期的数",
            "请核实是否把上一期的表又发了一次, 或只改了标题",
            row["sheet"],
            row["cell"],
        )
    ]
