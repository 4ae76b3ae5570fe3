"""A number printed beside a figure that does not fit it: a gap, a change, a share, an increase, last year's.

Only where both figures are known, from the file or the ledger. A gap and a change are differences of two
rates, each rounded: `points` is what rounding can explain. Last year's value is often revised: `percent` of
it, also for an increase; a share may be off by `percent` of itself. Contributions need levels at constant
prices, which the ledger has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import SERIES, Scene, end_index

CHECK = "comparison_contradicts"
_WORDS = {
    "gap": "与另一地区之差",
    "change": "与前期之差",
    "last_year": "上年同期数",
    "share": "占全市的比重",
    "increment": "同比增减额",
}


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
        if row["kind"] == "share":
            if other == 0:
                continue
            due = round(own / other * 100, 4)
            wrong = abs(row["value"] - due) > max(points, abs(due) * percent / 100)
            expected = f"{own:.10g} 占 {other:.10g} 的 {due:.4g}%"
        elif row["kind"] == "increment":
            due = round(own - other, 4)
            apart = abs(row["value"] - due) if row["signed"] else abs(abs(row["value"]) - abs(due))
            wrong = apart > abs(other) * percent / 100
            expected = f"{own:.10g} 比上年同期 {other:.10g} 增减 {due:.10g}"
        elif row["kind"] == "last_year":
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
    if row["kind"] in ("gap", "share"):
        return own, known.get((row["other"], *series[1:], at))
    return own, known.get(
        (*series, at - 12 if row["kind"] in ("last_year", "increment") else end_index(row["other"]))
    )
