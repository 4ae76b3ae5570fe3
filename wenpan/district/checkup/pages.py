"""执行体检: the matrix with its denominators, and the list behind each number with reason and act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import own_unit_only, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.checkup import queries
from wenpan.district.ui.exports import xlsx_response
from wenpan.district.ui.tables import PageTable, TableColumn

SEES = ("indicator.view", "project.view", "matter.view", "desk.use", "deal.view", "firm.view")


@require_GET
@requires(*SEES)
def overview(request: SignedInRequest) -> HttpResponse:
    at = timezone.now()
    found = queries.matrix(request.user, at)
    if request.GET.get("export") == "xlsx":
        return _workbook(found)
    own = own_unit_only(request.user)
    months = [] if own else queries.kept_months()
    context = {
        "matrix": found,
        "own": own,
        "months": [(kept, list(_cells_of(kept, found))) for kept in months],
        "at": at,
    }
    return render(request, "checkup/matrix.html", context)


def _cells_of(kept: queries.KeptCheckup, found: queries.CheckupMatrix) -> Iterator[list[Any]]:
    """Of each kind that the person sees the tallies of that month, None where none was kept."""
    for row in found.rows:
        yield [kept.tallies.get(f"{row.code}.{cell.aspect}") for cell in row.cells]


def _workbook(found: queries.CheckupMatrix) -> HttpResponse:
    heads = [_("对象"), _("方面"), _("要求"), _("统计范围"), _("应满足"), _("满足"), _("不满足"), _("怎么办")]
    rows = [
        (row.name, cell.name, cell.invariant.words, cell.concerned, cell.tally.concerned, cell.tally.holding,
         cell.tally.lacking, cell.invariant.act)
        for row in found.rows
        for cell in row.cells
    ]  # fmt: skip
    formats = ["", "", "", "", "0", "0", "0", ""]
    return xlsx_response(f"{_('执行体检')}{timezone.localdate():%Y%m%d}", heads, rows, formats)


@require_GET
@requires(*SEES)
def gaps(request: SignedInRequest, code: str, aspect: str) -> HttpResponse:
    """404 for what this person may not see, and for what is no sentence."""
    found = queries.gap_list(request.user, code, aspect, timezone.now())
    if found is None:
        raise Http404
    table = PageTable(request, _columns(found), found.rows, page_size=50)
    title = f"{found.name} · {found.cell.name}"
    if table.exporting:
        return table.response(f"{_('执行体检')}-{found.name}-{found.cell.name}")
    context = {
        "found": found,
        "table": table,
        "keys": found.check.paths,
        "title": title,
        "lines": [found.line(row) for row in table.page],
    }
    return render(request, "checkup/gaps.html", context)


def _columns(found: queries.CheckupGapList) -> list[TableColumn]:
    paths = found.check.paths
    since = [TableColumn(paths.since, _("自"), kind="date", value=lambda r: found.line(r).since)]
    return [
        TableColumn(paths.name, str(found.name), value=lambda r: found.line(r).name),
        TableColumn("detail", _("编号"), sortable=False, value=lambda r: found.line(r).detail),
        TableColumn(paths.unit, _("责任单位"), value=lambda r: found.line(r).unit),
        TableColumn("reason", _("原因"), sortable=False, value=lambda r: found.line(r).reason),
        *(since if paths.since else ()),
        TableColumn("mend", _("怎么办"), sortable=False, value=lambda _r: found.cell.invariant.act),
    ]
