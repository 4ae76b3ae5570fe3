"""The relay folder: one JSON file a digest, for a program of the place that empties it.

The file's name is made of the digest's key: sent again after a crash, it is the same file.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from wenpan.district.outbox.channels.digest import Digest


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
