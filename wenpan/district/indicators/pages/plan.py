"""目标倒逼: the overview of all targets, and one of them month by month and unit by unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators import charts, queries
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.pages.board import chosen_month
from wenpan.district.indicators.queries.board_rows import BoardRow, board_rows
from wenpan.district.indicators.queries.plan import BackwardPlan, plan
from wenpan.district.ui import asked
from wenpan.district.ui.exports import xlsx_response


@requires("plan.view")
def backward(request: SignedInRequest) -> HttpResponse:
    shown = queries.board(as_of=chosen_month(request), user=request.user)
    rows = [row for row in board_rows(shown.rows) if row.j.has_target]
    chosen = _chosen(request, rows)
    found = plan(chosen) if chosen else None
    if found and request.GET.get("export") == "xlsx":
        return _workbook(found, shown.region_name)
    context = {
        "board": shown,
        "rows": rows,
        "plan": found,
        "row": next((r for r in rows if chosen and r.j.indicator == chosen.indicator), None),
        "promises": _promises(rows, chosen),
        "months": queries.judged_months(),
        "chart": _chart(found) if found else None,
    }
    return render(request, "indicators/plan.html", context)


def _chosen(request: HttpRequest, rows: list[BoardRow]) -> JudgementRow | None:
    """The promise asked for by `indicator` and `target`; the first of the list otherwise."""
    code, target = request.GET.get("indicator", ""), asked.integer(request.GET, "target")
    row = next((r for r in rows if r.j.indicator == code), rows[0] if rows else None)
    if row is None:
        return None
    if target is not None and str(target) != row.j.target_id:
        return queries.of_target(row.j, target) or row.j
    return row.j


def _promises(rows: list[BoardRow], chosen: JudgementRow | None) -> list[tuple[str, str, bool]]:
    """(number of the target, label, chosen?) of every promise of the chosen indicator."""
    row = next((r for r in rows if chosen and r.j.indicator == chosen.indicator), None)
    if row is None or chosen is None:
        return []
    first = [(row.j.target_id or "", row.j.target_label, chosen.target_id == row.j.target_id)]
    return first + [(c.target_id, c.full_label, chosen.target_id == c.target_id) for c in row.j.other_targets]


def _chart(found: BackwardPlan) -> dict[str, object]:
    unit = "@pct" if found.kind == "growth" else f"@num:{found.decimals}"
    return charts.plan(
        [line.label for line in found.lines],
        [round(line.schedule, 4) for line in found.lines],
        _way(found),
        [line.actual for line in found.lines],
        unit,
    )


def _way(found: BackwardPlan) -> list[float | None]:
    """From the last published figure over what is needed to December."""
    last = max((i for i, line in enumerate(found.lines) if line.past), default=-1)
    return [
        line.actual if i == last else None if line.past else round(line.due, 4)
        for i, line in enumerate(found.lines)
    ]


def _workbook(found: BackwardPlan, region: str) -> HttpResponse:
    unit = found.unit
    headers = [
        _("单位/期间"),
        _("累计比重"),
        f"{_('应达到')}({unit})",
        f"{_('当月应完成')}({unit})",
        f"{_('已公布/预计')}({unit})",
        f"{_('差距')}({unit})",
        f"{_('还需')}({unit})",
    ]
    rows: list[list[object]] = [
        [line.label, line.share, line.due, line.due_month, line.actual, line.gap, line.still]
        for line in found.lines
    ]
    rows += [[u.name, None, u.target, None, u.estimate, u.gap, u.still] for u in found.units]
    number = "#,##0." + "0" * found.decimals if found.decimals else "#,##0"
    return xlsx_response(
        f"{region}{found.j.short_name}{found.j.year}年目标倒逼", headers, rows, ["", "0.0%", *[number] * 5]
    )
