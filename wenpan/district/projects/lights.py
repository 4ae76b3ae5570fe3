"""Lights of projects for supervision, each project once, and problems past their deadline.

A stable read for rooms above. A project is read at the newest month that is kept by the day, judged as it
was then; a key project by the rules in force, from the list of that month's year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.subjects import Subject, address
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.models import Link, Outlook, Problem, Standing
from wenpan.district.ui import lights as light_names
from wenpan.economy.time.periods import Month, parse_month

SHOWN = ("RED", "YELLOW")


@dataclass(frozen=True)
class ProjectLight:
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
class ListLight:
    """The light of a project on one of the two lists. `address` names it there."""

    address: str
    light: str  # "" where that list has no light for it: finished, withdrawn
    reasons: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return _("年度计划") if self.address.startswith("key_project:") else _("统计口径")

    @property
    def words(self) -> str:
        """统计口径 绿"""
        return f"{self.label} {light_names.SHORT.get(self.light, '—')}"


@dataclass(frozen=True)
class LightCause:
    """A project that is red or yellow on either list, once.

    One that stands on both is the key project that it is; its light is the graver of the two, and `lights`
    names both, the library's first.
    """

    address: str
    name: str
    unit: Unit | None
    department: Unit | None
    light: str
    month: str
    url: str
    lights: tuple[ListLight, ...]

    @property
    def twin(self) -> str:
        """The address on the other list; "" for none."""
        return next((one.address for one in self.lights if one.address != self.address), "")

    @property
    def pair_words(self) -> str:
        """统计口径 绿 / 年度计划 红; "" for a project of one list."""
        return " / ".join(one.words for one in self.lights) if len(self.lights) > 1 else ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Of a pair each list's own, under its name."""
        if len(self.lights) == 1:
            return self.lights[0].reasons
        shown = [one for one in self.lights if one.light in SHOWN and one.reasons]
        return tuple(f"{one.label}：{'；'.join(one.reasons)}" for one in shown)


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


def red_and_yellow(on: date) -> list[ProjectLight]:
    """Projects of both lists, RED before YELLOW, by name; finished and withdrawn ones have no light."""
    month = month_on(on)
    shown = month or Month(on.year, on.month).plus(-1)
    twins = list(Link.objects.filter(year=shown.year).values_list("project_id", "key_project_id"))
    found = _statistics(month, {p: f"key_project:{k}" for p, k in twins}) if month else []
    found += _keys(shown, {k: f"project:{p}" for p, k in twins})
    return sorted(found, key=lambda lit: SHOWN.index(lit.light))


def light_causes(on: date) -> list[LightCause]:
    """Every project that is red or yellow on the day, once, RED before YELLOW, by name. The one place that
    knows which two records are one project: proposals, weekly check and bulletin count these."""
    rows = red_and_yellow(on)
    by_address = {row.subject: row for row in rows}
    paired = [row for row in rows if row.same_as]
    others = _lights_of({row.same_as for row in paired} - by_address.keys(), on) if paired else {}
    found: dict[str, LightCause] = {}
    for row in rows:
        one = _cause(row, by_address, others)
        found.setdefault(one.address, one)
    return sorted(found.values(), key=lambda cause: SHOWN.index(cause.light))


def _cause(row: ProjectLight, shown: dict[str, ProjectLight], others: dict[str, _Other]) -> LightCause:
    own = ListLight(row.subject, row.light, tuple(row.reasons))
    if not row.same_as:
        return LightCause(
            row.subject, row.name, row.unit, row.department, row.light, row.month, row.url, (own,)
        )
    twin = shown.get(row.same_as)
    other = others.get(row.same_as)
    beside = ListLight(row.same_as, twin.light if twin else other.light if other else "",
                       tuple(twin.reasons) if twin else ())  # fmt: skip
    pair = tuple(sorted((own, beside), key=lambda one: one.address.startswith("key_project:")))
    worst = min((one.light for one in pair if one.light in SHOWN), key=SHOWN.index)
    of_key = row.subject.startswith("key_project:")
    key = row if of_key else twin or other
    if key is None:  # the key project left its list since
        return LightCause(
            row.subject, row.name, row.unit, row.department, row.light, row.month, row.url, (own,)
        )
    unit, department = key.unit or row.unit, key.department or row.department
    return LightCause(pair[1].address, key.name, unit, department, worst, row.month, key.url, pair)


@dataclass(frozen=True)
class _Other:
    """A twin that is neither red nor yellow."""

    name: str
    unit: Unit | None
    department: Unit | None
    light: str
    url: str


def _lights_of(wanted: set[str], on: date) -> dict[str, _Other]:
    month = month_on(on) or Month(on.year, on.month).plus(-1)
    found = {}
    if any(one.startswith("key_project:") for one in wanted):
        for line in keys.lines(month):
            key = line.project
            found[address(key)] = _Other(key.name, key.unit, key.department, line.light, _url(key))
    pks = [int(one.partition(":")[2]) for one in wanted if one.startswith("project:")]
    rows = Standing.objects.filter(project__in=pks, month=str(month), project__retracted=False)
    for standing in rows.select_related("project__unit", "project__department"):
        project = standing.project
        found[address(project)] = _Other(
            project.name, project.unit, project.department, standing.light, _url(project)
        )
    return found


def pair_words(month: Month) -> dict[str, str]:
    """By address, of either list: 统计口径 绿 / 年度计划 红, for every confirmed pair of the month's year.

    It stands beside a light wherever one of the two is shown.
    """
    twins = list(Link.objects.filter(year=month.year).values_list("project_id", "key_project_id"))
    if not twins:
        return {}
    lights = {line.project.pk: line.light for line in keys.lines(month)}
    rows = Standing.objects.filter(month=str(month), project__in=[p for p, _k in twins])
    known = dict(rows.values_list("project_id", "light"))
    found: dict[Any, Any] = {}
    for project, key in twins:
        pair = (
            ListLight(f"project:{project}", known.get(project, "")),
            ListLight(f"key_project:{key}", lights.get(key, "")),
        )
        words = " / ".join(one.words for one in pair)
        found |= {one.address: words for one in pair}
    return found


def _statistics(month: Month, twins: dict[int, str]) -> list[ProjectLight]:
    rows = Standing.objects.filter(month=str(month), light__in=SHOWN, project__retracted=False)
    told = rows.order_by("project__pinyin", "pk").values_list(
        "project_id", "project__name", "project__unit_id", "project__department_id", "light", "reasons"
    )
    units = Unit.objects.in_bulk()
    return [
        ProjectLight(
            f"project:{pk}", name, units.get(unit), units.get(department), light, list(reasons), str(month),
            _url_of("projects:project", pk), twins.get(pk, ""),
        )
        for pk, name, unit, department, light, reasons in told
    ]  # fmt: skip


def _keys(month: Month, twins: dict[int, str]) -> list[ProjectLight]:
    return [
        ProjectLight(
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
    return _url_of(name, subject.pk)


def _url_of(name: str, pk: int) -> str:
    """`reverse` for thousands of one kind: asked once."""
    return _pattern(name, get_script_prefix()).replace("/0/", f"/{pk}/")


@lru_cache(maxsize=8)
def _pattern(name: str, _prefix: str) -> str:
    return reverse(name, args=[0])


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
