"""本单位事项: what is due from us, one form at its line, notices, and what we were asked for this month."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.log.recipients import notices_of
from wenpan.district.supervision.matters import attachments, available_actions
from wenpan.district.supervision.matters.actions import reports
from wenpan.district.supervision.matters.pages.matter import feedback_before
from wenpan.district.supervision.matters.pages.typed import Typed
from wenpan.district.supervision.matters.queries import desk as queries
from wenpan.district.supervision.models import Feedback, Notice
from wenpan.district.ui import asked


@require_GET
@requires("desk.use")
def desk(request: SignedInRequest) -> HttpResponse:
    at = timezone.now()
    found = queries.desk_of(request.user, at, whole=request.GET.get("list", ""))
    context: dict[str, Any] = {"desk": found, "today": timezone.localdate(at), "form": None}
    if found is not None:
        context["form"] = _form(request)
        context["urgent"] = [("late", _("逾期"), found.late), ("week", _("本周到期"), found.week)]
        context["further"] = [("later", _("以后到期"), found.later), ("coop", _("配合办理"), found.coop)]
    return render(request, "supervision/desk.html", context)


def _form(request: SignedInRequest) -> dict[str, Any] | None:
    """The one feedback form that stands open (?feed=12), with last time's words beside it."""
    wanted = asked.integer(request.GET, "feed")
    if wanted is None:
        return None
    matter = matter_sets.matter_for(request.user, wanted)
    situation = available_actions.situation_of(request.user, matter, timezone.localdate())
    if available_actions.refusal(situation, available_actions.FEED_BACK) is not None:
        return None
    leads = matter.lead_id == request.user.unit_id
    return {
        "matter": matter,
        "typed": Typed(),
        "before": feedback_before(request.user, matter),
        "claims": [(v, label) for v, label in Feedback.Claim.choices if leads or v != Feedback.Claim.DONE],
        "limits": attachments.limits(),
        "may_ask": available_actions.refusal(situation, available_actions.ASK) is None,
    }


@require_POST
@requires("desk.sign")
def sign_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """签发 by the head of the unit. Another unit's feedback is not there."""
    feedback = get_object_or_404(Feedback, pk=pk, unit=request.user.unit_id or 0)
    try:
        actions.sign_off(feedback=feedback, by=request.user)
        messages.success(request, _("已签发。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("supervision:desk")


@require_POST
@requires("desk.use", "matter.view")
def read_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, notices_of(request.user), pk=pk)
    reports.read_notices(by=request.user, notice=notice)
    return redirect("supervision:desk")


@require_POST
@requires("desk.use", "matter.view")
def read_notices(request: SignedInRequest) -> HttpResponse:
    reports.read_notices(by=request.user)
    return redirect("supervision:desk")


routes: list[URLPattern] = [
    path("desk/", desk, name="desk"),
    path("desk/feedback/<int:pk>/sign/", sign_off, name="sign_off"),
    path("desk/notices/read/", read_notices, name="read_notices"),
    path("desk/notices/<int:pk>/read/", read_notice, name="read_notice"),
]
