"""Past weeks: who looked at what, when, with what result; what was missed. Export, print, paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.supervision.log import labels, recipients
from wenpan.district.supervision.models import InspectionItem, WeeklyInspection
from wenpan.district.supervision.weekly import queries, weeks
from wenpan.district.ui.exports import attachment
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.documents.papers.gbt9704.render import render as to_docx
from wenpan.documents.papers.letters import weekly_inspection

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PROBLEMS = (InspectionItem.Result.PROBLEM, InspectionItem.Result.STILL)


@require_GET
@requires("matter.view")
def cycles(request: HttpRequest) -> HttpResponse:
    columns = [
        TableColumn("week", _("周（周一）"), kind="date"),
        TableColumn("n_all", _("应督查"), kind="number", decimals=0),
        TableColumn("n_looked", _("已督查"), kind="number", decimals=0),
        TableColumn("closed_at", _("结束时间"), kind="date"),
        TableColumn("summary", _("小结"), sortable=False),
    ]
    table = PageTable(request, columns, queries.cycles(), sort="-week", page_size=26)
    if table.exporting:
        return table.response(_("每周督查目录"))
    rows = [(cycle, weeks.words(cycle.week)) for cycle in table.page]
    return render(request, "supervision/cycles.html", {"table": table, "rows": rows})


def columns() -> list[TableColumn]:
    lights, ways = dict(labels.LIGHTS), dict(weeks.WAYS)
    return [
        TableColumn("title", _("对象")),
        TableColumn("unit__short_name", _("责任单位")),
        TableColumn("light", _("灯"), value=lambda x: str(lights.get(x.light, x.light))),
        TableColumn("why", _("原因")),
        TableColumn("weeks_left", _("顺延周数"), kind="number", decimals=0),
        TableColumn("result", _("督查结果"), value=lambda x: x.get_result_display() or _("未督查")),
        TableColumn("way", _("方式"), value=lambda x: str(ways.get(x.way, x.way))),
        TableColumn("note", _("情况")),
        TableColumn("by__name", _("督查人")),
        TableColumn("at", _("督查时间"), kind="date"),
    ]


@require_GET
@requires("matter.view")
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(WeeklyInspection.objects.select_related("opened_by", "closed_by"), pk=pk)
    show = request.GET.get("show", "all")
    table = PageTable(request, columns(), queries.rows(found, show=show), page_size=100)
    if table.exporting:
        return table.response(_("每周督查") + f"{found.week:%Y%m%d}")
    context = {
        "cycle": found,
        "words": weeks.words(found.week),
        "sums": queries.sums(found),
        "table": table,
        "show": show,
        "ways": dict(weeks.WAYS),
    }
    return render(request, "supervision/cycle.html", context)


@require_GET
@requires("matter.view")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """每周督查情况 with the list of problems; its numbers are those of the page."""
    found = get_object_or_404(WeeklyInspection, pk=pk)
    with translation.override("zh-hans"):  # an official paper, whatever the page speaks
        data = _paper(found)
    return attachment(data, f"每周督查情况 {found.week:%Y%m%d}.docx", DOCX)


def _paper(found: WeeklyInspection) -> bytes:
    n, lights, office = queries.sums(found), dict(labels.LIGHTS), recipients.office()
    on = timezone.localdate(found.closed_at) if found.closed_at else timezone.localdate()
    week = weekly_inspection.Week(
        words=weeks.words(found.week),
        all=n.all,
        looked=n.looked,
        left=n.left,
        parts=tuple((part.label, part.count, part.share) for part in n.parts),
        lights=tuple((str(lights[name]), count) for name, count in n.lights.items()),
        found=tuple(_found(look, str(lights.get(look.light, look.light))) for look in queries.rows(found)),
        summary=found.summary.partition("\n")[2],
        issuer=office.name if office else "",
        on=on,
    )
    return to_docx(weekly_inspection.compose(week), created=on)


def _found(look: InspectionItem, light: str) -> weekly_inspection.InspectionRow:
    return weekly_inspection.InspectionRow(
        look.title,
        look.unit.short_name if look.unit else "—",
        light,
        look.get_result_display(),
        look.result in PROBLEMS,
        look.note or _short(look.why),
        look.weeks_left,
    )


def _short(why: str) -> str:
    """An indicator's reasons fill half a page; the page of the week has them whole."""
    return why if len(why) <= 60 else why[:59] + "…"


routes: list[URLPattern] = [
    path("weeks/", cycles, name="cycles"),
    path("weeks/<int:pk>/", cycle, name="cycle"),
    path("weeks/<int:pk>/paper/", paper, name="cycle_paper"),
]
