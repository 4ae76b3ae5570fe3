"""Charts of a paper: black-and-white safe, with Chinese letters, as PNG bytes.

Pure. Bars differ by hatching, lines by dash and marker, so that a photocopy still reads. Missing values
leave a gap. The letters come from a font that the program brings along: the same numbers give the same
picture on every machine.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wenpan.documents.papers.fonts import SANS as FONT
from wenpan.economy.figures import quantities

_DASHES = ("-", "--", ":", "-.")
_MARKERS = ("o", "s", "^", "D")
_GREYS = ("#111111", "#555555", "#333333", "#777777")
DPI = 170
MOST_HEIGHT = 70  # mm: with its caption eight lines of the body, so that it fits under the first paragraph


@dataclass(frozen=True)
class Bar:
    """One indicator's growth beside the city's; None is not published."""

    name: str
    value: float | None
    city: float | None


@dataclass(frozen=True)
class Trend:
    name: str
    values: tuple[float | None, ...]  # as many as there are periods


@lru_cache(maxsize=1)
def chinese_font() -> str:
    """The name of the font that comes with the program (Noto Sans SC, SIL Open Font License), made known to
    matplotlib: the same letters on every machine, whatever is installed there."""
    from matplotlib.font_manager import FontProperties, fontManager

    fontManager.addfont(FONT)
    return str(FontProperties(fname=FONT).get_name())


def _figure(width_mm: float, height_mm: float) -> tuple[Any, Any]:
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    mpl.rcParams["axes.unicode_minus"] = False
    mpl.rcParams["font.family"] = [chinese_font()]
    figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9, length=2)
    return figure, axes


def _png(figure: Any) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def growth_bars(bars: Sequence[Bar], *, place: str, decimals: int = 1) -> bytes:
    """Horizontal bars of growth, the place in solid grey, the city hatched; figures at the ends."""
    height = min(MOST_HEIGHT, 20 + 6 * max(1, len(bars)))
    figure, axes = _figure(150, height)
    rows = range(len(bars))
    own = [_or_nan(bar.value) for bar in bars]
    city = [_or_nan(bar.city) for bar in bars]
    axes.barh([row - 0.19 for row in rows], own, 0.36, color="#4d4d4d", label=place)
    axes.barh(
        [row + 0.19 for row in rows],
        city,
        0.36,
        color="white",
        edgecolor="#4d4d4d",
        hatch="////",
        label="全市",
    )
    known = [abs(value) for value in own + city if not math.isnan(value)]
    room = max([*known, 1.0]) * 0.02
    for row, pair in enumerate(zip(own, city, strict=True)):
        for offset, value in zip((-0.19, 0.19), pair, strict=True):
            if not math.isnan(value):
                side = "left" if value >= 0 else "right"
                at = value + (room if value >= 0 else -room)
                axes.text(
                    at, row + offset, quantities.number(value, decimals), va="center", ha=side, fontsize=6.5
                )
    axes.set_yticks(list(rows), [bar.name for bar in bars])
    axes.tick_params(axis="y", length=0, pad=4)
    axes.invert_yaxis()
    axes.axvline(0, color="black", linewidth=0.8)
    axes.margins(x=0.14)
    axes.set_xlabel("增速(%)", fontsize=9)
    figure.legend(loc="outside upper right", ncols=2, fontsize=9, frameon=False)
    return _png(figure)


def trend_lines(trends: Sequence[Trend], periods: Sequence[str]) -> bytes:
    """Growth over the last periods, at most four lines; gaps where nothing was published."""
    figure, axes = _figure(150, 64)
    for at, trend in enumerate(trends[:4]):
        values = [_or_nan(value) for value in trend.values]
        axes.plot(
            range(len(values)),
            values,
            linestyle=_DASHES[at],
            marker=_MARKERS[at],
            color=_GREYS[at],
            markersize=4,
            linewidth=1.3,
            label=trend.name,
        )
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_xticks(range(len(periods)), list(periods))
    axes.set_ylabel("增速(%)", fontsize=9)
    axes.grid(axis="y", color="#dddddd", linewidth=0.5)
    figure.legend(loc="outside upper center", ncols=4, fontsize=9, frameon=False)
    return _png(figure)
