"""一页纸: one A4 sheet for a leader: what turned, what is red and who answers, what is late, what is well."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators import changes, queries
from wenpan.district.indicators.queries.board_rows import best, board_rows, worst
from wenpan.district.supervision.matters.queries.overview import overview
from wenpan.district.ui.responsible import contacts_of_units

REDS, LATE, PRAISED, TURNED = 7, 6, 4, 5  # lines that fit the sheet


@requires("document.view")
def sheet(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    board = queries.board(as_of=None, user=request.user)
    rows = board_rows(queries.counted(board.rows))
    people = contacts_of_units()
    reds = worst(rows, REDS)
    late = overview(request.user, today) if request.user.may("matter.view") else None
    context = {
        "board": board,
        "today": today,
        "counts": queries.count(tuple(row.j for row in rows)),
        "reds": [(row, people.get(row.j.owner, ())[:1]) for row in reds],
        "more_reds": sum(row.j.light == "RED" for row in rows) - len(reds),
        "best": best(rows, PRAISED),
        "turned": [g for g in changes.groups(request.user, now, TURNED) if g.code != "moved"],
        "matters": late,
        "late": late.reds[:LATE] if late else (),
    }
    return render(request, "home/sheet.html", context)
