"""自动收取: each source, how it stands, and the files that came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.collecting import actions, queries
from wenpan.district.ground.refused import Refused


@require_GET
@requires("intake.view")
def sources(request: SignedInRequest) -> HttpResponse:
    files = queries.files() if can(request.user, "intake.accept") else ()  # others' tables
    context = {"lines": queries.sources(timezone.localdate()), "files": files}
    return render(request, "collecting/sources.html", context)


@require_POST
@requires("intake.upload")
def now(request: SignedInRequest, code: str) -> HttpResponse:
    try:
        asked = actions.ask_now(code=code, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("collecting:sources")
    if asked.error:
        messages.error(request, asked.error)
    else:
        words = _("收下%(taken)d份，拒收%(refused)d份。") % {"taken": asked.taken, "refused": asked.refused}
        messages.success(request, words)
    return redirect("collecting:sources")
