"""The page 号段说明: why a number is missing from the series."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.supervision.log import unused_numbers
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("journal.view", "matter.draft", "matter.register")
def numbers(request: HttpRequest) -> HttpResponse:
    known = unused_numbers.years()
    asked = request.GET.get("year", "")
    year = next((y for y in known if str(y) == asked), known[0] if known else None)
    rows = unused_numbers.unused_numbers(year) if year else []
    columns = [
        TableColumn("number", _("编号")),
        TableColumn("what", _("原事项")),
        TableColumn("reason", _("未使用原因")),
        TableColumn("who", _("处理人")),
        TableColumn("at", _("时间"), kind="date"),
    ]
    table = PageTable(request, columns, rows)
    if table.exporting:
        return table.response(_("号段说明"))
    return render(request, "supervision/numbers.html", {"table": table, "years": known, "year": year})


routes: list[URLPattern] = [path("numbers/", numbers, name="numbers")]
