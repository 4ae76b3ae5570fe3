"""Channels: how one digest leaves the program. One today: a folder that a relay of the place empties.

A channel's `send` may be called again with the same key after a crash: the same key must not reach a person
twice. The folder keeps that promise by the file's name.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class DigestLine:
    text: str
    url: str  # within the program
    made_at: str  # ISO 8601, the place's own time


@dataclass(frozen=True)
class Digest:
    """What one person is told for one half-day. `unit`: its short name, "" for none."""

    key: str
    username: str
    name: str
    unit: str
    lines: tuple[DigestLine, ...]


def send_to_folder(digest: Digest, folder: Path) -> None:
    """One JSON file a digest, whole or not at all; OSError where the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{sha256(digest.key.encode()).hexdigest()[:24]}.json"
    body = json.dumps(
        {"version": 1, "count": len(digest.lines), **asdict(digest)}, ensure_ascii=False, indent=1
    )
    temporary = folder / f".{name}.new"
    with os.fdopen(
        os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / name)
