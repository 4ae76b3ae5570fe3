"""Figures in words: growth, how it moved, how far it is from another figure; amounts with their unit.

Pure; the one place that words a figure, for pages, reasons and papers. A sign is said once, in words,
and can not be contradicted: every function rounds first and then chooses its words by the rounded
figure, so "增长0.0%" and "增长-3.2%" cannot be written. Growths are in percent, differences of growths
in percentage points (百分点). A missing figure gives the empty string (growth and amount: 尚未公布).

At how many decimals a growth is printed is decided once for all that stands beside it (`places`): a
figure that misses its target by 0.04 is not printed as equal to it, and one below zero not as 持平.
"""

from __future__ import annotations

from decimal import Decimal

from wenpan.economy.figures.quantities import Number, points, printed_value, telling_decimals

NOT_PUBLISHED = "尚未公布"


def places(growth: Number | None, *others: Number | None, decimals: int = 1) -> int:
    """Decimals of a growth and of all it is compared with (target, city): unequal ones look unequal."""
    return telling_decimals(growth, 0, *others, decimals=decimals)


def growth(value: Number | None, decimals: int = 1) -> str:
    """增长3.2% / 下降3.2% / 与上年同期持平."""
    figure = printed_value(value, decimals)
    if figure is None:
        return NOT_PUBLISHED
    if figure == 0:
        return "与上年同期持平"
    return f"{'增长' if figure > 0 else '下降'}{abs(figure):f}%"


def amount(value: Number | None, unit: str, decimals: int = 2) -> str:
    """323.45亿元; a negative amount (loss, net outflow) is printed with its sign as 负."""
    figure = printed_value(value, decimals)
    if figure is None:
        return NOT_PUBLISHED
    return f"{'负' if figure < 0 else ''}{abs(figure):f}{unit}"


def _state(figure: Decimal) -> str:
    return "增长" if figure > 0 else "下降" if figure < 0 else "持平"


def turn(now: Number | None, before: Number | None, than: str = "上月", decimals: int = 1) -> str:
    """How a growth moved: 加快, 回落, 降幅收窄, 降幅扩大, 由负转正, 由正转负, 持平."""
    a, b = printed_value(now, decimals), printed_value(before, decimals)
    if a is None or b is None:
        return ""
    change = a - b
    size = f"{abs(change):f}个百分点"
    if change == 0:
        return f"{'降幅' if a < 0 else '增速'}与{than}持平"
    if a > 0 and b > 0:
        return f"增速较{than}{'加快' if change > 0 else '回落'}{size}"
    if a < 0 and b < 0:
        return f"降幅较{than}{'收窄' if change > 0 else '扩大'}{size}"
    if a and b:
        return f"{'由负转正' if a > 0 else '由正转负'},较{than}{'回升' if change > 0 else '回落'}{size}"
    return f"由{_state(b)}转为{_state(a)},较{than}{'回升' if change > 0 else '回落'}{size}"


def against(value: Number | None, other: Number | None, whom: str = "全市平均", decimals: int = 1) -> str:
    """高于全市平均2.1个百分点 / 低于 / 与全市平均持平; the difference of the shown figures."""
    gap = points(value, other, decimals)
    if gap is None:
        return ""
    if gap == 0:
        return f"与{whom}持平"
    return f"{'高于' if gap > 0 else '低于'}{whom}{abs(gap):f}个百分点"


def apart(one: Number, other: Number, decimals: int = 1) -> str:
    """1.8个百分点: how far the two shown figures are apart; the caller says which is higher."""
    gap = points(one, other, decimals)
    return "" if gap is None else f"{abs(gap):f}个百分点"


def target(value: Number | None, comparison: str = ">=", decimals: int = 1) -> str:
    """What a growth target asks for: 增长8.0%, 降幅控制在5.0%以内, 增速控制在8.0%以内, 下降3.0%以上."""
    figure = printed_value(value, decimals)
    if figure is None:
        return ""
    size = f"{abs(figure):f}%"
    if comparison == ">=":
        return f"增长{size}" if figure > 0 else f"降幅控制在{size}以内" if figure < 0 else "与上年持平"
    return f"增速控制在{size}以内" if figure > 0 else f"下降{size}以上" if figure < 0 else "不高于上年"


def spread(low: Number | None, high: Number | None, decimals: int = 1) -> str:
    """增长1.2%至4.5%之间, 下降1.2%至4.5%之间, 下降0.5%至增长4.5%之间: a range of growths."""
    a, b = printed_value(low, decimals), printed_value(high, decimals)
    if a is None or b is None:
        return ""
    if a > 0 and b > 0:
        return f"增长{a:f}%至{b:f}%之间"
    if a < 0 and b < 0:
        return f"下降{abs(b):f}%至{abs(a):f}%之间"
    ends = ["持平" if not end else growth(end, decimals) for end in (a, b)]
    return f"{ends[0]}至{ends[1]}之间" if a != b else "持平附近"
