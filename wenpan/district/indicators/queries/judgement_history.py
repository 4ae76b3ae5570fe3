"""What was said of an indicator: its judgements of a month and before, targets and units' estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.indicators.queries.board import judgement_rows
from wenpan.district.observations.models import Estimate, Region
from wenpan.district.ui.templatetags.ui import month as month_label
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.time.periods import Month, parse_month

RECORD = 60  # judgements of the record


@dataclass(frozen=True)
class EstimatePoint:
    period: str
    value: float
    unit_name: str
    measure: str
    note: str
    made_at: datetime


@dataclass(frozen=True)
class PastJudgement:
    """One stored judgement of the board, as judged then."""

    as_of: str
    label: str
    light: str
    reasons: tuple[str, ...]
    actual: float | None
    target: float | None
    gap: float | None
    gap_unit: str
    rule_set: str
    rule_version: str
    judged_at: datetime
    superseded_at: datetime | None


def judgements(
    home: Region, item: Indicator, as_of: Month | None, units: Mapping[str, str]
) -> tuple[tuple[JudgementRow, ...], Any]:
    """The month's judgements, the board's first, and the fan of the headline measure."""
    kept: list[Any] = list(
        Judgement.objects.filter(
            region=home, indicator=item.code, as_of=str(as_of), superseded_at__isnull=True
        )
        .order_by("-primary", "pk")
        .values("pk", "indicator", "primary", "light", "facts", "reasons", "fan", "rule_set", "rule_version")
    )
    rows = tuple(judgement_rows(k, item, units, kept[1:] if i == 0 else None) for i, k in enumerate(kept))
    drawn = (
        k["fan"]
        for k, j in zip(kept, rows, strict=True)
        if (j.measure, j.basis) == (item.headline, item.basis)
    )
    return rows, tuple(tuple(point) for point in next(drawn, []))


def record(home: Region, code: str) -> tuple[PastJudgement, ...]:
    """Newest month first, judgements that were made anew included."""
    kept = (
        Judgement.objects.filter(region=home, indicator=code, primary=True)
        .order_by("-as_of", "-pk")
        .values(
            "as_of", "light", "reasons", "facts", "rule_set", "rule_version", "judged_at", "superseded_at"
        )
    )
    return tuple(_past(k) for k in kept[:RECORD])


def _past(k: Mapping[str, Any]) -> PastJudgement:
    facts = k["facts"]
    return PastJudgement(
        k["as_of"],
        month_label(parse_month(k["as_of"])),
        k["light"],
        tuple(k["reasons"]),
        facts.get("actual"),
        facts.get("target"),
        facts.get("gap"),
        facts.get("gap_unit") or "",
        k["rule_set"],
        k["rule_version"],
        k["judged_at"],
        k["superseded_at"],
    )


def estimates(code: str, as_of: Month | None) -> tuple[EstimatePoint, ...]:
    kept = Estimate.objects.filter(indicator=code, superseded_at__isnull=True).select_related("unit")
    if as_of is not None:
        kept = kept.filter(period__gte=f"{as_of.year}-01")
    return tuple(
        EstimatePoint(e.period, float(e.value), e.unit.short_name, e.measure, e.note, e.made_at)
        for e in kept.order_by("period", "unit__order")
    )


def targets(home: Region, code: str) -> tuple[Target, ...]:
    """All versions, of the district and of units."""
    return tuple(
        Target.objects.filter(region=home, indicator=code)
        .select_related("unit")
        .order_by("-year", "unit__order", "set_by", "-version")
    )
