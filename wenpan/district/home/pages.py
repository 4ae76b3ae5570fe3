"""The way in: each role to what it came for; the help page; the health of the program."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from wenpan.district.ui.nav import address, groups_for

FIRST = {
    "leader": "indicators:board",
    "analyst": "indicators:board",
    "statistician": "intake:list",
    "supervisor": "supervision:matters",
    "supervision_head": "supervision:matters",
    "liaison": "supervision:desk",
    "unit_head": "supervision:desk",
    "system_admin": "accounts:people",
    "security_admin": "accounts:people",
    "auditor": "journal:list",
}


def entry(request: HttpRequest) -> HttpResponse:
    """To the page of the role; without a role, a page that says whom to ask."""
    wanted = address(FIRST.get(getattr(request.user, "role", ""), ""))
    if wanted:
        return redirect(wanted)
    links = [link for group in groups_for(request) for link in group.links]
    return redirect(links[0].url) if links else render(request, "home/waiting.html")


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help.html")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
