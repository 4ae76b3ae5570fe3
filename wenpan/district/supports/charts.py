"""What each industry adds to GDP's growth, in points, as an ECharts option."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.supports.queries import SupportLine

NAVY, RED = "#12305c", "#c62828"


def pulls(lines: Sequence[SupportLine]) -> dict[str, Any]:
    """The largest first."""
    known = sorted(
        ((line.name, line.pull.pull) for line in lines if line.pull is not None), key=lambda bar: -bar[1]
    )
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@points"},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 48, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"formatter": "@num:1"}},
        "yAxis": {"type": "category", "inverse": True, "data": [name for name, _pull in known]},
        "series": [
            {
                "name": _("拉动（百分点）"),
                "type": "bar",
                "barMaxWidth": 16,
                "data": [
                    {"value": round(pull, 2), "itemStyle": {"color": RED if pull < 0 else NAVY}}
                    for _name, pull in known
                ],
                "label": {"show": True, "position": "right", "formatter": "@num:2"},
            }
        ],
    }
