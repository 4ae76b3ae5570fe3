"""Quarter by quarter: this year's growth, and what the forecast leaves for the rest of the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from wenpan.economy.fiscal.quarters import QuarterLine, RestOfYear

NAVY, RED, BAND = "#12305c", "#c62828", "rgba(31,95,191,.28)"


def months_of(line: QuarterLine) -> str:
    return _("%(first)s—%(last)s月") % {"first": line.months[0], "last": line.months[1]}


def by_quarter(lines: Sequence[QuarterLine], rest: Sequence[RestOfYear], month: int) -> dict[str, Any]:
    """Bars of growth; the last bar is the rest of the year at the middle of the forecast, with the span
    from 10 to 90 percent behind it."""
    labels = [months_of(line) for line in lines]
    bars: list[dict[str, Any]] = [
        {"value": _rounded(line.growth), "itemStyle": {"color": RED if (line.growth or 0) < 0 else NAVY}}
        for line in lines
    ]
    known = [one.rest_growth for one in rest if one.rest_growth is not None]
    series: list[dict[str, Any]] = []
    if len(known) == 3 and month < 12:
        labels.append(_("%(first)s—12月预计") % {"first": month + 1})
        bars.append(
            {
                "value": _rounded(known[1]),
                "itemStyle": {"color": BAND, "borderColor": NAVY, "borderType": "dashed"},
            }
        )
    label = {"show": True, "position": "top", "formatter": "@pct"}
    series.append({"name": _("增速"), "type": "bar", "barMaxWidth": 40, "data": bars, "label": label})
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@pct"},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 20, "top": 26, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": labels},
        "yAxis": {"type": "value", "axisLabel": {"formatter": "@pct"}},
        "series": series,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
