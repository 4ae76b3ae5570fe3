"""预测成绩单: what the program said, what came, and the naive rule beside it. Nothing can be taken out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import own_unit_only, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators import outlook_charts
from wenpan.district.indicators.queries.scorecard import ScorecardPage, scorecard_page
from wenpan.district.ui import asked, lights
from wenpan.district.ui.exports import xlsx_response


@requires("indicator.view")
def scorecard(request: SignedInRequest) -> HttpResponse:
    page = scorecard_page(year=asked.year(request.GET, "year"), user=request.user)
    if request.GET.get("export") == "xlsx":
        return _workbook(page)
    context = {
        "page": page,
        "own_unit": own_unit_only(request.user),
        "chart": outlook_charts.reliability(page.bins) if page.rows else None,
        "light_rows": [(line, line.key) for line in page.by_light],
    }
    return render(request, "indicators/scorecard.html", context)


def _workbook(page: ScorecardPage) -> HttpResponse:
    """Every row that the means are made of."""
    headers = [
        _("年度"), _("月份"), _("指标"), _("由谁"), _("比较"), _("目标"), _("单位"), _("灯"), _("说的概率"),
        _("预计下限（10%）"), _("年末预计"), _("预计上限（90%）"), _("照搬当期"), _("实际"), _("完成"),
        _("低于目标即警告"), _("事后回算"),
    ]  # fmt: skip
    yes, no = _("是"), _("否")
    rows = (
        (
            r.year, r.as_of, r.name, r.whose, "≤" if r.comparison == "<=" else "≥", r.target, r.unit,
            lights.short(r.light), r.probability, r.p10, r.p50, r.p90, r.carried, r.came,
            no if r.missed else yes, yes if r.below else no, yes if r.afterwards else "",
        )
        for r in page.rows
    )  # fmt: skip
    formats = ["0", "", "", "", "", "0.00", "", "", "0.00", *(["0.00"] * 5), "", "", ""]
    return xlsx_response(f"{_('预测成绩单')}{page.year or ''}", headers, rows, formats)
