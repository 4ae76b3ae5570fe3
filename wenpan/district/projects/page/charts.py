"""ECharts options of the room as plain JSON, in the reader's language; missing values are gaps. Pure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.projects.page.queries import Curve
from wenpan.district.projects.pool.summary import Bridge

ACCENT, GREY, AMBER, NAVY, GREEN = "#1f5fbf", "#8a96a5", "#b7791f", "#12305c", "#2e7d32"
Option = dict[str, Any]


def s_curve(curve: Curve) -> Option:
    """Share of the planned total: plan, actual, expected with its band."""
    band = [
        None if h is None or low is None else round(h - low, 2)
        for h, low in zip(curve.high, curve.low, strict=True)
    ]
    plan, actual, expected = _("计划"), _("实际"), _("预计")
    shade = {"type": "line", "stack": "band", "symbol": "none", "lineStyle": {"opacity": 0}, "silent": True}
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@pct"},
        "legend": {"data": [plan, actual, expected], "top": 0, "left": 0},
        "xAxis": {"type": "category", "data": [f"{m[2:4]}.{int(m[5:])}" for m in curve.months]},
        "yAxis": {"type": "value", "min": 0, "axisLabel": {"formatter": "@pct:0"}},
        "series": [
            {**shade, "name": "_低", "data": list(curve.low), "tooltip": {"show": False}},
            {
                **shade,
                "name": "_高",
                "data": band,
                "areaStyle": {"color": "rgba(31,95,191,.16)"},
                "tooltip": {"show": False},
            },
            _line(plan, curve.plan, GREY, dash="dashed"),
            _line(actual, curve.actual, NAVY, width=2.5, whole=True),
            _line(expected, curve.expected, ACCENT, dash="dotted"),
        ],
    }


def _line(
    name: str, data: Any, colour: str, *, width: float = 2, dash: str = "solid", whole: bool = False
) -> Option:
    """`whole`: drawn across months that are not known."""
    return {
        "name": name,
        "type": "line",
        "data": list(data),
        "symbol": "none",
        "connectNulls": whole,
        "lineStyle": {"color": colour, "width": width, "type": dash},
        "itemStyle": {"color": colour},
    }


def bridge(bridge: Bridge) -> Option:
    """Done, from stock, from entries, the gap, and the target, 亿元, as a waterfall."""
    steps = [
        (_("本年已完成"), bridge.done, NAVY),
        (_("在库项目预计"), bridge.stock[1], ACCENT),
        (_("新入库预计"), bridge.entries[1], "#5b8fd9"),
    ]
    at, names, base, bars = 0.0, [], [], []
    for name, value, colour in steps:
        names.append(name)
        base.append(round(at / 10_000, 4))
        bars.append({"value": round(value / 10_000, 4), "itemStyle": {"color": colour}})
        at += value
    if bridge.needed is not None:
        gap = bridge.needed - at
        names += [_("缺口") if gap > 0 else _("超出"), _("目标所需")]
        base += [round(min(at, bridge.needed) / 10_000, 4), 0.0]
        bars.append(
            {"value": round(abs(gap) / 10_000, 4), "itemStyle": {"color": AMBER if gap > 0 else GREEN}}
        )
        bars.append({"value": round(bridge.needed / 10_000, 4), "itemStyle": {"color": GREY}})
    label = {"show": True, "position": "top", "formatter": "@num:2"}
    return {
        "tooltip": {"trigger": "item", "valueFormatter": "@yi:2"},
        "xAxis": {"type": "category", "data": names},
        "yAxis": {
            "type": "value",
            "axisLabel": {"formatter": "@num:0"},
            "name": _("亿元"),
            "nameTextStyle": {"align": "left"},
        },
        "series": [
            {
                "type": "bar",
                "stack": "a",
                "data": base,
                "itemStyle": {"color": "transparent"},
                "silent": True,
                "tooltip": {"show": False},
            },
            {"type": "bar", "stack": "a", "data": bars, "barMaxWidth": 56, "label": label},
        ],
    }
