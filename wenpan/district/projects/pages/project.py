"""One statistics project: figures, curve, returns, states, documents; and what is done about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.intake.refusal import Refused
from wenpan.district.projects import actions, charts, photos, policy
from wenpan.district.projects.models import KeyProject, Milestone, Photo, Problem, Project
from wenpan.district.projects.queries import pool
from wenpan.district.projects.queries import project as queries
from wenpan.district.ui import store


@require_GET
@requires("project.view")
def project(request: HttpRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Project, pk=pk, retracted=False)
    month = pool.shown_month(request.GET.get("month", ""))
    page = queries.project_page(pk, month)
    actions.note_reading(project=subject, by=request.user)
    context = {
        "tab": "pool",
        "page": page,
        "month": month,
        "option": charts.s_curve(page.curve),
        "which": "project",
        "subject": subject,
        "work": page.work,
        **forms_context(),
    }
    return render(request, "projects/project.html", context)


def forms_context() -> dict[str, Any]:
    rules = policy.problems()
    return {
        "today": timezone.localdate(),
        "kinds": rules["kinds"],
        "levels": rules["levels"].items(),
        "problem_kinds": rules["kinds"].items(),
        "units": Unit.objects.order_by("order"),
    }


def subject_of(which: str, pk: int) -> Project | KeyProject:
    if which == "project":
        return get_object_or_404(Project, pk=pk, retracted=False)
    if which == "key":
        return get_object_or_404(KeyProject, pk=pk, retracted=False)
    raise Http404


def _day(request: HttpRequest, name: str = "on") -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Refused("bad_value", _("日期应写作 2022-10-18。")) from None


def _answer(request: HttpRequest, which: str, pk: int, act: Any, done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    except PermissionDenied as denied:
        messages.error(request, str(denied))
    return redirect("projects:project" if which == "project" else "projects:key_project", pk=pk)


@require_POST
@requires("project.state")
def state(request: HttpRequest, which: str, pk: int) -> HttpResponse:
    subject = subject_of(which, pk)
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
def document(request: HttpRequest, pk: int) -> HttpResponse:
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
@requires("project.edit")
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    subject, post = get_object_or_404(Project, pk=pk, retracted=False), request.POST

    def act() -> None:
        file = request.FILES.get("photo")
        if file is None:
            raise Refused("bad_value", _("请选一张照片。"))
        actions.add_photo(
            project=subject,
            data=file.read(photos.MOST_BYTES + 1),
            taken_on=_day(request),
            place=post.get("place", ""),
            verifier=post.get("verifier", ""),
            by=request.user,
        )

    return _answer(request, "project", pk, act, _("已登记照片。"))


@require_GET
@requires("project.view")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The small picture; the original is evidence and stays in the store."""
    found = get_object_or_404(Photo, pk=pk, project__retracted=False)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
    return HttpResponse(store.get(found.shown), content_type=photos.CONTENT_TYPE, headers=headers)


@require_POST
@requires("project.edit")
def excuse(request: HttpRequest, which: str, pk: int) -> HttpResponse:
    subject, post = subject_of(which, pk), request.POST

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
def problem(request: HttpRequest, which: str, pk: int) -> HttpResponse:
    subject, post = subject_of(which, pk), request.POST

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
@requires("problem.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
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
@requires("problem.edit")
def visit(request: HttpRequest, which: str, pk: int) -> HttpResponse:
    subject, post = subject_of(which, pk), request.POST
    wanted = [int(v) for v in post.getlist("closes") if v.isdecimal()]
    closes = list(subject.problems.filter(pk__in=wanted, closed_on__isnull=True))
    return _answer(
        request,
        which,
        pk,
        lambda: actions.record_visit(
            subject=subject,
            leader=post.get("leader", ""),
            on=_day(request),
            notes=post.get("notes", ""),
            closes=closes,
            by=request.user,
        ),
        _("已登记调研。"),
    )


@require_POST
@requires("project.edit")
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Milestone, pk=pk)
    return _answer(
        request,
        "key",
        found.key_project_id,
        lambda: actions.reach_milestone(milestone=found, on=_day(request), by=request.user),
        _("节点已登记完成。"),
    )
