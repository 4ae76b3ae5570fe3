"""The district's published growths beside each other (electricity, tax): plausibility, never an error found.

Reads only. A rule of a month whose figures are not all published is missing, not passed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from wenpan.district.observations.models import Observation
from wenpan.economy.quality.edits import returns, verdicts
from wenpan.economy.quality.edits.edit_rules import EditRule
from wenpan.economy.quality.edits.verdicts import RuleCount
from wenpan.rules.edits import edit_packs
from wenpan.rules.loading import files, parse

PACK = "other_sources"
MONTHS = 24


@dataclass(frozen=True)
class Contrast:
    """A month in which published growths lie far apart."""

    period: str
    rule: EditRule
    figures: tuple[tuple[str, float], ...]  # name of the growth and percent


@dataclass(frozen=True)
class SourceChecks:
    counts: tuple[RuleCount, ...]
    contrasts: tuple[Contrast, ...]
    periods: int


def source_checks() -> SourceChecks:
    """Of the newest MONTHS months that have any of the figures, the newest first. One query."""
    rules, columns = edit_packs()[PACK], _columns()
    names = {code: name for name, code in columns.items()}
    rows = Observation.objects.filter(
        region__home=True, indicator__in=names, measure="ytd_growth", basis="natural",
        superseded_at__isnull=True, value__isnull=False,
    )  # fmt: skip
    held: dict[str, dict[str, float]] = defaultdict(dict)
    for period, code, value in rows.values_list("period", "indicator", "value"):
        if value is not None and "Q" not in period:
            held[period][names[code]] = float(value)
    newest = sorted(held, reverse=True)[:MONTHS]
    schema = {"期间": pl.String, **dict.fromkeys(columns, pl.Float64)}
    data = [[period, *(held[period].get(name) for name in columns)] for period in newest]
    frame = returns.typed(pl.DataFrame(data, schema=schema, orient="row"), rules).frame
    found = verdicts.judge(frame, rules)
    contrasts = []
    for count in found.counts:
        chosen = found.rows.get(count.rule.code)
        if chosen is None or chosen.is_empty():
            continue
        for line in frame[chosen].iter_rows(named=True):
            figures = tuple((name, line[name]) for name in columns if name in count.rule.kinds)
            contrasts.append(Contrast(line["期间"], count.rule, figures))
    contrasts.sort(key=lambda one: (one.period, one.rule.code), reverse=True)
    return SourceChecks(found.counts, tuple(contrasts), len(newest))


def _columns() -> dict[str, str]:
    """Column of the rules → indicator, as the pack's file says."""
    data = parse(files("edits")[PACK])
    return {str(name): str(code) for name, code in data["columns"].items()}
