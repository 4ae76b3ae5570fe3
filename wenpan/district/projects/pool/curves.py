"""The S-curves behind the outlook: which one a project is expected to follow, and how many taught it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenpan.district.projects.models import Kind, Outlook, Project
from wenpan.district.projects.pool.standings import CURVES
from wenpan.economy.pool.curves import course


@dataclass(frozen=True)
class CurveBasis:
    """Beta(a, b) over the time that a project takes. `projects` of this kind and size came far enough to
    teach it, `of_kind` of any size, `of_all` of any kind; `weight`: the set curve counts as so many.
    """

    kind: str
    kind_label: str
    band: str
    band_label: str
    a: float
    b: float
    projects: int
    of_kind: int
    of_all: int
    weight: float
    version: str
    source: str
    overridden: bool

    @property
    def learnt(self) -> bool:
        return self.of_all > 0

    @property
    def half(self) -> float:
        """Percent done when half the time is gone."""
        return 100 * course(self.a, self.b, 2)[1]


def behind(month: str) -> tuple[CurveBasis, ...]:
    """All curves of the month's outlook, those with the most projects first; none where none is kept."""
    kept = Outlook.objects.filter(month=month).values_list("table", flat=True).first() or {}
    found = [_said(cell, kept[CURVES]) for cell in kept.get(CURVES, {}).get("cells", ())]
    return tuple(sorted(found, key=lambda c: (-c.projects, c.kind, c.band)))


def of(project: Project, month: str) -> CurveBasis | None:
    """The curve that this project is expected to follow."""
    wanted = (project.kind, project.band)
    return next((curve for curve in behind(month) if (curve.kind, curve.band) == wanted), None)


def _said(cell: dict[str, Any], kept: dict[str, Any]) -> CurveBasis:
    kinds, bands = dict(Kind.choices), dict(Project.Band.choices)
    return CurveBasis(
        **cell,
        kind_label=str(kinds.get(cell["kind"], "")),
        band_label=str(bands.get(cell["band"], "")),
        weight=kept["weight"],
        version=kept["version"],
        source=kept["source"],
        overridden=kept["overridden"],
    )
