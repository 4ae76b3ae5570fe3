"""空转清单: matters without owner, deadline or news, each with what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.matters.queries import idle as queries
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("matter.view")
def idle_list(request: HttpRequest) -> HttpResponse:
    on, reason = timezone.localdate(), request.GET.get("reason", "")
    columns = [
        TableColumn("number", _("编号")),
        TableColumn("title", _("督办事项")),
        TableColumn("lead__short_name", _("牵头单位")),
        TableColumn("state", _("状态"), value=lambda m: m.get_state_display()),
        TableColumn("due", _("时限"), kind="date"),
        TableColumn("feedback_on", _("最近反馈"), kind="date"),
        TableColumn("why", _("为什么在这里"), sortable=False,
               value=lambda m: "；".join(g.words for g in queries.of(m, on))),
        TableColumn("todo", _("怎么办"), sortable=False,
               value=lambda m: "；".join(g.todo for g in queries.of(m, on))),
    ]  # fmt: skip
    table = PageTable(request, columns, queries.gaps(on, reason), page_size=40)
    if table.exporting:
        return table.response(_("空转清单") + f"{on:%Y%m%d}")
    counts = queries.counts(on)
    words = (
        ("", _("全部"), "all"),
        ("owner", _("没有承办单位"), "owner"),
        ("deadline", _("没有时限"), "deadline"),
        ("news", _("没有反馈"), "news"),
    )
    context = {
        "table": table,
        "rows": [(matter, queries.of(matter, on)) for matter in table.page],
        "reason": reason,
        "counts": [(code, label, counts[key]) for code, label, key in words],
        "total": counts["all"],
        "silent_days": policy.office().silent_days,
        "today": on,
    }
    return render(request, "supervision/vacuum.html", context)


routes: list[URLPattern] = [path("vacuum/", idle_list, name="vacuum")]
