"""每周督查: this week's rows, recorded one by one or ticked together; every week's proof; the vacuum list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.escalation.queries import last_tick
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.matters.pages import idle
from wenpan.district.supervision.models import InspectionItem, WeeklyInspection
from wenpan.district.supervision.weekly import inspection_pages, queries, undoing, weeks
from wenpan.district.ui import batch_outcomes, lights
from wenpan.district.ui.awaited import BatchOutcome, act_of
from wenpan.district.ui.tables import PageTable, TableColumn

PAGE = 40


@require_GET
@requires("matter.view")
def weekly(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    cycle = queries.current(on)
    if cycle is None:
        week = weeks.monday(on)
        context = {
            "words": weeks.words(week),
            "opens_on": weeks.opens_on(week, policy.calendar()),
            "today": on,
            "previous": queries.previous(week),
            "last_tick": last_tick(),
        }
        return render(request, "supervision/weekly_none.html", context)
    picked = _picked(request)
    table = PageTable(request, columns(), queries.rows(cycle, **picked), page_size=PAGE)
    if table.exporting:
        return table.response(_("每周督查") + weeks.words(cycle.week))
    return render(request, "supervision/weekly.html", _week(request, cycle, table, picked))


def columns() -> list[TableColumn]:
    """What the page shows of a row, and what it was found to be."""
    ways = dict(weeks.WAYS)
    return [
        TableColumn("light_order", _("灯"), value=lambda look: lights.SHORT.get(look.light, "—")),
        TableColumn("title", _("对象"), heads=(_("对象、单位和原因"),)),
        TableColumn("unit__order", _("单位"), value=lambda look: look.unit.short_name if look.unit else ""),
        TableColumn("why", _("原因")),
        TableColumn("weeks_left", _("遗留周数"), kind="number", decimals=0),
        TableColumn("result", _("督查情况"), value=lambda look: look.get_result_display()),
        TableColumn("way", _("方式"), value=lambda look: ways.get(look.way, look.way)),
        TableColumn("note", _("情况")),
        TableColumn("by__name", _("督查人"), value=lambda look: look.by.name if look.by else ""),
    ]


def _picked(request: HttpRequest) -> dict[str, str]:
    picked = {name: request.GET.get(name, "") for name in ("show", "light", "kind", "unit")}
    return picked | {"show": picked["show"] if picked["show"] in queries.SHOWN else "left"}


def _week(
    request: HttpRequest, cycle: WeeklyInspection, table: PageTable, picked: dict[str, str]
) -> dict[str, Any]:
    looks = list(table.page.object_list)
    units = Unit.objects.filter(pk__in=InspectionItem.objects.filter(cycle=cycle).order_by().values("unit"))
    return {
        "cycle": cycle,
        "words": weeks.words(cycle.week),
        "sums": queries.sums(cycle),
        "table": table,
        "page": table.page,
        "rows": _with_words(looks),
        "picked": picked,
        "units": units,
        "kinds": kinds(),
        "results": InspectionItem.Result.choices,
        "ways": weeks.WAYS,
        "may": _may(request, cycle),
        "last_tick": last_tick(),
        "query": request.GET.urlencode(),
    }


def kinds() -> list[tuple[str, str]]:
    return [("matter", _("督办事项")), ("key_project", _("重点项目")), ("project", _("统计项目")),
            ("indicator", _("指标"))]  # fmt: skip


def _with_words(looks: list[InspectionItem]) -> list[tuple[InspectionItem, queries.UnitNews | None]]:
    found = queries.unit_news(looks) if looks else {}
    return [(look, found.get(look.pk)) for look in looks]


def _may(request: HttpRequest, cycle: WeeklyInspection) -> bool:
    return bool(request.user.may("week.check") and cycle.closed_at is None)  # type: ignore[union-attr]


@require_POST
@requires("week.check")
def open_week(request: SignedInRequest) -> HttpResponse:
    """The week as it should stand now: opened, or brought up to date."""
    try:
        cycle = actions.open_week(by=request.user)
        added = actions.refresh_week(cycle=cycle, by=request.user)
        messages.success(request, _("本周督查已打开并核对，新增%(n)s项。") % {"n": added})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("supervision:weekly")


@require_POST
@requires("week.check")
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """One row; with htmx the row comes back as it now stands, with the week's numbers."""
    look, refused = get_object_or_404(InspectionItem.objects.select_related("cycle", "unit", "by"), pk=pk), ""
    post = request.POST
    try:
        actions.record_inspection(item=look, result=post.get("result", ""), way=post.get("way", ""),
                     note=post.get("note", ""), by=request.user)  # fmt: skip
    except Refused as refusal:
        refused = refusal.message
    if not getattr(request, "htmx", False):
        (messages.error(request, refused) if refused else messages.success(request, _("已记录。")))
        return redirect("supervision:weekly")
    look = InspectionItem.objects.select_related("cycle", "unit", "by").get(pk=pk)
    context = {
        "look": look,
        "said": queries.unit_news([look]).get(look.pk),
        "refused": refused,
        "typed": post,
        "results": InspectionItem.Result.choices,
        "ways": weeks.WAYS,
        "may": _may(request, look.cycle),
        "cycle": look.cycle,
        "sums": queries.sums(look.cycle),
        "fresh": True,
    }
    return render(request, "supervision/parts/look_saved.html", context)


@require_POST
@requires("week.check")
def record_many(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle, post = get_object_or_404(WeeklyInspection, pk=pk), request.POST
    looks = queries.ticked(cycle, post.getlist("looks"))
    first = [look.pk for look in looks if not look.result]  # what is corrected is not taken back to nothing
    try:
        count = actions.record_inspections(
            items=looks,
            result=post.get("result", ""),
            way=post.get("way", ""),
            note=post.get("note", ""),
            by=request.user,
        )
        if (act := act_of("look")) is None or len(first) < count:
            messages.success(request, _("已一并记录%(n)s项。") % {"n": count})
        else:
            done = BatchOutcome(undoing.keys_of(first))
            batch_outcomes.keep(request, act, done, back=reverse("supervision:weekly"), undone=False)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("supervision:weekly")


@require_POST
@requires("week.check")
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle = get_object_or_404(WeeklyInspection, pk=pk)
    try:
        actions.close_week(cycle=cycle, summary=request.POST.get("summary", ""), by=request.user)
        messages.success(request, _("本周督查已结束。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("supervision:cycle", pk=pk)


routes: list[URLPattern] = [
    path("week/", weekly, name="weekly"),
    path("week/open/", open_week, name="open_week"),
    path("week/looks/<int:pk>/", record, name="look"),
    path("week/<int:pk>/looks/", record_many, name="look_many"),
    path("week/<int:pk>/close/", close, name="close_week"),
    *inspection_pages.routes,
    *idle.routes,
]
