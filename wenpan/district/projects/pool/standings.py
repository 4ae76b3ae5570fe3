"""From the room's records to the pure pool and back: standings of all projects at the end of a month.

Reads only; `actions.refresh` writes what comes out. Lights: progress is the share done, schedule the
share of the time from the start to the planned finish that has passed (evenly), in percent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from wenpan.district.projects.base import policy
from wenpan.district.projects.base.entries_provider import expected_of
from wenpan.district.projects.pool import table
from wenpan.district.projects.pool.pool_snapshot import PoolSnapshot
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.pool import Assumptions, Expectation, expect, grid, stock
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.loading import Provenance
from wenpan.rules.schema import keep

__all__ = ["COLUMNS", "CURVES", "PIPELINE", "Made", "PoolSnapshot", "facts", "standings", "state_at"]

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
CURVES = "curves"  # beside the groups in Outlook.table; read by queries.curves
PIPELINE = "pipeline"  # what new entries stand on; read by summary.bridge


@dataclass(frozen=True)
class Made:
    rows: list[tuple[Any, ...]]
    outlook: dict[str, Any]


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


def standings(held: PoolSnapshot, month: Month) -> Made:
    """Rows in the order of COLUMNS, and the fields of the outlook."""
    states = [
        state_at(month, entered or "", held.changes.get(pk, []), now)
        for pk, entered, now in held.projects.select("project", "entered", "state").iter_rows()
    ]
    projects = held.projects.with_columns(pl.Series("state", states, pl.String))
    pool = grid(projects, held.returns, until=month)
    frame = stock(pool, as_of=month, limits=policy.limits())
    given, rule = policy.expectation()
    deals = expected_of(month)
    expected = expect(
        pool, as_of=month, paths=PATHS, seed=month.index, given=given,
        pipeline=deals.entries if deals else None,
    )  # fmt: skip
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
        "table": {
            **table.summary(frame.filter(~pl.col("state").is_in(("withdrawn", "pending")))),
            CURVES: _curves(expected.curves, given, rule),
            PIPELINE: keep(deals.basis) if deals else None,
        },
        "note": expected.note[:100],
    }
    return Made(rows, outlook)


def _curves(found: pl.DataFrame, given: Assumptions, rule: Provenance) -> dict[str, Any]:
    """The S-curves behind the outlook, how many projects taught each, and the rule that they are drawn to."""
    return {
        "version": rule.version,
        "source": rule.source,
        "overridden": rule.overridden,
        "weight": given.curve_projects,
        "cells": [{**row, "a": round(row["a"], 3), "b": round(row["b"], 3)} for row in found.to_dicts()],
    }


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


def _row(row: dict[str, Any], month: Month, rules: RuleSet, held: PoolSnapshot) -> tuple[Any, ...]:
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
