"""核算支撑指标: the table, its workbook and papers, and the list of who answers for what."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.observations.models import Region
from wenpan.district.supports import actions, charts, papers, queries
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.district.ui.exports import attachment
from wenpan.district.ui.tables import PageTable, TableColumn

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Line = queries.SupportLine


@require_GET
@requires("supports.view")
def table(request: SignedInRequest) -> HttpResponse:
    page = _page(request)
    shown = PageTable(request, _columns(), page.lines, page_size=60)
    if shown.exporting:
        return shown.response(f"核算支撑指标{page.period}（推算）")
    context = {
        "page": page, "table": shown, "tab": "table",
        "chart": charts.pulls(page.lines) if page.found else None,
    }  # fmt: skip
    return render(request, "supports/table.html", context)


def _page(request: SignedInRequest) -> queries.SupportsPage:
    return queries.supports_page(asked.choice(request.GET, "period", set(queries.periods())))


def _columns() -> list[TableColumn]:
    def number(key: str, label: Any, of: Any, decimals: int = 1) -> TableColumn:
        return TableColumn(key, label, kind="number", decimals=decimals, sortable=False, value=of)

    return [
        TableColumn("name", _("核算行业"), sortable=False),
        number("weight", _("比重%"), lambda line: 100 * line.pull.weight if line.pull else None),
        TableColumn("indicator_name", _("支撑指标"), sortable=False),
        TableColumn(
            "unit", _("责任单位"), sortable=False, value=lambda line: line.duty.unit.name if line.duty else ""
        ),
        TableColumn(
            "leader", _("责任领导"), sortable=False, value=lambda line: line.duty.leader if line.duty else ""
        ),
        TableColumn(
            "person", _("责任人"), sortable=False, value=lambda line: line.duty.person if line.duty else ""
        ),
        TableColumn("source", _("数据来源"), sortable=False),
        number("growth_before", _("上期增速%"), lambda line: line.growth_before),
        number("growth", _("本期增速%"), lambda line: line.pull.growth if line.pull else None),
        number("pull", _("拉动（百分点）"), lambda line: line.pull.pull if line.pull else None, 2),
        number("actual", _("指标增速%"), lambda line: line.judged.actual if line.judged else None),
        number(
            "target",
            _("目标%"),
            lambda line: line.judged.target if line.gap is not None and line.judged else None,
        ),
        number("rank", _("全市位次"), lambda line: line.judged.rank if line.judged else None, 0),
        number("gap_pull", _("缺口拉动"), lambda line: line.gap_pull[1] if line.gap_pull else None, 2),
        number("gap_low", _("缺口拉动（低）"), lambda line: line.gap_pull[0] if line.gap_pull else None, 2),
        number("gap_high", _("缺口拉动（高）"), lambda line: line.gap_pull[2] if line.gap_pull else None, 2),
        number("expected", _("预计%"), lambda line: line.expected),
        TableColumn("refused", _("说明"), sortable=False, value=lambda line: line.sensitivity.refused),
    ]


@require_GET
@requires("supports.view")
def paper(request: SignedInRequest, what: str) -> HttpResponse:
    """The meeting's table or the responsible list as .docx."""
    made = {"meeting": papers.meeting_table, "duties": papers.duty_list}.get(what)
    page = _page(request)
    home = Region.objects.filter(home=True).first()
    if made is None or home is None or page.report is None:
        raise Http404
    name = "支撑指标运行分析表" if what == "meeting" else "核算指标责任清单"
    return attachment(made(page, home.name, timezone.localdate()), f"{name}{page.period}.docx", DOCX)


@require_GET
@requires("supports.view")
def duties(request: SignedInRequest) -> HttpResponse:
    page = _page(request)
    lines = page.lines or tuple(queries.bare_lines())
    columns = [
        column
        for column in _columns()
        if column.key in ("name", "indicator_name", "source", "unit", "leader", "person")
    ]
    shown = PageTable(request, columns, lines, page_size=60)
    if shown.exporting:
        return shown.response("核算指标责任清单")
    units = Unit.objects.filter(kind__in=["department", "park"]).order_by("order")
    return render(
        request, "supports/duties.html", {"page": page, "table": shown, "tab": "duties", "units": units}
    )


@require_POST
@requires("supports.set")
def set_duty(request: SignedInRequest) -> HttpResponse:
    post = request.POST
    unit = Unit.objects.filter(code=post.get("unit", "")).first()
    if unit is None:
        raise Http404
    do(
        request,
        lambda: actions.set_duty(
            industry=post.get("industry", ""),
            unit=unit,
            leader=post.get("leader", ""),
            person=post.get("person", ""),
            by=request.user,
        ),
        _("已更新责任清单。"),
    )
    return redirect("supports:duties")
