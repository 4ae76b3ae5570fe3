"""我的口令: tokens of mine, and what can be fetched with them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import can
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.idempotency.middleware import SHOWN_ONCE
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.sharing.models import AccessToken
from wenpan.district.sharing.scopes import SCOPES, scopes_of
from wenpan.district.sharing.tables import TABLES
from wenpan.district.sharing.tokens import actions
from wenpan.rules.sharing import sharing_rules

USUAL_DAYS = 90


@require_GET
def mine(request: SignedInRequest) -> HttpResponse:
    return render(request, "sharing/tokens.html", _context(request))


def _context(request: SignedInRequest, secret: str = "") -> dict[str, object]:
    today, known = timezone.localdate(), sharing_rules()
    scopes = scopes_of(request.user)
    labels = {scope.code: scope.label for scope in SCOPES}
    codes = {scope.code for scope in scopes}
    root = request.build_absolute_uri("/").rstrip("/")
    return {
        "secret": secret,
        "scopes": scopes,
        "tokens": [
            {"token": token, "labels": [labels.get(code, code) for code in token.scopes]}
            for token in AccessToken.objects.filter(owner=request.user, revoked_at=None)
        ],
        "today": today,
        "first": today + timedelta(days=min(USUAL_DAYS, known.token_days)),
        "last": today + timedelta(days=known.token_days),
        "tables": [
            {"label": table.label, "scope": labels[table.scope], "url": root + _address(table.name)}
            for table in TABLES.values()
            if table.scope in codes
        ],
        "api": root + reverse("sharing:schema") if can(request.user, "board.view", "desk.use") else "",
    }


def _address(name: str) -> str:
    return reverse("sharing:table", args=[name])


@require_POST
def make(request: SignedInRequest) -> HttpResponse:
    """The secret stands on this answer only."""
    try:
        secret = actions.make_token(
            by=request.user,
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scope"),
            expires_on=typed_day(request.POST.get("expires_on", "")),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("sharing:tokens")
    answer = render(request, "sharing/tokens.html", _context(request, secret))
    setattr(answer, SHOWN_ONCE, True)
    return answer


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        token = actions.revoke_token(pk=pk, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("口令“%(name)s”已停用。") % {"name": token.name})
    return redirect("sharing:tokens")
