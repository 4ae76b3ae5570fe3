"""Screens of meetings: the list, planning one, its page, answers to questions, papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.meetings import actions, papers, queries
from wenpan.district.meetings.capture_pages import capture_context
from wenpan.district.meetings.forms import MeetingForm
from wenpan.district.meetings.memo import paper as memo_paper
from wenpan.district.meetings.models import Meeting, MeetingQuestion
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.district.ui.exports import attachment
from wenpan.district.ui.tables import PageTable, TableColumn

READERS = ("meeting.view", "desk.use")  # a unit's people: what was put to them
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _columns() -> list[TableColumn]:
    return [
        TableColumn("held_on", _("日期"), kind="date"),
        TableColumn("title", _("名称")),
        TableColumn("kind", _("类型"), value=queries.kind_name),
        TableColumn("state", _("状态"), value=lambda m: m.get_state_display()),
        TableColumn("asked", _("提问"), kind="number", decimals=0),
        TableColumn("answered", _("已答复"), kind="number", decimals=0),
        TableColumn("agreed", _("已拟办"), kind="number", decimals=0),
        TableColumn("left", _("待确认"), kind="number", decimals=0),
    ]


@require_GET
@requires(*READERS)
def meetings(request: SignedInRequest) -> HttpResponse:
    known = queries.kinds(timezone.localdate())
    kind = asked.choice(request.GET, "kind", set(known), "")
    rows = queries.listed(request.user)
    table = PageTable(request, _columns(), rows.filter(kind=kind) if kind else rows, sort="-held_on")
    if table.exporting:
        return table.response(_("调度会"))
    context = {
        "table": table, "kinds": [(code, k.name) for code, k in known.items()], "kind": kind,
        "names": {code: k.name for code, k in known.items()},
        "may_prepare": can(request.user, "meeting.prepare"),
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


@requires("meeting.prepare")
def new(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    known = queries.kinds(today)
    form = MeetingForm(request.POST or None, kinds=known, initial={"held_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_meeting(given=form.given(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("meetings:meeting", made.pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "meetings/form.html", {"form": form, "meeting": None}, status=status)


@requires("meeting.prepare")
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = queries.meeting_for(request.user, pk)
    form = MeetingForm(
        request.POST or None,
        kinds=queries.kinds(meeting.held_on),
        fixed=True,
        initial=MeetingForm.start(meeting),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend(
                meeting=meeting, given=form.given(meeting.kind), by=request.user, seen=_seen(request)
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("meetings:meeting", pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "meetings/form.html", {"form": form, "meeting": meeting}, status=status)


@require_GET
@requires(*READERS)
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The memo, what is taken down, what comes after; a unit's people see the questions put to them."""
    found = queries.meeting_for(request.user, pk)
    inside = can(request.user, "meeting.view")
    asked = queries.questions_of(found, request.user)
    waits = [] if inside or found.state != Meeting.State.PUT else [q for q in asked if not q.answer]
    drafts = queries.drafts_of(waits, timezone.localdate())
    put = [(q, _cited(q) if inside else [], drafts.get(q.pk)) for q in asked]
    context: dict[str, Any] = {
        "meeting": found,
        "kind_name": queries.kind_name(found),
        "put": put,
        "open_for_answers": found.state == Meeting.State.PUT,
        "inside": inside,
        "may_prepare": can(request.user, "meeting.prepare"),
        "today": timezone.localdate(),
    }
    if inside:
        context |= _whole(request, found)
    return render(request, "meetings/meeting.html", context)


def _whole(request: SignedInRequest, found: Meeting) -> dict[str, Any]:
    now = "now" in request.GET
    shown = queries.memo_of(found, now=now)
    seen = list(found.seen.select_related("user").order_by("at"))
    memo = shown.memo if shown else None
    return {
        "shown": shown,
        "memo": memo,
        "now": now,
        "opening": memo_paper.answered_words(memo) if memo else "",
        "titles": memo_paper.TITLES,
        "questions": [(q, [(c, queries.url_of(c)) for c in q.citations]) for q in memo.questions]
        if memo
        else [],
        "seen": seen,
        "unseen": not any(row.user_id == request.user.pk for row in seen),
        **capture_context(request, found),
    }


def _cited(question: MeetingQuestion) -> list[tuple[Any, str]]:
    return [(c, queries.url_of(c)) for c in queries.citations_of(question)]


@require_POST
@requires("meeting.prepare")
def put(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.meeting_for(request.user, pk)
    do(request, lambda: actions.put(meeting=found, by=request.user, seen=_seen(request)),
       _("会前一纸已定稿，提问已下发。"))  # fmt: skip
    return redirect("meetings:meeting", pk)


@require_POST
@requires("meeting.prepare")
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.meeting_for(request.user, pk)
    do(request, lambda: actions.cancel(meeting=found, by=request.user, seen=_seen(request)), _("已取消。"))
    return redirect("meetings:meeting", pk)


@require_POST
@requires("meeting.view")
def seen(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.meeting_for(request.user, pk)
    do(request, lambda: actions.mark_seen(meeting=found, by=request.user), _("已阅。"))
    return redirect("meetings:meeting", pk)


@require_POST
@requires("meeting.prepare")
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.meeting_for(request.user, pk)
    do(request, lambda: actions.close(meeting=found, by=request.user, seen=_seen(request)),
       _("会已开完；会后一纸和纪要代拟稿可以下载。"))  # fmt: skip
    return redirect("meetings:meeting", pk)


@require_GET
@requires(*READERS)
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where a question stands: on the page of its meeting."""
    found = _question(request, pk)
    where = redirect("meetings:meeting", found.meeting_id)
    where["Location"] += f"#q{found.pk}"
    return where


@require_POST
@requires("meeting.prepare", "desk.use")
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _question(request, pk)
    words = request.POST.get("answer", "")
    try:
        actions.answer(question=found, words=words, by=request.user, seen=_seen(request))
        messages.success(request, _("已答复。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    where = redirect("meetings:meeting", found.meeting_id)
    where["Location"] += f"#q{found.pk}"
    return where


def _question(request: SignedInRequest, pk: int) -> MeetingQuestion:
    """Another unit's question is not there."""
    rows = MeetingQuestion.objects.filter(meeting__in=queries.visible(request.user))
    if not can(request.user, "meeting.view"):
        rows = rows.filter(unit=request.user.unit_id)
    return get_object_or_404(rows, pk=pk)


@require_GET
@requires("meeting.view")
def memo_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.meeting_for(request.user, pk)
    shown = queries.memo_of(found, now="now" in request.GET)
    if shown is None:
        raise Http404
    return attachment(papers.memo_docx(found, shown), f"{found.title}会前一纸.docx", DOCX)


@require_GET
@requires("meeting.view")
def follow_up_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.meeting_for(request.user, pk)
    return attachment(papers.follow_up_docx(found), f"{found.title}会后一纸.docx", DOCX)


@require_GET
@requires("meeting.prepare")
def minutes_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.meeting_for(request.user, pk)
    return attachment(papers.minutes_docx(found), f"{found.title}纪要（代拟稿）.docx", DOCX)


def _seen(request: SignedInRequest) -> int | None:
    words = request.POST.get("seen", "")
    return int(words) if words.isdecimal() and len(words) < 10 else None
