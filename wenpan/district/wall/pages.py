"""大屏: three scenes that turn, for the meeting room; and for a screen without a person, by its key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.idempotency.middleware import SHOWN_ONCE
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.district.wall import actions, queries
from wenpan.district.wall.models import ScreenKey
from wenpan.district.wall.policy import SCENES, wall_rules
from wenpan.economy.time.periods import Month

COOKIE = "wenpan_screen"


@require_GET
@requires("wall.view")
def wall(request: SignedInRequest) -> HttpResponse:
    return _wall(request, public=False, as_of=asked.month(request.GET, "as_of"))


def _wall(request: HttpRequest, *, public: bool, as_of: Month | None = None) -> HttpResponse:
    rules = wall_rules()
    shown = queries.wall(as_of=as_of, public=public)
    first = asked.choice(request.GET, "scene", set(SCENES), rules.scenes[0])
    order = rules.scenes if first in rules.scenes else (first, *rules.scenes)
    following = order[(order.index(first) + 1) % len(order)]
    context: dict[str, Any] = {
        "wall": shown, "rules": rules, "scenes": order, "scene": first, "following": following,
        "public": public, "as_of": str(as_of) if as_of else "",
        "may_keep": not public and can(getattr(request, "user", None), "wall.screens"),
    }  # fmt: skip
    htmx = getattr(request, "htmx", False)
    return render(request, "wall/content.html" if htmx else "wall/wall.html", context)


@require_GET
@login_not_required
def screen(request: HttpRequest) -> HttpResponse:
    """The wall alone, for who shows a good key: once in the address, then in a cookie of this address."""
    today = timezone.localdate()
    if key := request.GET.get("key", ""):
        found = actions.screen_of(key=key, on=today)
        if found is None:
            return _door(request)
        answer = redirect("wall:screen")
        answer.set_cookie(
            COOKIE, key, max_age=int(timedelta(days=(found.until - today).days + 1).total_seconds()),
            path=reverse("wall:screen"), httponly=True, samesite="Strict", secure=request.is_secure(),
        )  # fmt: skip
        return answer
    if actions.screen_of(key=request.COOKIES.get(COOKIE, ""), on=today) is None:
        return _door(request)
    return _wall(request, public=True)


def _door(request: HttpRequest) -> HttpResponse:
    """A key that is not good, or no longer, leads to where everybody else begins."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": reverse("wall:wall")})
    return redirect("wall:wall")


@require_GET
@requires("wall.screens")
def screens(request: SignedInRequest) -> HttpResponse:
    return _screens(request)


def _screens(
    request: SignedInRequest, *, address: str = "", name: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "rows": ScreenKey.objects.select_related("made_by", "revoked_by")[:100],
        "today": today, "address": address, "name": name,
        "until": today + timedelta(days=min(180, wall_rules().token_days)),
    }  # fmt: skip
    return render(request, "wall/screens.html", context, status=status)


@require_POST
@requires("wall.screens")
def open_screen(request: SignedInRequest) -> HttpResponse:
    """The address with its key is shown this once; the database holds only the hash."""
    try:
        row, key = actions.open_screen(
            name=request.POST.get("name", ""), until=typed_day(request.POST.get("until", "")), by=request.user
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("wall:screens")
    address = request.build_absolute_uri(f"{reverse('wall:screen')}?key={key}")
    answer = _screens(request, address=address, name=row.name)
    setattr(answer, SHOWN_ONCE, True)
    return answer


@require_POST
@requires("wall.screens")
def revoke_screen(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ScreenKey, pk=pk)
    do(request, lambda: actions.revoke_screen(screen=row, by=request.user), _("已停用。"))
    return redirect("wall:screens")
