"""Passwords of sources: from the environment, else from a file of the place; in no table, on no page."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from wenpan.district.ground import ciphers


def password_of(code: str) -> str | None:
    """WENPAN_SOURCE_<CODE>_PASSWORD or `WENPAN_HOME/keys/source-<code>-password`; None where none is laid."""
    if value := os.environ.get(f"WENPAN_SOURCE_{code.upper().replace('-', '_')}_PASSWORD", "").strip():
        return value
    try:
        return (Path(settings.WENPAN_HOME) / "keys" / f"source-{code}-password").read_text(
            "utf-8"
        ).strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def keyed(key: str) -> str:
    """What tells a file from others and proves nothing of it to who lacks the place's secret."""
    return ciphers.here().mac(settings.SECRET_KEY.encode(), key.encode("utf-8", "replace")).hex()
