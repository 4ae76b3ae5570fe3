"""ECharts options as plain JSON: no functions, formatters are names that charts.js knows.

Pure. Every chart takes the frozen records of `queries` and gives a dict; missing values are null,
which ECharts draws as a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.indicators.parts import Decomposition
from wenpan.district.indicators.queries.board import COMPARISONS, set_by_label
from wenpan.district.indicators.queries.figures import Point
from wenpan.district.indicators.queries.indicator import IndicatorPage
from wenpan.district.indicators.words import periods_of_year
from wenpan.economy.time.periods import Month, parse_period

NAVY, ACCENT, GREY, RED, GREEN, AMBER = "#12305c", "#1f5fbf", "#8a96a5", "#c62828", "#2e7d32", "#b7791f"
BAND_WIDE, BAND_NARROW = "rgba(31,95,191,.14)", "rgba(31,95,191,.24)"
HISTORY = 30  # periods before the fan

Option = dict[str, Any]


def axis_label(period: str) -> str:
    """22.9 or 22Q3: short enough to stand under every tick."""
    p = parse_period(period)
    year = f"{p.end.year % 100:02d}"
    return f"{year}.{p.end.month}" if isinstance(p, Month) else f"{year}Q{p.quarter}"


def history(page: IndicatorPage) -> Option:
    """Growth of home and city, the fan to December, the targets of the year, estimates; levels below."""
    item = page.item
    growth = item.headline.is_growth
    unit = "@pct" if growth else f"@num:{item.level_decimals}"
    past = [p.period for p in page.history][-HISTORY:]
    ahead = _ahead(page, past)
    axis = [*past, *ahead]
    series: list[Option] = [
        *_fan(page, axis),
        _line(page.region_name, axis, page.history, ACCENT, width=2.5),
        _line(page.city_name, axis, page.city, GREY, dash="dashed"),
        *(_line(name, axis, points, AMBER, width=1.8) for name, points in page.other_bases if points),
        *_targets(page, axis),
        *_estimates(page, axis),
    ]
    names = [s["name"] for s in series if not s["name"].startswith("_")]
    option: Option = {
        "tooltip": {"trigger": "axis", "valueFormatter": unit},
        "legend": {"data": names, "top": 0, "left": 0, "type": "scroll", "right": 40},
        "xAxis": [{"type": "category", "data": [axis_label(p) for p in axis], "boundaryGap": True}],
        "yAxis": [{"type": "value", "scale": True, "axisLabel": {"formatter": unit}}],
        "grid": [{"left": 8, "right": 20, "top": 48, "bottom": 8, "containLabel": True}],
        "series": series,
    }
    if page.levels:
        _add_levels(option, page, axis)
    return option


def _ahead(page: IndicatorPage, past: list[str]) -> list[str]:
    """The periods of the year still to come, so that the fan ends in December."""
    if page.as_of is None:
        return []
    last = parse_period(past[-1]).end if past else Month(page.as_of.year, 1).plus(-1)
    coming = periods_of_year(page.as_of.year, frequency=page.item.frequency, january=page.item.january)
    return [str(p) for p in coming if p.end > last]


def _line(
    name: str,
    axis: list[str],
    points: Sequence[Point],
    colour: str,
    *,
    width: float = 1.6,
    dash: str = "solid",
) -> Option:
    values = {p.period: p.value for p in points}
    return {
        "name": name,
        "type": "line",
        "data": [values.get(p) for p in axis],
        "color": colour,
        "z": 5,
        "lineStyle": {"width": width, "type": dash},
        "symbol": "circle",
        "symbolSize": 4,
        "showSymbol": dash == "solid",
        "connectNulls": False,
    }


def _fan(page: IndicatorPage, axis: list[str]) -> list[Option]:
    """Bands by stacking: an unseen line at p10, then the widths p25−p10, p75−p25, p90−p75."""
    if not page.fan:
        return []
    fan = {point[0]: point[1:] for point in page.fan}

    def values(of: Any) -> list[float | None]:
        return [round(of(*fan[p]), 4) if p in fan else None for p in axis]

    def band(name: str, data: list[float | None], colour: str) -> Option:
        return {
            "name": name,
            "type": "line",
            "stack": "_fan",
            "stackStrategy": "all",
            "data": data,
            "symbol": "none",
            "lineStyle": {"opacity": 0},
            "areaStyle": {"color": colour, "opacity": 1},
            "color": ACCENT,
            "silent": True,
            "tooltip": {"show": False},
            "z": 1,
        }

    middle = {
        "name": _("年末预测（中位）"),
        "type": "line",
        "data": values(lambda a, b, c, d, e: c),
        "color": ACCENT,
        "symbol": "none",
        "lineStyle": {"type": "dotted", "width": 2},
        "z": 4,
    }
    return [
        band("_p10", values(lambda a, b, c, d, e: a), "rgba(0,0,0,0)"),
        band("_p25", values(lambda a, b, c, d, e: b - a), BAND_WIDE),
        band("_p75", values(lambda a, b, c, d, e: d - b), BAND_NARROW),
        band("_p90", values(lambda a, b, c, d, e: e - d), BAND_WIDE),
        middle,
    ]


def _targets(page: IndicatorPage, axis: list[str]) -> list[Option]:
    """A level line through the target's year for every target on the headline measure."""
    out = []
    styles = {"city": RED, "congress": "#8e5ea2", "district": GREEN}
    for j in page.all:
        if j.target is None or j.measure != page.item.headline:
            continue
        data = [j.target if p.startswith(str(j.year)) else None for p in axis]
        sign = COMPARISONS.get(j.comparison or ">=", "")
        out.append(
            {
                "name": _("%(who)s目标%(value)s")
                % {"who": set_by_label(j.set_by), "value": f"{sign}{j.target:g}{j.unit}"},
                "type": "line",
                "data": data,
                "symbol": "none",
                "color": styles.get(j.set_by or "", AMBER),
                "lineStyle": {"type": "dashed", "width": 1.5},
                "z": 3,
            }
        )
    return out


def _estimates(page: IndicatorPage, axis: list[str]) -> list[Option]:
    mine = [e for e in page.estimates if e.measure == page.item.headline]
    if not mine:
        return []
    values = {e.period: e.value for e in mine}
    return [
        {
            "name": _("责任单位预计（非官方）"),
            "type": "scatter",
            "data": [values.get(p) for p in axis],
            "symbol": "diamond",
            "symbolSize": 11,
            "color": AMBER,
            "z": 6,
        }
    ]


def _add_levels(option: Option, page: IndicatorPage, axis: list[str]) -> None:
    """Bars of the published amounts under the growth, on the same months."""
    values = {p.period: p.value for p in page.levels}
    unit = f"@num:{page.item.level_decimals}"
    option["grid"][0]["bottom"] = "34%"
    option["grid"].append({"left": 8, "right": 20, "top": "73%", "bottom": 12, "containLabel": True})
    option["xAxis"].append({**option["xAxis"][0], "gridIndex": 1, "axisLabel": {"show": False}})
    option["yAxis"].append(
        {
            "type": "value",
            "gridIndex": 1,
            "splitNumber": 2,
            "name": page.item.unit,
            "nameLocation": "end",
            "nameGap": 6,
            "axisLabel": {"formatter": "@num:0"},
        }
    )
    option["axisPointer"] = {"link": [{"xAxisIndex": "all"}]}
    option["series"].append(
        {
            "name": _("累计（%(unit)s）") % {"unit": page.item.unit},
            "type": "bar",
            "xAxisIndex": 1,
            "yAxisIndex": 1,
            "data": [values.get(p) for p in axis],
            "color": "#9db7de",
            "barMaxWidth": 14,
            "tooltip": {"valueFormatter": unit},
        }
    )


def ranks(page: IndicatorPage) -> Option:
    """The place over time, first on top."""
    shown = page.ranks
    most = max((reported for _, _, reported in shown), default=1)
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@num:0"},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 20, "top": 20, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [axis_label(p) for p, _, _ in shown]},
        "yAxis": {
            "type": "value",
            "inverse": True,
            "min": 1,
            "max": max(most, 2),
            "interval": max(1, (most - 1) // 3),
            "axisLabel": {"formatter": "@num:0"},
        },
        "series": [
            {
                "name": _("位次"),
                "type": "line",
                "step": "middle",
                "data": [rank for _, rank, _ in shown],
                "color": NAVY,
                "symbol": "circle",
                "symbolSize": 6,
                "label": {"show": len(shown) <= 13, "fontSize": 11, "color": NAVY},
            }
        ],
    }


def contributions(parts: Decomposition, whole: str) -> Option:
    """What each part adds to the whole's growth, in points; the residual stands as its own bar."""
    bars = [(p.name, p.contribution) for p in parts.parts]
    if parts.residual is not None:
        bars.append((_("其余（未分解）"), parts.residual))
    bars.append((whole, parts.whole))
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": "@points"},
        "legend": {"show": False},
        "grid": {"left": 8, "right": 48, "top": 26, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"formatter": "@num:1"}},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [name for name, _ in bars],
            "axisTick": {"show": False},
        },
        "series": [
            {
                "name": _("拉动（百分点）"),
                "type": "bar",
                "barMaxWidth": 18,
                "data": [_bar(value, name == whole) for name, value in bars],
                "label": {"show": True, "position": "right", "formatter": "@num:1", "fontSize": 12},
            }
        ],
    }


def _bar(value: float | None, whole: bool) -> Option:
    colour = NAVY if whole else RED if value is not None and value < 0 else ACCENT
    return {
        "value": None if value is None else round(value, 2),
        "itemStyle": {"color": colour},
    }


def plan(
    labels: Sequence[str],
    schedule: Sequence[float],
    way: Sequence[float | None],
    actual: Sequence[float | None],
    unit: str,
) -> Option:
    """The year by its schedule, as published, and the way that is left; `unit` is a formatter's name."""
    lines = [
        (_("按进度"), schedule, GREY, "dashed"),
        (_("倒排应达到"), way, RED, "dashed"),
        (_("已公布"), actual, ACCENT, "solid"),
    ]
    return {
        "tooltip": {"trigger": "axis", "valueFormatter": unit},
        "legend": {"top": 0, "left": 0},
        "grid": {"left": 8, "right": 16, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": list(labels)},
        "yAxis": {"type": "value", "scale": True, "axisLabel": {"formatter": unit}},
        "series": [
            {
                "name": name,
                "type": "line",
                "data": list(data),
                "color": colour,
                "lineStyle": {"type": dash, "width": 2.5 if dash == "solid" else 1.8},
                "symbolSize": 5,
            }
            for name, data, colour, dash in lines
        ],
    }
