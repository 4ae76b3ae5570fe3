"""Reads of the ledger: the frame for judgement, the origin of a figure, the regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.db.models import Count, F, Max, Q

from wenpan.district.intake.models import Submission
from wenpan.district.observations.frames import frame, known_on, rows
from wenpan.district.observations.models import Batch, Observation, Region
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS, Measure
from wenpan.economy.time.periods import Month, parse_period
from wenpan.rules import catalogue

__all__ = [
    "FigureVersion",
    "Key",
    "Origin",
    "figure_ids",
    "frame",
    "home",
    "known_on",
    "latest_month",
    "origin",
    "regions_frame",
    "rows",
    "stamp",
]

Key = tuple[str, str, str, str, str]  # region, indicator, period, measure, basis


def home() -> Region:
    """The district whose control room this is. Region.DoesNotExist before `sync_regions`."""
    return Region.objects.get(home=True)


def regions_frame() -> pl.DataFrame:
    """region, name, parent (null for the city), in the place's order."""
    rows = list(Region.objects.values_list("code", "name", "parent__code"))
    return pl.DataFrame(
        rows, schema={"region": pl.String, "name": pl.String, "parent": pl.String}, orient="row"
    )


def latest_month() -> Month | None:
    """The newest month for which the home district has a figure; None with an empty ledger.

    Months and quarters are looked at apart, because "2022-Q3" would sort after "2022-10".
    """
    held = Observation.objects.filter(region__home=True, superseded_at__isnull=True, value__isnull=False)
    newest = held.aggregate(
        month=Max("period", filter=~Q(period__contains="Q")),
        quarter=Max("period", filter=Q(period__contains="Q")),
    )
    return max((parse_period(p).end for p in newest.values() if p), default=None)


def stamp() -> str:
    """Changes whenever a figure does: the newest batch, and when one was last undone."""
    held = Batch.objects.aggregate(newest=Max("pk"), undone=Max("undone_at"), count=Count("undone_at"))
    undone = held["undone"].isoformat() if held["undone"] else ""
    return f"{held['newest'] or 0}/{held['count']}/{undone}"


def figure_ids(keys: Iterable[Key]) -> dict[Key, int]:
    """Numbers of the versions that hold now; keys without a figure are left out. One query."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = Observation.objects.filter(
        superseded_at__isnull=True,
        region__code__in={k[0] for k in wanted},
        indicator__in={k[1] for k in wanted},
        period__in={k[2] for k in wanted},
    ).values_list("region__code", "indicator", "period", "measure", "basis", "pk")
    return {key: pk for *parts, pk in rows if (key := tuple(parts)) in wanted}


@dataclass(frozen=True)
class FigureVersion:
    """One version of a figure, newest first in `Origin.versions`."""

    pk: int
    number: int
    value: Decimal | None  # in `unit` of the origin; None: not reported or not assessed
    text: str
    status: str
    status_label: str
    released: date | None
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None  # None: holds now
    restores: int | None  # number of the version that an undo brought back
    submission: Submission
    sheet: str
    cell: str
    undo_reason: str  # why its batch was undone, if it was


@dataclass(frozen=True)
class Origin:
    """Where one figure came from, and everything it ever was."""

    pk: int
    indicator: str
    indicator_name: str
    region: str
    region_name: str
    period: str
    period_label: str
    measure: str
    measure_label: str
    basis: str
    basis_label: str
    unit: str
    version: FigureVersion
    versions: tuple[FigureVersion, ...]
    submission: Submission

    @property
    def current(self) -> bool:
        return self.version.superseded_at is None


def origin(pk: int) -> Origin:
    """Raises Observation.DoesNotExist. Two queries, however many versions there are."""
    row = Observation.objects.select_related("region").get(pk=pk)
    versions = tuple(_version(o) for o in _same_figure(row))
    version = next(v for v in versions if v.pk == row.pk)
    known = catalogue().get(row.indicator)
    return Origin(
        pk=row.pk,
        indicator=row.indicator,
        indicator_name=known.name if known else row.indicator,
        region=row.region.code,
        region_name=row.region.name,
        period=row.period,
        period_label=_period_label(row.period, row.measure),
        measure=row.measure,
        measure_label=MEASURE_LABELS[Measure(row.measure)],
        basis=row.basis,
        basis_label=BASES.get(row.basis, row.basis),
        unit=row.unit,
        version=version,
        versions=versions,
        submission=version.submission,
    )


def _period_label(text: str, measure: str) -> str:
    """2022年1—9月 for a cumulative figure, 2022年9月 for a month or a balance."""
    period = parse_period(text)
    return f"{period.end.year}年{period.ytd_label}" if measure.startswith("ytd") else period.label


def _same_figure(row: Observation) -> Iterable[Observation]:
    return (
        Observation.objects.filter(
            region=row.region,
            indicator=row.indicator,
            period=row.period,
            measure=row.measure,
            basis=row.basis,
        )
        .select_related(
            "batch__recorded_by",
            "batch__submission__original",
            "batch__submission__uploaded_by",
            "batch__undone_by",
        )
        .annotate(restored_version=F("restores__version"))
        .order_by("-version")
    )


def _version(row: Observation) -> FigureVersion:
    return FigureVersion(
        pk=row.pk,
        number=row.version,
        value=row.value,
        text=row.value_text,
        status=row.status,
        status_label=str(Observation.Status(row.status).label),
        released=row.released,
        recorded_at=row.recorded_at,
        recorded_by=str(row.batch.recorded_by),
        superseded_at=row.superseded_at,
        restores=row.restored_version,  # type: ignore[attr-defined]  # annotated
        submission=row.batch.submission,
        sheet=row.sheet,
        cell=row.cell,
        undo_reason=row.batch.undo_reason if row.superseded_at else "",
    )
