"""Targets: the way over the year, the pace still needed, and the backward plan (目标倒逼).

Pure. Shares are cumulative parts of a year's total, 0 to 1. Growths and points are in percent.

    growth    year-end growth = S·g + (1−S)·g_rest, S the share of last year's total that fell in
              the months so far, g the growth so far; hence g_rest = (G − S·g) / (1 − S)
    amount    (target − amount so far) / months left, per month

With base-year shares the first line is exact arithmetic, not a model.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenpan.economy.figures.shares import largest_remainder

SCHEDULES = ("linear", "seasonal", "curve")
LINEAR: tuple[float, ...] = tuple(month / 12 for month in range(1, 13))


def shares_of(
    schedule: str, *, seasonal: Sequence[float] = (), curve: Sequence[float] = ()
) -> tuple[float, ...]:
    """The twelve cumulative shares of a schedule; one that is not given falls back to months/12."""
    given = {"seasonal": seasonal, "curve": curve}.get(schedule, ())
    return tuple(given) if len(given) == 12 else LINEAR


def schedule_share(
    schedule: str, month: int, *, seasonal: Sequence[float] = (), curve: Sequence[float] = ()
) -> float:
    """Share of the year's target due by the end of `month` (1—12)."""
    return shares_of(schedule, seasonal=seasonal, curve=curve)[month - 1]


def needed_growth(share: float, target: float, growth_so_far: float) -> float:
    """Growth that the rest of the year needs, percent: (G − S·g)/(1 − S). NaN when nothing is left."""
    if not 0 <= share < 1:
        return math.nan
    return (target - share * growth_so_far) / (1 - share)


def needed_amount(target: float, so_far: float, months_left: int) -> float:
    """Amount per month left that reaches the target; 0 when it is reached. NaN when no month is left."""
    return max(0.0, (target - so_far) / months_left) if months_left > 0 else math.nan


@dataclass(frozen=True)
class PlanMonth:
    """One month of the backward plan. Amounts in the indicator's unit, growths in percent.

    `target_ytd` is what the cumulative figure must be; `target_month` the month's own amount (None
    for growth); `actual` the published cumulative figure; `still_needed` what must be gained from
    the last published figure to this month's `target_ytd` (points for growth), None in the past.
    """

    month: int
    share: float
    target_ytd: float
    target_month: float | None
    actual: float | None
    still_needed: float | None

    @property
    def past(self) -> bool:
        return self.still_needed is None


def backward_plan(
    target: float,
    *,
    kind: str,
    shares: Sequence[float] = LINEAR,
    actuals: Mapping[int, float] | None = None,
    months: Sequence[int] = tuple(range(1, 13)),
) -> tuple[PlanMonth, ...]:
    """Month by month to December, worked back from the target.

    `kind` "amount": months that are over show their schedule; the rest of the target is spread over
    the months left in proportion to their shares, so that December's `target_ytd` is the target.
    `kind` "growth": the growth of the rest is constant, g_rest = (G − S·g)/(1−S), so the cumulative
    growth must be ((s₀·g₀ + (s − s₀)·g_rest) / s) in a month with share s.
    `months` are those with a figure (quarter ends; no January). A month whose share adds nothing
    gets no extra. ValueError on shares that do not end at 1 or an unknown kind.
    """
    if kind not in ("amount", "growth"):
        raise ValueError(f"kind 应为 amount 或 growth, 实为 {kind!r}")
    if len(shares) != 12 or abs(shares[-1] - 1) > 1e-9:
        raise ValueError("应有12个累计比重, 末项为1")
    published = {month: value for month, value in (actuals or {}).items() if value is not None}
    last = max(published, default=0)
    path = _amounts if kind == "amount" else _growths
    wanted = path(target, shares, last, published.get(last, 0.0), months)
    plan: list[PlanMonth] = []
    before = 0.0
    for month in months:
        ytd = wanted[month]
        plan.append(
            PlanMonth(
                month=month,
                share=shares[month - 1],
                target_ytd=ytd,
                target_month=ytd - before if kind == "amount" else None,
                actual=published.get(month),
                still_needed=ytd - published.get(last, 0.0) if month > last else None,
            )
        )
        before = published.get(month, ytd) if month <= last else ytd
    return tuple(plan)


def _amounts(
    target: float, shares: Sequence[float], last: int, so_far: float, months: Sequence[int]
) -> dict[int, float]:
    start = shares[last - 1] if last else 0.0
    rest = 1 - start
    out: dict[int, float] = {}
    for month in months:
        share = shares[month - 1]
        if month <= last:
            out[month] = target * share
        elif rest > 0:
            out[month] = so_far + (target - so_far) * (share - start) / rest
        else:
            out[month] = target
    return out


def _growths(
    target: float, shares: Sequence[float], last: int, so_far: float, months: Sequence[int]
) -> dict[int, float]:
    start = shares[last - 1] if last else 0.0
    rest = needed_growth(start, target, so_far) if start < 1 else target
    out: dict[int, float] = {}
    for month in months:
        share = shares[month - 1]
        gained = start * so_far + (share - start) * rest
        out[month] = target if month <= last or share <= 0 else gained / share
    return out


@dataclass(frozen=True)
class UnitShare:
    """What one department, town or park has to bring. There is no level below it."""

    unit: str
    share: float
    target: float
    actual: float | None
    still_needed: float | None


def divide(
    total: float,
    shares: Mapping[str, float],
    *,
    actuals: Mapping[str, float | None] | None = None,
    decimals: int = 2,
) -> tuple[UnitShare, ...]:
    """An amount divided over units by given weights; the parts add up to the total to the last digit.

    The remainder of rounding goes to the units that rounding hurt most. Weights need not sum to 1;
    ValueError when one is negative or all are zero.
    """
    weights = list(shares.values())
    if any(weight < 0 for weight in weights) or sum(weights) <= 0:
        raise ValueError("分解比例应为非负数, 且不全为零")
    scale = 10**decimals
    parts = largest_remainder(round(total * scale), weights)
    return tuple(
        _unit_share(unit, weights[i] / sum(weights), parts[i] / scale, (actuals or {}).get(unit))
        for i, unit in enumerate(shares)
    )


def _unit_share(unit: str, share: float, target: float, actual: float | None) -> UnitShare:
    return UnitShare(unit, share, target, actual, None if actual is None else target - actual)
