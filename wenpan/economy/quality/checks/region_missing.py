"""A district that a table of all districts does not hold, as a whole or for one indicator."""

from __future__ import annotations

import polars as pl

from wenpan.economy.figures.indicators import MEASURE_LABELS, Measure
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECK = "region_missing"
PARTLY = "region_partly_missing"


def check(scene: Scene) -> list[CheckFinding]:
    expected = [r for r in scene.context.expected_regions if r != scene.context.city]
    if not expected or scene.figures.is_empty():
        return []
    present = set(scene.figures["region"].to_list())
    absent = [r for r in expected if r not in present]
    sheet = scene.figures["sheet"][0]
    findings = [_absent(scene, region, sheet) for region in absent]
    if scene.context.severity(PARTLY) is not None:
        findings += _partly(scene, [r for r in expected if r in present])
    return findings


def _absent(scene: Scene, region: str, sheet: str) -> CheckFinding:
    name = scene.context.regions.get(region, region)
    return CheckFinding(
        f"figures.{CHECK}", scene.context.severity(CHECK), f"表里没有{name}", f"有{name}一行(或一列)",  # type: ignore[arg-type]
        "请核实是否漏行; 未报送时请保留这一行, 填“…”", sheet, "", name,
    )  # fmt: skip


def _partly(scene: Scene, expected: list[str]) -> list[CheckFinding]:
    """Per indicator and measure: the districts without a number, where at least half have one."""
    values = scene.values.filter(pl.col("region").is_in(expected))
    groups = values.group_by("indicator", "measure", "basis", maintain_order=True).agg(
        pl.col("region"), pl.col("sheet").first(), pl.col("cell").first()
    )
    findings = []
    for row in groups.iter_rows(named=True):
        missing = [r for r in expected if r not in set(row["region"])]
        if missing and len(missing) * 2 <= len(expected):
            names = "、".join(scene.context.regions.get(r, r) for r in missing)
            indicator = scene.context.catalogue.get(row["indicator"])
            label = MEASURE_LABELS[Measure(row["measure"])]
            findings.append(
                CheckFinding(
                    f"figures.{PARTLY}", scene.context.severity(PARTLY), f"{names}没有报送",  # type: ignore[arg-type]
                    "各区县都有数", "位次只在已报送的区县之间排; 请核实是否漏报",
                    row["sheet"], row["cell"],
                    f"{indicator.name if indicator else row['indicator']} · {label}",
                )
            )  # fmt: skip
    return findings
