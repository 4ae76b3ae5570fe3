"""The way in: each role to what it came for; the help page; the health of the program."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ground import conditions
from wenpan.district.home import how_to
from wenpan.district.ui import asked

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


@require_GET
def month_of_work(request: SignedInRequest) -> HttpResponse:
    """The month's work of the person's own role, or of another one that is asked for; for print as well."""
    role = ROLES.get(asked.choice(request.GET, "role", ROLES.keys(), request.user.role))
    if role is None:
        return redirect("home:entry")
    context = {
        "role": role,
        "steps": list(how_to.steps_for(role.code, request.user)),
        "others": [other for other in ROLES.values() if other.code != role.code],
    }
    return render(request, "home/how_to.html", context)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 when the program can read and write, else 503 with what is wrong; a page where a person looks."""
    faults = [{"code": code, "message": _(conditions.SENTENCES[code])} for code in conditions.standing()]
    status = 503 if faults else 200
    if "text/html" in request.headers.get("Accept", ""):
        return render(request, "home/health.html", {"faults": faults}, status=status)
    return JsonResponse({"status": "red", "faults": faults} if faults else {"status": "ok"}, status=status)
