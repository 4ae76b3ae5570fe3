"""One-time codes of RFC 6238: six digits, thirty seconds, SHA-1, as authenticators on phones make them.

Pure: the moment is an argument. A code holds for its own step and the one before and after (phones' clocks
are not exact), and never for a step that was used already.
"""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp

STEP = 30  # seconds
_AROUND = (0, -1, 1)
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that are taken for each other
RECOVERY_CODES = 10


def drawn_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, username: str, issuer: str) -> str:
    """What the QR code says."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def step_of(secret: str, code: str, at: datetime, last: int = 0) -> int | None:
    """The step that this code proves, later than `last`; None if it proves none."""
    bare = "".join(code.split())
    if len(bare) != 6 or not (bare.isascii() and bare.isdigit()):
        return None
    now = int(at.timestamp()) // STEP
    maker = pyotp.TOTP(secret)
    for step in (now + offset for offset in _AROUND):
        if step > last and secrets.compare_digest(maker.at(step * STEP), bare):
            return step
    return None


def drawn_recovery_codes(number: int = RECOVERY_CODES) -> list[str]:
    """ABCDE-FGHJK: fifty bits each."""
    drawn = ["".join(secrets.choice(_SIGNS) for _n in range(10)) for _code in range(number)]
    return [f"{signs[:5]}-{signs[5:]}" for signs in drawn]


def bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign in _SIGNS)
