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
from wenpan.district.supervision.models import Feedback
from wenpan.district.ui.week_sheet import SheetAnswer, send_answers, sheet_questions


@requires("desk.use")
def sheet(request: SignedInRequest) -> HttpResponse:
    found = queries.rows(request.user, timezone.now())
    refused: dict[int, str] = {}
    error = ""
    typed: dict[int, SheetLine] = {}
    asked = sheet_questions(request.user, timezone.now())
    said: dict[str, SheetAnswer] = {}
    why_not: dict[str, str] = {}
    if request.method == "POST":
        at = timezone.now()  # one moment: the lines of a sheet are told by it
        lines = [_line(request, row) for row in found]
        typed = {line.matter.pk: line for line in lines}
        said = {question.key: _answer(request, question.key) for question in asked}
        answered, why_not = send_answers(asked, said, at)
        made: list[Feedback] = []
        try:
            if any(not line.empty for line in lines) or not (answered or why_not):
                made, refused = report_sheet(lines=lines, by=request.user, at=at)
        except Refused as refusal:
            error = refusal.message
        if made or answered:
            messages.success(request, _("已报%(n)s件。") % {"n": len(made) + len(answered)})
        if gone := _gone(request, {question.key for question in asked}):
            messages.warning(request, _("%(n)s条已由他人报过，没有再报。") % {"n": gone})
        if not (error or refused or why_not):
            return redirect("supervision:desk")
        done = {feedback.matter_id for feedback in made}
        found = [row for row in found if row.matter.pk not in done]
        asked = [question for question in asked if question.key not in answered]
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
        "asked": [(q, said.get(q.key, SheetAnswer(q.draft)), why_not.get(q.key, "")) for q in asked],
        "error": error,
    }
    status = 422 if error or refused or why_not else 200
    return render(request, "supervision/sheet.html", context, status=status)


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


def _answer(request: SignedInRequest, key: str) -> SheetAnswer:
    words = request.POST.get(f"more:{key}", "")[:2000]
    return SheetAnswer(words, take=request.POST.get(f"take:{key}") == "1")


def _gone(request: SignedInRequest, known: set[str]) -> int:
    """Lines with words that stand no more: somebody of the unit was faster."""
    sent = {n.partition(":")[2] for n, words in request.POST.items() if n.startswith("more:") and words}
    return len(sent - known)


routes: list[URLPattern] = [path("desk/sheet/", sheet, name="sheet")]
