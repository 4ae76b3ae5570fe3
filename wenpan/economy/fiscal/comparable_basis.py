"""Comparable basis: by which of the three methods in use a printed "growth without refunds" was worked out.

Pure. x, x₀: this year's and last year's amount as booked (natural); r, r₀: what was refunded in either.
Growth in percent.

    A   two-sided    (x + r) / (x₀ + r₀) − 1        what was refunded is added back in both years
    A1  one-sided    (x + r) / x₀ − 1               added back in this year only
    B   base reduced x / (x₀ − r) − 1               last year's amount without what was refunded this year

A method fits where numbers that round to the printed ones agree. The printed rate is never replaced; where
none or more than one fits, it is asked. Where last year's refunds were not published, A fits with the
refunds that it implies, which are told, if those are not negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wenpan.economy.fiscal.printed import Interval, PrintedNumber, growth


class BasisMethod(StrEnum):
    TWO_SIDED = "A"
    ONE_SIDED = "A1"
    BASE_REDUCED = "B"
    UNKNOWN = "unknown"


METHOD_WORDS = {
    BasisMethod.TWO_SIDED: "两年均加回留抵退税",
    BasisMethod.ONE_SIDED: "仅本年加回留抵退税",
    BasisMethod.BASE_REDUCED: "上年基数扣除本年留抵退税",
    BasisMethod.UNKNOWN: "口径不明",
}


@dataclass(frozen=True)
class BasisFit:
    """`rates`: what each method gives. `fitting`: those that agree with the printed rate."""

    printed: PrintedNumber
    rates: dict[BasisMethod, Interval]
    fitting: tuple[BasisMethod, ...]
    implied_last: Interval | None  # last year's refunds, where A fits only with these

    @property
    def method(self) -> BasisMethod:
        return self.fitting[0] if len(self.fitting) == 1 else BasisMethod.UNKNOWN

    @property
    def question(self) -> str:
        """What must be asked; empty where one method fits."""
        if not self.fitting:
            return f"公布的{self.printed}%与三种算法均不相符, 请财政部门说明口径"
        if len(self.fitting) > 1:
            words = "、".join(METHOD_WORDS[method] for method in self.fitting)
            return f"公布的{self.printed}%与{words}均相符, 请财政部门说明口径"
        return ""


def fit(
    now: PrintedNumber,
    last: Interval,
    refunds: PrintedNumber,
    printed: PrintedNumber,
    refunds_last: PrintedNumber | None = None,
) -> BasisFit:
    """All amounts in one unit. `last`: last year's natural amount, as an interval where it was worked out."""
    x, r = now.interval, refunds.interval
    rates: dict[BasisMethod, Interval] = {}
    tried = {BasisMethod.ONE_SIDED: growth(x + r, last), BasisMethod.BASE_REDUCED: growth(x, last - r)}
    if refunds_last is not None:
        tried[BasisMethod.TWO_SIDED] = growth(x + r, last + refunds_last.interval)
    for method, rate in tried.items():
        if rate is not None:
            rates[method] = rate
    fitting = [method for method, rate in rates.items() if rate.meets(printed.interval)]
    implied = None
    if refunds_last is None:
        implied = _implied(x + r, last, printed)
        if implied is not None and BasisMethod.ONE_SIDED not in fitting:
            fitting.append(BasisMethod.TWO_SIDED)
        else:
            implied = None
    return BasisFit(printed, rates, tuple(sorted(fitting)), implied)


def _implied(now: Interval, last: Interval, printed: PrintedNumber) -> Interval | None:
    """Last year's refunds with which A gives the printed rate; None where they would be negative, or more
    than a fifth of last year's amount."""
    if printed.interval.low <= -100:
        return None
    whole = Interval(now.low / (1 + printed.interval.high / 100), now.high / (1 + printed.interval.low / 100))
    found = whole - last
    if found.high < 0 or found.low > last.low / 5:
        return None
    return Interval(max(found.low, 0.0), found.high)


@dataclass(frozen=True)
class BasisAdjustment:
    """One line of the ledger of the comparable basis: what it adds to either year, by which paper, approved
    by whom."""

    kind: str  # refund, scope, revision
    label: str
    this_year: float
    last_year: float
    paper: str
    approver: str
    on: date


@dataclass(frozen=True)
class BridgeStep:
    """From one growth to the next, in points; the first is the natural growth, the last the adjusted."""

    label: str
    points: float
    growth: float


def bridge(now: float, last: float, adjustments: Sequence[BasisAdjustment]) -> list[BridgeStep]:
    """The way from the natural to the adjusted growth, line by line in the order of the ledger. ValueError
    where a base is not positive."""
    if last <= 0:
        raise ValueError("上年数应大于0")
    at = 100 * (now / last - 1)
    steps = [BridgeStep("自然口径", at, at)]
    for one in adjustments:
        now, last = now + one.this_year, last + one.last_year
        if last <= 0:
            raise ValueError(f"{one.label}: 调整后的上年数应大于0")
        after = 100 * (now / last - 1)
        steps.append(BridgeStep(one.label, after - at, after))
        at = after
    steps.append(BridgeStep("可比口径", at, at))
    return steps
