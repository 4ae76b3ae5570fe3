"""最近看过: the last objects that a person opened, kept in their own browser and nowhere else.

A signed cookie of at most KEPT subjects, readable for that person only. The place keeps no record of who
read what: nothing is written and nothing is journalled. Rights hold when the list is shown. Single returns
are no subjects and never stand here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wenpan.district.accounts.models import User
from wenpan.district.search.hits import Hit
from wenpan.district.search.named import hits_of, subject_of

COOKIE = "wenpan_seen"
KEPT, SHOWN = 20, 12
DAYS = 30


def subjects(request: HttpRequest) -> list[str]:
    """The newest first; empty where the cookie is missing, another person's or not ours."""
    salt = f"seen:{request.user.pk}"
    value = request.get_signed_cookie(COOKIE, default="", salt=salt, max_age=DAYS * 86_400)
    return [part for part in str(value or "").split(",") if part][:KEPT]


def hits(request: HttpRequest) -> list[Hit]:
    user = request.user
    return hits_of(user, subjects(request))[:SHOWN] if isinstance(user, User) and user.role else []


class RecentlySeen:
    """Notes the object of a page that was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.method == "GET" and answer.status_code == 200 and request.resolver_match is not None:
            self._note(request, answer)
        return answer

    def _note(self, request: HttpRequest, answer: HttpResponse) -> None:
        subject = subject_of(request)
        if not subject or not getattr(request.user, "role", "") or "export" in request.GET:
            return
        before = subjects(request)
        if before[:1] == [subject]:
            return
        kept = [subject, *(old for old in before if old != subject)][:KEPT]
        answer.set_signed_cookie(
            COOKIE, ",".join(kept), salt=f"seen:{request.user.pk}", max_age=DAYS * 86_400,
            httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
