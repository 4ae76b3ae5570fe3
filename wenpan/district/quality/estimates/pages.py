"""预计偏差: for the unit its own, for the office and the meeting all, in the order of the catalogue."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.observations.rules import led_by
from wenpan.district.quality.estimates import actions, pasted, queries
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("indicator.view")
def estimates(request: SignedInRequest) -> HttpResponse:
    found = queries.estimate_series(request.user)
    columns = [
        TableColumn("unit", _("单位")),
        TableColumn("name", _("指标")),
        TableColumn("measure", _("计量")),
        TableColumn("period", _("期间")),
        TableColumn("made_on", _("作出日期"), kind="date"),
        TableColumn("estimate", _("预计"), kind="number", decimals=2),
        TableColumn("released", _("公布"), kind="number", decimals=2),
        TableColumn("error", _("偏差"), kind="number", decimals=2),
        TableColumn("naive_error", _("照搬上期的偏差"), kind="number", decimals=2),
        TableColumn("direction", _("方向")),
    ]
    table = PageTable(request, columns, _lines(found))
    if table.exporting:
        return table.response(_("预计偏差"))
    context = {
        "tab": "estimates", "series": found, "table": table,
        "may_enter": request.user.may("estimate.enter") and bool(led_by(request.user)),
    }  # fmt: skip
    return render(request, "quality/estimates.html", context)


def _lines(found: list[queries.EstimateSeries]) -> list[dict[str, object]]:
    words = {True: _("对"), False: _("错"), None: ""}
    return [
        {
            "unit": s.unit.short_name, "name": s.name, "measure": s.measure_label, "period": o.period,
            "made_on": o.made_on, "estimate": o.estimate, "released": o.released, "error": o.error,
            "naive_error": o.naive_error, "direction": words[o.direction_right],
        }
        for s in found
        for o in s.record.outcomes
    ]  # fmt: skip


@require_POST
@requires("estimate.enter")
def bring_in(request: SignedInRequest) -> HttpResponse:
    lines, wrong = pasted.read(request.POST.get("lines", "")[:60_000], names_of(request.user))
    for sentence in wrong[:8]:
        messages.error(request, sentence)
    if not wrong:
        try:
            n = actions.bring_in_estimates(lines=lines, by=request.user)
            messages.success(request, _("已补录%(n)s条预计。") % {"n": n} if n else _("没有变化。"))
        except Refused as refusal:
            messages.error(request, refusal.message)
    return redirect("quality:estimates")


def names_of(user: User) -> dict[str, str]:
    """What the unit's people call their indicators."""
    return {
        word: item.code for item in led_by(user) for word in (item.code, item.name, item.short_name) if word
    }
