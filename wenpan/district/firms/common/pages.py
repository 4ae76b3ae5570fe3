"""共性问题: the list, one problem with its requests, and 撤回抽查."""

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
from wenpan.district.firms.common import problem_actions as actions
from wenpan.district.firms.common import queries
from wenpan.district.firms.models import CommonProblem, ServiceRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn


def _columns() -> list[TableColumn]:
    return [
        TableColumn("number", _("编号")),
        TableColumn("title", _("共性问题")),
        TableColumn("category", _("类别"), value=lambda row: row.get_category_display()),
        TableColumn("lead__short_name", _("牵头单位")),
        TableColumn("firms", _("企业数"), kind="number", decimals=0),
        TableColumn("asked", _("诉求数"), kind="number", decimals=0),
        TableColumn("raised_at", _("提出时间"), kind="date"),
        TableColumn("asked_on", _("提请督办"), kind="date"),
        TableColumn("closed_on", _("解决日期"), kind="date"),
    ]


@require_GET
@requires("firm.view")
def problems(request: SignedInRequest) -> HttpResponse:
    show = asked.choice(request.GET, "show", {"open", "closed", "all"}, "open")
    table = PageTable(request, _columns(), queries.problems_of(request.user, show), sort="-raised_at")
    if table.exporting:
        return table.response(_("共性问题"))
    return render(request, "firms/problems.html", {"tab": "common", "table": table, "show": show})


def _seen(request: SignedInRequest, pk: int) -> CommonProblem:
    return get_object_or_404(queries.problems_of(request.user, "all"), pk=pk)


@require_GET
@requires("firm.view")
def problem(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    seen = found.requests.filter(firm_scope(request.user).requests()).select_related("firm", "unit")
    context = {
        "tab": "common",
        "problem": found,
        "requests": seen.order_by("received_at", "pk"),
        "hidden": found.requests.count() - seen.count(),
        "units": Unit.objects.all(),
        "today": timezone.localdate(),
    }
    return render(request, "firms/problem.html", context)


def _picked(request: SignedInRequest) -> list[ServiceRequest]:
    """The ticked ones, as far as the person may see them."""
    keys = {int(key) for key in request.POST.getlist("requests") if key.isdecimal() and len(key) < 19}
    numbers = request.POST.get("numbers", "").replace("，", "、").replace(",", "、").split("、")
    rows = ServiceRequest.objects.filter(firm_scope(request.user).requests())
    named = {number.strip() for number in numbers if number.strip()}
    found = {row.pk: row for row in (*rows.filter(pk__in=keys), *rows.filter(number__in=named))}
    if missing := named - {row.number for row in found.values()}:
        raise Refused("bad_value", _("没有编号为%(number)s的另一件诉求。") % {"number": "、".join(missing)})
    return list(found.values())


@require_POST
@requires("request.office")
def add(request: SignedInRequest) -> HttpResponse:
    post = request.POST
    try:
        made = actions.raise_problem(
            title=post.get("title", ""),
            category=post.get("category", ""),
            why=post.get("why", ""),
            requests=_picked(request),
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        back = asked.integer(post, "from")
        return redirect("firms:problems") if back is None else redirect("firms:request", pk=back)
    messages.success(request, _("已提出共性问题%(number)s。") % {"number": made.number})
    return redirect("firms:problem", pk=made.pk)


@require_POST
@requires("request.office")
def act(request: SignedInRequest, pk: int, deed: str) -> HttpResponse:
    found = _seen(request, pk)
    try:
        _do(request, found, deed)
        messages.success(request, _("已办。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("firms:problem", pk=pk)


def _do(request: SignedInRequest, found: CommonProblem, deed: str) -> None:
    post: Any = request.POST
    if deed == "join":
        actions.join_requests(problem=found, requests=_picked(request), by=request.user)
    elif deed == "leave":
        for row in _picked(request):
            actions.leave_problem(problem=found, request=row, by=request.user)
    elif deed == "matter":
        lead = Unit.objects.filter(code=post.get("lead", "")).first()
        actions.ask_matter(problem=found, lead=lead, by=request.user)
    elif deed == "settle":
        on = asked.day(post, "on") or timezone.localdate()
        actions.settle_problem(problem=found, resolution=post.get("resolution", ""), on=on, by=request.user)
    else:
        raise Refused("bad_value", _("没有这一步。"))


@require_GET
@requires("firm.all")
def withdrawn(request: SignedInRequest) -> HttpResponse:
    month = asked.month(request.GET, "month")
    today = timezone.localdate()
    year, number = (month.year, month.month) if month else (today.year, today.month)
    context = {
        "tab": "withdrawn",
        "draw": queries.withdrawn_draw(year, number),
        "shown": f"{year}-{number:02d}",
    }
    return render(request, "firms/withdrawn.html", context)
