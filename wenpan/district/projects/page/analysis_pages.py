"""投资分析: the speech's table; 后续预计: the rest of the year and the bridge to the target."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.projects.base import promise_provider
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.key_projects import starts_and_completions
from wenpan.district.projects.models import KeyProject
from wenpan.district.projects.page import charts
from wenpan.district.projects.pool import queries as pool
from wenpan.district.projects.pool import summary, table
from wenpan.district.projects.pool.needed import needed
from wenpan.district.ui.exports import xlsx_response
from wenpan.economy.figures.quantities import number
from wenpan.economy.time.periods import Month


@require_GET
@requires("project.view")
def speech(request: SignedInRequest) -> HttpResponse:
    month = pool.shown_month(request.GET.get("month", ""))
    if month is None:
        return render(request, "projects/empty.html", {"tab": "speech"})
    scope = scope_of(request.user)
    found = summary.speech(month, by=request.GET.get("by", "band"), scope=scope)
    if request.GET.get("export") == "xlsx":
        return _export(found)
    rows = [line.project for line in keys.lines(month, scope=scope)]
    past = keys.before(month, scope=scope)
    context = {
        "tab": "speech",
        "month": month,
        "months": pool.months(),
        "speech": found,
        "groups": table.GROUPS.items(),
        "against": [
            _against(_("全部重点项目"), "", rows, past, month),
            _against(_("其中：市级"), "city", rows, past, month),
        ]
        if rows
        else [],
    }
    return render(request, "projects/speech.html", context)


def _against(
    label: str, level: str, rows: list[KeyProject], past: list[keys.KeyProjectLine] | None, month: Month
) -> tuple[Any, ...]:
    """Starts and completions of a level, beside those of last year's list at the same month."""

    def both(
        found: list[KeyProject], at: Month
    ) -> tuple[starts_and_completions.Against, starts_and_completions.Against]:
        of_level = [row for row in found if level in ("", row.level)]
        return starts_and_completions.starts(of_level, at), starts_and_completions.completions(of_level, at)

    before = (None, None) if past is None else both([line.project for line in past], month.plus(-12))
    return (label, level, *both(rows, month), *before)


def _amounts(row: summary.SummaryRow) -> list[Any]:
    """What the page shows: a mark where the amounts would tell of a single project."""
    mark, mark_before = "※" if row.hidden else None, "※" if row.hidden_before else None
    pairs = (
        (row.planned_total, row.planned_before),
        (row.remaining, row.remaining_before),
        (row.this_year, row.this_year_before),
    )
    return [cell for now, before in pairs for cell in (mark or now, mark_before or before)]


def _export(found: summary.Speech) -> HttpResponse:
    headers = [
        _("项目"),
        _("个数"),
        _("上年同期"),
        _("增减"),
        _("计划总投资（万元）"),
        _("上年同期"),
        _("余量（万元）"),
        _("上年同期"),
        _("本年完成（万元）"),
        _("上年同期"),
    ]
    for _code, name in found.groups:
        headers += [name, f"{name}({_('上年同期')})"]
    rows = [
        [
            row.label,
            row.total.count,
            row.total.before,
            row.total.change,
            *_amounts(row),
            *(value for part in row.parts for value in (part.count, part.before)),
        ]
        for row in found.rows
    ]
    return xlsx_response(f"投资项目分析{found.month}", headers, rows)


@require_GET
@requires("project.all")
def outlook(request: HttpRequest) -> HttpResponse:
    """The year's target comes from the room of targets; a growth that is typed comes before it."""
    month = pool.shown_month(request.GET.get("month", ""))
    if month is None:
        return render(request, "projects/empty.html", {"tab": "outlook"})
    targets, typed = promise_provider.targets_of(month.year), request.GET.get("growth", "").strip()
    bridge = summary.bridge(month)
    wanted = needed(
        targets,
        bridge.last_year,
        wanted=request.GET.get("target", ""),
        growth=_number(typed) if typed else None,
    )
    bridge = replace(bridge, needed=wanted.amount if wanted else None)
    context = {
        "tab": "outlook",
        "month": month,
        "months": pool.months(),
        "bridge": bridge,
        "growth": typed,
        "misread": bool(typed) and _number(typed) is None,
        "targets": targets,
        "needed": wanted,
        "option": charts.bridge(bridge),
        "gap_text": number((bridge.gap or 0.0) / 10_000, 2),
        "upside_text": number(bridge.upside / 10_000, 2),
        "december": month.month == 12,
    }
    return render(request, "projects/outlook.html", context)


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().rstrip("%"))
    except ValueError:
        return None
    return value if -100 < value < 1000 else None
