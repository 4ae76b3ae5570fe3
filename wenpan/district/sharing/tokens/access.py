"""Whose request it is, by the personal token that it carries.

Bearer, or Basic with the token as the password and any name: what spreadsheets can send. Never in an address,
which logs and histories keep.
"""

from __future__ import annotations

import base64
import binascii
from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.addresses import address_of
from wenpan.district.accounts.roles import ADMINISTRATORS
from wenpan.district.sharing import throttle
from wenpan.district.sharing.models import AccessToken
from wenpan.district.sharing.secrets_of_ours import digest_of
from wenpan.rules.sharing import sharing_rules

MINUTE, HOUR = 60, 3600


class NoAccess(Enum):
    UNKNOWN = 401
    NOT_THIS = 403  # the token is good, and not for this
    TOO_OFTEN = 429


def granted(request: HttpRequest, scope: str) -> AccessToken | NoAccess:
    """The token, with its owner; `scope` "": any token will do. An unknown, expired or revoked one, and one
    whose owner may do nothing any more, are not told apart."""
    known = sharing_rules()
    token = _token(request)
    if token is None:
        source = address_of(request)
        tried = bool(request.headers.get("Authorization"))
        if tried and throttle.too_often("token", source, most=known.unknown_an_hour, seconds=HOUR):
            return NoAccess.TOO_OFTEN
        return NoAccess.UNKNOWN
    if throttle.too_often("api", str(token.pk), most=known.api_reads_a_minute, seconds=MINUTE):
        return NoAccess.TOO_OFTEN
    if scope and scope not in token.scopes:
        return NoAccess.NOT_THIS
    return token


def _token(request: HttpRequest) -> AccessToken | None:
    secret = _secret(request.headers.get("Authorization", ""))
    if not secret:
        return None
    held = AccessToken.objects.select_related("owner__unit")
    token = held.filter(
        digest=digest_of(secret), revoked_at=None, expires_on__gte=timezone.localdate()
    ).first()
    return token if token is not None and _owner_may(token.owner) else None


def _owner_may(owner: Any) -> bool:
    return bool(
        owner.is_active and owner.role and owner.role not in ADMINISTRATORS and not owner.temporary_password
    )


def _secret(header: str) -> str:
    kind, _between, value = header.strip().partition(" ")
    if kind.lower() == "bearer":
        return value.strip()[:200]
    if kind.lower() == "basic":
        try:
            said = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            return ""
        return said.partition(":")[2][:200]
    return ""


WORDS = {
    NoAccess.UNKNOWN: _("口令不对、已过期或已停用。"),
    NoAccess.NOT_THIS: _("这个口令不能用于此项。"),
    NoAccess.TOO_OFTEN: _("读得太频繁，请稍后再读。"),
}


def refusal(why: NoAccess) -> HttpResponse:
    answer = JsonResponse({"detail": str(WORDS[why])}, status=why.value)
    return with_headers(answer)


def with_headers(answer: HttpResponse) -> HttpResponse:
    if answer.status_code == NoAccess.UNKNOWN.value:
        answer["WWW-Authenticate"] = 'Basic realm="Wenpan", charset="UTF-8"'
    if answer.status_code == NoAccess.TOO_OFTEN.value:
        answer["Retry-After"] = str(MINUTE)
    return answer
