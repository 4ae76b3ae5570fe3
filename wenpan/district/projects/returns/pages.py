"""本单位报表, 收月报: a unit hands in its own return; who collects sees who has and who has not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.intake import sight
from wenpan.district.intake.checking import start_check
from wenpan.district.intake.downloads import marked_workbook, original_file
from wenpan.district.intake.forms import AcceptForm
from wenpan.district.intake.models import Submission
from wenpan.district.intake.queries import submission_page
from wenpan.district.projects import actions
from wenpan.district.projects.returns import collection as queries
from wenpan.district.projects.returns.lines import RETURNS
from wenpan.district.ui import asked
from wenpan.economy.time.periods import Month

BACK = 12  # months that may still be handed in


@require_GET
@requires("return.hand_in")
def own_returns(request: SignedInRequest) -> HttpResponse:
    """The unit's own month: what is due, the prefilled form, the way in, what was handed in before."""
    today = timezone.localdate()
    month = _month(request.GET.get("month", ""))
    context = {
        "tab": "returns",
        "own": queries.own_return(request.user, today, month),
        "months": _months(queries.month_due(today)),
        "limit": settings.UPLOAD_LIMIT_MB,
    }
    return render(request, "projects/own_returns.html", context)


def _months(last: Month) -> list[Month]:
    return [last.plus(-k) for k in range(BACK)]


def _month(text: str) -> Month | None:
    """None for what is no month that may be handed in now."""
    known = {str(month): month for month in _months(queries.month_due(timezone.localdate()))}
    return known.get(text)


@require_POST
@requires("return.hand_in")
def hand_in(request: SignedInRequest) -> HttpResponse:
    file, month = request.FILES.get("file"), _month(request.POST.get("month", ""))
    if file is None or month is None:
        messages.error(request, _("请先选择文件。") if file is None else _("请选定报表的月份。"))
        return redirect("projects:own_returns")
    if (file.size or 0) > settings.UPLOAD_LIMIT_MB * 1024**2:
        shown = {"file": file, "limit": settings.UPLOAD_LIMIT_MB, "back": reverse("projects:own_returns")}
        return render(request, "intake/too_large.html", shown, status=413)
    try:
        submission = intake.hand_in(
            data=file.read(), filename=file.name or "", kind=RETURNS, period=str(month), by=request.user
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("projects:own_returns")
    page = reverse("projects:own_return", args=[submission.pk])
    if submission.state == submission.State.CHECKING:
        return start_check(submission, by=request.user, page=page)
    messages.info(request, _("这个文件已经交过，下面是它现在的情况。"))
    return redirect(page)


@require_GET
@requires("return.hand_in")
@shows_single_returns("本单位报表")
def own_return(request: SignedInRequest, pk: int) -> HttpResponse:
    _own(request, pk)
    number = asked.integer(request.GET, "rows", least=1, default=1)
    page = submission_page(pk, show=request.GET.get("show", "all"), page=number or 1)
    return render(request, "projects/own_return.html", {"tab": "returns", "page": page})


def _own(request: SignedInRequest, pk: int) -> Submission:
    """404 for a file that is not the unit's own."""
    return get_object_or_404(sight.own(request.user).select_related("original"), pk=pk)


@require_POST
@requires("return.hand_in")
def explain(request: SignedInRequest, pk: int) -> HttpResponse:
    submission = _own(request, pk)
    form = AcceptForm(request.POST)
    reasons = form.reasons()
    try:
        if reasons:
            intake.explain(submission=submission, reasons=reasons, by=request.user)
            messages.success(request, _("已写明，统计局会看到。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("projects:own_return", pk=pk)


@require_POST
@requires("return.hand_in")
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        intake.withdraw(submission=_own(request, pk), by=request.user)
        messages.success(request, _("已撤回，可以重新交。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("projects:own_returns")


@require_GET
@requires("return.hand_in")
@shows_single_returns("本单位报表原件")
def original(request: SignedInRequest, pk: int) -> HttpResponse:
    return original_file(_own(request, pk))


@require_GET
@requires("return.hand_in")
@shows_single_returns("本单位报表核对意见")
def marked(request: SignedInRequest, pk: int) -> HttpResponse:
    found = marked_workbook(request, _own(request, pk))
    return found or redirect("projects:own_return", pk=pk)


@require_GET
@requires("intake.accept")
def collection(request: HttpRequest) -> HttpResponse:
    """收月报: 已交, 退回, 未交, with the last day, and a reminder to many at once."""
    today = timezone.localdate()
    month = _month(request.GET.get("month", "")) or queries.month_due(today)
    found = queries.collection(month, today)
    state = request.GET.get("state", "")
    labels = queries.labels()
    context: dict[str, Any] = {
        "tab": "collection",
        "found": found,
        "rows": [row for row in found.rows if state not in labels or row.state == state],
        "state": state if state in labels else "",
        "tallies": [(code, label, found.counts[code]) for code, label in labels.items()],
        "tones": {queries.IN: "is-green", queries.BACK: "is-yellow", queries.MISSING: "is-red"},
        "labels": labels,
        "months": _months(queries.month_due(today)),
    }
    return render(request, "projects/collection.html", context)


@require_POST
@requires("intake.accept")
def remind(request: SignedInRequest) -> HttpResponse:
    month = _month(request.POST.get("month", "")) or queries.month_due(timezone.localdate())
    back = f"{reverse('projects:collection')}?month={month}"
    try:
        told = actions.remind_units(units=request.POST.getlist("unit"), month=month, by=request.user)
        names = "、".join(row.unit.short_name for row in told)
        messages.success(request, _("已提醒：%(units)s。") % {"units": names})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(back)
