"""Beside the room's own figures: other authorities' ratings, and the S-curves behind the outlook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.projects.pool import curve_chart
from wenpan.district.projects.pool import curves as curve_queries
from wenpan.district.projects.pool import queries as pool
from wenpan.district.projects.ratings import queries
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.judging.ratings import SLIP_DAYS


def _columns() -> list[TableColumn]:
    return [
        TableColumn("rating__code", _("项目代码")),
        TableColumn("rating__name", _("项目名称")),
        TableColumn("rating__department", _("主管部门")),
        TableColumn("rating__category", _("类别")),
        TableColumn("rating__word", _("评级")),
        TableColumn("rating__light", _("灯"), value=lambda r: r.rating.get_light_display(), searched=False),
        TableColumn("rating__rated_by", _("评级方")),
        TableColumn("rating__start", _("开工"), kind="date"),
        TableColumn("rating__finish", _("计划完工"), kind="date"),
        TableColumn("slip", _("比上期推后（月）"), kind="number"),
        TableColumn("rating__cost", _("总费用"), kind="number", decimals=2),
        TableColumn("rating__unit", _("金额单位")),
    ]


@require_GET
@requires("project.all")
@shows_single_returns("项目评级")
def ratings(request: HttpRequest) -> HttpResponse:
    """One report of one register, and what came after its colours so far."""
    known = queries.registers()
    if not known:
        return render(request, "projects/ratings_empty.html", {"tab": "ratings"})
    asked = request.GET.get("register", "")
    register = asked if asked in known else known[0]
    reports = queries.reports(register)
    on = next((day for day in reports if day.isoformat() == request.GET.get("on")), reports[0])
    light = request.GET.get("light", "")
    rows = [r for r in queries.newest(register, on) if light in ("", r.rating.light or "NONE")]
    table = PageTable(request, _columns(), rows, sort="rating__name")
    if table.exporting:
        return table.response(f"项目评级{on:%Y-%m-%d}")
    context: dict[str, Any] = {
        "tab": "ratings",
        "registers": known,
        "register": register,
        "reports": reports,
        "on": on,
        "light_shown": light,
        "table": table,
        "outcomes": queries.outcomes(register),
        "slip_days": SLIP_DAYS,
    }
    return render(request, "projects/ratings.html", context)


@require_GET
@requires("project.all")
def curves(request: HttpRequest) -> HttpResponse:
    """The S-curves that the month's outlook used."""
    month = pool.shown_month(request.GET.get("month", ""))
    if month is None:
        return render(request, "projects/empty.html", {"tab": "outlook"})
    found = curve_queries.behind(str(month))
    context = {
        "tab": "outlook",
        "month": month,
        "months": pool.months(),
        "curves": found,
        "option": curve_chart.s_curves(found),
    }
    return render(request, "projects/curves.html", context)
