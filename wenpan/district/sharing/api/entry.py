"""The read API: its tokens, errors and pages. Only reading; OpenAPI at /api/v1/openapi.json, no page of its
own (its tools would need scripts that our content policy refuses)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from wenpan.district.accounts.addresses import address_of
from wenpan.district.accounts.models import User
from wenpan.district.ground.refused import Refused
from wenpan.district.sharing import throttle
from wenpan.district.sharing.answer_tags import with_etag
from wenpan.district.sharing.tokens.access import WORDS, NoAccess, granted, with_headers
from wenpan.district.sharing.tokens.actions import note_token_read

MOST = 500  # rows of one page

api = NinjaAPI(
    title="Wenpan 稳盘",
    version="1",
    description="Read API: figures, judgements, matters, as the token's owner may see them.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="read_api",
)


class ByToken(HttpBearer):
    """A personal token with this scope; its owner becomes the request's user."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Any:
        token = granted(request, self.scope)
        if isinstance(token, NoAccess):
            raise HttpError(token.value, str(WORDS[token]))
        request.user = token.owner
        if throttle.first_today("api", f"{token.pk}:{self.scope}", str(timezone.localdate())):
            note_token_read(token=token, what=f"API {self.scope}", address=address_of(request))
        return token

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # pragma: no cover
        """Not asked: `__call__` reads the header itself, which may be Basic."""
        raise NotImplementedError


class ApiFault(Schema):
    detail: str


ERRORS = {400: ApiFault, 401: ApiFault, 403: ApiFault, 404: ApiFault, 422: Any, 429: ApiFault}


@api.exception_handler(PermissionDenied)
def _may_not(request: HttpRequest, _fault: Any) -> HttpResponse:
    return api.create_response(request, {"detail": str(WORDS[NoAccess.NOT_THIS])}, status=403)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, fault: Any) -> HttpResponse:
    return api.create_response(request, {"detail": str(fault)}, status=400)


def json_answer(answer: dict[str, Any]) -> HttpResponse:
    """JSON in the shape of the operation's schema (a test holds it to that)."""
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def owner(request: HttpRequest) -> User:
    return cast(User, request.user)


def within_our_time(day: date | None) -> date | None:
    """A day that the program can have known something on; Refused for others."""
    if day is not None and not date(2000, 1, 1) <= day <= date(2100, 1, 1):
        raise HttpError(400, "as_known_on: 2000-01-01 … 2100-01-01")
    return day


def served(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to strangers for the token's sake; with an ETag."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return with_etag(request, with_headers(view(request, *args, **kwargs)))

    return cast(Callable[..., HttpResponse], login_not_required(answered))
