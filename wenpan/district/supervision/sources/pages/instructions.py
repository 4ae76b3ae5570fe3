"""领导批示: leader, words, urgency and unit; a proposal to confirm, or drafted at once."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.matters.pages.drafting import periods, units_now
from wenpan.district.supervision.matters.pages.typed import Typed
from wenpan.district.supervision.sources.actions import deciding, instructions

NOTE_KINDS = "note"


@requires("matter.draft")
def note(request: SignedInRequest) -> HttpResponse:
    typed, error = Typed(kind="note"), ""
    words, dated = request.POST.get("words", "").strip(), request.POST.get("dated", "")
    if request.method == "POST":
        typed = Typed.of(request)
        try:
            return _taken(request, typed, words, _day(dated))
        except Refused as refusal:
            error = refusal.message
    context = {
        "typed": typed,
        "error": error,
        "words": words,
        "dated": dated or timezone.localdate().isoformat(),
        "types": [t for t in policy.types().values() if t.code.startswith(NOTE_KINDS)],
        "units": units_now(),
        "periods": periods(),
        "direct": bool(request.POST.get("direct")),
    }
    return render(request, "supervision/source_note.html", context, status=422 if error else 200)


def _taken(request: SignedInRequest, typed: Typed, words: str, dated: date) -> HttpResponse:
    if not typed.kind.startswith(NOTE_KINDS):
        raise Refused("bad_value", _("请选批示的缓急。"))
    planned = instructions.MatterPlan(
        text=typed.title or words,
        kind=typed.kind,
        lead=typed.lead_unit() if typed.lead else None,
        coops=typed.coop_units(),
        deadline=typed.day("due"),
        deadline_text=typed.due_words,
        recurrence=typed.recurrence,
        important=bool(typed.important),
        leader=typed.leader,
    )
    proposal = instructions.take_note(
        leader=typed.leader, words=words, dated=dated, planned=planned, by=request.user
    )
    if not request.POST.get("direct"):
        assert proposal.source is not None
        return redirect("supervision:source", pk=proposal.source.pk)
    matter = deciding.confirm(proposal=proposal, by=request.user)
    messages.success(request, _("已拟办，编号%(number)s。") % {"number": matter.number})
    return redirect("supervision:matter", pk=matter.pk)


def _day(words: str) -> date:
    return typed_day(words)


routes: list[URLPattern] = [path("sources/note/", note, name="note")]
