"""培训: the list, the form, and one training with what fell afterwards."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.quality.models import TrainingSession
from wenpan.district.quality.training import actions, queries
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("quality.view")
def trainings(request: SignedInRequest) -> HttpResponse:
    columns = [
        TableColumn("held_on", _("日期"), kind="date"),
        TableColumn("title", _("培训")),
        TableColumn("teacher", _("讲课人")),
        TableColumn("content", _("内容")),
        TableColumn("units", _("参加单位"), kind="number", decimals=0, searched=False),
    ]
    table = PageTable(request, columns, queries.sessions(), sort="-held_on")
    if table.exporting:
        return table.response(_("培训记录"))
    context = {
        "tab": "trainings", "table": table, "rules": queries.rules_taught(),
        "units": Unit.objects.filter(active_to__isnull=True), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "quality/trainings.html", context)


@require_POST
@requires("quality.query")
def add(request: SignedInRequest) -> HttpResponse:
    post = request.POST
    do(
        request,
        lambda: actions.note_training(
            title=post.get("title", ""), held_on=typed_day(post.get("held_on", "")),
            teacher=post.get("teacher", ""), content=post.get("content", ""), rules=post.getlist("rule"),
            attended={code: post.get(f"people:{code}", "") for code in post.getlist("unit")},
            by=request.user,
        ),
        _("已登记培训。"),
    )  # fmt: skip
    return redirect("quality:trainings")


@require_GET
@requires("quality.view")
def training(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(TrainingSession.objects.select_related("by"), pk=pk)
    context = {
        "tab": "trainings", "session": found, "effect": queries.effect(found),
        "attended": found.attendances.select_related("unit"),
    }  # fmt: skip
    return render(request, "quality/training.html", context)
