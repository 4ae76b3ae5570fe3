"""During the meeting: one line typed, what was understood shown at once, confirmed or put right in place.

Every deed answers with the whole list: htmx swaps it, without script the page is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.meetings import actions, queries
from wenpan.district.meetings.forms import DecisionForm
from wenpan.district.meetings.models import Meeting
from wenpan.district.supervision.models import Proposal
from wenpan.district.supervision.sources.actions import deciding, undoing
from wenpan.district.supervision.sources.line_reading import MOST

ProposalAct = Callable[[SignedInRequest, Proposal, int | None], Any]


def capture_context(request: SignedInRequest, meeting: Meeting) -> dict[str, Any]:
    today = timezone.localdate()
    rows = queries.decisions(meeting)
    going = meeting.state in (Meeting.State.PLANNED, Meeting.State.PUT) and meeting.held_on <= today
    may = can(request.user, "meeting.prepare")
    return {
        "decisions": rows,
        "agreed": [d for d in rows if d.counts],
        "left": sum(1 for d in rows if d.is_open),
        "capturing": going and may,
        "mend": may and bool(rows),
        "units": list(queries.units_now(today)) if may and rows else [],
        "most": MOST,
        "error": "",
        "line": "",
    }


def _answer(request: SignedInRequest, meeting: Meeting, error: str = "", line: str = "") -> HttpResponse:
    if not request.htmx:
        if error:
            messages.error(request, error)
        where = redirect("meetings:meeting", meeting.pk)
        where["Location"] += "#decisions"
        return where
    meeting.refresh_from_db()
    context = {
        **capture_context(request, meeting),
        "meeting": meeting,
        "may_prepare": True,
        "error": error,
        "line": line,
    }
    return render(request, "meetings/parts/decisions.html", context)


@require_POST
@requires("meeting.prepare")
def take_down(request: SignedInRequest, pk: int) -> HttpResponse:
    """A line that was refused comes back as it was typed."""
    meeting = queries.meeting_for(request.user, pk)
    line, error = request.POST.get("line", ""), ""
    try:
        actions.take_down(meeting=meeting, line=line, by=request.user, sure="sure" in request.POST)
    except Refused as refusal:
        error = refusal.message
    return _answer(request, meeting, error, line[:MOST] if error else "")


def _deed(deed: ProposalAct) -> Any:
    @require_POST
    @requires("meeting.prepare")
    def page(request: SignedInRequest, pk: int, proposal: int) -> HttpResponse:
        meeting = queries.meeting_for(request.user, pk)
        rows = Proposal.objects.filter(source=meeting.record_id).exclude(source=None)
        found = get_object_or_404(rows.select_related("source", "lead", "matter"), pk=proposal)
        words = request.POST.get("seen", "")
        error = ""
        try:
            deed(request, found, int(words) if words.isdecimal() and len(words) < 10 else None)
        except Refused as refusal:
            error = refusal.message
        return _answer(request, meeting, error)

    return page


def _confirm(request: SignedInRequest, proposal: Proposal, seen: int | None) -> None:
    deciding.confirm(proposal=proposal, by=request.user, seen=seen)


def _mend(request: SignedInRequest, proposal: Proposal, seen: int | None) -> None:
    """Words, unit and day; `confirm` goes on to make it a matter."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Refused("bad_value", _("请写明议定事项，单位从名单里选，日期写作 2022-10-18。"))
    mended = deciding.edit(proposal=proposal, changes=form.changes(), by=request.user, seen=seen)
    if "confirm" in request.POST:
        deciding.confirm(proposal=mended, by=request.user)


def _drop(request: SignedInRequest, proposal: Proposal, seen: int | None) -> None:
    reason = request.POST.get("reason", "").strip() or "会上议过，不作督办事项"
    deciding.dismiss(proposal=proposal, reason=reason, by=request.user, seen=seen)


def _undo(request: SignedInRequest, proposal: Proposal, seen: int | None) -> None:
    undoing.undo(proposal=proposal, by=request.user, seen=seen)


def _each(request: SignedInRequest, proposal: Proposal, seen: int | None) -> None:
    """One for each unit of the group that was named: 各镇 becomes as many matters."""
    chosen = {u.code: u for u in queries.units_now(timezone.localdate())}
    leads = [chosen[code] for code in proposal.detail.get("leads", []) if code in chosen]
    deciding.split_among(proposal=proposal, leads=leads, by=request.user, seen=seen)


confirm, mend, drop = _deed(_confirm), _deed(_mend), _deed(_drop)
undo, each = _deed(_undo), _deed(_each)
