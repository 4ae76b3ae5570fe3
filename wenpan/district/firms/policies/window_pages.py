"""申报窗口: what is open and closes soon, what opens next, and who was told of it when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.firms.models import SupportClause, WindowNotice
from wenpan.district.firms.policies.queries import clauses, open_windows
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.claim_windows import claim_window_rules


@dataclass(frozen=True)
class WindowLine:
    """`left`: days until the last one, that day itself 0. `notice`: the last reminder of this window."""

    clause: SupportClause
    left: int
    notice: WindowNotice | None


def windows(on: date) -> dict[str, list[WindowLine]]:
    """open: all that are; closing, next: those that close, or open, within the days of the first reminder."""
    soon = on + claim_window_rules().first_reminder
    told: dict[tuple[str, date], WindowNotice] = {}
    for notice in WindowNotice.objects.filter(claim_to__gte=on).order_by("at", "pk"):
        told[notice.code, notice.claim_to] = notice
    found: dict[str, list[WindowLine]] = defaultdict(list)
    claimable = set(open_windows(on).values_list("pk", flat=True))
    for clause in clauses("ahead", on).filter(claim_to__gte=on).order_by("claim_to", "pk"):
        assert clause.claim_to is not None  # asked for
        line = WindowLine(clause, (clause.claim_to - on).days, told.get((clause.code, clause.claim_to)))
        if clause.pk not in claimable:
            if max(clause.valid_from, clause.claim_from or clause.valid_from) <= soon:
                found["next"].append(line)
            continue
        found["open"].append(line)
        if clause.claim_to <= soon:
            found["closing"].append(line)
    return found


def _columns(whole: bool) -> list[TableColumn]:
    columns = [
        TableColumn("clause__name", _("条款")),
        TableColumn("clause__source", _("文件")),
        TableColumn(
            "office",
            _("责任单位"),
            value=lambda line: line.clause.office.short_name if line.clause.office else "",
        ),
        TableColumn("clause__claim_from", _("申报开始"), kind="date"),
        TableColumn("clause__claim_to", _("申报截止"), kind="date"),
        TableColumn("left", _("还有（天）"), kind="number", decimals=0),
        TableColumn("notice__stage_name", _("已提醒")),
        TableColumn("notice__people", _("提醒人数"), kind="number", decimals=0),
    ]
    if whole:
        columns += [
            TableColumn("notice__met", _("条件已具备（户）"), kind="number", decimals=0),
            TableColumn("notice__unknown", _("还要先问（户）"), kind="number", decimals=0),
        ]
    return columns


@require_GET
@requires("policy.view")
def listing(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    show = asked.choice(request.GET, "show", {"closing", "open", "next"}, "closing")
    found, whole = windows(today), can(request.user, "firm.all")
    table = PageTable(request, _columns(whole), found[show], sort="left")
    if table.exporting:
        return table.response(_("申报窗口"))
    labels = {"closing": _("30天内截止"), "open": _("正在申报"), "next": _("30天内开始")}
    context = {
        "tab": "windows",
        "table": table,
        "show": show,
        "whole": whole,
        "tallies": [(code, label, len(found[code])) for code, label in labels.items()],
    }
    return render(request, "firms/windows.html", context)
