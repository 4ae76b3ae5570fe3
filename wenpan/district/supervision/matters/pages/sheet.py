"""本周合报: one form for all matters of the week."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.matters.actions.sheet import SheetLine, report_sheet
from wenpan.district.supervision.matters.queries import sheet as queries


@requires("desk.use")
def sheet(request: SignedInRequest) -> HttpResponse:
    found = queries.rows(request.user, timezone.now())
    refused: dict[int, str] = {}
    error = ""
    typed: dict[int, SheetLine] = {}
    if request.method == "POST":
        lines = [_line(request, row) for row in found]
        typed = {line.matter.pk: line for line in lines}
        try:
            made, refused = report_sheet(lines=lines, by=request.user)
        except Refused as refusal:
            error = refusal.message
        else:
            if made:
                messages.success(request, _("已报%(n)s件。") % {"n": len(made)})
            if not refused:
                return redirect("supervision:desk")
            done = {feedback.matter_id for feedback in made}
            found = [row for row in found if row.matter.pk not in done]
    context = {
        "today": timezone.localdate(),
        "rows": [
            (
                row,
                typed.get(row.matter.pk, SheetLine(row.matter, words=row.known)),
                refused.get(row.matter.pk, ""),
            )
            for row in found
        ],
        "error": error,
    }
    return render(request, "supervision/sheet.html", context, status=422 if error or refused else 200)


def _line(request: SignedInRequest, row: queries.SheetRow) -> SheetLine:
    post, pk = request.POST, row.matter.pk
    seen = post.get(f"seen:{pk}", "")
    return SheetLine(
        row.matter,
        words=post.get(f"words:{pk}", "")[:2000],
        number=post.get(f"number:{pk}", "")[:40],
        done=post.get(f"done:{pk}") == "1",
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else None,
    )


routes: list[URLPattern] = [path("desk/sheet/", sheet, name="sheet")]
