"""Problems of the projects that a person may see, and those that their unit must settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.models import Problem, ProblemReport

SHOWN = ("open", "overdue", "closed")


@dataclass(frozen=True)
class Problems:
    """`rows`: those of `show` (all for an unknown word). `counts`: of each word of SHOWN."""

    show: str
    rows: QuerySet[Problem]
    counts: dict[str, int]


def problems(on: date, *, show: str = "open", scope: Scope = ALL) -> Problems:
    rows = Problem.objects.filter(scope.problems())
    rows = rows.exclude(project__retracted=True).exclude(key_project__retracted=True)
    is_open = rows.filter(closed_on__isnull=True)
    kept = {
        "open": is_open,
        "overdue": is_open.filter(due__lt=on),
        "closed": rows.filter(closed_on__isnull=False),
    }
    counts = {word: kept[word].count() for word in SHOWN}
    reports = Prefetch("reports", ProblemReport.objects.select_related("by"))
    shown = kept.get(show, rows).select_related("project", "key_project", "owner")
    return Problems(show, shown.prefetch_related(reports), counts)
