"""Units of published numbers: found in headers, converted exactly.

Pure, Decimal throughout: a conversion is a shift by a power of ten and never rounds. Units of
different kinds (亿元 and 亿美元) have no factor.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache

_SCALES = (
    ("", 0),
    ("十", 1),
    ("百", 2),
    ("千", 3),
    ("万", 4),
    ("十万", 5),
    ("百万", 6),
    ("千万", 7),
    ("亿", 8),
)
# base unit -> its other spellings (after NFKC)
_BASES = {
    "元": ("人民币元", "元人民币"),
    "美元": ("元美元",),
    "千瓦时": ("度", "kwh", "kw·h"),
    "平方米": ("m2", "平米", "㎡"),
    "吨": (),
    "吨公里": (),
    "吨标准煤": (),
    "人": (),
    "户": (),
    "个": (),
    "家": (),
    "件": (),
    "辆": (),
    "人次": (),
    "立方米": ("m3",),
    "亩": (),
    "吨标准煤/万元": (),
    "元/人": (),
}
_PERCENT = ("%", "百分比", "百分数", "％")
_POINTS = ("百分点", "个百分点")


def _table() -> dict[str, tuple[str, int]]:
    units = {}
    for base, others in _BASES.items():
        for name in (base, *others):
            for scale, power in _SCALES:
                units[scale + name] = (base, power)
    units |= dict.fromkeys(_PERCENT, ("%", 0)) | dict.fromkeys(_POINTS, ("百分点", 0))
    units["‰"] = ("%", -1)
    # 万千瓦时 and 亿千瓦时 stack two scales
    units |= {f"{s}千瓦时": ("千瓦时", p) for s, p in _SCALES}
    return units


_UNITS = _table()
_WORD = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_IN_BRACKETS = re.compile(r"[(\[【〔]\s*(?:单位[:]?\s*)?([^()\[\]【】〔〕]*)[)\]】〕]")
_AFTER_WORD = re.compile(rf"单位\s*[:]\s*((?:{_WORD})(?:\s*[、,,/;]\s*(?:{_WORD}))*)")
_ALONE = re.compile(rf"^(?:{_WORD})$")


def normal(text: str) -> str:
    """NFKC without white space; "㎡" becomes "m2", full-width becomes half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """The unit that a text names, in our spelling ("度" is 千瓦时), or "" if it names none."""
    text = normal(text).strip("()").lower()
    if text not in _UNITS:
        return ""
    base, power = _UNITS[text]
    if text == "‰":
        return text  # a tenth of a percent: never taken for one
    if base in ("%", "百分点"):
        return "%" if base == "%" else "百分点"
    return next(scale for scale, p in _SCALES if p == power) + base


@cache
def unit_words(first: str) -> tuple[str, ...]:
    """The spellings of units that begin with a character, the longest first."""
    return tuple(sorted((word for word in _UNITS if word.startswith(first)), key=len, reverse=True))


@lru_cache(maxsize=4096)
def factor(found: str, wanted: str) -> Decimal | None:
    """What to multiply a number in `found` with to have it in `wanted`; None if they differ in kind.

    factor("亿元", "万元") is 10000. Percent and percentage points measure growths alike.
    """
    if normal(found) == normal(wanted):
        return Decimal(1)
    a, b = _UNITS.get(normal(found).lower()), _UNITS.get(normal(wanted).lower())
    if a is None or b is None:
        return None
    if {a[0], b[0]} <= {"%", "百分点"}:
        return Decimal(1).scaleb(a[1] - b[1])
    return Decimal(1).scaleb(a[1] - b[1]) if a[0] == b[0] else None


@lru_cache(maxsize=4096)
def units_in(text: str) -> tuple[str, ...]:
    """Units that a header names in brackets, after 单位:, or by being nothing else; in order.

    "累计(亿元)" → 亿元; "单位:亿元、%" → 亿元, %; "同比±%" → %.
    """
    text = normal(text)
    if _ALONE.match(text.lower()):
        return (canonical(text),)
    found: list[str] = []
    for inner in (*_IN_BRACKETS.findall(text), *_AFTER_WORD.findall(text)):
        for word in re.split(r"[、,,;/和]", inner) if not canonical(inner) else [inner]:
            if (unit := canonical(word)) and unit not in found:
                found.append(unit)
    named, comma, last = text.rpartition(",")
    if not found and comma and len(named) > 2 and (unit := canonical(last)):  # 社会消费品零售总额,亿元
        found.append(unit)
    if not found and text.endswith(("%", "±%")):
        found.append("%")
    return tuple(found)


@lru_cache(maxsize=8192)
def without_units(text: str) -> str:
    """The text without brackets that hold only a unit: "固定资产投资(亿元)" → 固定资产投资."""
    text = normal(text)

    def keep(match: re.Match[str]) -> str:
        words = [w for w in re.split(r"[、,,;和]", match[1]) if w]
        return "" if words and all(canonical(w) for w in words) else match[0]

    named, comma, last = text.rpartition(",")
    if comma and len(named) > 2 and canonical(last):
        text = named
    return _IN_BRACKETS.sub(keep, text)
