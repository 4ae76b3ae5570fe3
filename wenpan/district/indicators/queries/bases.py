"""The judged growth on its other bases: natural beside refund-adjusted, wherever a row is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from wenpan import rules as policy
from wenpan.district.indicators.judgement_row import JudgementRow, OtherGrowth
from wenpan.district.observations.models import Observation
from wenpan.economy.figures.indicators import BASES, Measure


def with_other_bases(rows: Iterable[JudgementRow]) -> tuple[JudgementRow, ...]:
    """Each row with what is published of the same growth and period on further bases, in the order of BASES.
    One query, none where no row has a figure of an indicator that is published on two."""
    rows = tuple(rows)
    catalogue = policy.catalogue()
    wanted = [
        row
        for row in rows
        if row.growth is not None and (item := catalogue.get(row.indicator)) and item.extra_bases
    ]
    if not wanted:
        return rows
    found: dict[tuple[str, str, str], dict[str, OtherGrowth]] = defaultdict(dict)
    kept = Observation.objects.filter(
        region__code__in={row.region for row in wanted}, indicator__in={row.indicator for row in wanted},
        period__in={row.period for row in wanted}, measure__in={_growth(row) for row in wanted},
        superseded_at__isnull=True, value__isnull=False,
    )  # fmt: skip
    for pk, indicator, period, measure, basis, value in kept.values_list(
        "pk", "indicator", "period", "measure", "basis", "value"
    ):
        found[indicator, period, measure][basis] = OtherGrowth(basis, float(value or 0), pk)
    return tuple(
        replace(row, other_bases=tuple(
            growths[basis] for basis in BASES if basis in growths and basis != row.basis
        ))
        if (growths := found.get((row.indicator, row.period, _growth(row))))
        else row
        for row in rows
    )  # fmt: skip


def _growth(row: JudgementRow) -> str:
    measure = Measure(row.measure)
    return row.measure if measure.is_growth else str(Measure.YTD_GROWTH.value)
