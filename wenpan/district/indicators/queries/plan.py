"""目标倒逼: month by month and unit by unit what is still needed to reach a target.

It stops at departments, towns and parks: no target and no need is ever worked out for a firm.
A unit's progress is its own estimate (预计), labelled as such; official figures are not split by unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.indicators import words
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.models import Target
from wenpan.district.indicators.queries.figures import LEVEL_OF, FigureLookup, ours
from wenpan.district.indicators.words import periods_of_year
from wenpan.district.observations.models import Estimate, Region
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.judging.targets import PlanMonth, backward_plan, shares_of
from wenpan.economy.time.periods import Month, Period


@dataclass(frozen=True)
class PlanLine:
    """One month: what must stand at its end, what stands, what is missing."""

    label: str
    period: str
    share: float  # of the year's target or of last year's total, cumulative
    schedule: float  # cumulative figure by the year's schedule, % or unit
    due: float  # cumulative figure needed, worked back from the target
    due_month: float | None  # the month's own amount (amounts only)
    growth_month: float | None  # growth that the rest of the year needs, % (growth only, months to come)
    actual: float | None
    figure_id: int | None
    gap: float | None
    still: float | None  # from the last published figure to this month's due; None in the past
    past: bool


@dataclass(frozen=True)
class UnitTargetPart:
    """One unit's part of the target; `estimate` is its own 预计, never an official figure."""

    name: str
    kind: str
    target: float
    comparison: str
    due: float | None  # by schedule at this month; None for growth
    estimate: float | None
    estimate_period: str
    gap: float | None
    still: float | None
    document: str


@dataclass(frozen=True)
class BackwardPlan:
    j: JudgementRow
    kind: str  # amount | growth
    unit: str
    decimals: int
    lines: tuple[PlanLine, ...]
    units: tuple[UnitTargetPart, ...]
    units_total: float | None  # Σ of the units' amounts
    shares_from: str  # where the shares come from, in words
    schedule: str


def plan(j: JudgementRow) -> BackwardPlan | None:
    """The backward plan of a judged target; None without a target."""
    if j.target is None or j.target_id is None:
        return None
    item = policy.catalogue()[j.indicator]
    home = Region.objects.get(home=True)
    target = Target.objects.get(pk=int(j.target_id))
    as_of = j.period_month
    figures = ours([j.indicator], home, as_of)
    growth = Measure(j.measure).is_growth
    past = _last_year_shares(figures, home.code, item, j)
    shares, words = _shares(target, item, past, growth)
    periods = periods_of_year(j.year, frequency=item.frequency, january=item.january)
    found = {p.end.month: figures.of(home.code, j.indicator, str(p), j.measure, j.basis) for p in periods}
    months = backward_plan(
        j.target,
        kind="growth" if growth else "amount",
        shares=shares,
        actuals={m: v for m, (v, _id) in found.items() if v is not None},
        months=tuple(p.end.month for p in periods),
    )
    lines = tuple(_line(p, m, found[p.end.month], j) for p, m in zip(periods, months, strict=True))
    units = _units(j, home, as_of, shares if not growth else None)
    return BackwardPlan(
        j=j,
        kind="growth" if growth else "amount",
        unit=j.unit,
        decimals=j.decimals,
        lines=lines,
        units=units,
        units_total=sum(u.target for u in units) if units and not growth else None,
        shares_from=words,
        schedule=target.get_schedule_display(),
    )


def _line(period: Period, m: PlanMonth, found: tuple[float | None, int | None], j: JudgementRow) -> PlanLine:
    label = words.ytd(period)
    return PlanLine(
        label=label,
        period=str(period),
        share=m.share,
        schedule=(j.target or 0.0) * (1.0 if Measure(j.measure).is_growth else m.share),
        due=m.target_ytd,
        due_month=m.target_month,
        growth_month=j.needed if j.needed_kind == "growth" and not m.past else None,
        actual=m.actual,
        figure_id=found[1],
        gap=None if m.actual is None else m.actual - m.target_ytd,
        still=m.still_needed,
        past=m.past,
    )


def _last_year_shares(
    figures: FigureLookup, home: str, item: Indicator, j: JudgementRow
) -> tuple[float, ...]:
    """Cumulative shares of last year's total by month; empty without a whole year of levels."""
    measure = LEVEL_OF.get(j.measure, j.measure)
    year = j.year - 1
    periods = periods_of_year(year, frequency=item.frequency, january=item.january)
    values = {p.end.month: figures.of(home, j.indicator, str(p), measure, "natural")[0] for p in periods}
    total = values.get(12)
    if not total or total <= 0 or any(v is None for v in values.values()) or item.aggregation != "sum":
        return ()
    shares, last = [], 0.0
    for month in range(1, 13):
        last = max(last, (values.get(month) or 0.0) / total) if month in values else last
        shares.append(last)
    return tuple(shares) if shares[-1] == 1 else ()


def _shares(
    target: Target, item: Indicator, past: tuple[float, ...], growth: bool
) -> tuple[tuple[float, ...], str]:
    if not growth and target.schedule != "seasonal":
        curve = tuple(float(c) for c in target.curve)
        return shares_of(target.schedule, curve=curve), str(target.get_schedule_display())
    if past:
        return past, _("上年同期占全年的比重")
    if len(item.seasonal) == 12:
        return item.seasonal, _("该指标通常的季节比重")
    return shares_of("linear"), _("按月均分（没有上年逐月数据）")


def _units(
    j: JudgementRow, home: Region, as_of: Month, shares: tuple[float, ...] | None
) -> tuple[UnitTargetPart, ...]:
    kept = Target.objects.filter(
        region=home,
        indicator=j.indicator,
        year=j.year,
        measure=j.measure,
        basis=j.basis,
        unit__isnull=False,
        superseded_at__isnull=True,
    )
    kept = kept.select_related("unit").order_by("unit__order")
    estimates = _newest_estimates(j)
    return tuple(_unit(t, estimates.get(t.unit_id), as_of, shares) for t in kept)


def _unit(
    t: Target, estimate: Estimate | None, as_of: Month, shares: tuple[float, ...] | None
) -> UnitTargetPart:
    target = float(t.value)
    due = target * shares[as_of.month - 1] if shares else None
    value = float(estimate.value) if estimate else None
    goal = due if due is not None else target
    return UnitTargetPart(
        name=t.unit.short_name if t.unit else "",
        kind=str(t.unit.get_kind_display()) if t.unit else "",
        target=target,
        comparison=t.comparison,
        due=due,
        estimate=value,
        estimate_period=estimate.period if estimate else "",
        gap=None if value is None else value - goal,
        still=None if value is None else target - value,
        document=t.document,
    )


def _newest_estimates(j: JudgementRow) -> dict[Any, Estimate]:
    kept = Estimate.objects.filter(
        indicator=j.indicator,
        measure=j.measure,
        basis=j.basis,
        superseded_at__isnull=True,
        period__gte=f"{j.year}-01",
        period__lte=f"{j.year}-12",
    )
    return {e.unit_id: e for e in kept.order_by("period")}
