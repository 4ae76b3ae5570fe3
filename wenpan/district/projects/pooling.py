"""From the room's records to the pure pool and back: standings of all projects at the end of a month.

Reads only; `actions.refresh` writes what comes out. Lights: progress is the share done, schedule the
share of the time from the start to the planned finish that has passed (evenly), in percent.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from django.db import connection

from wenpan.district.projects import policy, table
from wenpan.district.projects.models import Excuse, Project, Return, StateChange
from wenpan.economy.lights import RuleSet
from wenpan.economy.periods import Month, parse_month
from wenpan.economy.pool import Expectation, expect, grid, stock

FIGURES = ("cumulative", "this_year", "last_year_same", "remaining", "share", "months_zero", "pace")
FLAGS = (
    "entered_this_year",
    "long_stopped",
    "stopped",
    "finished",
    "no_remainder",
    "zero_this_year",
    "overdue",
    "withdrawal",
)
COLUMNS = (
    "project_id",
    "month",
    "state",
    "in_library",
    *FIGURES,
    *FLAGS,
    "evidence",
    "expected",
    "p10",
    "p90",
    "light",
    "reasons",
)
DONE = ("completed", "completed_no_remainder", "withdrawn")
PATHS = 2000


@dataclass(frozen=True)
class Held:
    """Everything that standings are made of; `returns`: project, period, cumulative."""

    projects: pl.DataFrame  # project (pk as text), band … unit, state (now)
    returns: pl.DataFrame
    changes: dict[str, list[tuple[date, str, str]]]  # project -> (on, before, after), oldest first
    excuses: dict[str, list[tuple[str, str, str]]]  # project -> (since, until, words)


@dataclass(frozen=True)
class Made:
    rows: list[tuple[Any, ...]]
    outlook: dict[str, Any]


def held(until: Month) -> Held:
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
    return Held(frame, _returns(until), _changes(), _excuses())


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


def state_at(month: Month, entered: str, changes: list[tuple[date, str, str]], now: str) -> str:
    """The state at the end of a month, from the events up to then."""
    after = [c for c in changes if (c[0].year, c[0].month) > (month.year, month.month)]
    before = [c for c in changes if (c[0].year, c[0].month) <= (month.year, month.month)]
    if before:
        return before[-1][2]
    if after:
        known = after[0][1]
        if not known and after[0][2] == "withdrawn":  # the first list that names it: it was out before
            return "withdrawn"
        return known or ("in_library" if entered and entered <= str(month) else "pending")
    return now


def standings(held: Held, month: Month) -> Made:
    """Rows in the order of COLUMNS, and the fields of the outlook."""
    states = [
        state_at(month, entered or "", held.changes.get(pk, []), now)
        for pk, entered, now in held.projects.select("project", "entered", "state").iter_rows()
    ]
    projects = held.projects.with_columns(pl.Series("state", states, pl.String))
    pool = grid(projects, held.returns, until=month)
    frame = stock(pool, as_of=month, limits=policy.limits())
    expected = expect(pool, as_of=month, paths=PATHS, seed=month.index)
    active = projects.select("project", active=~pl.col("state").is_in(DONE))
    by_project = expected.by_project.join(active, on="project").filter(pl.col("active"))
    joined = projects.select("project", "opened", "entered", "planned_finish", "state").join(
        frame.select("project", *FIGURES, *FLAGS, "evidence"), on="project", how="left", maintain_order="left"
    )
    joined = joined.join(by_project.drop("active"), on="project", how="left", maintain_order="left")
    rules = policy.rules_in_force(date(month.year, month.month, 1))
    rows = [_row(row, month, rules, held) for row in joined.iter_rows(named=True)]
    outlook = {
        "done": float(frame["this_year"].sum()),
        **_centred(expected, float(by_project["expected"].sum())),
        "table": table.summary(frame.filter(~pl.col("state").is_in(("withdrawn", "pending")))),
        "note": expected.note[:100],
    }
    return Made(rows, outlook)


def _centred(expected: Expectation, stock: float) -> dict[str, list[float]]:
    """p10, expected, p90 of stock, entries and total. The expected values add up, as a bridge must, and
    the stock's is the sum of what the pool page shows project by project."""
    entries = float(np.mean(expected.entries))
    centres = {"stock": stock, "entries": entries, "total": stock + entries}
    samples = {"stock": expected.stock, "entries": expected.entries, "total": expected.total}
    found = {}
    for name, centre in centres.items():
        low, high = np.quantile(samples[name], [0.1, 0.9])
        found[name] = [round(float(v), 2) for v in (min(low, centre), centre, max(high, centre))]
    return found


def _row(row: dict[str, Any], month: Month, rules: RuleSet, held: Held) -> tuple[Any, ...]:
    in_library = row["cumulative"] is not None and row["state"] not in ("withdrawn", "pending")
    light, reasons = "", []
    if row["state"] not in DONE:
        verdict = rules.judge(facts(row, month, held.excuses.get(row["project"], [])))
        light, reasons = str(verdict.light), list(verdict.reasons)
    figures = tuple(_finite(row[name]) for name in FIGURES)
    flags = tuple(bool(row[name]) and in_library for name in FLAGS)
    return (
        int(row["project"]),
        str(month),
        row["state"],
        in_library,
        *figures,
        *flags,
        json.dumps(row["evidence"] or [], ensure_ascii=False),
        _finite(row["expected"]),
        _finite(row["p10"]),
        _finite(row["p90"]),
        light,
        json.dumps(reasons, ensure_ascii=False),
    )


def _finite(value: Any) -> Any:
    return None if value is None or (isinstance(value, float) and not np.isfinite(value)) else value


def facts(row: dict[str, Any], month: Month, excuses: list[tuple[str, str, str]]) -> dict[str, Any]:
    """What the rules ask of a statistics project."""
    opened, entered, finish = row["opened"] or "", row["entered"] or "", row["planned_finish"] or ""
    now = str(month)
    found: dict[str, Any] = {"stalled": row["months_zero"]}
    if row["share"] is not None and opened and finish > opened:
        passed = month.index - parse_month(opened).index + 1
        whole = parse_month(finish).index - parse_month(opened).index + 1
        found |= {
            "progress": 100 * min(row["share"], 1.0),
            "schedule": 100 * min(max(passed / whole, 0.0), 1.0),
        }
    elif row["share"] is None:  # not in the library: no investment is due before entry
        found |= {"progress": 0.0, "schedule": 0.0, "stalled": None}
    if opened and opened <= now and not (entered and entered <= now):
        found["entry_overdue"] = month.index - parse_month(opened).index
    words = [text for since, until, text in excuses if since <= now <= until]
    if words:
        found["excuse"] = "; ".join(words)
    return found
