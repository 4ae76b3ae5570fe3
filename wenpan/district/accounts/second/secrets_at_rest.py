"""Secrets of second factors as the database holds them: locked with the place's own key, which lies in
`WENPAN_HOME/keys` and not in the database or its dump. By Fernet, or SM4-GCM where the place chose so."""

from __future__ import annotations

import base64
import binascii

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from wenpan.district.ground import ciphers

_ABOUT = "second factor"


class LostKeyError(ValueError):
    """The place's key is another one than the secret was locked with."""


def lock(text: str) -> str:
    if ciphers.here().code == ciphers.SM:
        return base64.b64encode(ciphers.sm4_lock(_sm4_key(), text.encode(), _ABOUT.encode())).decode()
    return _fernet().encrypt(text.encode()).decode()


def unlock(kept: str) -> str:
    """Raises LostKeyError."""
    try:
        if ciphers.here().code == ciphers.SM:
            return ciphers.sm4_unlock(_sm4_key(), base64.b64decode(kept), _ABOUT.encode()).decode()
        return _fernet().decrypt(kept.encode()).decode()
    except (InvalidToken, ciphers.LockedError, binascii.Error) as error:
        raise LostKeyError from error


def digest(text: str) -> str:
    """Of a code that is only ever compared. Keyed: the table alone does not let codes be guessed."""
    return ciphers.here().mac(_key("recovery"), text.encode()).hex()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(_ABOUT)))


def _sm4_key() -> bytes:
    return _key(_ABOUT)[:16]


def _key(purpose: str) -> bytes:
    return ciphers.here().mac(settings.SECRET_KEY.encode(), f"wenpan {purpose}".encode())
