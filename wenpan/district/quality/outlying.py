"""Reported totals that leave the way between what was reported before and after; months sent twice.

Reads only. What is shown are the values as they were reported; the question is whether they are right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl
from django.core.cache import cache
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.base.scope import Scope
from wenpan.district.projects.models import Project, Return
from wenpan.economy.quality.outliers.running_totals import HIGH, LOW, NEGATIVE, out_of_line, sent_twice
from wenpan.economy.time.periods import Month

KEPT = 24 * 3600
YEARS = 2  # of history


def kind_words() -> dict[str, str]:
    return {HIGH: _("偏高"), LOW: _("偏低"), NEGATIVE: _("为负")}


@dataclass(frozen=True)
class OutlyingTotal:
    """A cumulative amount (万元) as reported, and what was reported in the months next to it."""

    project: int
    period: str
    value: float
    before: float | None
    after: float | None
    kind: str

    @property
    def evidence(self) -> str:
        told = (("上月", self.before), (self.period, self.value), ("下月", self.after))
        return "; ".join(f"{name} {value:.2f}" for name, value in told if value is not None)


@dataclass(frozen=True)
class Outlying:
    totals: tuple[OutlyingTotal, ...]
    twice: tuple[tuple[int, str], ...]  # unit, period: all of its values are those of the month before
    cells: int


@dataclass(frozen=True)
class OutlyingRow:
    one: OutlyingTotal
    project: Project
    unit: str
    word: str
    letter: bool


def outlying(until: Month, scope: Scope) -> Outlying:
    """Of the returns of the last YEARS up to a month that the scope sees. Kept by their digest."""
    rows = list(
        Return.objects.filter(
            scope.projects("project__"), superseded_at__isnull=True, project__retracted=False,
            period__gt=str(until.plus(-12 * YEARS)), period__lte=str(until), cumulative__isnull=False,
        )
        .order_by("project", "period")
        .values_list("project_id", "period", "cumulative", "project__unit_id")
    )  # fmt: skip
    data = [(str(pk), period, float(value or 0), str(unit or "")) for pk, period, value, unit in rows]
    digest = hashlib.sha256(repr(data).encode()).hexdigest()
    found: Outlying | None = cache.get(f"quality.outlying:{digest}")
    if found is None:
        found = _found(data)
        cache.set(f"quality.outlying:{digest}", found, KEPT)
    return found


def _found(data: list[tuple[str, str, float, str]]) -> Outlying:
    schema = {"unit": pl.String, "period": pl.String, "value": pl.Float64, "group": pl.String}
    cells = pl.DataFrame(data, schema=schema, orient="row")
    totals = tuple(
        OutlyingTotal(int(unit), period, value, before, after, kind)
        for unit, period, value, before, after, kind in out_of_line(cells.drop("group")).iter_rows()
    )
    towns = sent_twice(cells.filter(pl.col("group") != ""))
    twice = tuple((int(group), period) for group, period in towns.iter_rows())
    return Outlying(totals, twice, cells.height)


def outlying_rows(found: Outlying, opened: set[tuple[int, str, str]]) -> list[OutlyingRow]:
    """With names, and whether a letter about it is open (project, period, rule)."""
    projects = Project.objects.select_related("unit", "department").in_bulk(
        {one.project for one in found.totals}
    )
    words = kind_words()
    rows = []
    for one in found.totals:
        project = projects[one.project]
        unit = project.unit or project.department
        asked = (one.project, one.period, OUTLIER) in opened
        rows.append(OutlyingRow(one, project, unit.short_name if unit else "", words[one.kind], asked))
    return rows


def twice_words(found: Outlying) -> list[str]:
    names = dict(Unit.objects.values_list("pk", "short_name"))
    return [f"{names.get(unit, '')} {period}" for unit, period in found.twice]


OUTLIER = "outlier"  # the rule's code in a letter about one of them
SENTENCE = "自开始建设累计与前后各月所报相差悬殊"
