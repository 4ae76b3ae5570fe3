"""A gap, a change or last year's value printed beside a figure that does not fit the figures themselves.

Only where both figures are known, from the file or the ledger. A gap and a change are differences of two
rates, each rounded: `points` is what rounding can explain. Last year's value is often revised: `percent`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import SERIES, Scene, end_index

CHECK = "comparison_contradicts"
_WORDS = {"gap": "与另一地区之差", "change": "与前期之差", "last_year": "上年同期数"}


def check(scene: Scene) -> list[CheckFinding]:
    compared = scene.context.compared
    if compared is None or compared.is_empty():
        return []
    points, percent = (scene.context.number(CHECK, name) for name in ("points", "percent"))
    known = {(*row[:4], row[4]): row[5] for row in scene.known.select(*SERIES, "index", "value").iter_rows()}
    findings = []
    for row in compared.iter_rows(named=True):
        own, other = _both(row, known)
        if own is None or other is None:
            continue
        if row["kind"] == "last_year":
            wrong = abs(row["value"] - other) > abs(other) * percent / 100
            expected = f"台账里上年同期是 {other:.10g}"
        else:
            due = round(own - other, 4)
            apart = abs(row["value"] - due) if row["signed"] else abs(abs(row["value"]) - abs(due))
            wrong = apart > points
            expected = f"{own:.10g} 与 {other:.10g} 相差 {due:.10g}"
        if wrong:
            findings.append(
                scene.finding(
                    CHECK, row, f"{_WORDS[row['kind']]}印的是 {row['value']:.10g}", expected,
                    "请核实哪个数有误; 修订过的数请说明",
                )
            )  # fmt: skip
    return findings


def _both(
    row: Mapping[str, Any], known: Mapping[tuple[Any, ...], float]
) -> tuple[float | None, float | None]:
    """The figure and what it is compared with."""
    at = end_index(row["period"])
    series = (row["region"], row["indicator"], row["measure"], row["basis"])
    own = known.get((*series, at))
    if row["kind"] == "gap":
        return own, known.get((row["other"], *series[1:], at))
    return own, known.get((*series, at - 12 if row["kind"] == "last_year" else end_index(row["other"])))
