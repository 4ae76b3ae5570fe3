"""The failing returns as a table shows them: with the project's name, its unit, and whether a letter is
open."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wenpan.district.projects.models import Project
from wenpan.district.quality import queries
from wenpan.district.quality.checks import ReturnChecks


@dataclass(frozen=True)
class CheckRow:
    project_id: int
    project_name: str
    unit: str
    rule: str
    severity: str
    hard: bool
    sentence: str
    evidence: str
    suspects: str
    share: float
    first: bool
    letter: bool
    accepted: str  # the reason with which a soft finding was accepted, as long as the return stays as it was


def check_rows(found: ReturnChecks) -> list[CheckRow]:
    """In the order of the checks: what may change the district's total most comes first."""
    projects = Project.objects.filter(pk__in={one.project for one in found.failed})
    known = {project.pk: project for project in projects.select_related("unit", "department")}
    opened, accepted = queries.open_rules(found.month), queries.accepted_of(found.month)
    rows = []
    for one in found.failed:
        project = known[one.project]
        unit = project.unit or project.department
        hard = one.rule.severity == "hard"
        taken = accepted.get((one.project, one.rule.code, one.evidence[:400]))
        rows.append(
            CheckRow(
                project.pk, project.name, unit.short_name if unit else "", one.rule.code,
                _("硬性") if hard else _("软性"), hard, one.rule.sentence, one.evidence,
                _("；或").join(one.suspects), one.share, one.first, (project.pk, one.rule.code) in opened,
                taken.reason if taken else "",
            )
        )  # fmt: skip
    return rows
