"""The place's provider (OpenID Connect): where a person is sent, and what the answer proves.

Code flow with PKCE, state and nonce; the signed token is judged with the keys that the provider publishes.
Only the staff number and the name are read from it: no role, no group, no address.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wenpan.rules.access.outside import ProviderRules

SECONDS = 10
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]  # never "none", never a shared secret


class NotVouchedError(ValueError):
    """The provider is down, or what it said proves nothing."""


@dataclass(frozen=True)
class VouchedPerson:
    number: str
    name: str


def begin(rules: ProviderRules, back: str) -> tuple[str, dict[str, str]]:
    """(where to send the person, what to remember until they come back)."""
    told = {"nonce": secrets.token_urlsafe(24), "verifier": secrets.token_urlsafe(48), "back": back}
    with _client(rules, back) as client:
        address, told["state"] = client.create_authorization_url(
            _discovered(rules)["authorization_endpoint"], nonce=told["nonce"], code_verifier=told["verifier"]
        )
    return address, told


def finish(rules: ProviderRules, told: dict[str, str], state: str, code: str) -> VouchedPerson:
    """Raises NotVouchedError."""
    if not code or not secrets.compare_digest(told["state"].encode(), state.encode()):
        raise NotVouchedError("the answer belongs to no question of this browser")
    endpoints = _discovered(rules)
    try:
        with _client(rules, told["back"]) as client:
            token = client.fetch_token(
                endpoints["token_endpoint"], code=code, code_verifier=told["verifier"], timeout=SECONDS
            )
        keys = KeySet.import_key_set(cast(Any, _get(endpoints["jwks_uri"])))
        claims = jwt.decode(str(token["id_token"]), keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": rules.issuer},
            aud={"essential": True, "value": rules.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": told["nonce"]},
        ).validate(claims)
    except (AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError, TypeError) as error:
        raise NotVouchedError(type(error).__name__) from error
    audience = claims.get("aud")
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != rules.client_id:
        raise NotVouchedError("the token was made for another program")
    return VouchedPerson(_text(claims.get(rules.number_claim)), _text(claims.get(rules.name_claim)))


def _client(rules: ProviderRules, back: str) -> Any:
    path = settings.WENPAN_HOME / "keys" / "oidc_client_secret"
    secret = path.read_text().strip() if path.exists() else ""
    return OAuth2Session(
        rules.client_id, secret or None, scope="openid profile", redirect_uri=back,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        code_challenge_method="S256",
    )  # fmt: skip


def _discovered(rules: ProviderRules) -> dict[str, Any]:
    found = _get(f"{rules.issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != rules.issuer or not all(isinstance(found.get(key), str) for key in wanted):
        raise NotVouchedError("the discovery document is another issuer's, or lacks an address")
    return found


def _get(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise NotVouchedError(type(error).__name__) from error
    if not isinstance(found, dict):
        raise NotVouchedError("no JSON object")
    return found


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
