"""The way in: each role to what it came for; the help page; the health of the program."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wenpan.district.ground import conditions

FIRST = "home:today"  # of every role
FIRST_OF = {"system_admin": "accounts:people", "auditor": "journal:list"}  # whom nothing of the month awaits


def entry(request: HttpRequest) -> HttpResponse:
    """To 今日; without a role, a page that says whom to ask."""
    role = getattr(request.user, "role", "")
    if not role:
        return render(request, "home/waiting.html")
    return redirect(FIRST_OF.get(role, FIRST))


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
