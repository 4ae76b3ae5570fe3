"""ECharts options of the year's end: chances of places, what light sets were worth. Pure, plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.indicators.charts import ACCENT, GREEN, GREY, RED
from wenpan.district.indicators.queries.light_worth import LightWorth
from wenpan.economy.forecast.scenario import Places
from wenpan.economy.judging.scorecard import Bin

Option = dict[str, Any]
HABITS = ("低于目标", "低于月份/12")


def year_end_places(places: Places) -> Option:
    """The chance of each place at the year's end, in percent."""
    n = len(places.chance)
    third = -(-n // 3)
    tones = [GREEN if i < third else RED if i == n - 1 else ACCENT for i in range(n)]
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@pct"},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 16, "top": 20, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [str(i + 1) for i in range(n)]},
        "yAxis": {"type": "value", "min": 0, "axisLabel": {"formatter": "@pct"}},
        "series": [
            {
                "name": _("概率"),
                "type": "bar",
                "barMaxWidth": 34,
                "data": [
                    {"value": round(100 * c, 1), "itemStyle": {"color": tone}}
                    for c, tone in zip(places.chance, tones, strict=True)
                ],
                "label": {"show": n <= 16, "position": "top", "formatter": "@num:0", "fontSize": 11},
            }
        ],
    }


def reliability(bins: Sequence[Bin]) -> Option:
    """Said against happened, one point a fifth; on the line both agree."""
    shown = [b for b in bins if b.n and b.said is not None and b.met is not None]
    points = [
        {
            "value": [round(100 * (b.said or 0), 1), round(100 * (b.met or 0), 1)],
            "symbolSize": 6 + min(b.n, 60) ** 0.5 * 2,
        }
        for b in shown
    ]
    axis = {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "@pct:0"}}
    return {
        "tooltip": {"trigger": "item", "valueFormatter": "@num:0"},
        "legend": {"top": 0, "left": 0},
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 24, "containLabel": True},
        "xAxis": {**axis, "name": _("说的"), "nameLocation": "middle", "nameGap": 26},
        "yAxis": {**axis},
        "series": [
            {
                "name": _("说与做一致"), "type": "line", "data": [[0, 0], [100, 100]], "symbol": "none",
                "color": GREY, "lineStyle": {"type": "dashed", "width": 1.4}, "silent": True,
            },
            {"name": _("实际完成"), "type": "line", "data": points, "color": ACCENT, "symbol": "circle"},
        ],
    }  # fmt: skip


def worth(found: LightWorth) -> Option:
    """Relative economic value over cost/loss ratios: the set in force, the fitting one, and the habit."""
    colours = {True: ACCENT, False: GREY}
    picked = [
        line
        for line in found.lines
        if line.name in ("低于目标", "低于月份/12")
        or ((line.in_force or line.proposed) and line.name == "红灯")
    ]
    series = [
        {
            "name": f"{line.rules}{_('红灯')}" if line.rules else line.name,
            "type": "line",
            "data": [None if v is None else round(max(v, -1.0), 3) for v in line.values],
            "color": GREEN if line.proposed else colours[line.in_force],
            "lineStyle": {
                "type": "solid" if line.rules else "dashed" if line.name == "低于目标" else "dotted",
                "width": 2.4 if line.rules else 1.6,
            },
            "symbolSize": 5,
        }
        for line in picked
    ]
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@num:2"},
        "legend": {"top": 0, "left": 0, "type": "scroll", "right": 40},
        "grid": {"left": 8, "right": 16, "top": 36, "bottom": 24, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [f"{ratio:g}" for ratio in found.ratios],
            "name": _("空跑与漏报的代价比"),
            "nameLocation": "middle",
            "nameGap": 26,
        },
        "yAxis": {"type": "value", "min": -1, "max": 1, "axisLabel": {"formatter": "@num:1"}},
        "series": series,
    }
