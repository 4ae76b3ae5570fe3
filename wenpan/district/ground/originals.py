"""The store of original files: content by its digest (SHA-256 or SM3: ciphers.py), written and synced before
anyone refers to it. Where tables call the digest `sha256`, it is the profile's.

A file is `WENPAN_HOME/originals/ab/abcdef…`. Nothing is ever changed here, and nothing removed but a file
whose mark of secrecy was seen after it was kept (intake/door.py).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

from wenpan.district.ground import ciphers


class DamagedError(RuntimeError):
    """The stored bytes are no longer those that were put in."""


def _path(sha256: str) -> Path:
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("no digest")
    return Path(settings.WENPAN_HOME) / "originals" / sha256[:2] / sha256


def put(data: bytes) -> str:
    """Stores the bytes and returns their digest; on the disk when this returns. Idempotent."""
    sha256 = ciphers.here().digest(data)
    path = _path(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync(folder)
    return sha256


def get(sha256: str) -> bytes:
    """The bytes; FileNotFoundError if never stored, DamagedError if they changed on the disk."""
    data = _path(sha256).read_bytes()
    if ciphers.here().digest(data) != sha256:
        raise DamagedError(sha256)
    return data


def remove(sha256: str) -> None:
    """Takes the bytes away; nothing where they are gone already."""
    path = _path(sha256)
    path.unlink(missing_ok=True)
    if path.parent.exists():
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
