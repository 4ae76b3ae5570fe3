"""The district's published growths beside each other (electricity, tax): plausibility, never an error found.

Reads only. A rule of a month whose figures are not all published is missing, not passed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from wenpan.district.observations.models import Observation
from wenpan.economy.quality.edits import returns, verdicts
from wenpan.economy.quality.edits.edit_rules import EditRule, EditRules
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
class SourceVerdict:
    """One rule in one month: `held` is None where a figure of it is not published."""

    period: str
    rule: EditRule
    held: bool | None
    figures: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class SourceChecks:
    counts: tuple[RuleCount, ...]
    contrasts: tuple[Contrast, ...]
    periods: int


def source_checks() -> SourceChecks:
    """Of the newest MONTHS months that have any of the figures, the newest first. One query."""
    rules, columns, held = _published()
    found, frame = _judged(rules, columns, held, sorted(held, reverse=True)[:MONTHS])
    contrasts = []
    for count in found.counts:
        chosen = found.rows.get(count.rule.code)
        if chosen is None or chosen.is_empty():
            continue
        for line in frame[chosen].iter_rows(named=True):
            figures = tuple((name, line[name]) for name in columns if name in count.rule.kinds)
            contrasts.append(Contrast(line["期间"], count.rule, figures))
    contrasts.sort(key=lambda one: (one.period, one.rule.code), reverse=True)
    return SourceChecks(found.counts, tuple(contrasts), frame.height)


def verdicts_of(indicator: str = "", period: str = "") -> tuple[SourceVerdict, ...]:
    """What each rule says of a month; of an indicator those that read it, in the newest month (or `period`)
    that has its growth. One query; none where no rule reads it."""
    columns = _columns()
    name = next((name for name, code in columns.items() if code == indicator), "")
    if indicator and not name:
        return ()
    rules, columns, held = _published()
    month = period or max((one for one, figures in held.items() if not name or name in figures), default="")
    if month not in held:
        return ()
    found, _frame = _judged(rules, columns, held, [month])
    told = []
    for count in found.counts:
        if not count.used or (name and name not in count.rule.kinds):
            continue
        verdict = None if count.missing or count.not_in_force else bool(count.passed)
        figures = tuple((one, held[month].get(one)) for one in columns if one in count.rule.kinds)
        told.append(SourceVerdict(month, count.rule, verdict, figures))
    return tuple(told)


def _published() -> tuple[EditRules, dict[str, str], dict[str, dict[str, float]]]:
    """The rules, their columns, and period → column → growth as published for our district."""
    columns = _columns()
    names = {code: name for name, code in columns.items()}
    rows = Observation.objects.filter(
        region__home=True, indicator__in=names, measure="ytd_growth", basis="natural",
        superseded_at__isnull=True, value__isnull=False,
    )  # fmt: skip
    held: dict[str, dict[str, float]] = defaultdict(dict)
    for period, code, value in rows.values_list("period", "indicator", "value"):
        if value is not None and "Q" not in period:
            held[period][names[code]] = float(value)
    return edit_packs()[PACK], columns, dict(held)


def _judged(
    rules: EditRules, columns: dict[str, str], held: dict[str, dict[str, float]], periods: list[str]
) -> tuple[verdicts.Verdicts, pl.DataFrame]:
    schema = {"期间": pl.String, **dict.fromkeys(columns, pl.Float64)}
    data = [[period, *(held[period].get(name) for name in columns)] for period in periods]
    frame = returns.typed(pl.DataFrame(data, schema=schema, orient="row"), rules).frame
    return verdicts.judge(frame, rules), frame


def _columns() -> dict[str, str]:
    """Column of the rules → indicator, as the pack's file says."""
    data = parse(files("edits")[PACK])
    return {str(name): str(code) for name, code in data["columns"].items()}
