"""Secrets: made here, shown once, known again by their hash."""

from __future__ import annotations

import secrets

from wenpan.district.ground import ciphers


def new_secret() -> str:
    """43 letters, digits, - and _: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return ciphers.here().digest(secret.encode("utf-8", "replace"))
