"""项目库: the list that filters, sorts, saves a view and exports as shown; the return form, prefilled."""

from __future__ import annotations

from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.projects import actions
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.lights import pair_words
from wenpan.district.projects.models import Standing
from wenpan.district.projects.pool import queries, table
from wenpan.district.projects.returns import prefilled_form as return_forms
from wenpan.district.ui.exports import xlsx_response
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.time.periods import Month, parse_month

_KEPT = {"sort", "q", *queries.PoolFilters.__dataclass_fields__} - {"month"}


def columns() -> list[TableColumn]:
    lights = queries.lights()
    amount = {"kind": "amount", "decimals": 0, "unit": _("万元")}
    return [
        TableColumn("project__code", _("项目代码")),
        TableColumn("project__pinyin", _("项目名称"), value=lambda s: s.project.name),
        TableColumn("light", _("灯"), value=lambda s: lights.get(s.light, "")),
        TableColumn("state", _("统计状态"), value=lambda s: s.get_state_display()),
        TableColumn("project__band", _("规模"), value=lambda s: s.project.get_band_display()),
        TableColumn(
            "project__unit__order", _("镇街"), value=lambda s: s.project.unit and s.project.unit.short_name
        ),
        TableColumn(
            "project__department__order",
            _("主管部门"),
            value=lambda s: s.project.department and s.project.department.short_name,
        ),
        TableColumn("project__owner", _("建设单位")),
        TableColumn("project__planned_total", _("计划总投资"), **amount),  # type: ignore[arg-type]
        TableColumn("cumulative", _("累计完成"), **amount),  # type: ignore[arg-type]
        TableColumn("remaining", _("余量"), **amount),  # type: ignore[arg-type]
        TableColumn("this_year", _("本年完成"), **amount),  # type: ignore[arg-type]
        TableColumn("last_year_same", _("上年同期"), **amount),  # type: ignore[arg-type]
        TableColumn("months_zero", _("无投资月数"), kind="number", decimals=0),
        TableColumn("expected", _("预计后续"), **amount),  # type: ignore[arg-type]
        TableColumn("project__entered", _("入库")),
        TableColumn("project__planned_finish", _("计划竣工")),
    ]


class PoolTable(PageTable):
    """Searches names, codes, owners and pinyin; what is summed is counted once."""

    def _filter_query(self, rows: QuerySet[Standing]) -> QuerySet[Standing]:
        return queries.searched(rows, self.q)

    @cached_property
    def totals(self) -> queries.Totals:
        return queries.totals(self.all_rows)

    @cached_property
    def page(self) -> Page[Standing]:
        paginator = Paginator(self.all_rows, self.page_size)
        paginator.__dict__["count"] = self.totals.count
        return paginator.get_page(self.request.GET.get("page"))


@require_GET
@requires("project.view")
@shows_single_returns("项目库")
def pool(request: SignedInRequest) -> HttpResponse:
    filters = queries.PoolFilters.of(request.GET)
    month = queries.shown_month(filters.month)
    if month is None:
        return render(request, "projects/empty.html", {"tab": "pool"})
    scope = scope_of(request.user)
    rows = queries.standings(month, filters, scope)
    shown = PoolTable(request, columns(), rows, sort="-remaining", page_size=40)
    if shown.exporting:
        actions.note_taking(what=f"项目库{month}", filters=request.GET.urlencode(), by=request.user)
        return shown.response(f"项目库{month}")
    line, before = table.line_of(filters.flag), queries.same_period(month)
    context = {
        "tab": "pool",
        "month": month,
        "pair_words": pair_words(month),
        "months": queries.months(),
        "filters": filters,
        "table": shown,
        "totals": shown.totals,
        "before": before
        and queries.totals(queries.searched(queries.standings(before, filters, scope), shown.q)),
        "choices": queries.choices(),
        "line": line,
    }
    return render(request, "projects/pool.html", context)


@require_GET
@requires("project.view")
def return_form(request: SignedInRequest) -> HttpResponse:
    """A return, prefilled with the newest figures and words before it; only the new month is empty.

    `month`: the month of the return; without it, the one after the newest that is kept."""
    wanted = _month(request.GET.get("month", ""))
    month = queries.shown_month(str(wanted.plus(-1)) if wanted else "")
    if month is None:
        return redirect("projects:pool")
    unit = request.GET.get("unit", "")[:40]
    headers, rows = return_forms.prefilled(month, unit, scope_of(request.user))
    of = wanted if wanted and wanted > month else month.plus(1)
    actions.note_taking(what=f"下月报表{of}", filters=f"unit={unit}", by=request.user)
    title = return_forms.title(of, request.user)
    return xlsx_response(f"投资项目月报{of.label}", headers, rows, title=title)


def _month(text: str) -> Month | None:
    try:
        return parse_month(text) if text else None
    except ValueError:
        return None
