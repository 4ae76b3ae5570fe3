"""Reads for the ledger pages: figures as they hold now or held on a day, and their batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from wenpan.district.observations.frames import moment_after
from wenpan.district.observations.models import Batch, Observation, Region
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS, Measure
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules import catalogue


@dataclass(frozen=True)
class LedgerFilters:
    """What a person asked to see; empty means all. Unknown words are ignored."""

    indicator: str = ""
    region: str = ""
    since: str = ""  # month
    until: str = ""
    measure: str = ""
    basis: str = ""
    known_on: date | None = None
    batch: int | None = None
    file: int | None = None  # a submission
    layout: int | None = None  # what people taught of a table: all that was read by it

    @property
    def any(self) -> bool:
        return self != LedgerFilters()


def figures(filters: LedgerFilters) -> QuerySet[Observation]:
    """Versions that hold now, or held at the end of the day asked for; the newest entered first."""
    rows = Observation.objects.select_related("region", "batch__submission").order_by("-pk")
    rows = _known(rows, filters.known_on)
    for field in ("indicator", "measure", "basis"):
        if value := getattr(filters, field):
            rows = rows.filter(**{field: value})
    if filters.region:
        rows = rows.filter(region__code=filters.region)
    if filters.batch or filters.file:
        rows = rows.filter(Q(batch=filters.batch) if filters.batch else Q(batch__submission=filters.file))
    if filters.layout:
        rows = rows.filter(batch__submission__layouts=filters.layout)
    return _within(rows, filters)


class ExportedFigure(NamedTuple):
    """What the export shows of a figure, named as the model names it; of the submission its name only."""

    indicator: str
    region: Region
    period: str
    measure: str
    basis: str
    status: str
    value: Decimal | None
    unit: str
    version: int
    released: date | None
    batch: Batch
    sheet: str
    cell: str
    recorded_at: datetime

    def get_status_display(self) -> str:
        return str(Observation.Status(self.status).label)


def lines(rows: QuerySet[Observation]) -> Iterator[ExportedFigure]:
    """The same figures in the same order, past the models: a million of them in a third of the time."""
    regions = {region.pk: region for region in Region.objects.all()}
    named = Batch.objects.select_related("submission").only("submission__filename")
    batches = {batch.pk: batch for batch in named}
    stored = [
        "region_id" if f == "region" else "batch_id" if f == "batch" else f for f in ExportedFigure._fields
    ]
    region, batch = ExportedFigure._fields.index("region"), ExportedFigure._fields.index("batch")
    for row in rows.values_list(*stored).iterator(2000):
        values: list[Any] = list(row)
        values[region], values[batch] = regions[values[region]], batches[values[batch]]
        yield ExportedFigure._make(values)


def _known(rows: QuerySet[Observation], day: date | None) -> QuerySet[Observation]:
    if day is None:
        return rows.filter(superseded_at__isnull=True)
    after = moment_after(day)
    held = Q(superseded_at__isnull=True) | Q(superseded_at__gte=after)
    return rows.filter(held, recorded_at__lt=after)


def _within(rows: QuerySet[Observation], filters: LedgerFilters) -> QuerySet[Observation]:
    """Months and quarters are bounded each by their own kind: "Q" sorts after digits."""
    quarterly = Q(period__contains="Q")
    if month := _month(filters.since):
        rows = rows.filter(
            (~quarterly & Q(period__gte=str(month))) | (quarterly & Q(period__gte=str(month.quarter)))
        )
    if month := _month(filters.until):
        quarter = month.quarter if month.quarter.end <= month else month.quarter.plus(-1)
        rows = rows.filter(
            (~quarterly & Q(period__lte=str(month))) | (quarterly & Q(period__lte=str(quarter)))
        )
    return rows


def _month(text: str) -> Month | None:
    try:
        return parse_month(text)
    except ValueError:
        return None


def indicator_namer() -> Callable[[Any], str]:
    """The name of a row's indicator; the catalogue is looked up once, not once a row."""
    names = {indicator.code: indicator.name for indicator in catalogue().values()}
    return lambda row: names.get(row.indicator, str(row.indicator))


def measure_label(row: Any) -> str:
    return MEASURE_LABELS[Measure(row.measure)]


def basis_label(row: Any) -> str:
    return BASES.get(row.basis, str(row.basis))


def value_or_status(row: Any) -> Any:
    """The number, or the words for its absence: never 0."""
    return row.value if row.value is not None else row.get_status_display()


def choices() -> dict[str, Any]:
    """What the filters offer."""
    return {
        "indicators": [(i.code, i.name) for i in catalogue().values()],
        "regions": list(Region.objects.values_list("code", "name")),
        "measures": [(str(code), label) for code, label in MEASURE_LABELS.items()],
        "bases": list(BASES.items()),
    }


def batches() -> QuerySet[Batch]:
    """Every batch, newest first; its counts were kept with the submission when it was accepted."""
    return Batch.objects.select_related("submission", "recorded_by", "undone_by").order_by("-pk")
