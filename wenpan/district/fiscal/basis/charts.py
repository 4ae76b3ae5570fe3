"""The bridge from natural to adjusted growth as an ECharts option: plain JSON, no functions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from wenpan.economy.fiscal.comparable_basis import BridgeStep

NAVY, UP, DOWN = "#12305c", "#1f5fbf", "#c62828"


def bridge(steps: Sequence[BridgeStep], published: float | None) -> dict[str, Any]:
    """A waterfall in percent: the first and the last bar stand on nothing, those between hang where the one
    before ended. Below zero a bar hangs as well as above it. The published rate is a line of its own."""
    labels = [_(step.label) if i in (0, len(steps) - 1) else step.label for i, step in enumerate(steps)]
    spans = [(0.0, steps[0].growth)]
    spans += [(before.growth, after.growth) for before, after in pairwise(steps[:-1])]
    spans += [(0.0, steps[-1].growth)]
    ends = (0, len(steps) - 1)
    bars = []
    for i, (start, end) in enumerate(spans):
        colour = NAVY if i in ends else UP if end >= start else DOWN
        said = steps[i].growth if i in ends else steps[i].points
        bars.append({"start": start, "end": end, "colour": colour, "said": said})
    series = [
        _hidden("_above", [_floor(bar, 1) for bar in bars], "above"),
        _hidden("_below", [_floor(bar, -1) for bar in bars], "below"),
        _shown(_("上方"), bars, 1, "above"),
        _shown(_("下方"), bars, -1, "below"),
    ]
    if published is not None:
        line = {"symbol": "none", "silent": True, "lineStyle": {"color": "#b7791f", "type": "dashed"}}
        line["label"] = {"formatter": _("公布"), "position": "insideEndTop", "color": "#8a5a10"}
        series[2]["markLine"] = line | {"data": [{"yAxis": published}]}
    return {
        "tooltip": {"show": False},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 24, "top": 28, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": labels,
            "axisLabel": {"interval": 0, "width": 96, "overflow": "break"},
        },
        "yAxis": {"type": "value", "axisLabel": {"formatter": "@pct"}},
        "series": series,
    }


def _side(bar: dict[str, Any], sign: int) -> tuple[float, float]:
    """The bar's part above (1) or below (−1) zero, both ends as distances from zero."""
    low, high = sorted((sign * bar["start"], sign * bar["end"]))
    return max(low, 0.0), max(high, 0.0)


def _floor(bar: dict[str, Any], sign: int) -> float:
    return round(sign * _side(bar, sign)[0], 4)


def _hidden(name: str, data: list[float], stack: str) -> dict[str, Any]:
    clear = {"color": "rgba(0,0,0,0)"}
    return {
        "name": name,
        "type": "bar",
        "stack": stack,
        "barGap": "-100%",
        "data": data,
        "itemStyle": clear,
        "silent": True,
    }


def _shown(name: str, bars: list[dict[str, Any]], sign: int, stack: str) -> dict[str, Any]:
    data = []
    for bar in bars:
        low, high = _side(bar, sign)
        here = (bar["end"] >= 0) is (sign > 0)
        label = {
            "show": here,
            "position": "top" if sign > 0 else "bottom",
            "formatter": f"{bar['said']:+.2f}".replace("-", "−"),
        }
        data.append(
            {"value": round(sign * (high - low), 4), "itemStyle": {"color": bar["colour"]}, "label": label}
        )
    return {"name": name, "type": "bar", "stack": stack, "barGap": "-100%", "barMaxWidth": 46, "data": data}
