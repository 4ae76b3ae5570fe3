"""How long a person stays signed in: a limit without use, and one from the sign-in (`rules/access.yaml`; a
setting of the machine wins for the first)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts import actions
from wenpan.district.accounts.addresses import address_of
from wenpan.rules.access import access

BEGAN, USED = "signed_in_at", "used_at"  # keys of the session, seconds
_STEP = 60  # seconds: use is written down at most that often
NO_USE = {"jobs:progress"}  # pages that ask again by themselves: nobody need sit there


def idle_minutes() -> int:
    return settings.IDLE_MINUTES or access().sessions.idle_minutes


def _now() -> int:
    return int(timezone.now().timestamp())


def _begin(request: HttpRequest, **_more: Any) -> None:
    request.session[BEGAN] = request.session[USED] = _now()


user_logged_in.connect(_begin, dispatch_uid="wenpan.sessions")


class SignedInForSoLong:
    """Ends a session that was not used for so long, or that began so long ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        now, session = _now(), request.session
        used, began = session.get(USED), session.get(BEGAN)
        if used is None or began is None:  # signed in before these were kept
            session[BEGAN] = session[USED] = now
        elif now - used >= 60 * idle_minutes():
            return _end(request, "idle")
        elif now - began >= 3600 * access().sessions.longest_hours:
            return _end(request, "long")
        elif now - used >= _STEP and _by_a_person(request):
            session[USED] = now
        return None


def _by_a_person(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name not in NO_USE


def _end(request: HttpRequest, why: str) -> HttpResponse:
    """To the door, with the reason; back to the page afterwards, but a form is not sent again."""
    words = _("长时间未操作，自动退出") if why == "idle" else _("登录时间到限，自动退出")
    actions.note_presence(
        user=request.user,  # type: ignore[arg-type]
        entered=False,
        address=address_of(request),
        summary=words,
    )
    logout(request)
    asked = {"ended": why} | ({"next": request.get_full_path()} if request.method == "GET" else {})
    door = f"{reverse('accounts:sign_in')}?{urlencode(asked)}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": door})
    return redirect(door)
