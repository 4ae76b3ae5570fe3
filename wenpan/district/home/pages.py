"""The way in: each role to what it came for; the help page; the health of the program."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wenpan.district.ground import conditions
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
    """200 when the program can read and write, else 503 with what is wrong; a page where a person looks."""
    faults = [{"code": code, "message": _(conditions.SENTENCES[code])} for code in conditions.standing()]
    status = 503 if faults else 200
    if "text/html" in request.headers.get("Accept", ""):
        return render(request, "home/health.html", {"faults": faults}, status=status)
    return JsonResponse({"status": "red", "faults": faults} if faults else {"status": "ok"}, status=status)
