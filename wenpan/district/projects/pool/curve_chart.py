"""S-curves side by side, as an ECharts option: share of the planned total over share of the time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wenpan.district.projects.pool.curves import CurveBasis
from wenpan.economy.pool.curves import course

COLOURS = ("#12305c", "#1f5fbf", "#b7791f", "#2e7d32", "#8a4fbf", "#a3333d", "#3f7f8c", "#8a96a5")
SHOWN = 8  # more lines than this cannot be told apart


def s_curves(curves: Sequence[CurveBasis]) -> dict[str, Any]:
    lines = [
        {
            "name": f"{c.kind_label} {c.band_label}".strip(),
            "type": "line",
            "symbol": "none",
            "data": [round(100 * share, 1) for share in course(c.a, c.b)],
            "lineStyle": {"width": 2, "color": COLOURS[i], "type": "solid" if c.projects else "dashed"},
            "itemStyle": {"color": COLOURS[i]},
        }
        for i, c in enumerate(curves[:SHOWN])
    ]
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@pct"},
        "legend": {
            "top": 0,
            "left": 0,
            "right": 48,
            "type": "scroll",
            "data": [line["name"] for line in lines],
        },
        "grid": {"top": 44, "left": 8, "right": 24, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [f"{5 * k}%" for k in range(21)]},
        "yAxis": {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "@pct:0"}},
        "series": lines,
    }
