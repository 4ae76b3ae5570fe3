"""Problems and site visits: what blocks a project, who must move until when, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import require_sight, scope_of
from wenpan.district.projects.base.subjects import Subject, address, subject_field
from wenpan.district.projects.models import Problem, ProblemReport, SiteAssignment, Visit


@dataclass(frozen=True)
class VisitProblem:
    """A problem that a visit found: it is raised by the visit, due by its level's days."""

    kind: str
    text: str
    owner: Unit
    level: str


@transaction.atomic
def raise_problem(
    *,
    subject: Subject,
    kind: str,
    text: str,
    owner: Unit,
    level: str,
    on: date,
    by: User,
    due: date | None = None,
    visit: Visit | None = None,
    at: datetime | None = None,
) -> Problem:
    """A problem with its owner; without `due` the rule's days of its level count from `on`."""
    require(by, "problem.edit")
    return _raise(subject, VisitProblem(kind, text, owner, level), on=on, by=by, due=due, visit=visit, at=at)


def _raise(
    subject: Subject,
    found: VisitProblem,
    *,
    on: date,
    by: User,
    due: date | None = None,
    visit: Visit | None = None,
    at: datetime | None = None,
) -> Problem:
    """Who may is asked by whoever calls: an editor of problems, or somebody who was on site."""
    kind, text, owner, level = found.kind, found.text, found.owner, found.level
    rules = policy.problems()
    if kind not in rules["kinds"] or level not in rules["levels"]:
        raise Refused("bad_value", _("没有这种问题类别或层级。"))
    if not text.strip():
        raise Refused("bad_value", _("请写明问题。"))
    due = due or on + timedelta(days=rules["days"][level])
    if due < on:
        raise Refused("bad_value", _("办结期限早于提出日期。"))
    problem = Problem.objects.create(
        **{subject_field(subject): subject},
        kind=kind,
        text=text.strip()[:300],
        owner=owner,
        level=level,
        raised_on=on,
        due=due,
        visit=visit,
        raised_by=by,
    )
    record(
        by=by,
        action="projects.problem",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}：{rules['kinds'][kind]}问题，{owner.short_name}办理，限{due}",
        detail={"text": problem.text, "level": level},
    )
    return problem


@transaction.atomic
def report_progress(
    *, problem: Problem, text: str, on: date, by: User, at: datetime | None = None
) -> ProblemReport:
    """What the owning unit did so far; the problem stays open until another closes it. Refused "bad_value"
    without words or for a day before the problem or after today, "clash" for a closed problem."""
    require(by, "problem.report", "problem.edit")
    if not scope_of(by).owns(problem):
        raise PermissionDenied(_("这个问题不由您的单位办理。"))
    at = at or timezone.now()
    if not text.strip():
        raise Refused("bad_value", _("请写明办理进展。"))
    if on < problem.raised_on or on > timezone.localdate(at):
        raise Refused("bad_value", _("日期应在提出日期之后、今天以前。"))
    if not Problem.objects.select_for_update().filter(pk=problem.pk, closed_on__isnull=True).exists():
        raise Refused("clash", _("这个问题已经办结。"))
    report = ProblemReport.objects.create(problem=problem, text=text.strip()[:300], on=on, by=by, at=at)
    subject = problem.project or problem.key_project
    assert subject is not None
    record(
        by=by,
        action="projects.problem_report",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}：办理进展 {report.text}",
        detail={"problem": problem.text, "on": str(on)},
    )
    return report


@transaction.atomic
def close_problem(
    *,
    problem: Problem,
    resolution: str,
    on: date,
    by: User,
    visit: Visit | None = None,
    at: datetime | None = None,
) -> Problem:
    """Closed with what was done. Refused "bad_value" without words, "clash" if it is closed already."""
    require(by, "problem.edit")
    if not resolution.strip():
        raise Refused("bad_value", _("请写明怎样解决的。"))
    if on < problem.raised_on:
        raise Refused("bad_value", _("办结日期早于提出日期。"))
    held = Problem.objects.filter(pk=problem.pk, closed_on__isnull=True)
    if held.update(closed_on=on, closed_by=by, resolution=resolution.strip()[:300], closed_visit=visit) != 1:
        raise Refused("clash", _("这个问题已经办结。"))
    problem.refresh_from_db()
    subject = problem.project or problem.key_project
    assert subject is not None
    record(
        by=by,
        action="projects.problem_closed",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}：问题办结 {problem.resolution}",
        detail={"text": problem.text, "on": str(on)},
    )
    return problem


@transaction.atomic
def record_visit(
    *,
    subject: Subject,
    leader: str = "",
    on: date,
    notes: str,
    by: User,
    person: User | None = None,
    result: str = "met",
    promised: str = "",
    owner: Unit | None = None,
    closes: Sequence[Problem] = (),
    finds: Sequence[VisitProblem] = (),
    at: datetime | None = None,
) -> Visit:
    """A leader was on site; what the visit settled is closed by it, what it found is raised by it.

    `person`: who was there, if it is somebody of the program (else `leader`, the name); without
    "problem.edit" only oneself, and nothing is closed. `promised` becomes a problem of `owner` (without it
    the project's department, or its town) with the term of a deputy's level. Refused "bad_value".
    """
    require(by, "problem.edit", "contact.visit")
    require_sight(by, subject)
    at = at or timezone.now()
    person = person or _of_plan(subject, leader)
    edits = can(by, "problem.edit")
    if not edits and ((person is not None and person.pk != by.pk) or closes):
        raise PermissionDenied(_("只能登记自己到现场的情况，问题由经发局或督查办办结。"))
    person = person or (None if edits else by)
    name = (person.name if person else leader).strip()
    if not name or not notes.strip():
        raise Refused("bad_value", _("请写明到场领导和记录。"))
    if result not in Visit.Result.values:
        raise Refused("bad_value", _("请选定到场结果。"))
    if on > timezone.localdate(at):
        raise Refused("bad_value", _("到场日期不能晚于今天。"))
    if promised.strip() and result == Visit.Result.GONE:
        raise Refused("bad_value", _("现场没有人，不能登记当场答应的事项。"))
    visit = Visit.objects.create(
        **{subject_field(subject): subject},
        leader=name[:40],
        person=person,
        on=on,
        result=result,
        notes=notes.strip()[:500],
        promised=promised.strip()[:300],
        by=by,
    )
    record(
        by=by,
        action="projects.visit",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}：{visit.leader}现场调研，{visit.get_result_display()}",
        detail={"on": str(on), "notes": visit.notes},
    )
    for problem in closes:
        close_problem(problem=problem, resolution=visit.notes, on=on, by=by, visit=visit, at=at)
    for found in (*finds, *_promise(subject, visit, owner)):
        _raise(subject, found, on=on, by=by, visit=visit, at=at)
    return visit


def _of_plan(subject: Subject, leader: str) -> User | None:
    """The person of the plan who bears the name that was written down."""
    plans = SiteAssignment.objects.filter(**{subject_field(subject): subject}, person__name=leader.strip())
    found = plans.select_related("person").first() if leader.strip() else None
    return found.person if found else None


def _promise(subject: Subject, visit: Visit, owner: Unit | None) -> list[VisitProblem]:
    if not visit.promised:
        return []
    owner = owner or subject.department or subject.unit
    if owner is None:
        raise Refused("bad_value", _("请选定责任单位。"))
    return [VisitProblem("other", visit.promised, owner, Problem.Level.DEPUTY)]
