"""督办规则: slips and line in force, with their sources; who is in charge of which unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.supervision import actions
from wenpan.district.supervision.escalation.queries import escalation_view


@require_GET
@requires("matter.view")
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "supervision/escalation.html", {"page": escalation_view(timezone.localdate())})


@require_POST
@requires("slip.issue")
def escalate(request: SignedInRequest) -> HttpResponse:
    """What the clock does every hour, now: it does nothing twice."""
    done = actions.escalate(by=request.user)
    messages.success(
        request,
        _("已核对：发督办单%(slips)s张，提级%(raised)s次，提醒%(told)s条。")
        % {"slips": done.slips, "raised": done.raised, "told": done.told},
    )
    return redirect("supervision:slips")


routes: list[URLPattern] = [
    path("line/", rules, name="charges"),
    path("line/run/", escalate, name="escalate"),
]
