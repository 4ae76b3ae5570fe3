"""A provider of OpenID Connect that runs inside the test, and a place that trusts it."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from joserfc import jwt
from joserfc.jwk import RSAKey


class Provider:
    """Says of whoever comes what `claims` says; `spoil` changes the token before it is signed."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signs_with = self.key
        self.claims: dict[str, object] = {"staff_number": "A1001", "name": "张三", "role": "system_admin"}
        self.spoil: dict[str, object] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def agree(self, address: str) -> dict[str, str]:
        """The person agrees on the provider's page: what their browser carries back."""
        told = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        self.asked["the-code"] = told
        return {"code": "the-code", "state": told["state"]}

    def answer(self, path: str, form: dict[str, str]) -> dict[str, object]:
        if path.endswith("openid-configuration"):
            return {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            }  # fmt: skip
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        told = self.asked.pop(form["code"])  # a code works once
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        assert proof.decode().rstrip("=") == told["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": told["client_id"], "sub": "x", "iat": now, "exp": now + 300,
            "nonce": told["nonce"],
        }  # fmt: skip
        claims |= self.claims | self.spoil
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}

    def _handler(provider):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._say({})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._say({key: values[0] for key, values in parse_qs(body).items()})

            def _say(self, form):
                try:
                    body = json.dumps(provider.answer(self.path, form)).encode()
                except (KeyError, AssertionError):
                    self.send_error(400)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words):
                pass

        return Handler


@pytest.fixture
def place_says(settings):
    """place_says(oidc={…}, ldap={…}): the place's own rules/outside.yaml."""
    path = settings.WENPAN_HOME / "rules" / "outside.yaml"
    path.parent.mkdir(exist_ok=True)

    def write(**parts):
        told = {
            "version": "t", "effective_from": "2022-01-01", "source": "测试", "oidc": {}, "ldap": {}
        } | parts  # fmt: skip
        text = json.dumps(told, ensure_ascii=False).replace('"2022-01-01"', "2022-01-01")
        path.write_text(text)

    yield write
    path.unlink(missing_ok=True)


@pytest.fixture
def provider(place_says) -> Iterator[Provider]:
    cache.clear()
    found = Provider()
    place_says(oidc={"enabled": True, "issuer": found.issuer, "client_id": "wenpan"})
    yield found
    found.server.shutdown()
    found.server.server_close()
