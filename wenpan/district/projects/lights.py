"""What supervision asks of the room: projects that shine red or yellow, and problems past their deadline.

A stable read for rooms above. A project is read at the newest month that is kept by the day, judged as it
was then; a key project by the rules in force, from the list of that month's year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.subjects import Subject, address
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.models import Link, Outlook, Problem, Standing
from wenpan.economy.time.periods import Month, parse_month

SHOWN = ("RED", "YELLOW")


@dataclass(frozen=True)
class Lit:
    """`subject`: as in `subjects.address`. `same_as`: the confirmed twin on the other list, "" for none."""

    subject: str
    name: str
    unit: Unit | None
    department: Unit | None
    light: str  # RED | YELLOW
    reasons: list[str]
    month: str
    url: str
    same_as: str


@dataclass(frozen=True)
class Overdue:
    """`owner`: who must move. `days`: calendar days past it. `level`: department | deputy | head."""

    problem: int
    subject: str
    name: str
    kind: str
    text: str
    owner: Unit
    level: str
    raised_on: date
    due: date
    days: int
    url: str


def month_on(on: date) -> Month | None:
    """The newest month that was kept by the day; None for an empty library."""
    kept = Outlook.objects.filter(month__lte=f"{on:%Y-%m}").order_by("-month")
    month = kept.values_list("month", flat=True).first()
    return parse_month(month) if month else None


def red_and_yellow(on: date) -> list[Lit]:
    """Projects of both lists, RED before YELLOW, by name; finished and withdrawn ones have no light."""
    month = month_on(on)
    shown = month or Month(on.year, on.month).plus(-1)
    twins = list(Link.objects.filter(year=shown.year).values_list("project_id", "key_project_id"))
    found = _statistics(month, {p: f"key_project:{k}" for p, k in twins}) if month else []
    found += _keys(shown, {k: f"project:{p}" for p, k in twins})
    return sorted(found, key=lambda lit: SHOWN.index(lit.light))


def _statistics(month: Month, twins: dict[int, str]) -> list[Lit]:
    rows = Standing.objects.filter(month=str(month), light__in=SHOWN, project__retracted=False)
    rows = rows.select_related("project__unit", "project__department").order_by("project__pinyin", "pk")
    return [
        Lit(
            address(s.project),
            s.project.name,
            s.project.unit,
            s.project.department,
            s.light,
            list(s.reasons),
            str(month),
            _url(s.project),
            twins.get(s.project_id, ""),
        )
        for s in rows
    ]


def _keys(month: Month, twins: dict[int, str]) -> list[Lit]:
    return [
        Lit(
            address(line.project),
            line.project.name,
            line.project.unit,
            line.project.department,
            line.light,
            list(line.verdict.reasons),
            str(month),
            _url(line.project),
            twins.get(line.project.pk, ""),
        )
        for line in keys.lines(month)
        if line.light in SHOWN
    ]


def _url(subject: Subject) -> str:
    name = "projects:project" if address(subject).startswith("project:") else "projects:key_project"
    return reverse(name, args=[subject.pk])


def open_problems_overdue(on: date) -> list[Overdue]:
    """Problems that were open on the day and due before it, the longest first."""
    rows = Problem.objects.filter(due__lt=on, raised_on__lte=on).exclude(closed_on__lte=on)
    rows = rows.exclude(project__retracted=True).exclude(key_project__retracted=True)
    kinds = policy.problems()["kinds"]
    found = []
    for problem in rows.select_related("project", "key_project", "owner").order_by("due", "pk"):
        subject = problem.project or problem.key_project
        assert subject is not None  # the database holds it
        found.append(
            Overdue(
                problem.pk,
                address(subject),
                subject.name,
                _(kinds.get(problem.kind, problem.kind)),
                problem.text,
                problem.owner,
                problem.level,
                problem.raised_on,
                problem.due,
                (on - problem.due).days,
                _url(subject),
            )
        )
    return found
