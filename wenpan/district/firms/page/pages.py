"""企业台账 and one firm's page: contacts, requests, visits and policies in one place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.roles import ROLES
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.ledger import actions
from wenpan.district.firms.ledger.queries import firm_page, firms_of
from wenpan.district.firms.models import Firm, FirmVisit, ServiceRequest
from wenpan.district.firms.models.request_words import VERDICT_WORDS
from wenpan.district.firms.policies.queries import fits_of
from wenpan.district.ground.refused import Refused
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.firm_policies import firm_facts
from wenpan.rules.requests import door_limits, request_rules_in_force


def seen_firm(request: SignedInRequest, pk: int) -> Firm:
    """404 for what is not there, and for another unit's alike."""
    rows = Firm.objects.filter(firm_scope(request.user).firms()).select_related("town", "merged_into")
    return get_object_or_404(rows, pk=pk)


def _columns() -> list[TableColumn]:
    return [
        TableColumn("pinyin", _("企业"), value=lambda firm: firm.name, searched=False),
        TableColumn("name", _("企业名称"), sortable=False),
        TableColumn("uscc", _("统一社会信用代码")),
        TableColumn("trade", _("行业")),
        TableColumn("size", _("规模"), value=lambda firm: firm.get_size_display()),
        TableColumn("town__short_name", _("镇街")),
        TableColumn("lists", _("名录"), value=lambda firm: "、".join(firm.lists), sortable=False),
        TableColumn("open_requests", _("在办诉求"), kind="number", decimals=0),
        TableColumn("met_on", _("最近见面"), kind="date"),
    ]


@require_GET
@requires("firm.view")
def firms(request: SignedInRequest) -> HttpResponse:
    towns = Unit.objects.filter(kind__in=("town", "park"))
    town = asked.choice(request.GET, "town", {unit.code for unit in towns})
    state = asked.choice(request.GET, "state", set(Firm.State.values), "active")
    mark = asked.words(request.GET, "mark", 20)
    table = PageTable(
        request, _columns(), firms_of(request.user, town=town, mark=mark, state=state), sort="pinyin"
    )
    if table.exporting:
        return table.response(_("企业台账"))
    context = {
        "tab": "firms",
        "table": table,
        "towns": towns,
        "town": town,
        "mark": mark,
        "state": state,
        "states": Firm.State.choices,
    }
    return render(request, "firms/list.html", context)


def _values(request: SignedInRequest) -> dict[str, Any]:
    post = request.POST
    named = {name: post.get(name, "") for name in ("uscc", "name", "trade", "park", "contact", "phone")}
    town = Unit.objects.filter(code=post.get("town", "")).first()
    size = asked.choice(post, "size", set(Firm.Size.values))
    return named | {
        "town": town,
        "size": size,
        "lists": _words(post.get("lists", "")),
        "honours": _words(post.get("honours", "")),
    }


def _words(text: str) -> list[str]:
    parts = (part.strip() for part in text.replace("，", "、").replace(",", "、").split("、"))
    return list(dict.fromkeys(part[:40] for part in parts if part))[:20]


_FIELDS = ("name", "uscc", "trade", "park", "contact", "phone", "lists", "honours")


def _given(request: SignedInRequest) -> dict[str, str] | None:
    """What was typed, to be shown again; None where nothing was sent."""
    return {name: request.POST.get(name, "") for name in _FIELDS} if request.method == "POST" else None


def _form(request: SignedInRequest, firm: Firm | None = None, **more: Any) -> dict[str, Any]:
    return {
        "tab": "firms",
        "firm": firm,
        "towns": Unit.objects.filter(kind__in=("town", "park")),
        "sizes": Firm.Size.choices,
        "given": _given(request),
        **more,
    }


@require_http_methods(["GET", "POST"])
@requires("firm.edit")
def add(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            made = actions.add_firm(values=_values(request), by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return render(request, "firms/form.html", _form(request), status=422)
        messages.success(request, _("已登记%(name)s。") % {"name": made.name})
        return redirect("firms:firm", pk=made.pk)
    return render(request, "firms/form.html", _form(request))


@require_http_methods(["GET", "POST"])
@requires("firm.edit")
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    firm = seen_firm(request, pk)
    if request.method == "POST":
        try:
            seen = asked.integer(request.POST, "seen")
            actions.change_firm(firm=firm, values=_values(request), seen=seen, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return render(request, "firms/form.html", _form(request, firm), status=422)
        messages.success(request, _("已更正。"))
        return redirect("firms:firm", pk=pk)
    return render(request, "firms/form.html", _form(request, firm))


@require_POST
@requires("firm.edit")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    firm = seen_firm(request, pk)
    try:
        into = None
        if code := asked.words(request.POST, "into", 18):
            into = Firm.objects.filter(uscc=code).first()
            if into is None:
                raise Refused("bad_value", _("台账里没有这个统一社会信用代码。"))
        actions.end_firm(
            firm=firm,
            on=asked.day(request.POST, "on") or timezone.localdate(),
            reason=request.POST.get("reason", ""),
            into=into,
            by=request.user,
        )
        messages.success(request, _("已登记。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("firms:firm", pk=pk)


@require_GET
@requires("firm.view")
def firm(request: SignedInRequest, pk: int) -> HttpResponse:
    found, today = seen_firm(request, pk), timezone.localdate()
    rules = request_rules_in_force(today)
    visiting = [code for code, role in ROLES.items() if "contact.visit" in role.permissions]
    context = {
        "tab": "firms",
        "page": firm_page(found, request.user),
        "fits": fits_of(found, today) if found.state == Firm.State.ACTIVE else (),
        "facts": firm_facts(),
        "verdicts": VERDICT_WORDS,
        "channels": ServiceRequest.Channel.choices,
        "categories": ServiceRequest.Category.choices,
        "classes": rules.classes.items(),
        "default_class": rules.default_class,
        "results": FirmVisit.Result.choices,
        "people": User.objects.filter(role__in=visiting, is_active=True).select_related("unit"),
        "link_days": door_limits().valid_days,
        "today": today,
    }
    return render(request, "firms/firm.html", context)
