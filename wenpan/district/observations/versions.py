"""Rows of the ledger in bulk: insert, supersede, restore. Only `actions.py` calls this.

A hundred thousand figures are written through the raw cursor: model instances would cost four
seconds more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import polars as pl
from django.db import connection

from wenpan.district.ground.databases.written import appended
from wenpan.district.observations.models import Batch, Confirmation, Observation, Region

_COLUMNS = (
    "region_id",
    "indicator",
    "period",
    "measure",
    "basis",
    "status",
    "value",
    "value_text",
    "unit",
    "version",
    "released",
    "batch_id",
    "replaces_id",
    "restores_id",
    "sheet",
    "cell",
    "recorded_at",
    "superseded_at",
)
_OF_THE_VERSION = {
    "version",
    "replaces_id",
    "restores_id",
    "recorded_at",
    "superseded_at",
}  # not of the figure
_CHUNK = 5_000  # rows laid out for the database at once
_IN = 900  # parameters of one statement, below SQLite's old limit


def insert(batch: Batch, rows: pl.DataFrame, *, released: date | None, at: datetime) -> None:
    """`rows`: those of a `Plan` that become versions, in any order."""
    codes = dict(Region.objects.values_list("code", "pk"))
    moment = connection.ops.adapt_datetimefield_value(at)
    day = connection.ops.adapt_datefield_value(released)
    # In the order of the indexes: the database then fills page after page.
    rows = rows.sort("region", "indicator", "measure", "basis", "period")
    table = rows.select(
        pl.col("region").replace_strict(codes, return_dtype=pl.Int64),
        "indicator",
        "period",
        "measure",
        "basis",
        "status",
        "number",
        pl.col("text").str.slice(0, 40),
        "unit",
        "version",
        pl.lit(day),
        pl.lit(batch.pk).alias("batch"),
        "held",
        pl.lit(None).alias("restores"),
        pl.col("sheet").str.slice(0, 80),
        pl.col("cell").str.slice(0, 12),
        pl.lit(moment).alias("recorded"),
        pl.lit(None).alias("superseded"),
    )
    sql = (
        f"INSERT INTO observations_observation ({', '.join(_COLUMNS)}) "  # noqa: S608  (names are ours)
        f"VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
    )
    with appended(Observation), connection.cursor() as cursor:
        for part in table.iter_slices(_CHUNK):
            cursor.executemany(sql, part.rows())


def supersede(pks: Sequence[int], at: datetime) -> int:
    """How many of the versions still held and hold no longer."""
    count = 0
    for start in range(0, len(pks), _IN):
        held = Observation.objects.filter(pk__in=pks[start : start + _IN], superseded_at__isnull=True)
        count += held.update(superseded_at=at)
    return count


def later_batches(batch: Batch) -> list[str]:
    """File names of batches whose figures now stand in the place of this batch's."""
    sql = (
        "SELECT DISTINCT s.filename FROM observations_observation mine "
        "JOIN observations_observation held ON held.region_id = mine.region_id "
        "AND held.indicator = mine.indicator AND held.period = mine.period AND held.measure = mine.measure "
        "AND held.basis = mine.basis AND held.superseded_at IS NULL AND held.batch_id <> mine.batch_id "
        "JOIN observations_batch b ON b.id = held.batch_id "
        "JOIN intake_submission s ON s.id = b.submission_id "
        "WHERE mine.batch_id = %s AND mine.superseded_at IS NOT NULL ORDER BY s.filename"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [batch.pk])
        return [row[0] for row in cursor.fetchall()]


def restore(batch: Batch, at: datetime) -> set[tuple[str, str]]:
    """Supersedes the batch's figures and brings back, as new rows, those they had replaced.

    Returns (indicator, period) of all figures that changed. A restoration points to the version that
    it repeats (`restores`), which is never itself a restoration, and keeps that version's file, cell
    and release date: its origin is the old file. A figure that a later file confirmed goes over to
    that file instead.
    """
    held = list(
        Observation.objects.filter(batch=batch, superseded_at__isnull=True).select_related("restores")
    )
    supersede([row.pk for row in held], at)
    confirmed = _confirmed(held)
    before = _by_pk([pk for row in held if (pk := _root(row).replaces_id)])
    roots = _by_pk([old.restores_id for old in before.values() if old.restores_id])
    again = []
    for row in held:
        old = before.get(_root(row).replaces_id or 0)
        if said := confirmed.get(row.pk) or confirmed.get(_root(row).pk):
            again.append(_taken_over(row, said[0], at=at))
        elif old is not None:
            again.append(_copy(roots.get(old.restores_id or 0, old), replaces=row, at=at))
    Observation.objects.bulk_create(again, batch_size=2_000)
    _pass_on(again, held, confirmed)
    return {(row.indicator, row.period) for row in held}


def confirm(batch: Batch, rows: pl.DataFrame) -> None:
    """`rows`: those of a `Plan` that say what the ledger holds."""
    values = rows.select(
        pl.lit(batch.pk).alias("batch"),
        "held",
        pl.col("text").str.slice(0, 40),
        pl.col("sheet").str.slice(0, 80),
        pl.col("cell").str.slice(0, 12),
    ).rows()
    sql = (
        "INSERT INTO observations_confirmation (batch_id, observation_id, value_text, sheet, cell) "
        "VALUES (%s, %s, %s, %s, %s)"
    )
    if values:
        with appended(Confirmation), connection.cursor() as cursor:
            cursor.executemany(sql, values)


def _confirmed(rows: Sequence[Observation]) -> dict[int, list[Confirmation]]:
    """By version: what files that still stand said of it, the earliest first."""
    found: dict[int, list[Confirmation]] = {}
    pks = sorted({pk for row in rows for pk in (row.pk, _root(row).pk)})
    for start in range(0, len(pks), _IN):
        said = Confirmation.objects.filter(
            observation__in=pks[start : start + _IN], batch__undone_at__isnull=True
        )
        for one in said.select_related("batch__submission").order_by("pk"):
            found.setdefault(one.observation_id, []).append(one)
    return found


def _taken_over(row: Observation, said: Confirmation, *, at: datetime) -> Observation:
    """The same figure, from now on of the file that confirmed it; undoing that one too goes on to what
    held before both.
    """
    taken = _copy(row, replaces=row, at=at)
    taken.batch, taken.released = said.batch, said.batch.submission.released
    taken.value_text, taken.sheet, taken.cell = said.value_text, said.sheet, said.cell
    taken.replaces_id, taken.restores = _root(row).replaces_id, None
    return taken


def _pass_on(
    again: Sequence[Observation], held: Sequence[Observation], confirmed: dict[int, list[Confirmation]]
) -> None:
    """What further files had confirmed, they now confirm of the figure that was taken over."""
    old = {(row.region_id, row.indicator, row.period, row.measure, row.basis): row for row in held}
    for new in again if confirmed else ():
        row = old[new.region_id, new.indicator, new.period, new.measure, new.basis]
        said = {one.pk for pk in (row.pk, _root(row).pk) for one in confirmed.get(pk, ())}
        if said:
            Confirmation.objects.filter(pk__in=said).exclude(batch=new.batch).update(observation=new)


def _root(row: Observation) -> Observation:
    return row.restores or row


def _by_pk(pks: Sequence[int]) -> dict[int, Observation]:
    found: dict[int, Observation] = {}
    for start in range(0, len(pks), _IN):
        found.update({o.pk: o for o in Observation.objects.filter(pk__in=pks[start : start + _IN])})
    return found


def _copy(old: Observation, *, replaces: Observation, at: datetime) -> Observation:
    values = {name: getattr(old, name) for name in _COLUMNS if name not in _OF_THE_VERSION}
    return Observation(
        **values, version=replaces.version + 1, replaces=replaces, restores=old, recorded_at=at
    )
