"""The ladder of special bonds as bars: issued, assigned, paid, spent, in statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

NAVY = "#12305c"


def rung_words() -> dict[str, str]:
    return {
        "issued": _("已发行"),
        "assigned": _("已分配"),
        "paid_department": _("已拨到主管部门"),
        "paid_builder": _("已拨到施工单位"),
        "spent": _("已支出"),
        "in_statistics": _("已纳入投资统计"),
    }


def ladder(rungs: Sequence[tuple[str, float, int]]) -> dict[str, Any]:
    words = rung_words()
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@num:0"},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 64, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"formatter": "@num:0"}},
        "yAxis": {"type": "category", "inverse": True, "data": [words[rung] for rung, _sum, _n in rungs]},
        "series": [
            {
                "name": _("万元"),
                "type": "bar",
                "barMaxWidth": 20,
                "color": NAVY,
                "data": [round(total, 2) if known else None for _rung, total, known in rungs],
                "label": {"show": True, "position": "right", "formatter": "@num:0"},
            }
        ],
    }
