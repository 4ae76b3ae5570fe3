"""Draws with their proof, and results with the error rate as the regulation defines it. Facts only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from wenpan.district.projects.models import Project, Return
from wenpan.district.quality.models import FieldCheckResult, FieldDraw
from wenpan.economy.quality.field_checks import DrawError, draw, error_rate

OPEN_STATES = (Project.State.IN_LIBRARY, Project.State.STOPPED)
FROM_RETURN = {"本年累计投资（万元）": "this_year", "自开工累计投资（万元）": "cumulative"}


@dataclass(frozen=True)
class DrawnUnit:
    place: int
    code: str
    name: str
    results: tuple[CheckedItem, ...]


@dataclass(frozen=True)
class CheckedItem:
    """`rate`: 违法比例 in percent; None where the definition gives none (the actual value is 0)."""

    result: FieldCheckResult
    rate: float | None


@dataclass(frozen=True)
class DrawProof:
    """`same`: drawing again from the kept list and seed gives the same units; `hash_same`: of its hash."""

    same: bool
    hash_same: bool

    @property
    def holds(self) -> bool:
        return self.same and self.hash_same


def draws() -> QuerySet[FieldDraw]:
    return FieldDraw.objects.select_related("by")


def population_of_projects() -> list[tuple[str, str]]:
    """Code and name of the projects in the library."""
    rows = Project.objects.filter(retracted=False, state__in=OPEN_STATES).exclude(code="")
    return list(rows.order_by("code").values_list("code", "name"))


def proof(made: FieldDraw) -> DrawProof:
    try:
        again = draw([code for code, _name in made.population], made.asked, made.seed)
    except DrawError:
        return DrawProof(False, False)
    return DrawProof(list(again.drawn) == list(made.drawn), again.population_hash == made.population_hash)


def drawn_units(made: FieldDraw) -> list[DrawnUnit]:
    names = dict(made.population)
    rows = made.results.filter(superseded_at__isnull=True).select_related("by").order_by("item", "period")
    found: dict[str, list[CheckedItem]] = {}
    for row in rows:
        reported = None if row.reported is None else float(row.reported)
        found.setdefault(row.code, []).append(CheckedItem(row, error_rate(reported, float(row.actual))))
    return [
        DrawnUnit(place, code, names.get(code, ""), tuple(found.get(code, ())))
        for place, code in enumerate(made.drawn, 1)
    ]


def reported(code: str, item: str, period: str) -> Decimal | None:
    """What the return in force says of a project; None where nothing was reported."""
    row = Return.objects.filter(
        project__code=code, project__retracted=False, period=period, superseded_at__isnull=True
    ).first()
    return getattr(row, FROM_RETURN[item]) if row is not None else None
