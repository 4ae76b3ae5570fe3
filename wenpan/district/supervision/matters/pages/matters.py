"""督办事项: the list that filters, sorts, keeps a view, exports as shown and prints."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.supervision.log import labels
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.matters.pages import drafting, matter, overview
from wenpan.district.supervision.matters.queries import listing
from wenpan.district.ui.tables import PageTable, TableColumn

PAGE = 40
MANY = {  # flag of the list → the acts for many that fit its rows
    "draft": "register drop",
    "registered": "assign",
    "answered": "check",
    "mine": "check",
    "checked": "close",
    "extension": "grant",
    "silent": "urge",
    "overdue": "urge",
}
MANY_OF_ALL = "register assign check close urge"
_KEPT = {"sort", "q", *listing.MatterFilters.__dataclass_fields__}


def columns() -> list[TableColumn]:
    today = timezone.localdate()
    lights = dict(labels.LIGHTS)
    return [
        TableColumn("number", _("编号")),
        TableColumn("title", _("督办事项")),
        TableColumn("kind", _("类型"), value=lambda m: labels.kind_name(m.kind)),
        TableColumn("source__title", _("来源"), value=lambda m: m.source and m.source.title),
        TableColumn("light_order", _("灯"), value=lambda m: lights.get(queries.light_of(m, today), "")),
        TableColumn("state", _("状态"), value=lambda m: m.get_state_display()),
        TableColumn("lead__order", _("牵头单位"), value=lambda m: m.lead and m.lead.short_name),
        TableColumn(
            "coops",
            _("配合单位"),
            sortable=False,
            value=lambda m: "、".join(u.short_name for u in m.coops.all()),
        ),
        TableColumn("leader", _("牵头领导")),
        TableColumn("assigned_on", _("交办日期")),
        TableColumn("original_due", _("原定时限")),
        TableColumn("due", _("现时限")),
        TableColumn(
            "recurrence", _("周期"), value=lambda m: labels.every(m.recurrence) if m.recurrence else ""
        ),
        TableColumn(
            "due_words", _("时限情况"), sortable=False, value=lambda m: labels.due_of(m, today).words
        ),
        TableColumn("feedback_on", _("最近反馈")),
        TableColumn(
            "last_words", _("最近进展"), sortable=False, value=lambda m: getattr(m, "last_words", "")
        ),
        TableColumn("slip_colour", _("督办单"), value=lambda m: str(labels.COLOURS.get(m.slip_colour, ""))),
        TableColumn("returned", _("退办次数"), kind="number", decimals=0),
        TableColumn("closed_on", _("办结日期")),
        TableColumn("next", _("下一步"), sortable=False, value=lambda m: labels.next_step(m, today)),
    ]


class MatterTable(PageTable):
    """Searches titles, numbers, leaders, sources; sorts a light by how bad it is, a number by its serial."""

    def _filter_query(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return listing.searched(rows, self.q)

    def _sort_query(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        key = self.sort.removeprefix("-")
        if key == "light_order":
            rows = listing.with_light(rows, timezone.localdate())
        return listing.ordered(rows, self.sort) if key == "number" else super()._sort_query(rows)


@require_GET
@requires("matter.view")
def matters(request: SignedInRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    filters = listing.MatterFilters.of(request.GET)
    table = MatterTable(request, columns(), listing.rows(user, filters, today), page_size=PAGE)
    if table.exporting:
        table.all_rows = listing.with_words(table.all_rows)
        return table.response(_("督办事项台账") + f"{today:%Y%m%d}")
    opened, counts = listing.counts(user, today)
    context = {
        "table": table,
        "filters": filters,
        "choices": listing.choices(user),
        "opened": opened,
        "counts": counts,
        "today": today,
        "many": MANY.get(filters.flag, MANY_OF_ALL),
    }
    return render(request, "supervision/matters.html", context)


@require_GET
@requires("matter.view", "desk.use")
def by_number(request: SignedInRequest, number: str) -> HttpResponse:
    """A number that stands in a paper leads to its matter."""
    found = get_object_or_404(queries.visible(request.user), number=number)
    return redirect("supervision:matter", pk=found.pk)


routes: list[URLPattern] = [
    path("matters/", matters, name="matters"),
    path("matters/number/<str:number>/", by_number, name="matter_by_number"),
    *overview.routes,
    *drafting.routes,
    *matter.routes,
]
