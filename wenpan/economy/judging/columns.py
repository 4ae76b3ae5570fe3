"""The columns of a judgement: written once, for the frame, for what is kept and for what is shown.

Pure. Growths, gaps in points and needed growth are in percent; levels in the indicator's unit; shares
and probabilities from 0 to 1. None is not known; it is never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import polars as pl

_TYPES: dict[str, Any] = {
    "str": pl.String,
    "int": pl.Int32,
    "float": pl.Float64,
    "bool": pl.Boolean,
    "tuple[str, ...]": pl.List(pl.String),
    "tuple[float | None, ...]": pl.List(pl.Float64),
}


@dataclass(frozen=True, kw_only=True)
class JudgedColumns:
    """One region, indicator and target at one period."""

    region: str
    indicator: str
    as_of: str
    period: str
    target_id: str | None
    set_by: str | None
    comparison: str | None
    year: int
    measure: str
    basis: str
    target: float | None
    actual: float | None
    level: float | None
    previous: float | None
    last_year: float | None
    gap: float | None
    gap_unit: str | None  # points | percent
    schedule_share: float | None
    schedule_gap: float | None
    rank: int | None
    tied: bool | None  # another has the same value and so shares the place
    rivals: int | None
    behind: int | None  # rivals strictly worse; 0: last, alone or shared
    rank_pending: bool | None  # not enough rivals have published for a place
    rank_previous: int | None
    rivals_previous: int | None
    rank_change: int | None  # positive: moved up
    missing_rivals: tuple[str, ...]
    growth: float | None  # that is ranked and compared with the city
    city: float | None
    versus_city: float | None
    pull: float | None
    needed: float | None
    needed_unit: str | None
    needed_kind: str | None  # growth | amount
    months_left: int | None
    p10: float | None
    p50: float | None
    p90: float | None
    probability: float | None
    forecast_note: str
    trend: tuple[float | None, ...]
    streak: int | None
    computed: bool | None  # growth worked out from levels, or a sum of months, because none is published
    light: str
    reasons: tuple[str, ...]
    rule_set: str
    rule_version: str


# name → type of the frame's column, in this order
JUDGED: dict[str, Any] = {f.name: _TYPES[str(f.type).removesuffix(" | None")] for f in fields(JudgedColumns)}
