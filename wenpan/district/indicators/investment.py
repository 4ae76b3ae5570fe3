"""The year's targets for investment, as the projects room's bridge asks for them: amounts in 万元."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from wenpan import rules as policy
from wenpan.district.indicators.queries.targets import TargetLine, targets
from wenpan.district.observations.models import Observation
from wenpan.district.projects.base.promise_provider import YearTarget
from wenpan.economy.figures.quantities import convert


def year_targets(indicator: str, year: int) -> list[YearTarget]:
    """The district's own promises of at least so much (not those of its units), an amount before a growth."""
    held = [
        line
        for line in targets(year=year, indicator=indicator)
        if not line.unit_name and line.comparison == ">=" and line.measure in ("ytd", "ytd_growth")
    ]
    base = _published(indicator, year - 1) if held else None
    return [_target(line, base) for line in sorted(held, key=lambda line: line.measure)]


def _target(line: TargetLine, base: float | None) -> YearTarget:
    amount = _wan(Decimal(str(line.value)), line.unit) if line.measure == "ytd" else None
    return YearTarget(
        code=f"{line.set_by}-{line.measure}",
        label=f"{line.set_by_label} {line.sign}{line.value:,.{line.decimals}f}{line.unit}",
        amount=amount,
        growth=line.value if line.measure == "ytd_growth" else None,
        base=base,
        document=line.document,
        url=reverse("indicators:target", args=[line.pk]),
    )


def _published(indicator: str, year: int) -> float | None:
    """The published amount of the whole year, 万元; None where only a growth is published."""
    known = Observation.objects.filter(
        region__home=True,
        indicator=indicator,
        period=f"{year}-12",
        measure="ytd",
        basis="natural",
        status="value",
        superseded_at__isnull=True,
    )
    value = known.values_list("value", flat=True).first()
    item = policy.catalogue().get(indicator)
    return None if value is None or item is None else _wan(value, item.unit)


def _wan(value: Decimal, unit: str) -> float:
    return float(convert(value, unit, "万元"))
