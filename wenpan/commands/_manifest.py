"""What a backup says of itself: every member by its hash, the journal's head, and a MAC by the place's key.

Who has no key can neither change a member, nor add one, nor forge the list. The keys themselves are kept
apart from the archive, or locked in it with a passphrase (scrypt, then HMAC-SHA256 as stream and as seal;
standard library).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from pathlib import Path
from typing import Any

MANIFEST, LOCKED = "manifest.json", "keys.locked"
JOURNAL_KEY = "wenpan_journal_key"
_SCRYPT: dict[str, Any] = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 64}


def sealed(manifest: dict[str, Any], key: str) -> bytes:
    """The manifest with its MAC, as it is kept."""
    return json.dumps({**manifest, "mac": mac(manifest, key)}, indent=1, ensure_ascii=False).encode()


def mac(manifest: dict[str, Any], key: str) -> str:
    told = {name: value for name, value in manifest.items() if name != "mac"}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key.encode(), b"backup:" + text.encode(), hashlib.sha256).hexdigest()


def genuine(manifest: dict[str, Any], key: str) -> bool:
    return hmac.compare_digest(str(manifest.get("mac", "")), mac(manifest, key))


def lock_keys(folder: Path, passphrase: str) -> bytes:
    """All files of the folder of keys, readable only with the passphrase."""
    content = json.dumps({path.name: path.read_text() for path in sorted(folder.iterdir()) if path.is_file()})
    salt = secrets.token_bytes(16)
    stream, seal = _derived(passphrase, salt)
    body = salt + _xor(content.encode(), stream)
    return body + hmac.digest(seal, body, "sha256")


def unlock_keys(locked: bytes, passphrase: str) -> dict[str, str]:
    """Name → content. ValueError for another passphrase or a changed file."""
    body, found = locked[:-32], locked[-32:]
    stream, seal = _derived(passphrase, body[:16])
    if len(body) < 16 or not hmac.compare_digest(hmac.digest(seal, body, "sha256"), found):
        raise ValueError("another passphrase, or a changed file")
    keys: dict[str, str] = json.loads(_xor(body[16:], stream))
    return keys


def _derived(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    both = hashlib.scrypt(passphrase.encode(), salt=salt, **_SCRYPT)
    return both[:32], both[32:]


def _xor(content: bytes, key: bytes) -> bytes:
    """A stream of HMAC-SHA256 over a counter; each salt, and so each key, is used once."""
    stream = bytearray()
    while len(stream) < len(content):
        stream += hmac.digest(key, len(stream).to_bytes(8, "big"), "sha256")
    return bytes(a ^ b for a, b in zip(content, stream, strict=False))
