"""Standings and the outlook: derived from projects and returns, made anew in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.ground.databases.written import appended
from wenpan.district.ground.journal.actions import record
from wenpan.district.projects.models import Outlook, Return, Standing
from wenpan.district.projects.pool import standings as pooling
from wenpan.district.projects.pool.pool_snapshot import take_snapshot
from wenpan.economy.time.periods import Month, parse_month

_deferring: ContextVar[bool] = ContextVar("projects_deferring", default=False)


@contextmanager
def deferred(*, by: User, at: datetime, also: Iterable[str] = ()) -> Iterator[None]:
    """Bulk loading: inside nothing is derived, at the end once, for the newest month and `also`."""
    token = _deferring.set(True)
    try:
        yield
    finally:
        _deferring.reset(token)
    refresh(by=by, at=at, also=also)


@transaction.atomic
def refresh(*, by: User, at: datetime | None = None, since: str = "", also: Iterable[str] = ()) -> list[str]:
    """Makes the standings of the newest month and of the same month last year; of earlier months those
    that are kept and not older than `since`; and last December's once, the base of the year's target.
    Returns the months."""
    if _deferring.get():
        return []
    at = at or timezone.now()
    reach = Return.objects.filter(superseded_at__isnull=True).aggregate(
        first=Min("period"), last=Max("period")
    )
    newest = reach["last"]
    if newest is None:
        Standing.objects.all().delete()
        Outlook.objects.all().delete()
        return []
    Standing.objects.filter(month__gt=newest).delete()
    Outlook.objects.filter(month__gt=newest).delete()
    last = parse_month(newest)
    kept = set(Standing.objects.values_list("month", flat=True).distinct())
    wanted = {m for m in also if m <= newest}
    months = (
        {newest, str(last.plus(-12))}
        | wanted
        | {str(parse_month(m).plus(-12)) for m in wanted}
        | {m for m in kept if since and m >= since}
        | ({str(Month(last.year - 1, 12))} - kept)
    )
    months = {m for m in months if m >= reach["first"]}  # before the first return nothing is known: no zeros
    held = take_snapshot(last)
    for month in sorted(months):
        _make(held, parse_month(month), at)
    record(
        by=by,
        action="projects.refresh",
        subject="projects",
        at=at,
        summary=f"重算项目库 {'、'.join(sorted(months)[-3:])}",
        detail={"months": sorted(months)},
    )
    return sorted(months)


def _make(held: pooling.PoolSnapshot, month: Month, at: datetime) -> None:
    made = pooling.standings(held, month)
    Standing.objects.filter(month=str(month)).delete()
    _insert(pooling.COLUMNS, made.rows)
    Outlook.objects.update_or_create(month=str(month), defaults={**made.outlook, "made_at": at})


def _insert(columns: Iterable[str], rows: list[tuple[Any, ...]]) -> None:
    names = tuple(columns)
    table = connection.ops.quote_name(Standing._meta.db_table)
    marks = ", ".join(["%s"] * len(names))
    with appended(Standing), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608  (own names)
