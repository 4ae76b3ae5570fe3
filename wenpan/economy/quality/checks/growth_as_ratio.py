"""A column of growths that are all below one: 0.062 where 6.2 is meant."""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "growth_as_ratio"


def check(scene: Scene) -> list[CheckFinding]:
    """One question a column: `at_least` growths or more, all under `below`, most with three decimals."""
    growths = scene.values.filter(
        pl.col("measure").str.ends_with("_growth") & (pl.col("value") != 0)
    ).with_columns(
        pl.col("cell").str.extract(r"^([A-Z]+)").alias("column"),
        pl.col("text").str.contains(r"\.\d{3,}").alias("fine"),
    )
    columns = growths.group_by("sheet", "column", maintain_order=True).agg(
        pl.len().alias("count"), pl.col("value").abs().max().alias("largest"), pl.col("fine").mean(),
        pl.col("cell").first(), pl.col("text").first(),
    )  # fmt: skip
    rows = columns.filter(
        (pl.col("count") >= scene.context.number(CHECK, "at_least"))
        & (pl.col("largest") < scene.context.number(CHECK, "below"))
        & (pl.col("fine") >= 0.5)
    )
    return [
        CheckFinding(
            f"figures.{CHECK}", scene.context.severity(CHECK),  # type: ignore[arg-type]
            f"{row['column']} 列 {row['count']} 个增速都小于 "
            f"{scene.context.number(CHECK, 'below'):g}(如 {row['text']})",
            "以百分数计的增速, 如 6.2", "请核实是否把 6.2% 写成了 0.062", row["sheet"], row["cell"],
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
