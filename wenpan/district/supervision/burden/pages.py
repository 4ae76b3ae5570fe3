"""填报账: minutes a unit and month, and the register of what is asked; a unit sees its own line."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.supervision.burden.queries import BurdenPage, burden
from wenpan.district.ui import asked
from wenpan.district.ui.exports import xlsx_response
from wenpan.economy.time.periods import Month

MONTHS = 12  # that can be chosen


@requires("score.view", "desk.use")
def ledger(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    now = Month(today.year, today.month)
    month = asked.month(request.GET, "month") or now
    own = None if request.user.may("score.view") else request.user.unit
    if own is None and not request.user.may("score.view"):
        return render(request, "supervision/no_unit.html", {"title": _("填报账")})
    page = burden(month, today, own)
    if request.GET.get("export") == "xlsx":
        return _workbook(page)
    context = {"page": page, "months": [now.plus(-back) for back in range(MONTHS)], "own": own}
    return render(request, "supervision/burden.html", context)


def _workbook(page: BurdenPage) -> HttpResponse:
    headers = [_("单位"), *(form.name for form in page.forms), _("项"), _("分钟")]
    rows = [(u.unit.short_name, *u.times.values(), u.fields, u.minutes) for u in page.units]
    return xlsx_response(f"{_('填报账')}{page.month}", headers, rows, ["", *(["0"] * (len(page.forms) + 2))])


routes: list[URLPattern] = [path("burden/", ledger, name="burden")]
