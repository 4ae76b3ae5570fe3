"""Quantities: numbers as official texts print them. Rounded once, last, half away from zero.

Pure. Growths and shares are in percent, differences of growths in percentage points (个百分点).
A missing value is printed "—", never 0. A growth is worded so that it cannot contradict its
sign: 增长3.2%, 下降3.2%, 持平.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

MISSING = "—"


def is_missing(value: float | None) -> bool:
    return value is None or not math.isfinite(value)


def rounded(value: float, decimals: int) -> Decimal:
    """Half away from zero on the decimal text, as people round: 2.25 → 2.3 (binary floats give 2.2)."""
    exact = Decimal(repr(float(value)))
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result  # no "-0.0"


def number(value: float | None, decimals: int = 1) -> str:
    if value is None or is_missing(value):
        return MISSING
    return f"{rounded(value, decimals):f}"


def percent(value: float | None, decimals: int = 1) -> str:
    return MISSING if is_missing(value) else f"{number(value, decimals)}%"


def amount(value: float | None, unit: str, decimals: int = 2) -> str:
    return MISSING if is_missing(value) else f"{number(value, decimals)}{unit}"


def telling_decimals(one: float, other: float, decimals: int) -> int:
    """Decimals at which two different numbers are seen to differ; at most four."""
    for places in range(decimals, 5):
        if rounded(one, places) != rounded(other, places):
            return places
    return decimals


def growth_words(value: float | None, decimals: int = 1) -> str:
    """增长3.2% / 下降3.2% / 持平; a missing growth is 增速—."""
    if value is None or is_missing(value):
        return f"增速{MISSING}"
    shown = rounded(value, decimals)
    if shown == 0:
        return (
            "持平"
            if value == 0
            else f"{'略增' if value > 0 else '略降'}(不足{Decimal(1).scaleb(-decimals):f}%)"
        )
    return f"{'增长' if shown > 0 else '下降'}{abs(shown):f}%"


def chance(probability: float) -> str:
    """为43% / 不足1% / 超过99%: a forecast never says 0 or 100 %, a known outcome does."""
    if 0 < probability < 0.01:
        return "不足1%"
    if 0.99 < probability < 1:
        return "超过99%"
    return f"为{number(probability * 100, 0)}%"


def points_words(one: float, other: float, decimals: int = 1) -> str:
    """How far `one` is from `other`, from the printed numbers, so that the sum on the page is right.

    3.2 against 5.0 is 低于…1.8个百分点; the caller puts the name of the other between.
    """
    places = telling_decimals(one, other, decimals)
    return f"{abs(rounded(one, places) - rounded(other, places)):f}个百分点"


# Factors to the base unit of a family; a table in 亿元 and a catalogue in 万元 meet here.
_FACTORS: dict[str, tuple[str, Decimal]] = {
    "元": ("元", Decimal(1)),
    "千元": ("元", Decimal(1000)),
    "万元": ("元", Decimal(10_000)),
    "百万元": ("元", Decimal(1_000_000)),
    "千万元": ("元", Decimal(10_000_000)),
    "亿元": ("元", Decimal(100_000_000)),
    "美元": ("美元", Decimal(1)),
    "万美元": ("美元", Decimal(10_000)),
    "亿美元": ("美元", Decimal(100_000_000)),
    "千瓦时": ("千瓦时", Decimal(1)),
    "万千瓦时": ("千瓦时", Decimal(10_000)),
    "亿千瓦时": ("千瓦时", Decimal(100_000_000)),
    "平方米": ("平方米", Decimal(1)),
    "万平方米": ("平方米", Decimal(10_000)),
    "吨公里": ("吨公里", Decimal(1)),
    "万吨公里": ("吨公里", Decimal(10_000)),
    "亿吨公里": ("吨公里", Decimal(100_000_000)),
    "吨": ("吨", Decimal(1)),
    "万吨": ("吨", Decimal(10_000)),
    "人": ("人", Decimal(1)),
    "万人": ("人", Decimal(10_000)),
}


class UnitError(ValueError):
    """Two units that do not measure the same thing."""


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """Exactly: 64.2 亿元 is 642000 万元. UnitError where the units are of two families or unknown."""
    if unit == to:
        return value
    one, other = _FACTORS.get(unit), _FACTORS.get(to)
    if one is None or other is None or one[0] != other[0]:
        raise UnitError(f"单位不能换算: {unit or '(空)'} → {to or '(空)'}")
    return value * one[1] / other[1]
