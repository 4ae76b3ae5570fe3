"""导出: the ledger and the tickets with the headers of their forms, as filtered."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.firms.imports import exports
from wenpan.district.firms.ledger.queries import firms_of
from wenpan.district.firms.models import Firm
from wenpan.district.firms.requests import queries
from wenpan.district.ui import asked


@require_GET
@requires("firm.view")
def ledger(request: SignedInRequest) -> HttpResponse:
    towns = set(Unit.objects.filter(kind__in=("town", "park")).values_list("code", flat=True))
    rows = firms_of(
        request.user,
        town=asked.choice(request.GET, "town", towns),
        mark=asked.words(request.GET, "mark", 20),
        state=asked.choice(request.GET, "state", set(Firm.State.values), "active"),
    )
    return exports.ledger_response(rows.prefetch_related("names"))


@require_GET
@requires("firm.view")
def tickets(request: SignedInRequest) -> HttpResponse:
    show = asked.choice(request.GET, "show", queries.SHOWN, "open")
    rows = queries.requests_of(request.user, show).order_by("received_at", "pk").prefetch_related("entries")
    return exports.tickets_response(rows)
