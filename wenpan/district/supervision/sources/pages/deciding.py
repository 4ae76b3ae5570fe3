"""A person's decisions on proposals: each a plain form, answered by the list when htmx asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import matter_sets, policy
from wenpan.district.supervision.matters.pages.drafting import periods, units_now
from wenpan.district.supervision.matters.pages.typed import Typed, split_recurrence
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources import marked_words, queries
from wenpan.district.supervision.sources.actions import deciding, instructions, undoing
from wenpan.district.supervision.sources.pages.parts import asks_of, list_context, next_open
from wenpan.district.supervision.sources.splitting import suggested
from wenpan.district.ui import asked

Act = Callable[[SignedInRequest, Proposal, int | None], Any]


def answer(
    request: SignedInRequest, source: Source | None, selected: int, *, error: str = "", redraw: bool = False
) -> HttpResponse:
    """The list anew for htmx (with the text where its spans changed), else the whole page again."""
    if not request.htmx:
        if error:
            messages.error(request, error)
        where = redirect("supervision:source", pk=source.pk) if source else redirect("supervision:lights")
        where["Location"] += f"?{asks_of(request)}#p{selected}"
        return where
    if source is not None:
        source.refresh_from_db()
    context = list_context(request, source, selected=selected) | {"error": error, "part": True}
    if redraw and source is not None:
        context["paragraphs"] = queries.pieces(source, context["on_page"])
    return render(request, "supervision/sources_list.html", context)


def _deed(act: Act, *, redraw: bool = False, stay: bool = False) -> Any:
    """One decision by POST. `stay`: the same proposal stays selected."""

    @require_POST
    @requires("matter.draft")
    def page(request: SignedInRequest, pk: int, **more: int) -> HttpResponse:
        proposal = get_object_or_404(Proposal.objects.select_related("source"), pk=pk)
        source, error, done = proposal.source, "", None
        try:
            done = act(request, proposal, _seen(request), **more)
        except Refused as refusal:
            error = refusal.message
        if error:
            selected = pk
        elif isinstance(done, int):
            selected = done
        else:
            selected = pk if stay else next_open(request, source, proposal)
        return answer(request, source, selected, error=error, redraw=redraw and not error)

    return page


def _seen(request: HttpRequest) -> int | None:
    return asked.integer(request.POST, "seen")


def _confirm(request: SignedInRequest, proposal: Proposal, seen: int | None) -> None:
    matter = deciding.confirm(proposal=proposal, by=request.user, seen=seen)
    if not request.htmx:
        messages.success(request, _("已拟办，编号%(number)s。") % {"number": matter.number})


def _merge(request: SignedInRequest, proposal: Proposal, seen: int | None) -> int:
    """With the one before it, as the button says.

    One that is confirmed already is refused with the number of its matter; what has no matter of its own
    (dropped, merged, split) is passed over.
    """
    rows = Proposal.objects.filter(source=proposal.source_id, state__in=("open", "confirmed"))
    before = [p for p in rows.exclude(source=None) if (p.order, p.pk) < (proposal.order, proposal.pk)]
    if not before:
        raise Refused("state", _("前面没有待确认的事项可以合并。"))
    into = max(before, key=lambda p: (p.order, p.pk))
    day = Typed(due=request.POST.get("deadline", "")).day("due")
    deciding.merge(proposal=proposal, into=into, by=request.user, deadline=day, seen=seen)
    return into.pk


def _drop(request: SignedInRequest, proposal: Proposal, seen: int | None) -> None:
    deciding.dismiss(proposal=proposal, by=request.user, reason=request.POST.get("reason", ""), seen=seen)


def _undo(request: SignedInRequest, proposal: Proposal, seen: int | None) -> int:
    return int(undoing.undo(proposal=proposal, by=request.user, seen=seen).pk)


def _join(request: SignedInRequest, proposal: Proposal, seen: int | None, matter: int = 0) -> None:
    deciding.join(
        proposal=proposal, matter=matter_sets.matter_for(request.user, matter), by=request.user, seen=seen
    )


def _among(request: SignedInRequest, proposal: Proposal, seen: int | None) -> int:
    """One matter for each unit of the group that leads."""
    units = {u.code: u for u in Unit.objects.filter(code__in=proposal.detail.get("leads", []))}
    leads = [units[c] for c in proposal.detail.get("leads", []) if c in units]
    return int(deciding.split_among(proposal=proposal, leads=leads, by=request.user, seen=seen)[0].pk)


@requires("matter.draft")
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """GET: the form in the card (htmx) or on a page of its own; POST: the change."""
    proposal = get_object_or_404(Proposal.objects.select_related("source", "lead"), pk=pk)
    error, typed = "", _typed(proposal)
    if request.method == "POST":
        typed = Typed.of(request)
        try:
            changes = _changes(typed)
            deciding.edit(proposal=proposal, changes=changes, by=request.user, seen=_seen(request))
            return answer(request, proposal.source, pk)
        except Refused as refusal:
            error = refusal.message
    context = {"typed": typed, "types": policy.types().values(), "units": units_now(), "periods": periods()}
    return _form(request, "edit", proposal, error, context)


def _typed(p: Proposal) -> Typed:
    every, every_day = split_recurrence(p.recurrence)
    return Typed(
        title=p.text, kind=queries.kind_code(p), leader=p.leader, important="1" if p.important else "",
        lead=p.lead.code if p.lead else "", coops=tuple(p.coops), due_words=p.deadline_text,
        due=p.deadline.isoformat() if p.deadline else "", every=every, every_day=every_day,
    )  # fmt: skip


def _changes(typed: Typed) -> dict[str, Any]:
    return {
        "text": typed.title,
        "kind": typed.kind,
        "leader": typed.leader,
        "important": bool(typed.important),
        "lead": typed.lead_unit() if typed.lead else None,
        "coops": [unit.code for unit in typed.coop_units()],
        "deadline": typed.day("due"),
        "deadline_text": typed.due_words,
        "recurrence": typed.recurrence,
    }


@requires("matter.draft")
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """One matter a line."""
    proposal = get_object_or_404(Proposal.objects.select_related("source", "lead"), pk=pk)
    error, lines = "", request.POST.get("lines", "") or suggested(proposal)
    if request.method == "POST":
        try:
            rows = deciding.split(
                proposal=proposal, parts=lines.splitlines(), by=request.user, seen=_seen(request)
            )
            return answer(request, proposal.source, rows[0].pk, redraw=True)
        except Refused as refusal:
            error = refusal.message
    return _form(request, "split", proposal, error, {"lines": lines})


def _form(
    request: SignedInRequest, which: str, p: Proposal, error: str, more: dict[str, Any]
) -> HttpResponse:
    part = bool(request.htmx)
    templates = {"edit": "supervision/sources_edit.html", "split": "supervision/sources_split.html"}
    context = {"p": p, "error": error, "which": which, "part": part, "inner": templates[which],
               "asks": asks_of(request), **more}  # fmt: skip
    if part:
        answer = render(request, templates[which], context)
        answer["HX-Retarget"] = f"#p{p.pk}-body"
        answer["HX-Reswap"] = "innerHTML"
        return answer
    return render(request, "supervision/sources_form.html", context, status=422 if error else 200)


@require_POST
@requires("matter.draft")
def undo_last(request: SignedInRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    error, selected = "", 0
    try:
        selected = undoing.undo_last(source=source, by=request.user).pk
    except Refused as refusal:
        error = refusal.message
    return answer(request, source, selected, error=error, redraw=not error)


@require_POST
@requires("matter.draft")
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    try:
        deciding.settle(source=source, by=request.user)
        messages.success(request, _("已确认完毕。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("supervision:source", pk=pk)


@require_POST
@requires("matter.draft")
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """对照原文补充: a matter that was not found, with the words of the paper that order it."""
    source = get_object_or_404(Source, pk=pk)
    words, evidence = request.POST.get("title", ""), request.POST.get("evidence", "")
    try:
        proposal = instructions.write_by_hand(
            planned=marked_words.plan_of(source, words, evidence),
            source=source,
            evidence=evidence,
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("supervision:source", pk=pk)
    return redirect("supervision:edit_proposal", pk=proposal.pk)


routes: list[URLPattern] = [
    path("sources/<int:pk>/undo/", undo_last, name="undo_last"),
    path("sources/<int:pk>/settle/", settle, name="settle_source"),
    path("sources/<int:pk>/add/", add, name="add_proposal"),
    path("proposals/<int:pk>/confirm/", _deed(_confirm), name="confirm_proposal"),
    path("proposals/<int:pk>/merge/", _deed(_merge, redraw=True), name="merge_proposal"),
    path("proposals/<int:pk>/drop/", _deed(_drop), name="drop_proposal"),
    path("proposals/<int:pk>/undo/", _deed(_undo, redraw=True), name="undo_proposal"),
    path("proposals/<int:pk>/among/", _deed(_among, redraw=True), name="split_among"),
    path("proposals/<int:pk>/join/<int:matter>/", _deed(_join), name="join_proposal"),
    path("proposals/<int:pk>/edit/", edit, name="edit_proposal"),
    path("proposals/<int:pk>/split/", split, name="split_proposal"),
]
