"""ECharts options of the year's end: chances of places, what light sets were worth. Pure, plain JSON."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.indicators.charts import ACCENT, GREEN, RED
from wenpan.economy.forecast.scenario import Places

Option = dict[str, Any]


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
