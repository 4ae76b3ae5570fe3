"""督办总览: for the leader, without a single form."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.supervision.matters.queries import overview as queries


@require_GET
@requires("matter.view")
def overview(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    found = queries.overview(request.user, today)
    return render(request, "supervision/matters_overview.html", {"found": found, "today": today})


routes: list[URLPattern] = [path("", overview, name="overview")]
