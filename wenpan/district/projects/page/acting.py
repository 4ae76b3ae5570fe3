"""What people do on a project's page: states, documents, photos, excuses, problems and their end, visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.projects import actions
from wenpan.district.projects.base.scope import require_sight, scope_of
from wenpan.district.projects.base.subjects import Subject
from wenpan.district.projects.models import KeyProject, Milestone, Problem, Project
from wenpan.district.projects.site import photos
from wenpan.district.ui.doing import do


def _subject(request: SignedInRequest, which: str, pk: int) -> Subject:
    """404 for what is not there, and for another unit's alike."""
    if which not in ("project", "key"):
        raise Http404
    found: Subject = (
        get_object_or_404(Project, pk=pk, retracted=False)
        if which == "project"
        else get_object_or_404(KeyProject, pk=pk, retracted=False)
    )
    require_sight(request.user, found)
    return found


def _day(request: HttpRequest, name: str = "on") -> date:
    return typed_day(request.POST.get(name, ""))


def _answer(request: HttpRequest, which: str, pk: int, act: Any, done: str) -> HttpResponse:
    do(request, act, done)
    return redirect("projects:project" if which == "project" else "projects:key_project", pk=pk)


@require_POST
@requires("project.state")
def state(request: SignedInRequest, which: str, pk: int) -> HttpResponse:
    subject = _subject(request, which, pk)
    return _answer(
        request,
        which,
        pk,
        lambda: actions.change_state(
            subject=subject,
            after=request.POST.get("after", ""),
            on=_day(request),
            by=request.user,
            evidence=request.POST.get("evidence", ""),
        ),
        _("已登记状态变更。"),
    )


@require_POST
@requires("project.edit")
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Project, pk=pk, retracted=False)
    return _answer(
        request,
        "project",
        pk,
        lambda: actions.see_document(
            project=subject,
            kind=request.POST.get("kind", ""),
            note=request.POST.get("note", ""),
            on=_day(request),
            by=request.user,
        ),
        _("已登记核验。"),
    )


@require_POST
@requires("photo.add")
def add_photo(request: SignedInRequest, which: str, pk: int) -> HttpResponse:
    subject, post = _subject(request, which, pk), request.POST

    def act() -> None:
        file = request.FILES.get("photo")
        if file is None:
            raise Refused("bad_value", _("请选一张照片。"))
        actions.add_photo(
            subject=subject,
            data=file.read(photos.MOST_BYTES + 1),
            filename=file.name or "",
            taken_on=_day(request),
            place=post.get("place", ""),
            verifier=post.get("verifier", ""),
            by=request.user,
        )

    return _answer(request, which, pk, act, _("已登记照片。"))


@require_POST
@requires("project.edit")
def excuse(request: SignedInRequest, which: str, pk: int) -> HttpResponse:
    subject, post = _subject(request, which, pk), request.POST

    def act() -> None:
        try:
            actions.excuse(
                subject=subject,
                reason=post.get("reason", ""),
                document=post.get("document", ""),
                since=post.get("since", ""),
                until=post.get("until", ""),
                by=request.user,
            )
        except ValueError:
            raise Refused("bad_value", _("起止月份应写作 2022-09。")) from None

    return _answer(request, which, pk, act, _("已登记书面说明。"))


@require_POST
@requires("problem.edit")
def problem(request: SignedInRequest, which: str, pk: int) -> HttpResponse:
    subject, post = _subject(request, which, pk), request.POST

    def act() -> None:
        owner = Unit.objects.filter(code=post.get("owner", "")).first()
        if owner is None:
            raise Refused("bad_value", _("请选定责任单位。"))
        due = _day(request, "due") if post.get("due") else None
        actions.raise_problem(
            subject=subject,
            kind=post.get("kind", ""),
            text=post.get("text", ""),
            owner=owner,
            level=post.get("level", ""),
            on=_day(request),
            due=due,
            by=request.user,
        )

    return _answer(request, which, pk, act, _("已登记问题。"))


@require_POST
@requires("problem.report", "problem.edit")
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The owner of a problem may not see its project: the answer goes back to where they came from."""
    found = get_object_or_404(Problem.objects.filter(scope_of(request.user).problems()), pk=pk)
    try:
        actions.report_progress(
            problem=found, text=request.POST.get("text", ""), on=_day(request), by=request.user
        )
        messages.success(request, _("已登记办理进展。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    subject = found.project or found.key_project
    if request.POST.get("back") == "list" or subject is None or not scope_of(request.user).holds(subject):
        return redirect("projects:problems")
    return redirect("projects:project" if found.project_id else "projects:key_project", pk=subject.pk)


@require_POST
@requires("problem.edit")
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Problem, pk=pk)
    which, subject = ("project", found.project_id) if found.project_id else ("key", found.key_project_id)
    return _answer(
        request,
        which,
        subject or 0,
        lambda: actions.close_problem(
            problem=found, resolution=request.POST.get("resolution", ""), on=_day(request), by=request.user
        ),
        _("问题已办结。"),
    )


@require_POST
@requires("problem.edit", "contact.visit")
def visit(request: SignedInRequest, which: str, pk: int) -> HttpResponse:
    subject, post = _subject(request, which, pk), request.POST
    wanted = [int(v) for v in post.getlist("closes") if v.isdecimal() and len(v) < 16]
    closes = list(subject.problems.filter(pk__in=wanted, closed_on__isnull=True))

    def act() -> None:
        actions.record_visit(
            subject=subject,
            leader=post.get("leader", ""),
            on=_day(request),
            notes=post.get("notes", ""),
            result=post.get("result", "met"),
            promised=post.get("promised", ""),
            owner=Unit.objects.filter(code=post.get("owner", "")).first(),
            closes=closes,
            finds=_found(request),
            by=request.user,
        )

    if post.get("back") == "mine":
        do(request, act, _("已登记现场走访。"))
        return redirect("projects:my_sites")
    return _answer(request, which, pk, act, _("已登记调研。"))


def _found(request: HttpRequest) -> list[actions.VisitProblem]:
    """The problem that the visit found, where its words are filled in."""
    post = request.POST
    if not post.get("found", "").strip():
        return []
    owner = Unit.objects.filter(code=post.get("owner", "")).first()
    if owner is None:
        raise Refused("bad_value", _("请选定责任单位。"))
    return [actions.VisitProblem(post.get("kind", ""), post["found"], owner, post.get("level", ""))]


@require_POST
@requires("project.edit")
def milestone(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Milestone, pk=pk)
    return _answer(
        request,
        "key",
        found.key_project_id,
        lambda: actions.reach_milestone(milestone=found, on=_day(request), by=request.user),
        _("节点已登记完成。"),
    )
