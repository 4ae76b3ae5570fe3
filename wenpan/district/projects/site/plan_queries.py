"""Which sites are due of whom, and how far the plan is carried out: counts with n, never a ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wenpan.district.accounts.models import User
from wenpan.district.accounts.roles import ROLES
from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.base.subjects import Subject
from wenpan.district.projects.models import KeyProject, Problem, Project, SiteAssignment, Visit
from wenpan.economy.time.visits import PlanCoverage, VisitDue, months_after, plan_coverage, visit_due

OVER = (Project.State.COMPLETED, Project.State.NO_REMAINDER, Project.State.WITHDRAWN)
DONE = (KeyProject.Stage.FINISHED, KeyProject.Stage.PRODUCING)


def is_site(subject: Subject) -> bool:
    """Something is still to be built there."""
    over = subject.state in OVER if isinstance(subject, Project) else subject.stage in DONE
    return not (over or subject.retracted)


@dataclass(frozen=True)
class SiteLine:
    plan: SiteAssignment
    subject: Subject
    state: VisitDue
    due: bool
    late: bool
    problems: tuple[Problem, ...]  # open ones

    @property
    def which(self) -> str:
        """As the addresses of a project's forms say it."""
        return "project" if self.plan.project_id else "key"


def current(on: date, person: User | None = None, scope: Scope = ALL) -> QuerySet[SiteAssignment]:
    """Plans that hold on the day, of sites that still are some."""
    rows = SiteAssignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
    rows = rows.filter(scope.projects("project__") | scope.projects("key_project__"))
    rows = rows.exclude(project__retracted=True).exclude(key_project__retracted=True)
    rows = rows.exclude(project__state__in=OVER).exclude(key_project__stage__in=DONE)
    if person is not None:
        rows = rows.filter(person=person)
    return rows.select_related("project__unit", "key_project__unit", "person__unit")


def lines(plans: Iterable[SiteAssignment], on: date) -> list[SiteLine]:
    """Each plan with what is due of it, the earliest first; a site where nobody is any more last."""
    held = list(plans)
    seen: dict[Hashable, list[tuple[date, str]]] = defaultdict(list)
    for site, who, name, day, result in _visits(held, on):
        seen[site, who or name].append((day, result))
    open_: dict[Hashable, list[Problem]] = defaultdict(list)
    problems = Problem.objects.filter(_of(held), closed_on__isnull=True).select_related("owner")
    for problem in problems.order_by("due", "pk"):
        open_[problem.project_id, problem.key_project_id].append(problem)
    found = []
    for plan in held:
        visits = [*seen[_site(plan), plan.person_id], *seen[_site(plan), plan.person.name]]
        state = visit_due(plan.starts_on, plan.every, visits, on)
        found.append(
            SiteLine(
                plan, plan.subject, state, state.is_due(on), state.is_late(on), tuple(open_[_site(plan)])
            )
        )
    return sorted(found, key=lambda line: (line.state.due or date.max, line.subject.pinyin))


def coverage(plans: Iterable[SiteAssignment], on: date, months: int = 3) -> PlanCoverage:
    """A site counts once, by the best that came of it of anybody's visits."""
    held = list(plans)
    since = months_after(on, -months)
    found: dict[Hashable, list[str]] = defaultdict(list)
    for site, _who, _name, day, result in _visits(held, on):
        if day > since:
            found[site].append(result)
    return plan_coverage({_site(plan) for plan in held}, found, months)


def due_of(user: Any, on: date) -> list[SiteLine]:
    """What is due of this person this month, or was before."""
    return [line for line in lines(current(on, user), on) if line.due]


def may_be_planned(subject: Subject) -> QuerySet[User]:
    """People who may record a visit there: leaders, and those of the units that see the project."""
    roles = [code for code, role in ROLES.items() if "contact.visit" in role.permissions]
    people = User.objects.filter(role__in=roles, is_active=True)
    everywhere = [code for code in roles if "project.all" in ROLES[code].permissions]
    own = Q(unit__in=[pk for pk in (subject.unit_id, subject.department_id) if pk])
    return people.filter(Q(role__in=everywhere) | own).select_related("unit").order_by("name", "pk")


def plans_of(subject: Subject) -> tuple[SiteAssignment, ...]:
    """Those that go on, for the project's page."""
    return tuple(subject.site_plans.filter(ends_on__isnull=True).select_related("person__unit"))


def _site(plan: SiteAssignment) -> tuple[int | None, int | None]:
    return plan.project_id, plan.key_project_id


def _of(plans: Sequence[SiteAssignment]) -> Q:
    return Q(project__in={p.project_id for p in plans if p.project_id}) | Q(
        key_project__in={p.key_project_id for p in plans if p.key_project_id}
    )


def _visits(
    plans: Sequence[SiteAssignment], on: date
) -> Iterable[tuple[tuple[int | None, int | None], int | None, str, date, str]]:
    """Site, person (None for a name only), name, day, result; the earliest first."""
    rows = Visit.objects.filter(_of(plans), on__lte=on).order_by("on", "pk")
    for project, key, who, name, day, result in rows.values_list(
        "project_id", "key_project_id", "person_id", "leader", "on", "result"
    ):
        yield (project, key), who, name, day, result
