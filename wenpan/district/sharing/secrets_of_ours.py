"""Secrets: made here, shown once, known again by their hash."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """43 letters, digits, - and _: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
