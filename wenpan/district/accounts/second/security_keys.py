"""Security keys (WebAuthn): what the browser is asked, and what its answer proves.

The judging is py_webauthn's. A question is asked once, for one origin; its host is what keys are bound to,
so a page of another host gets no answer. An address in digits has no keys: browsers refuse them there.
"""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

_MOST = 20_000  # characters of an answer


@dataclass(frozen=True)
class KeyQuestion:
    """What was asked: challenge (base64url), the host and origin of the page."""

    challenge: str
    host: str
    origin: str


@dataclass(frozen=True)
class RegisteredKey:
    credential: str
    public_key: str
    counter: int


def possible(request: HttpRequest) -> bool:
    """On localhost, or by name over https."""
    host = _host(request)
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or request.is_secure()
    return False


def question_of(request: HttpRequest, challenge: str) -> KeyQuestion:
    return KeyQuestion(challenge, _host(request), f"{request.scheme}://{request.get_host()}")


def to_register(request: HttpRequest, username: str, number: int, present: list[str]) -> tuple[str, str]:
    """(challenge, options as JSON) for a new key of this person; those that they have are not taken twice."""
    asked = generate_registration_options(
        rp_id=_host(request), rp_name="稳盘 Wenpan", user_name=username, user_id=f"wenpan:{number}".encode(),
        exclude_credentials=_descriptors(present),
        authenticator_selection=AuthenticatorSelectionCriteria(
            user_verification=UserVerificationRequirement.PREFERRED
        ),
    )  # fmt: skip
    return bytes_to_base64url(asked.challenge), options_to_json(asked)


def to_prove(request: HttpRequest, present: list[str]) -> tuple[str, str]:
    asked = generate_authentication_options(rp_id=_host(request), allow_credentials=_descriptors(present))
    return bytes_to_base64url(asked.challenge), options_to_json(asked)


def credential_of(answer: str) -> str:
    """The id that the answer names; "" where it is no answer."""
    try:
        told = json.loads(answer) if len(answer) <= _MOST else None
        return str(told["id"]) if isinstance(told, dict) else ""
    except (ValueError, KeyError, RecursionError):
        return ""


def registered(answer: str, asked: KeyQuestion) -> RegisteredKey:
    """Raises ValidationError."""
    try:
        found = verify_registration_response(
            credential=_read(answer), expected_challenge=base64url_to_bytes(asked.challenge),
            expected_rp_id=asked.host, expected_origin=asked.origin,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("安全密钥没有登记成功，请重试。")) from error
    return RegisteredKey(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        found.sign_count,
    )


def proved(answer: str, asked: KeyQuestion, public_key: str, counter: int) -> int:
    """What the key counted now. Raises ValidationError; also where it counted no further (a copied key)."""
    try:
        found = verify_authentication_response(
            credential=_read(answer), expected_challenge=base64url_to_bytes(asked.challenge),
            expected_rp_id=asked.host, expected_origin=asked.origin,
            credential_public_key=base64url_to_bytes(public_key), credential_current_sign_count=counter,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("验证没有通过，请重试。")) from error
    return found.new_sign_count


def _read(answer: str) -> str:
    if not credential_of(answer):
        raise ValueError("no answer of a security key")
    return answer


def _descriptors(present: list[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential)) for credential in present]


def _host(request: HttpRequest) -> str:
    host = request.get_host()
    return host.rsplit(":", 1)[0] if host.rsplit(":", 1)[-1].isdigit() and not host.endswith("]") else host
