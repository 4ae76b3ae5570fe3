"""企业自助链接: made for a firm, shown once, listed and revoked; and files that came with a request."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.links import link_actions as actions
from wenpan.district.firms.models import Firm, FirmLink, RequestFile, ServiceRequest
from wenpan.district.ground import originals
from wenpan.district.ground.idempotency.middleware import SHOWN_ONCE
from wenpan.district.ground.refused import Refused
from wenpan.district.ui import asked
from wenpan.district.ui.exports import attachment
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.requests import door_limits


def _columns() -> list[TableColumn]:
    return [
        TableColumn("firm__name", _("企业")),
        TableColumn("given_to", _("交给")),
        TableColumn("made_at", _("生成时间"), kind="date"),
        TableColumn("expires_at", _("有效期至"), kind="date"),
        TableColumn("revoked_at", _("停用时间"), kind="date"),
    ]


@require_GET
@requires("firm.link")
def links(request: SignedInRequest) -> HttpResponse:
    show, now = asked.choice(request.GET, "show", {"open", "all"}, "open"), timezone.now()
    rows = FirmLink.objects.filter(firm__in=Firm.objects.filter(firm_scope(request.user).firms()))
    if show == "open":
        rows = rows.filter(revoked_at=None, expires_at__gt=now)
    rows = rows.select_related("firm", "made_by")
    table = PageTable(request, _columns(), rows, sort="-made_at")
    if table.exporting:
        return table.response(_("企业自助链接"))
    context = {"tab": "links", "table": table, "show": show, "now": now}
    return render(request, "firms/links.html", context)


@require_POST
@requires("firm.link")
def make(request: SignedInRequest, pk: int) -> HttpResponse:
    firm = get_object_or_404(Firm.objects.filter(firm_scope(request.user).firms()), pk=pk)
    try:
        days = asked.integer(request.POST, "days", default=door_limits().valid_days) or 0
        given_to = request.POST.get("given_to", "")
        link, token = actions.make_link(firm=firm, given_to=given_to, days=days, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("firms:firm", pk=pk)
    origin = settings.DOOR_ORIGIN.rstrip("/")
    context = {"tab": "links", "link": link, "origin": origin, "address": f"{origin}/l/{token}/"}
    answer = render(request, "firms/link_made.html", context)
    setattr(answer, SHOWN_ONCE, True)  # the link itself: the database keeps no copy of it
    return answer


@require_POST
@requires("firm.link")
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    firms = Firm.objects.filter(firm_scope(request.user).firms())
    link = get_object_or_404(FirmLink.objects.filter(firm__in=firms).select_related("firm"), pk=pk)
    try:
        actions.revoke_link(link=link, by=request.user)
        messages.success(request, _("链接已停用。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("firms:links")


@require_GET
@requires("firm.view")
def attached(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = ServiceRequest.objects.filter(firm_scope(request.user).requests())
    found = get_object_or_404(RequestFile.objects.filter(request__in=seen), pk=pk)
    return attachment(originals.get(found.sha256), found.filename, "application/octet-stream")
