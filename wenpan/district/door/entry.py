"""Coming in: the token of the link becomes a signed cookie for a while; pages carry no token.

The cookie names the link and the hash of its token. A link that is revoked or has ended opens nothing
from the next page on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from wenpan.district.firms.links.queries import link_by_number
from wenpan.district.firms.models import FirmLink

COOKIE, SALT, SECONDS = "door", "wenpan.door", 2 * 3600
DoorPage = Callable[..., HttpResponseBase]


def let_in(answer: HttpResponse, link: FirmLink, *, secure: bool) -> HttpResponse:
    value = signing.dumps([link.pk, link.digest], salt=SALT)
    answer.set_cookie(COOKIE, value, max_age=SECONDS, httponly=True, samesite="Lax", secure=secure)
    return answer


def link_of_cookie(request: HttpRequest) -> FirmLink | None:
    try:
        pk, digest = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
        return link_by_number(int(pk), str(digest), timezone.now())
    except (signing.BadSignature, TypeError, ValueError):
        return None


def gone(request: HttpRequest, *_args: Any, **_more: Any) -> HttpResponse:
    """The one answer to everything that opens nothing, whatever the reason."""
    return render(request, "door/gone.html", {"large": False}, status=404)


def with_link(page: Callable[..., HttpResponse]) -> DoorPage:
    """The page is handed the link; without one there is nothing here."""

    @wraps(page)
    def shown(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        link = link_of_cookie(request)
        return gone(request) if link is None else page(request, link, *args, **more)

    return shown
