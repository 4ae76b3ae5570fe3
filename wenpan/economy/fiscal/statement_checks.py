"""A published text about revenue on two bases: where its numbers contradict each other.

Pure. A contradiction is told with both numbers and how the second follows; none is put right. The texts of
Yangling (November 2022), Zaozhuang (July 2022) and Huangping (2022) each contain one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.economy.fiscal.printed import Interval, PrintedNumber, base, growth


@dataclass(frozen=True)
class RevenueStatement:
    """What a text says of one kind of revenue. Rates in percent, amounts in one unit, `change` against last
    year."""

    name: str
    value: PrintedNumber
    rate: PrintedNumber | None = None  # natural
    change: PrintedNumber | None = None
    adjusted_value: PrintedNumber | None = None
    adjusted_rate: PrintedNumber | None = None
    adjusted_change: PrintedNumber | None = None
    refunds: PrintedNumber | None = None
    pull: PrintedNumber | None = None  # points by which refunds are said to have lowered the natural growth

    @property
    def last(self) -> Interval | None:
        """Last year's natural amount: by the change where it is printed, else by the rate."""
        if self.change is not None:
            return self.value.interval - self.change.interval
        return None if self.rate is None else base(self.value.interval, self.rate.interval)


@dataclass(frozen=True)
class TextContradiction:
    """`check` is a stable code."""

    check: str
    name: str
    said: str
    follows: str


def contradictions(
    whole: RevenueStatement, parts: Sequence[Sequence[RevenueStatement]] = ()
) -> list[TextContradiction]:
    """Of a whole and of any ways in which the text divides it (by kind, by collector)."""
    found = [
        *_change_and_rate(whole, "自然口径", whole.value, whole.rate, whole.change),
        *_change_and_rate(
            whole, "可比口径", whole.adjusted_value, whole.adjusted_rate, whole.adjusted_change
        ),
        *_pull(whole),
    ]
    for division in parts:
        found += _parts(whole, division)
    return found


def _change_and_rate(
    one: RevenueStatement,
    basis: str,
    value: PrintedNumber | None,
    rate: PrintedNumber | None,
    change: PrintedNumber | None,
) -> list[TextContradiction]:
    """The rate must be the change over what the value was before it."""
    if value is None or rate is None or change is None:
        return []
    follows = growth(value.interval, value.interval - change.interval)
    if follows is None or follows.meets(rate.interval):
        return []
    code = "change_and_rate" if basis == "自然口径" else "adjusted_change_and_rate"
    said = f"{basis}{value}，增加{change}，增速{rate}%"
    return [TextContradiction(code, one.name, said, f"{change}/({value}−{change}) = {follows.middle:.2f}%")]


def _pull(one: RevenueStatement) -> list[TextContradiction]:
    """What refunds took off the growth is the difference of the two printed rates."""
    if one.pull is None or one.rate is None or one.adjusted_rate is None:
        return []
    follows = one.adjusted_rate.interval - one.rate.interval
    if follows.meets(one.pull.interval):
        return []
    text = f"两个口径增速之差为{follows.middle:.1f}点"
    if one.refunds is not None and one.last is not None and one.last.low > 0:
        text += f"；{100 * one.refunds.value / one.last.middle:.1f}点是退税占上年数之比(仅本年加回)"
    return [TextContradiction("pull", one.name, f"退税拉低{one.pull}个百分点", text)]


def _parts(whole: RevenueStatement, parts: Sequence[RevenueStatement]) -> list[TextContradiction]:
    """The parts' amounts sum to the whole, and so do their amounts of last year."""
    names = "、".join(part.name for part in parts)
    total = _sum([part.value.interval for part in parts])
    if not total.meets(whole.value.interval):
        return [
            TextContradiction("parts", whole.name, f"合计{whole.value}", f"{names}之和为{total.middle:g}")
        ]
    bases = [part.last for part in parts]
    if whole.rate is None or any(one is None for one in bases):
        return []
    last = _sum([one for one in bases if one is not None])
    follows = growth(whole.value.interval, last)
    if follows is None or follows.meets(whole.rate.interval):
        return []
    text = f"{names}的上年数之和为{last.middle:,.0f}，据此为{follows.middle:.2f}%"
    return [TextContradiction("parts_and_rate", whole.name, f"自然口径增速{whole.rate}%", text)]


def _sum(intervals: Sequence[Interval]) -> Interval:
    total = Interval(0.0, 0.0)
    for one in intervals:
        total = total + one
    return total
