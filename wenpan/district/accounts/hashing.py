"""Passwords of a place that chose SM3 (ground/ciphers.py): PBKDF2 with HMAC-SM3."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher


def _sm3(*args: Any) -> Any:
    return hashlib.new("sm3", *args)


class SM3PasswordHasher(PBKDF2PasswordHasher):
    """A round of SM3 takes about three times as long as one of SHA-256: 600,000 rounds cost no less than
    Django's million."""

    algorithm = "pbkdf2_sm3"
    iterations = 600_000
    digest = staticmethod(_sm3)
