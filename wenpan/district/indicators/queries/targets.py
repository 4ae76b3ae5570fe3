"""目标: the promises that hold, their versions and who recorded them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from wenpan import rules as policy
from wenpan.district.indicators import words
from wenpan.district.indicators.models import Target
from wenpan.district.indicators.queries.board import COMPARISONS, set_by_label
from wenpan.economy.figures.indicators import Measure


@dataclass(frozen=True)
class TargetLine:
    """One version of a target, ready for a table."""

    pk: int
    indicator: str
    name: str  # 固投
    unit_name: str  # "" for the district itself
    unit_kind: str
    year: int
    measure: str
    measure_label: str
    set_by: str
    set_by_label: str
    comparison: str
    sign: str  # ≥
    value: float
    unit: str
    decimals: int
    document: str
    effective_from: date
    schedule: str
    schedule_label: str
    curve: tuple[float, ...]
    version: int
    versions: int
    recorded_by: str
    recorded_at: datetime
    superseded_at: datetime | None
    withdrawn_at: datetime | None
    submission_id: int | None
    filename: str
    sheet: str
    cell: str

    @property
    def state(self) -> str:
        if self.withdrawn_at:
            return "已撤回"
        return "已被替代" if self.superseded_at else "现行"


def targets(*, year: int | None = None, indicator: str = "", set_by: str = "") -> tuple[TargetLine, ...]:
    """Targets that hold now, the district's before its units', in the catalogue's order."""
    kept = _all().filter(superseded_at__isnull=True)
    if year:
        kept = kept.filter(year=year)
    if indicator:
        kept = kept.filter(indicator=indicator)
    if set_by:
        kept = kept.filter(set_by=set_by)
    order = {code: i for i, code in enumerate(policy.catalogue())}
    lines = [_line(t) for t in kept]
    return tuple(
        sorted(lines, key=lambda t: (-t.year, order.get(t.indicator, 999), t.unit_name != "", t.set_by))
    )


def years() -> tuple[int, ...]:
    found = (
        Target.objects.filter(region__home=True).order_by("-year").values_list("year", flat=True).distinct()
    )
    return tuple(found)


def history(target: Target) -> tuple[TargetLine, ...]:
    """Every version of the same promise, newest first."""
    kept = _all().filter(
        region=target.region_id,
        unit=target.unit_id,
        indicator=target.indicator,
        year=target.year,
        measure=target.measure,
        basis=target.basis,
        set_by=target.set_by,
    )
    return tuple(_line(t) for t in kept.order_by("-version"))


def current(*, indicator: str, year: int, measure: str, basis: str, set_by: str, unit: Any) -> Target | None:
    return (
        _all()
        .filter(
            indicator=indicator,
            year=year,
            measure=measure,
            basis=basis,
            set_by=set_by,
            unit=unit,
            superseded_at__isnull=True,
        )
        .first()
    )


def _all() -> QuerySet[Target]:
    return Target.objects.filter(region__home=True).select_related("unit", "recorded_by", "submission")


def line(target: Target) -> TargetLine:
    return _line(target)


def _line(t: Target) -> TargetLine:
    item = policy.catalogue().get(t.indicator)
    measure = Measure(t.measure)
    return TargetLine(
        pk=t.pk,
        indicator=t.indicator,
        name=item.short if item else t.indicator,
        unit_name=t.unit.short_name if t.unit else "",
        unit_kind=str(t.unit.get_kind_display()) if t.unit else "",
        year=t.year,
        measure=t.measure,
        measure_label=words.measure_of(t.measure, t.basis),
        set_by=t.set_by,
        set_by_label=set_by_label(t.set_by),
        comparison=t.comparison,
        sign=COMPARISONS[t.comparison],
        value=float(t.value),
        unit=item.unit_of(measure) if item else "",
        decimals=1 if measure.is_growth or item is None else item.level_decimals,
        document=t.document,
        effective_from=t.effective_from,
        schedule=t.schedule,
        schedule_label=str(t.get_schedule_display()),
        curve=tuple(float(c) for c in t.curve),
        version=t.version,
        versions=t.version,
        recorded_by=str(t.recorded_by),
        recorded_at=t.recorded_at,
        superseded_at=t.superseded_at,
        withdrawn_at=t.withdrawn_at,
        submission_id=t.submission_id,
        filename=t.submission.filename if t.submission else "",
        sheet=t.sheet,
        cell=t.cell,
    )
