"""Secrets of second factors as the database holds them: locked with the place's own key, which lies in
`WENPAN_HOME/keys` and not in the database or its dump."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class LostKeyError(ValueError):
    """The place's key is another one than the secret was locked with."""


def lock(text: str) -> str:
    return _lock().encrypt(text.encode()).decode()


def unlock(kept: str) -> str:
    """Raises LostKeyError."""
    try:
        return _lock().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise LostKeyError from error


def digest(text: str) -> str:
    """Of a code that is only ever compared. Keyed: the table alone does not let codes be guessed."""
    return hmac.new(_key("recovery"), text.encode(), hashlib.sha256).hexdigest()


def _lock() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key("second factor")))


def _key(purpose: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"wenpan {purpose}".encode(), hashlib.sha256).digest()
