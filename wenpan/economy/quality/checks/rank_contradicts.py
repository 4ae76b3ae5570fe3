"""A printed rank that the printed values contradict.

Equal values share the better place (1, 2, 2, 4), but a printed order among equals is no contradiction: the
printer ranked unrounded figures. Ranks are compared only where the whole field is printed:
every expected district, or at least `at_least` of them, has a value; otherwise a rank is only
refused when it is larger than the number of districts.
"""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "rank_contradicts"
_GROUP = ["indicator", "period", "measure", "basis"]


def check(scene: Scene) -> list[CheckFinding]:
    ranks = scene.context.ranks
    if ranks is None or ranks.is_empty():
        return []
    field = len([r for r in scene.context.expected_regions if r != scene.context.city])
    rivals = scene.values.filter(pl.col("region") != scene.context.city)
    down = scene.indicators(lambda i: i.direction == "down")
    worth = pl.when(pl.col("indicator").is_in(down)).then(-pl.col("value")).otherwise(pl.col("value"))
    placed = rivals.with_columns(
        worth.rank("min", descending=True).over(_GROUP).alias("place"),
        worth.rank("max", descending=True).over(_GROUP).alias("last_place"),
        pl.len().over(_GROUP).alias("reported"),
    )
    enough = max(field, scene.context.number(CHECK, "at_least"))
    compared = ranks.join(
        placed.select("region", *_GROUP, "place", "last_place", "reported"),
        on=["region", *_GROUP], how="left",
        maintain_order="left",
    )  # fmt: skip
    wrong = (pl.col("reported") >= enough) & ~pl.col("rank").is_between(pl.col("place"), pl.col("last_place"))
    beyond = pl.col("rank") > field if field else pl.lit(value=False)
    findings = []
    for row in (
        compared.with_columns(beyond.alias("beyond")).filter(wrong | pl.col("beyond")).iter_rows(named=True)
    ):
        expected = f"不大于区县数 {field}" if row["beyond"] else f"按本表数值排第 {int(row['place'])} 位"
        findings.append(
            scene.finding(
                CHECK, row, f"印的是第 {row['rank']} 位", expected,
                "请核实位次和数值哪个有误; 按未取整的数排位时请说明",
            )
        )  # fmt: skip
    return findings
