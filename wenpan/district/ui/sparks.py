"""Spark lines: a tiny inline SVG of the last values, with gaps where nothing was reported."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

PAD = 3.0


def spark(values: Iterable[Any] | None, *, label: str, width: int = 96, height: int = 26) -> SafeString:
    """Polylines over the known values in their order; a dash when fewer than two are known."""
    series = [_known(value) for value in values or ()]
    known = [value for value in series if value is not None]
    if len(known) < 2:
        return format_html('<span class="wp-muted">{}</span>', "—")
    low, high = min(known), max(known)
    spread = (high - low) or 1.0
    step = (width - 2 * PAD) / (len(series) - 1)

    def point(index: int, value: float) -> tuple[float, float]:
        y = height / 2 if high == low else PAD + (height - 2 * PAD) * (high - value) / spread
        return round(PAD + index * step, 1), round(y, 1)

    runs = _runs([None if value is None else point(i, value) for i, value in enumerate(series)])
    zero = _zero_line(low, high, width, height, spread)
    last = runs[-1][-1]
    return format_html(
        '<svg class="wp-spark" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}'
        '<circle cx="{}" cy="{}" r="2.2"/></svg>',
        width, height, width, height, label, zero, _lines(runs), last[0], last[1],
    )  # fmt: skip


def _known(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _runs(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _lines(runs: list[list[tuple[float, float]]]) -> SafeString:
    texts = [" ".join(f"{x},{y}" for x, y in (run if len(run) > 1 else run * 2)) for run in runs]
    return format_html_join("", '<polyline points="{}"/>', ((text,) for text in texts))


def _zero_line(low: float, high: float, width: int, height: int, spread: float) -> SafeString | str:
    if not low < 0 < high:
        return ""
    y = round(PAD + (height - 2 * PAD) * high / spread, 1)
    return format_html('<line x1="0" x2="{}" y1="{}" y2="{}"/>', width, y, y)
