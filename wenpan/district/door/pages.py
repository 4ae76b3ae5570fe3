"""What a firm sees and sends: its own requests, one of them, a new one, a word more, a rating."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenpan.district.door.entry import COOKIE, gone, let_in, with_link
from wenpan.district.door.guard import note_wrong
from wenpan.district.firms.links import filing_actions as actions
from wenpan.district.firms.links.queries import firm_view, link_of, own_requests
from wenpan.district.firms.models import FirmLink, ServiceRequest
from wenpan.district.firms.models.request_words import OUTCOME_WORDS, PHASE_WORDS, RESULT_WORDS, STEP_WORDS
from wenpan.district.ground.refused import Refused
from wenpan.rules.requests import door_limits

SHOWN = 100
_SAID = {"filed": "filed", "added": "added", "rated": "rated"}


@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    link = link_of(token[:200], timezone.now())
    if link is None:
        note_wrong(request)
        return gone(request)
    return let_in(redirect("door_requests"), link, secure=request.is_secure())


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    answer = render(request, "door/left.html")
    answer.delete_cookie(COOKIE)
    return answer


def _context(request: HttpRequest, link: FirmLink, **more: Any) -> dict[str, Any]:
    limits = door_limits()
    return {
        "link": link,
        "firm": link.firm,
        "said": _SAID.get(request.GET.get("said", ""), ""),
        "refused": "",
        "typed": {},
        "limits": limits,
        "accept": ",".join(f".{kind}" for kind in limits.file_types),
        "categories": ServiceRequest.Category.choices,
        "words": {
            "phase": PHASE_WORDS,
            "step": STEP_WORDS,
            "outcome": OUTCOME_WORDS,
            "result": RESULT_WORDS,
        },
        **more,
    }


@require_GET
@with_link
def requests(request: HttpRequest, link: FirmLink) -> HttpResponse:
    rows = own_requests(link).select_related("unit").order_by("-received_at", "-pk")[:SHOWN]
    return render(request, "door/requests.html", _context(request, link, rows=rows))


@require_http_methods(["GET", "POST"])
@with_link
def file(request: HttpRequest, link: FirmLink) -> HttpResponse:
    if request.method != "POST":
        return render(request, "door/file.html", _context(request, link))
    post = request.POST
    try:
        made = actions.file_request(
            link=link,
            title=post.get("title", ""),
            text=post.get("text", ""),
            category=post.get("category", ""),
            files=_files(request),
        )
    except Refused as refusal:
        typed = {name: post.get(name, "") for name in ("title", "text", "category")}
        told = _context(request, link) | {"refused": refusal.message, "typed": typed}
        return render(request, "door/file.html", told, status=422)
    return redirect(f"/r/{made.number}/?said=filed")


@require_GET
@with_link
def one(request: HttpRequest, link: FirmLink, number: str) -> HttpResponse:
    found = _own(link, number)
    return gone(request) if found is None else _shown(request, link, found)


@require_POST
@with_link
def add(request: HttpRequest, link: FirmLink, number: str) -> HttpResponse:
    found = _own(link, number)
    if found is None:
        return gone(request)
    try:
        text = request.POST.get("text", "")
        actions.add_message(link=link, request=found, text=text, files=_files(request))
    except Refused as refusal:
        return _shown(request, link, found, refused=refusal.message)
    return redirect(f"/r/{found.number}/?said=added")


@require_POST
@with_link
def rate(request: HttpRequest, link: FirmLink, number: str) -> HttpResponse:
    found, post = _own(link, number), request.POST
    if found is None:
        return gone(request)
    try:
        actions.rate_request(
            link=link,
            request=found,
            result=post.get("result", ""),
            solved={"yes": True, "no": False}.get(post.get("solved", "")),
            text=post.get("text", ""),
        )
    except Refused as refusal:
        return _shown(request, link, found, refused=refusal.message)
    return redirect(f"/r/{found.number}/?said=rated")


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "系统暂时不能办理，请稍后再试。", status=500, content_type="text/plain; charset=utf-8"
    )


def _own(link: FirmLink, number: str) -> ServiceRequest | None:
    return own_requests(link).select_related("unit").filter(number=number[:20]).first()


def _shown(request: HttpRequest, link: FirmLink, found: ServiceRequest, *, refused: str = "") -> HttpResponse:
    context = _context(request, link, view=firm_view(found)) | {"refused": refused}
    return render(request, "door/request.html", context, status=422 if refused else 200)


def _files(request: HttpRequest) -> list[actions.SentFile]:
    """Read no further than the limit needs: what is larger is refused by its size."""
    most = door_limits().file_mb * 1024**2 + 1
    return [actions.SentFile(f.name or "", f.read(most)) for f in request.FILES.getlist("files") if f]
