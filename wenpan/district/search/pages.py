"""搜索: one box over matters, indicators, projects, papers, units and people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.search import queries
from wenpan.district.ui import asked


@require_GET
def results(request: SignedInRequest) -> HttpResponse:
    q = asked.words(request.GET, "q")
    kind = asked.choice(request.GET, "kind", queries.KINDS)
    found = queries.search(request.user, q, kind)
    return render(request, "search/results.html", {"q": q, "kind": kind, "found": found})
