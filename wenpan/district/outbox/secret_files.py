"""Secrets of the channels: from the environment, else from a file of the place; never in the database.

`mail-password` is WENPAN_OUTBOX_MAIL_PASSWORD or `WENPAN_HOME/keys/outbox-mail-password`. No page and no
command shows a value: only whether there is one.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings


def path_of(name: str) -> Path:
    return Path(settings.WENPAN_HOME) / "keys" / f"outbox-{name}"


def secret(name: str) -> str | None:
    """None where nothing is laid, or what is laid is empty or cannot be read."""
    if value := os.environ.get(f"WENPAN_OUTBOX_{name.upper().replace('-', '_')}", "").strip():
        return value
    try:
        return path_of(name).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
