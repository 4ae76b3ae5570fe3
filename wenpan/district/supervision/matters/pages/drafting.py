"""拟办: a matter, or a part of one, written by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import labels, policy
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.matters.actions.drafting import draft_by_hand
from wenpan.district.supervision.matters.pages.typed import PERIODS, Typed
from wenpan.district.supervision.models import Matter, Source
from wenpan.district.ui import asked


def units_now() -> Any:
    """Units that still exist, in their order."""
    return Unit.objects.filter(active_to=None).order_by("order")


def periods() -> list[tuple[str, str]]:
    return [(code, labels.every(code)) for code in PERIODS]


@requires("matter.draft")
def draft(request: SignedInRequest) -> HttpResponse:
    """GET shows the form, for a part with its whole; POST drafts and goes to the matter."""
    error = ""
    if request.method == "POST":
        typed = Typed.of(request)
        try:
            return _drafted(request, typed)
        except Refused as refusal:
            error = refusal.message
    else:
        typed = Typed(parent=request.GET.get("parent", ""), source=request.GET.get("source", ""))
    context = {
        "typed": typed,
        "error": error,
        "parent": _parent(request, typed),
        "types": policy.types().values(),
        "units": units_now(),
        "periods": periods(),
        "sources": Source.objects.order_by("-dated", "-pk")[:60],
    }
    return render(request, "supervision/matter_draft.html", context, status=422 if error else 200)


def _parent(request: SignedInRequest, typed: Typed) -> Matter | None:
    """404 for what the person may not see."""
    parent = asked.integer({"parent": typed.parent}, "parent")
    return None if parent is None else queries.matter_for(request.user, parent)


def _drafted(request: SignedInRequest, typed: Typed) -> HttpResponse:
    chosen = asked.integer({"source": typed.source}, "source")
    source = None if chosen is None else Source.objects.filter(pk=chosen).first()
    matter = draft_by_hand(
        title=typed.title,
        kind=typed.kind,
        by=request.user,
        lead=typed.lead_unit() if typed.lead else None,
        coops=typed.coop_units(),
        due=typed.day("due"),
        due_words=typed.due_words,
        recurrence=typed.recurrence,
        source=source,
        evidence=typed.evidence,
        important=bool(typed.important),
        leader=typed.leader,
        parent=_parent(request, typed),
    )
    messages.success(request, _("已拟办，编号%(number)s。") % {"number": matter.number})
    return redirect("supervision:matter", pk=matter.pk)


routes: list[URLPattern] = [path("matters/new/", draft, name="matter_draft")]
