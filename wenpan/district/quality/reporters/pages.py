"""填报单位台账: all units of a month, and one unit's months."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import own_unit_only, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.quality import queries
from wenpan.district.quality.models import ReminderServed
from wenpan.district.quality.reporters import actions, records
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.query_letters import answer_days
from wenpan.rules.working_days import calendar

SHOWN = 4  # months of one unit, before one asks for a year


def _columns() -> list[TableColumn]:
    return [
        TableColumn("unit__short_name", _("填报单位")),
        TableColumn("month", _("报告期"), value=lambda row: str(row.month), sortable=False),
        TableColumn("due", _("应报"), kind="date"),
        TableColumn("first_reminder", _("首次催报"), kind="date"),
        TableColumn("served", _("催报送达"), sortable=False, searched=False, value=_served),
        TableColumn("sent", _("实报"), kind="date"),
        TableColumn("state_word", _("报送")),
        TableColumn("projects", _("应报项目"), kind="number", decimals=0),
        TableColumn("reported", _("已报项目"), kind="number", decimals=0),
        TableColumn("versions", _("交表次数"), kind="number", decimals=0),
        TableColumn("hard", _("硬性差错"), kind="number", decimals=0),
        TableColumn("soft", _("软性差错"), kind="number", decimals=0),
        TableColumn("repeated", _("重复差错"), kind="number", decimals=0),
        TableColumn("letters", _("核实单"), kind="number", decimals=0),
        TableColumn("letters_late", _("逾期答复"), kind="number", decimals=0),
        TableColumn("errors_text", _("差错种类")),
    ]


def _served(row: records.ReporterMonth) -> str:
    return "；".join(f"{one.served_on}（限{one.until}）" for one in row.served)


@require_GET
@requires("quality.view")
def reporters(request: SignedInRequest) -> HttpResponse:
    month = queries.shown_month(request.GET.get("month", ""))
    if month is None:
        return render(request, "quality/reporters.html", {"tab": "reporters", "month": None})
    today = timezone.localdate()
    rows = records.reporter_months(month, today)
    table = PageTable(request, _columns(), rows)
    if table.exporting:
        return table.response(_("填报单位台账") + str(month))
    context = {
        "tab": "reporters", "month": month, "months": queries.months(), "table": table,
        "sums": _sums(rows),
    }  # fmt: skip
    return render(request, "quality/reporters.html", context)


def _sums(rows: list[records.ReporterMonth]) -> list[tuple[str, int]]:
    words = records.state_words()
    states = [(word, sum(row.state == code for row in rows)) for code, word in words.items()]
    return [*(pair for pair in states if pair[1]), (_("重复差错"), sum(row.repeated for row in rows))]


@require_GET
@requires("quality.view", "quality.answer")
def reporter(request: SignedInRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)
    if own_unit_only(request.user) and request.user.unit_id != unit.pk:
        raise NotYours
    today = timezone.localdate()
    last = queries.shown_month("") or Month(today.year, today.month).plus(-1)
    whole = "all" in request.GET or request.GET.get("export") == "xlsx"
    rows = records.history(unit, last, today, 12 if whole else SHOWN)
    table = PageTable(request, _columns(), rows)
    if table.exporting:
        return table.response(_("填报单位台账") + unit.short_name)
    context = {
        "tab": "reporters", "unit": unit, "table": table, "last": last, "today": today,
        "ways": ReminderServed.Way.choices,
        "until": calendar().working_days_after(today, answer_days(today)),
        "whole": whole, "shown": SHOWN,
    }  # fmt: skip
    return render(request, "quality/reporter.html", context)


@require_POST
@requires("quality.query")
def serve(request: SignedInRequest, pk: int) -> HttpResponse:
    unit, post = get_object_or_404(Unit, pk=pk), request.POST
    try:
        month = parse_month(post.get("month", ""))
    except ValueError:
        raise Http404 from None
    do(
        request,
        lambda: actions.serve_reminder(
            unit=unit, month=month, way=post.get("way", ""), served_on=typed_day(post.get("served_on", "")),
            until=typed_day(post.get("until", "")), by=request.user,
        ),
        _("已登记催报。"),
    )  # fmt: skip
    return redirect("quality:reporter", pk=pk)
