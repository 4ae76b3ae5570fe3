"""企业诉求: the list by clock, one request with its steps, and the month's service numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.common.queries import alike_requests, problems_of
from wenpan.district.firms.models import Firm, ServiceRequest
from wenpan.district.firms.models.request_words import (
    CLOCK_WORDS,
    ENTRY_WORDS,
    OUTCOME_WORDS,
    PHASE_WORDS,
    RESULT_WORDS,
    STEP_WORDS,
)
from wenpan.district.firms.models.requests import OPEN
from wenpan.district.firms.requests import actions, queries
from wenpan.district.firms.requests.report_cache import cached_report
from wenpan.district.ground.refused import Refused
from wenpan.district.ui import asked
from wenpan.district.ui.doing import telling
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.funnel.identity import normal_uscc
from wenpan.economy.requests.events import RequestEventKind


def _columns() -> list[TableColumn]:
    return [
        TableColumn("number", _("编号")),
        TableColumn("firm__name", _("企业")),
        TableColumn("title", _("诉求")),
        TableColumn("category", _("类别"), value=lambda row: row.get_category_display()),
        TableColumn("unit__short_name", _("主办单位")),
        TableColumn("phase", _("状态"), value=lambda row: row.get_phase_display()),
        TableColumn("next_due", _("最近时限"), kind="date"),
        TableColumn("received_at", _("登记时间"), kind="date"),
        TableColumn("closed_at", _("销号时间"), kind="date"),
    ]


def _labels() -> dict[str, str]:
    return {
        "open": _("在办"),
        "mine": _("待我办理"),
        "overdue": _("已超时"),
        "soon": _("三天内到期"),
        "closed": _("已结束"),
        "all": _("全部"),
    }


@require_GET
@requires("firm.view")
def listing(request: SignedInRequest) -> HttpResponse:
    show = asked.choice(request.GET, "show", queries.SHOWN, "open")
    now = timezone.now()
    rows = queries.requests_of(request.user, show, at=now)
    table = PageTable(
        request, _columns(), rows, sort="-received_at" if show in ("closed", "all") else "next_due"
    )
    if table.exporting:
        return table.response(_("企业诉求"))
    counted = queries.tallies(request.user, at=now)
    context = {
        "tab": "requests",
        "table": table,
        "show": show,
        "now": now,
        "tallies": [(code, label, counted[code]) for code, label in _labels().items()],
    }
    return render(request, "firms/requests.html", context)


def _seen(request: SignedInRequest, pk: int) -> ServiceRequest:
    """404 for what is not there, and for another unit's alike."""
    rows = ServiceRequest.objects.filter(firm_scope(request.user).requests())
    return get_object_or_404(rows.select_related("firm", "unit", "earlier", "joined_to", "created_by"), pk=pk)


@require_GET
@requires("firm.view")
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    context = {
        "tab": "requests",
        "page": queries.request_page(found, request.user),
        "units": Unit.objects.all(),
        "entries": ENTRY_WORDS.items(),
        "outcomes": OUTCOME_WORDS.items(),
        "results": RESULT_WORDS.items(),
        "labels": {
            "entry": ENTRY_WORDS,
            "outcome": OUTCOME_WORDS,
            "result": RESULT_WORDS,
            "kind": STEP_WORDS,
            "phase": PHASE_WORDS,
            "clock": CLOCK_WORDS,
        },
        "now": timezone.now(),
        "others": alike_requests(found, request.user) if found.phase in OPEN else [],
        "problems": problems_of(request.user, "all").filter(requests=found.pk),
    }
    return render(request, "firms/request.html", context)


@require_POST
@requires("request.register")
def register(request: SignedInRequest, pk: int) -> HttpResponse:
    firm = get_object_or_404(Firm.objects.filter(firm_scope(request.user).firms()), pk=pk)
    post = request.POST
    try:
        made = actions.register_request(
            firm=firm,
            title=post.get("title", ""),
            text=post.get("text", ""),
            channel=post.get("channel", ""),
            category=post.get("category", ""),
            request_class=post.get("request_class", ""),
            foreign_number=post.get("foreign_number", ""),
            earlier=_earlier(firm, post),
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("firms:firm", pk=pk)
    messages.success(request, _("已登记诉求%(number)s。") % {"number": made.number})
    if firm_scope(request.user).everything:
        return redirect("firms:request", pk=made.pk)
    return redirect("firms:firm", pk=pk)  # a unit sees it once it is assigned to it


def _earlier(firm: Firm, post: Any) -> ServiceRequest | None:
    number = post.get("earlier", "").strip()
    if not number:
        return None
    found = ServiceRequest.objects.filter(firm=firm, number=number).first()
    if found is None:
        raise Refused("bad_value", _("这家企业没有编号为%(number)s的诉求。") % {"number": number})
    return found


@require_POST
@requires("request.office", "request.handle", "request.supervise")
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    found, post = _seen(request, pk), request.POST
    with telling(request):
        kind = post.get("kind", "")
        if kind not in list(RequestEventKind):
            raise Refused("bad_value", _("没有这一步。"))
        made = actions.take_step(
            request=found,
            kind=RequestEventKind(kind),
            by=request.user,
            text=post.get("text", ""),
            unit=Unit.objects.filter(code=post.get("unit", "")).first(),
            assists=list(Unit.objects.filter(code__in=post.getlist("assists"))),
            details=_details(post),
            seen=asked.integer(post, "seen"),
        )
        messages.success(request, _("已办：%(step)s。") % {"step": STEP_WORDS[made.kind]})
    return redirect("firms:request", pk=pk)


@require_POST
@requires("request.office")
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    found, post = _seen(request, pk), request.POST
    try:
        code = normal_uscc(asked.words(post, "uscc", 30))
        firm = Firm.objects.filter(firm_scope(request.user).firms(), uscc=code).first() if code else None
        if firm is None:
            raise Refused("bad_value", _("台账里没有这个统一社会信用代码。"))
        seen = asked.integer(post, "seen")
        actions.move_request(request=found, firm=firm, seen=seen, by=request.user)
        messages.success(request, _("已改记到%(name)s。") % {"name": firm.name})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("firms:request", pk=pk)


def _details(post: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: post.get(name) or None for name in ("entry", "outcome", "result", "joined_to")
    }
    for name in ("passed", "contacted", "solved"):
        told[name] = {"yes": True, "no": False}.get(post.get(name, ""))
    wished = asked.choice(post, "wished_by", {"firm", "handler"}) or None
    return told | {"days": asked.integer(post, "days"), "wished_by": wished}


@require_GET
@requires("firm.all")
def service(request: SignedInRequest) -> HttpResponse:
    month = asked.month(request.GET, "month")
    report = cached_report((month.year, month.month) if month else None)
    context = {"tab": "service", "report": report, "shown": f"{report.last:%Y-%m}"}
    return render(request, "firms/service.html", context)
