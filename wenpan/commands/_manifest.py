"""What a backup says of itself: every member by its hash, the journal's head, and a MAC by the place's key.

Who has no key can neither change a member, nor add one, nor forge the list. The keys themselves are kept
apart from the archive, or locked in it with a passphrase: scrypt, then HMAC-SHA256 as stream and as seal
(standard library); in a place of the sm profile PBKDF2-HMAC-SM3, then SM4-GCM. The manifest names the
profile, the locked file begins with `_SM_MARK` where it is sm's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from pathlib import Path
from typing import Any

from wenpan.district.ground import ciphers
from wenpan.district.ground.ciphers import CipherProfile

MANIFEST, LOCKED = "manifest.json", "keys.locked"
JOURNAL_KEY = "wenpan_journal_key"
_SCRYPT: dict[str, Any] = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 64}
_SM_MARK, _SM_ROUNDS = b"wenpan sm4\n", 600_000


def sealed(manifest: dict[str, Any], key: str) -> bytes:
    """The manifest with its MAC, as it is kept."""
    return json.dumps({**manifest, "mac": mac(manifest, key)}, indent=1, ensure_ascii=False).encode()


def mac(manifest: dict[str, Any], key: str) -> str:
    told = {name: value for name, value in manifest.items() if name != "mac"}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return profile_of(manifest).mac(key.encode(), b"backup:" + text.encode()).hex()


def profile_of(manifest: dict[str, Any]) -> CipherProfile:
    """By which algorithms it was made; the standard ones where it says none. CiphersError."""
    return ciphers.ready(str(manifest.get("profile", ciphers.STANDARD)))


def sums_of(manifest: dict[str, Any]) -> dict[str, str]:
    """Member → digest."""
    sums: dict[str, str] = manifest[profile_of(manifest).hash_name]
    return sums


def genuine(manifest: dict[str, Any], key: str) -> bool:
    return hmac.compare_digest(str(manifest.get("mac", "")), mac(manifest, key))


def lock_keys(folder: Path, passphrase: str, profile: CipherProfile) -> bytes:
    """All files of the folder of keys, readable only with the passphrase."""
    content = json.dumps({path.name: path.read_text() for path in sorted(folder.iterdir()) if path.is_file()})
    salt = secrets.token_bytes(16)
    if profile.code == ciphers.SM:
        return _SM_MARK + salt + ciphers.sm4_lock(_sm4_key(passphrase, salt), content.encode(), _SM_MARK)
    stream, seal = _derived(passphrase, salt)
    body = salt + _xor(content.encode(), stream)
    return body + hmac.digest(seal, body, "sha256")


def unlock_keys(locked: bytes, passphrase: str) -> dict[str, str]:
    """Name → content. ValueError for another passphrase or a changed file."""
    if locked.startswith(_SM_MARK):
        salt, body = locked[len(_SM_MARK) :][:16], locked[len(_SM_MARK) + 16 :]
        return _read(ciphers.sm4_unlock(_sm4_key(passphrase, salt), body, _SM_MARK))
    body, found = locked[:-32], locked[-32:]
    stream, seal = _derived(passphrase, body[:16])
    if len(body) < 16 or not hmac.compare_digest(hmac.digest(seal, body, "sha256"), found):
        raise ValueError("another passphrase, or a changed file")
    return _read(_xor(body[16:], stream))


def _read(content: bytes) -> dict[str, str]:
    keys: dict[str, str] = json.loads(content)
    return keys


def _sm4_key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sm3", passphrase.encode(), salt, _SM_ROUNDS, 16)


def _derived(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    both = hashlib.scrypt(passphrase.encode(), salt=salt, **_SCRYPT)
    return both[:32], both[32:]


def _xor(content: bytes, key: bytes) -> bytes:
    """A stream of HMAC-SHA256 over a counter; each salt, and so each key, is used once."""
    stream = bytearray()
    while len(stream) < len(content):
        stream += hmac.digest(key, len(stream).to_bytes(8, "big"), "sha256")
    return bytes(a ^ b for a, b in zip(content, stream, strict=False))
