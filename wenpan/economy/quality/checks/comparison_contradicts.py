"""A number printed beside a figure that does not fit it: a gap, a change, a share, an increase, last year's,
a contribution, the progress against a target.

Only where both figures are known, from the file or the ledger. A gap and a change are differences of two
rates, each rounded: `points` is what rounding can explain. Last year's value is often revised: `percent` of
it, also for an increase; a share may be off by `percent` of itself.
What a district adds to the city's growth is its growth times its share of the city in the year before;
a contribution is that over the city's growth. The ledger has no levels at constant prices, and growths are
rounded: both may be off by three times `percent` of themselves and by what rounding of the growths explains.
Without levels only the signs are compared. A progress is held against the target of its row, else against
those of the year in `CheckContext.year_plans`, of which one must fit."""

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
    "pull": "拉动的百分点",
    "contribution": "贡献率",
    "progress": "完成进度",
}
_ROUNDED = 0.05  # what a growth printed with one decimal may be off


def check(scene: Scene) -> list[CheckFinding]:
    compared = scene.context.compared
    if compared is None or compared.is_empty():
        return []
    points, percent = (scene.context.number(CHECK, name) for name in ("points", "percent"))
    known = {(*row[:4], row[4]): row[5] for row in scene.known.select(*SERIES, "index", "value").iter_rows()}
    findings = []
    for row in compared.iter_rows(named=True):
        if row["kind"] in ("pull", "contribution", "progress"):
            hold = _progress if row["kind"] == "progress" else _added
            if should := hold(row, known, scene):
                findings.append(
                    scene.finding(
                        CHECK, row, f"{_WORDS[row['kind']]}印的是 {row['value']:.10g}", should,
                        "请核实哪个数有误; 修订过的数请说明",
                    )
                )  # fmt: skip
            continue
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


def _progress(row: Mapping[str, Any], known: Mapping[tuple[Any, ...], float], scene: Scene) -> str:
    """What the progress should be, where none of the known targets of the year gives it; else ""."""
    own = known.get((row["region"], row["indicator"], row["measure"], row["basis"], end_index(row["period"])))
    year = int(row["period"][:4])
    plans = scene.context.year_plans.get((row["region"], row["indicator"], year), ())
    against = (row["against"],) if row["against"] is not None else plans
    targets = [t for t in against if t]
    if own is None or not targets:
        return ""
    points, percent = (scene.context.number(CHECK, name) for name in ("points", "percent"))
    rates = [round(own / t * 100, 4) for t in targets]
    for rate in rates:
        allowed = max(points, abs(rate) * percent / 100) if row["against"] is None else max(points, _ROUNDED)
        if min(abs(row["value"] - rate), abs(row["value"] * 100 - rate)) <= allowed:
            return ""
    return f"{own:.10g} 是 {targets[0]:.10g} 的 {rates[0]:.4g}%"


def _added(row: Mapping[str, Any], known: Mapping[tuple[Any, ...], float], scene: Scene) -> str:
    """What a district adds to the city's growth, where that is not what is printed; else ""."""
    at, growth = end_index(row["period"]), row["measure"]
    level = growth.removesuffix("_growth")
    own, whole = (
        known.get((r, row["indicator"], growth, row["basis"], at)) for r in (row["region"], row["other"])
    )
    before, all_before = (
        known.get((r, row["indicator"], level, "natural", at - 12)) for r in (row["region"], row["other"])
    )
    points, percent = scene.context.number(CHECK, "points"), 3 * scene.context.number(CHECK, "percent")
    rate = row["kind"] == "contribution"
    if own is None or (rate and not whole):
        return ""
    if before is None or not all_before:
        up = own > 0 if not rate or whole is None else (own > 0) == (whole > 0)
        clear = (
            abs(row["value"]) > points and abs(own) > _ROUNDED and (not rate or abs(whole or 0) > _ROUNDED)
        )
        return f"与增速 {own:.10g} 方向一致" if clear and (row["value"] > 0) != up else ""
    share = before / all_before
    due, loose = own * share, _ROUNDED * share + abs(own * share) * percent / 100
    if rate and whole:
        due, loose = due / whole * 100, (loose + abs(due) * _ROUNDED / abs(whole)) / abs(whole) * 100
    if abs(row["value"] - due) <= max(points, loose):
        return ""
    of = f", 占 {due:.4g}%" if rate else f", 拉动 {due:.3g} 个百分点"
    return f"增速 {own:.10g}, 上年占 {share * 100:.3g}%{of}"
