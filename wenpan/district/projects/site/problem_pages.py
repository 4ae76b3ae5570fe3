"""要素保障: what blocks projects, who must move until when; a unit sees its own and says what it did."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.site.queries import problems as find
from wenpan.district.ui.tables import PageTable, TableColumn


def _columns() -> list[TableColumn]:
    return [
        TableColumn("kind", _("类别"), value=lambda p: policy.problems()["kinds"].get(p.kind, p.kind)),
        TableColumn("text", _("问题")),
        TableColumn(
            "subject",
            _("项目"),
            value=lambda p: (p.project or p.key_project).name,
            sortable=False,
            searched=False,
        ),
        TableColumn("owner__short_name", _("责任单位")),
        TableColumn("level", _("层级"), value=lambda p: p.get_level_display()),
        TableColumn("raised_on", _("提出"), kind="date"),
        TableColumn("due", _("期限"), kind="date"),
        TableColumn("closed_on", _("办结"), kind="date"),
        TableColumn("resolution", _("办理结果")),
        TableColumn(
            "reports",
            _("办理进展"),
            value=lambda p: "；".join(f"{r.on} {r.text}" for r in p.reports.all()),
            sortable=False,
            searched=False,
        ),
    ]


@require_GET
@requires("project.view")
@shows_single_returns("项目问题清单")
def problems(request: SignedInRequest) -> HttpResponse:
    today, scope = timezone.localdate(), scope_of(request.user)
    found = find(today, show=request.GET.get("show", "open"), scope=scope)
    table = PageTable(request, _columns(), found.rows, sort="due")
    if table.exporting:
        return table.response("项目问题清单")
    labels = (("open", _("未办结")), ("overdue", _("逾期")), ("closed", _("已办结")))
    context = {
        "tab": "problems",
        "table": table,
        "show": found.show,
        "today": today,
        "scope": scope,
        "kinds": policy.problems()["kinds"],
        "counts": [(code, label, found.counts[code]) for code, label in labels],
    }
    return render(request, "projects/problems.html", context)
