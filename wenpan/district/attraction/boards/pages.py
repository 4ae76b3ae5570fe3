"""Published tables of deals, and where their parts do not add up."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.attraction.boards.listing import findings_of, row_of
from wenpan.district.attraction.models import DealBoard
from wenpan.district.ui import asked
from wenpan.economy.funnel.published_tables import RATES, PublishedRow, TableFinding
from wenpan.rules.deals import board_columns, stage_rules


@require_GET
@requires("deal.all")
def boards(request: SignedInRequest) -> HttpResponse:
    """The version that holds of each, with how many contradictions it has."""
    newest = DealBoard.objects.filter(title=OuterRef("title"), month=OuterRef("month"), undone_at=None)
    held = DealBoard.objects.filter(pk=Subquery(newest.order_by("-version").values("pk")[:1]))
    rows = held.select_related("submission").prefetch_related("lines")
    page = Paginator(rows, 20).get_page(asked.integer(request.GET, "page", default=1))
    today = timezone.localdate()
    shown = [
        (board, len(board.lines.all()), len(findings_of([row_of(line) for line in board.lines.all()], today)))
        for board in page.object_list
    ]
    return render(request, "attraction/boards.html", {"tab": "boards", "page": page, "rows": shown})


@require_GET
@requires("deal.all")
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DealBoard.objects.select_related("submission"), pk=pk, undone_at=None)
    today, labels = timezone.localdate(), board_columns()
    lines = [row_of(line) for line in found.lines.all()]
    findings = findings_of(lines, today)
    used = {key for row in lines for key in (*row.counts, *row.rates)}
    columns = [(key, label) for key, label in labels.items() if key in used]
    same = DealBoard.objects.filter(title=found.title, month=found.month, undone_at=None)
    context = {
        "tab": "boards", "board": found, "columns": columns, "findings": findings,
        "rows": [_shown(place, row, columns, findings) for place, row in enumerate(lines)],
        "versions": same.order_by("-version"), "nested": stage_rules(today).nested,
    }  # fmt: skip
    return render(request, "attraction/published.html", context)


def _shown(
    place: int, row: PublishedRow, columns: list[tuple[str, str]], findings: tuple[TableFinding, ...]
) -> dict[str, Any]:
    """Cells in the order of the columns: as printed, and whether something is said of it."""
    wrong = {f.column for f in findings if f.row == place}
    cells = [
        (row.rates.get(key, "—") if key in RATES else _number(row, key), key in wrong)
        for key, _label in columns
    ]
    return {"name": row.name, "cells": cells, "wrong": "" in wrong}


def _number(row: PublishedRow, key: str) -> str:
    return f"{row.counts[key].normalize():f}" if key in row.counts else "—"
