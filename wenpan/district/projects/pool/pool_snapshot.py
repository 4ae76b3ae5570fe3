"""What standings are made of, read from the room's records at once. Reads only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection

from wenpan.district.projects.models import Excuse, Project, Return, StateChange
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class PoolSnapshot:
    """Everything that standings are made of; `returns`: project, period, cumulative."""

    projects: pl.DataFrame  # project (pk as text), band … unit, state (now)
    returns: pl.DataFrame
    changes: dict[str, list[tuple[date, str, str]]]  # project -> (on, before, after), oldest first
    excuses: dict[str, list[tuple[str, str, str]]]  # project -> (since, until, words)


def take_snapshot(until: Month) -> PoolSnapshot:
    projects = list(
        Project.objects.filter(retracted=False)
        .order_by("pk")
        .values_list(
            "pk",
            "band",
            "kind",
            "planned_total",
            "opened",
            "entered",
            "planned_finish",
            "state",
            "unit__code",
            "department__code",
            "leading",
        )
    )
    columns = list(zip(*projects, strict=True)) or [()] * 11
    text = {
        name: pl.Series(name, columns[k], pl.String)
        for k, name in (
            (1, "band"),
            (2, "kind"),
            (4, "opened"),
            (5, "entered"),
            (6, "planned_finish"),
            (7, "state"),
            (8, "unit"),
            (9, "department"),
        )
    }
    frame = pl.DataFrame(
        {
            "project": pl.Series([str(pk) for pk in columns[0]], dtype=pl.String),
            **text,
            "planned_total": pl.Series([float(v) for v in columns[3]], dtype=pl.Float64),
            "leading": pl.Series(columns[10], dtype=pl.Boolean),
        }
    )
    return PoolSnapshot(frame, _returns(until), _changes(), _excuses())


def _returns(until: Month) -> pl.DataFrame:
    """Half a million rows: plain SQL, columns at once."""
    table = connection.ops.quote_name(Return._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT project_id, period, CAST(cumulative AS double precision) FROM {table} "  # noqa: S608  (own name)
            "WHERE superseded_at IS NULL AND period <= %s",
            [str(until)],
        )
        rows = cursor.fetchall()
    pks, periods, values = zip(*rows, strict=True) if rows else ((), (), ())
    return pl.DataFrame(
        {
            "project": pl.Series(pks, dtype=pl.Int64).cast(pl.String),
            "period": pl.Series(periods, dtype=pl.String),
            "cumulative": pl.Series(values, dtype=pl.Float64),
        }
    )


def _changes() -> dict[str, list[tuple[date, str, str]]]:
    found: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    rows = StateChange.objects.filter(project__isnull=False).order_by("on", "pk")
    for pk, on, before, after in rows.values_list("project_id", "on", "before", "after").iterator(5000):
        found[str(pk)].append((on, before, after))
    return found


def _excuses() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for e in Excuse.objects.filter(project__isnull=False):
        found[str(e.project_id)].append((e.since, e.until, f"{e.reason}({e.document})"))
    return found
