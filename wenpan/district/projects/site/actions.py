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
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.base.subjects import Subject, address, subject_field
from wenpan.district.projects.models import Problem, ProblemReport, Visit


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
    leader: str,
    on: date,
    notes: str,
    by: User,
    closes: Sequence[Problem] = (),
    finds: Sequence[VisitProblem] = (),
    at: datetime | None = None,
) -> Visit:
    """A leader was on site; what the visit settled is closed by it, what it found is raised by it."""
    require(by, "problem.edit")
    if not leader.strip() or not notes.strip():
        raise Refused("bad_value", _("请写明到场领导和记录。"))
    visit = Visit.objects.create(
        **{subject_field(subject): subject},
        leader=leader.strip()[:40],
        on=on,
        notes=notes.strip()[:500],
        by=by,
    )
    record(
        by=by,
        action="projects.visit",
        subject=address(subject),
        at=at,
        summary=f"{subject.name}：{visit.leader}现场调研",
        detail={"on": str(on), "notes": visit.notes},
    )
    for problem in closes:
        close_problem(problem=problem, resolution=visit.notes, on=on, by=by, visit=visit, at=at)
    for found in finds:
        raise_problem(
            subject=subject,
            kind=found.kind,
            text=found.text,
            owner=found.owner,
            level=found.level,
            on=on,
            by=by,
            visit=visit,
            at=at,
        )
    return visit
