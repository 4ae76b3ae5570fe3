"""Quantities: numbers as official texts print them. Rounded once, last, half away from zero.

Pure; the one place where the house rounds for people. Growths and shares are in percent,
differences of growths in percentage points (个百分点). None, NaN and infinities are missing and
are printed "—", never 0. A difference that stands in a text is that of the shown figures, so that
a reader who checks it with a pencil is not misled:

    shown(x)     = x rounded half up to `decimals` places (GB/T 8170 rounds half to even; published
                   growth has one place already, and newspapers and city bulletins round half up)
    points(a, b) = shown(a) - shown(b)
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

Number = float | int | Decimal
MISSING = "—"
MOST_PLACES = 4  # the ledger keeps no more


def is_missing(value: Number | None) -> bool:
    return value is None or not math.isfinite(value)


def rounded(value: Number, decimals: int) -> Decimal:
    """Half away from zero on the decimal text, as people round: 2.25 → 2.3 (binary floats give 2.2)."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result  # no "-0.0"


def printed_value(value: Number | None, decimals: int = 1) -> Decimal | None:
    """`value` as it is printed; None where missing."""
    return None if value is None or is_missing(value) else rounded(value, decimals)


def number(value: Number | None, decimals: int = 1) -> str:
    """ "3.2", "-3.2", "—" where missing; no thousands separators, as official texts print."""
    figure = printed_value(value, decimals)
    return MISSING if figure is None else f"{figure:f}"


def grouped(value: Number | None, decimals: int = 1) -> str:
    """ "1,291.92", as wide tables on pages print."""
    figure = printed_value(value, decimals)
    return MISSING if figure is None else f"{figure:,f}"


def as_given(value: Number | None, unit: str = "", *, least: int = 0, thousands: bool = False) -> str:
    """A figure as it was typed: 12.30 → "12.3亿元". At least `least` places, at most four, so that
    arithmetic noise does not show."""
    figure = printed_value(value, MOST_PLACES)
    if figure is None:
        return MISSING
    whole, _dot, rest = f"{figure:,f}".partition(".")
    rest = rest.rstrip("0").ljust(least, "0")
    whole = whole if thousands else whole.replace(",", "")
    return (f"{whole}.{rest}" if rest else whole) + unit


def points(value: Number | None, other: Number | None, decimals: int = 1) -> Decimal | None:
    """The difference of the two shown figures; None where one is missing."""
    a, b = printed_value(value, decimals), printed_value(other, decimals)
    return None if a is None or b is None else a - b


def percent(value: Number | None, decimals: int = 1) -> str:
    return MISSING if is_missing(value) else f"{number(value, decimals)}%"


def telling_decimals(value: Number | None, *others: Number | None, decimals: int = 1) -> int:
    """Decimals at which `value` is seen to differ from each of `others` that it differs from.

    At most four, the ledger's own; what four places do not tell apart is the same, and asks for none.
    """
    if value is None or is_missing(value):
        return decimals
    places = decimals
    for other in others:
        if other is None or is_missing(other):
            continue
        if rounded(value, MOST_PLACES) == rounded(other, MOST_PLACES):
            continue
        while places < MOST_PLACES and rounded(value, places) == rounded(other, places):
            places += 1
    return places


NEAR_CERTAIN = 0.01  # of none and of certain: nearer no number is given, a model knows no more


def beyond(probability: float, cap: float = NEAR_CERTAIN) -> tuple[str, float] | None:
    """("低于", 0.01), ("高于", 0.99), or None where the number itself may be said."""
    if probability < cap:
        return "低于", cap
    return ("高于", 1 - cap) if probability > 1 - cap else None


def chance_text(probability: float, cap: float = NEAR_CERTAIN) -> str:
    """43%, 低于1%, 高于99%: the one wording of page, reason and paper."""
    words, limit = beyond(probability, cap) or ("", probability)
    return f"{words}{number(100 * limit, 0)}%"


def chance(probability: float) -> str:
    """为43%, 低于1%, 高于99%, after 概率."""
    return ("" if beyond(probability) else "为") + chance_text(probability)


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
