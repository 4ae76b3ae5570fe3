"""One matter: its page on any day, its deeds, its files and its report on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground import originals
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import labels, lifecycle
from wenpan.district.supervision.log import matter_sets as queries
from wenpan.district.supervision.matters import attachments, available_actions
from wenpan.district.supervision.matters.pages import acting
from wenpan.district.supervision.matters.pages.drafting import periods, units_now
from wenpan.district.supervision.matters.pages.typed import Typed, seen_of, sent_files, split_recurrence
from wenpan.district.supervision.matters.queries import matter_page, papers
from wenpan.district.supervision.models import Attachment, Event, Feedback
from wenpan.district.ui import asked
from wenpan.district.ui.exports import attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Trouble:
    """A deed that was refused: what the person typed stays, and, in a clash, what others did meanwhile."""

    deed: str
    message: str
    typed: Typed
    meanwhile: tuple[Event, ...] = ()


@require_GET
@requires("matter.view", "desk.use")
def matter(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, pk, on=asked.day(request.GET, "on"))


def _page(
    request: SignedInRequest,
    pk: int,
    *,
    on: date | None = None,
    trouble: Trouble | None = None,
    status: int = 200,
) -> HttpResponse:
    page = matter_page.page_of(request.user, pk, today=timezone.localdate(), on=on)
    codes = available_actions.codes(page.offered)
    needs_units = available_actions.ASSIGN.code in codes
    context = {
        "page": page,
        "matter": page.matter,
        "today": page.on,
        "deeds": [(deed, _typed(request.user, page, deed, trouble)) for deed in page.offered],
        "trouble": trouble,
        "open": _open(codes, page.matter.state, trouble),
        "units": units_now() if needs_units else (),
        "periods": periods() if needs_units else (),
        "claims": _claims(request.user, page),
        "before": feedback_before(request.user, page.matter),
        "limits": attachments.limits() if available_actions.FEED_BACK.code in codes else None,
        "source_url": _source_url(request.user, page),
        "planned": None if page.past else matter_page.planned(page.matter),
        "why": labels.why(page.matter, page.on),
    }
    return render(request, "supervision/matter.html", context, status=status)


def _open(codes: list[str], state: str, trouble: Trouble | None) -> str:
    """The form that stands open: the refused one, else the one deed that moves the matter."""
    if trouble:
        return trouble.deed
    first = codes[0] if codes else ""
    again = first == available_actions.ASSIGN.code and state not in {lifecycle.REGISTERED, lifecycle.DECLINED}
    return first if first and not again and available_actions.BY_CODE[first].tone == "main" else ""


def _typed(
    user: User, page: matter_page.Page, deed: available_actions.MatterAction, trouble: Trouble | None
) -> Typed:
    """What was typed, or what the form starts with: nothing is typed twice."""
    if trouble and trouble.deed == deed.code:
        return trouble.typed
    if deed is available_actions.FEED_BACK:
        return Typed()
    if deed is available_actions.ASSIGN:
        start = matter_page.proposed(page.matter)
        every, day = split_recurrence(start.pop("recurrence"))
        due = start.pop("due")
        coops = tuple(start.pop("coops"))
        return Typed(**start, coops=coops, due=due.isoformat() if due else "", every=every, every_day=day)
    return Typed()


def feedback_before(user: User, found: Any) -> Feedback | None:
    """What the person's own unit said last: beside the form for reference, never as a new statement."""
    return matter_page.last_words(found, getattr(user, "unit_id", None))


def _claims(user: User, page: matter_page.Page) -> list[tuple[str, Any]]:
    """Only the lead can say that it is done."""
    leads = getattr(user, "unit_id", None) == page.matter.lead_id
    return [(v, label) for v, label in Feedback.Claim.choices if leads or v != Feedback.Claim.DONE]


def _source_url(user: User, page: matter_page.Page) -> str:
    if page.matter.source_id is None or not user.may("matter.draft"):
        return ""
    try:
        return reverse("supervision:source", args=[page.matter.source_id])
    except NoReverseMatch:
        return ""


@require_POST
@requires("matter.view", "desk.use")
def deed(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Does one deed and goes back; refused, the page says why and keeps what was typed."""
    if code not in available_actions.BY_CODE:
        raise Http404
    found = queries.matter_for(request.user, pk)
    typed = Typed.of(request)
    try:
        seen = seen_of(request)
        if acting.already(code, matter=found, typed=typed, by=request.user, seen=seen):
            messages.info(request, _("这一步已经办过，没有重复登记。"))
            return _back(request, pk)
        acting.do(code, matter=found, typed=typed, files=sent_files(request), by=request.user, seen=seen)
    except Refused as refusal:
        return _refused(request, pk, code, typed, refusal)
    messages.success(
        request,
        _("已%(deed)s：%(number)s") % {"deed": available_actions.BY_CODE[code].label, "number": found.number},
    )
    return _back(request, pk)


def _refused(request: SignedInRequest, pk: int, code: str, typed: Typed, refusal: Refused) -> HttpResponse:
    found = queries.matter_for(request.user, pk)
    number = asked.integer(request.POST, "seen")
    seen = found.version if number is None else number
    clash = refusal.code == "clash"
    meanwhile = tuple(matter_page.since(request.user, found, seen)) if clash else ()
    trouble = Trouble(code, refusal.message, replace(typed), meanwhile)
    return _page(request, pk, trouble=trouble, status=409 if clash else 422)


def _back(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the desk if the form stood there, or if the deed took the matter out of the person's sight."""
    if request.POST.get("back") == "desk":
        return redirect("supervision:desk")
    if not queries.visible(request.user).filter(pk=pk).exists():
        return redirect("supervision:desk" if request.user.may("desk.use") else "supervision:matters")
    return redirect("supervision:matter", pk=pk)


@require_GET
@requires("matter.view", "desk.use")
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """An attachment as a download: never shown by the browser, never guessed at."""
    found = get_object_or_404(Attachment.objects.select_related("feedback"), pk=pk)
    queries.matter_for(request.user, found.feedback.matter_id)
    return attachment(originals.get(found.sha256), found.filename, "application/octet-stream")


@require_GET
@requires("matter.view", "desk.use")
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """办理情况报告 of a matter: every feedback, or the one that is named."""
    found = queries.matter_for(request.user, pk)
    wanted = asked.integer(request.GET, "feedback")
    rows = found.feedback.filter(pk=wanted) if wanted is not None else found.feedback.all()
    paper = papers.report_of(found, list(rows.select_related("unit", "signed_by").order_by("at", "pk")))
    if paper is None:
        raise Http404
    return attachment(paper, f"办理情况报告 {found.number}.docx", DOCX)


routes: list[URLPattern] = [
    path("matters/<int:pk>/", matter, name="matter"),
    path("matters/<int:pk>/report/", report, name="matter_report"),
    path("matters/<int:pk>/<str:code>/do/", deed, name="deed"),
    path("files/<int:pk>/", file, name="attachment"),
]
