"""One statistics project: figures, curve, returns, states, documents, photos."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground import originals
from wenpan.district.projects import actions
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import require_sight, scope_of
from wenpan.district.projects.base.subjects import Subject
from wenpan.district.projects.lights import pair_words
from wenpan.district.projects.models import Photo, Project, Visit
from wenpan.district.projects.page import charts, queries
from wenpan.district.projects.pool import curves
from wenpan.district.projects.pool import queries as pool
from wenpan.district.projects.site import photos
from wenpan.district.projects.site.plan_queries import is_site, may_be_planned


@require_GET
@requires("project.view")
def project(request: SignedInRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(Project, pk=pk, retracted=False)
    require_sight(request.user, subject)
    month = pool.shown_month(request.GET.get("month", ""))
    page = queries.project_page(pk, month, scope_of(request.user))
    actions.note_reading(subject=subject, by=request.user)
    context = {
        "tab": "pool",
        "page": page,
        "month": month,
        "pair_words": pair_words(month) if month else {},
        "option": charts.s_curve(page.curve),
        "taught": curves.of(subject, str(month)),
        "which": "project",
        "subject": subject,
        "work": page.work,
        **forms_context(request.user, subject),
    }
    return render(request, "projects/project.html", context)


def forms_context(user: User, subject: Subject) -> dict[str, Any]:
    """What the forms of a project's page choose from."""
    rules = policy.problems()
    return {
        "today": timezone.localdate(),
        "kinds": rules["kinds"],
        "levels": rules["levels"].items(),
        "problem_kinds": rules["kinds"].items(),
        "units": Unit.objects.order_by("order"),
        "scope": scope_of(user),
        "results": Visit.Result.choices,
        "is_site": is_site(subject),
        "visitors": may_be_planned(subject) if can(user, "contact.plan", "problem.edit") else (),
    }


@require_GET
@requires("project.view")
def photo(request: SignedInRequest, pk: int) -> HttpResponse:
    """The small picture; the original is evidence and stays in the store."""
    found = get_object_or_404(Photo.objects.select_related("project", "key_project"), pk=pk)
    subject = found.project or found.key_project
    if subject is None or subject.retracted:
        raise Http404
    require_sight(request.user, subject)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
    return HttpResponse(originals.get(found.shown), content_type=photos.CONTENT_TYPE, headers=headers)
