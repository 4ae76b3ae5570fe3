"""Screens of the ledger: figures, their origins, the batches, and a unit's estimates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.queries import excerpt_of
from wenpan.district.observations import actions, estimates, forms, ledger, queries, releases, rules
from wenpan.district.observations.models import Observation
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.time.periods import Month


@require_GET
@requires("ledger.view")
def figures(request: HttpRequest) -> HttpResponse:
    filters = forms.filters_from(request.GET)
    table = PageTable(request, _columns(), ledger.figures(filters), lines=ledger.lines)
    if table.exporting:
        return table.response(_("台账"))
    name_of = ledger.indicator_namer()
    names = {row.pk: (name_of(row), ledger.measure_label(row), ledger.basis_label(row)) for row in table.page}
    return render(
        request,
        "observations/ledger.html",
        {"table": table, "filters": filters, "choices": ledger.choices(), "names": names},
    )


def _columns() -> list[TableColumn]:
    """As on the page and in the export."""
    return [
        TableColumn("indicator", _("指标"), value=ledger.indicator_namer()),
        TableColumn("region__order", _("地区"), value=lambda row: row.region.name),
        TableColumn("period", _("期间"), searched=False),
        TableColumn("measure", _("计量"), value=ledger.measure_label),
        TableColumn("basis", _("口径"), value=ledger.basis_label),
        TableColumn("value", _("数值"), kind="number", decimals=2, value=ledger.value_or_status),
        TableColumn("unit", _("单位"), sortable=False, searched=False),
        TableColumn("version", _("版本"), kind="number", decimals=0),
        TableColumn("released", _("发布日期"), kind="date"),
        TableColumn("batch__submission__filename", _("文件"), sortable=False),
        TableColumn("cell", _("单元格"), sortable=False, value=lambda row: f"{row.sheet}!{row.cell}"),
        TableColumn("recorded_at", _("入账时间"), kind="date"),
    ]


@require_GET
@requires("intake.view")
def release_calendar(request: HttpRequest) -> HttpResponse:
    """发布日程 of a month: due, arrived with its file, late."""
    today = timezone.localdate()
    here = Month(today.year, today.month)
    months = [here.plus(k) for k in range(1, -12, -1)]
    month = next((m for m in months if str(m) == request.GET.get("month", "")), here)
    context = {
        "calendar": releases.release_calendar(month, today),
        "months": months,
        "labels": {"due": _("未到期"), "arrived": _("已到"), "late": _("逾期未到")},
        "tones": {"due": "", "arrived": "is-green", "late": "is-red"},
    }
    return render(request, "observations/releases.html", context)


@require_GET
@requires("figure.origin")
def origin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where a figure came from: a part for the side panel (htmx), a page of its own otherwise."""
    try:
        found = queries.origin(pk)
    except Observation.DoesNotExist as missing:
        raise Http404 from missing
    rules.may_see(request.user, found.indicator)
    held = found.version
    shown = {"origin": found, "sheet": excerpt_of(found.submission, held.sheet, held.cell)}
    part = getattr(request, "htmx", False)
    return render(request, "observations/origin_part.html" if part else "observations/origin.html", shown)


@require_GET
@requires("ledger.view")
def batches(request: HttpRequest) -> HttpResponse:
    table = PageTable(request, _batch_columns(), ledger.batches(), page_size=30)
    if table.exporting:
        return table.response(_("入账批次"))
    return render(request, "observations/batches.html", {"table": table, "page": table.page})


def _batch_columns() -> list[TableColumn]:
    def on(key: str, label: str) -> TableColumn:
        def day(row: Any) -> date | None:
            moment = getattr(row, key)
            return timezone.localdate(moment) if moment else None

        return TableColumn(key, label, kind="date", value=day)

    return [
        TableColumn("pk", _("批次"), kind="number", decimals=0),
        TableColumn("submission__filename", _("文件")),
        TableColumn("submission__period", _("期间")),
        TableColumn("submission__counts__new", _("新"), kind="number", decimals=0,
                    value=lambda row: row.submission.counts.get("new")),
        TableColumn("submission__counts__revised", _("修订"), kind="number", decimals=0,
                    value=lambda row: row.submission.counts.get("revised")),
        TableColumn("recorded_by__name", _("入账人")),
        on("recorded_at", _("入账")),
        on("undone_at", _("撤回日期")),
        TableColumn("undo_reason", _("撤回原因")),
    ]  # fmt: skip


@requires("estimate.enter")
def own_estimates(request: SignedInRequest) -> HttpResponse:
    """What is asked from my unit this month, prefilled; a layer of its own beside the official figures."""
    lines = estimates.lines(request.user, as_of=_next_month()) if _has_unit(request) else []
    if request.method == "POST":
        return _save(request, lines)
    history = estimates.history(request.user) if _has_unit(request) else []
    return render(request, "observations/estimates.html", {"lines": lines, "history": history})


def _has_unit(request: HttpRequest) -> bool:
    return getattr(request.user, "unit", None) is not None


def _next_month() -> Month:
    latest = queries.latest_month()
    if latest is not None:
        return latest.plus(1)
    today = timezone.localdate()
    return Month(today.year, today.month).plus(-1)


def _save(request: SignedInRequest, lines: list[estimates.EstimateLine]) -> HttpResponse:
    given, errors = forms.estimates_from(request.POST, lines)
    for error in errors:
        messages.error(request, error)
    if not errors:
        try:
            count = actions.record_estimates(lines=given, by=request.user)
            messages.success(
                request, _("已报 %(count)d 项预计。") % {"count": count} if count else _("没有变化。")
            )
        except Refused as refusal:
            messages.error(request, refusal.message)
    return redirect("observations:estimates")
