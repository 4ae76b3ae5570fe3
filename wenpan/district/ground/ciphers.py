"""Which algorithms a place protects itself with: chosen once, at `wenpan init`, and asked from here only.

                    standard              sm (国密)
    digest          SHA-256               SM3 (GB/T 32905-2016)
    MAC             HMAC-SHA256           HMAC-SM3
    digest of a row BLAKE2b-128           SM3, its first 128 bits
    secrets         Fernet                SM4-GCM (GB/T 32907-2016), 96-bit nonce, 128-bit tag
    passphrases     scrypt                PBKDF2-HMAC-SM3

The choice stands in `WENPAN_HOME/ciphers`; a place without that file is `standard`, as every place was
before there was a choice. It is never changed: what is kept was made with it. SM3 is hashlib's, SM4 is
cryptography's; both are tried against the standards' own examples before a place is opened. Knows no Django,
so that backup and restore can ask it.

Not covered, because the libraries have no SM2 or the other side decides: letters between places (Ed25519,
SHA-256), what robots and mail ask for, Django's own signed cookies, names in caches, draws that anyone may
repeat (`wenpan draw`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

FILE = "ciphers"
STANDARD, SM = "standard", "sm"
ROW = 16  # bytes of a row's digest
_TAG, _NONCE = 16, 12
_SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016 A.1
_SM4_EXAMPLE = "0123456789abcdeffedcba9876543210"  # key and block of GB/T 32907-2016 A.1 …
_SM4_RESULT = "681edf34d206965e86b3e94f536e4246"  # … and the block locked


class CiphersError(RuntimeError):
    """The place cannot be opened with the algorithms of this machine. str() is a Chinese sentence."""


class LockedError(ValueError):
    """Another key, or the content was changed."""


@dataclass(frozen=True)
class CipherProfile:
    code: str
    hash_name: str  # as hashlib knows it
    rows_by: str
    locks_by: str
    passwords_by: str

    def hasher(self, data: bytes = b"") -> _Hash:
        return hashlib.new(self.hash_name, data)

    def digest(self, data: bytes) -> str:
        """64 hexadecimal signs."""
        return self.hasher(data).hexdigest()

    def mac(self, key: bytes, data: bytes) -> bytes:
        return hmac.digest(key, data, self.hash_name)

    def row(self, text: bytes) -> bytes:
        """`ROW` bytes."""
        if self.code == STANDARD:
            return hashlib.blake2b(text, digest_size=ROW).digest()
        return hashlib.new(self.hash_name, text).digest()[:ROW]

    def label(self) -> str:
        """The algorithms as an assessor writes them."""
        return "、".join((self.hash_name.upper().replace("SHA", "SHA-"), self.locks_by, self.passwords_by))


PROFILES = {
    STANDARD: CipherProfile(STANDARD, "sha256", "BLAKE2b-128", "AES-128（Fernet）", "PBKDF2-SHA256"),
    SM: CipherProfile(SM, "sm3", "SM3", "SM4-GCM", "PBKDF2-SM3"),
}


def of(home: Path) -> CipherProfile:
    """The profile of this place. CiphersError where this machine does not have it, or the file is strange."""
    path = home / FILE
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return PROFILES[STANDARD]
    return _read(path, changed)


def here() -> CipherProfile:
    """Of the place that Django serves."""
    from django.conf import settings

    return of(Path(settings.WENPAN_HOME))


@cache
def _read(path: Path, changed: int) -> CipherProfile:
    code = path.read_text(encoding="utf-8", errors="replace").strip()
    return ready(code)


def ready(code: str) -> CipherProfile:
    """The profile, tried on this machine. CiphersError."""
    if code not in PROFILES:
        raise CiphersError(
            f"本区的密码算法记为“{code[:20]}”，只认得 standard（通用）和 sm（国密）；请从备份取回。"
        )
    if code == SM and (lacking := lacks()):
        raise CiphersError(
            f"本机的密码库没有{'、'.join(lacking)}，国密（sm）的区不能在本机建立或打开。"
            "请换用带 SM3 的 OpenSSL 3 及其 Python，并装齐依赖包后再试；数据没有改动。"
        )
    return PROFILES[code]


def lacks() -> list[str]:
    """Which of SM3 and SM4 this machine's libraries do not have, or do wrongly."""
    return [name for name, works in (("SM3", _sm3_works), ("SM4", _sm4_works)) if not works()]


def choose(home: Path, code: str) -> CipherProfile:
    """For a new place, before anything is kept in it. CiphersError where it was chosen otherwise before."""
    profile = ready(code)
    begun = (home / FILE).exists() or (home / "keys").exists() or (home / "originals").exists()
    if begun and of(home) != profile:
        raise CiphersError(
            f"本区建立时选的密码算法是 {of(home).code}，不能改为 {code}："
            "已存的日志、原件、密钥都按原算法生成。需要换算法，请另建新区。"
        )
    if code != STANDARD and not (home / FILE).exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / FILE).write_text(f"{code}\n", encoding="utf-8")
    return profile


def sm4_lock(key: bytes, content: bytes, about: bytes) -> bytes:
    """Nonce, what is locked, tag. `key`: 16 bytes; `about` is not locked but must be the same to unlock."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    nonce = secrets.token_bytes(_NONCE)
    making = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    making.authenticate_additional_data(about)
    return nonce + making.update(content) + making.finalize() + making.tag


def sm4_unlock(key: bytes, locked: bytes, about: bytes) -> bytes:
    """Raises LockedError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(locked) < _NONCE + _TAG:
        raise LockedError("too short")
    nonce, body, tag = locked[:_NONCE], locked[_NONCE:-_TAG], locked[-_TAG:]
    reading = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    reading.authenticate_additional_data(about)
    try:
        return reading.update(body) + reading.finalize()
    except InvalidTag as error:
        raise LockedError("another key, or changed") from error


@cache
def _sm3_works() -> bool:
    try:
        hmac.digest(b"k", b"", "sm3")
        return hashlib.new("sm3", b"abc").hexdigest() == _SM3_OF_ABC
    except ValueError:
        return False


@cache
def _sm4_works() -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = bytes.fromhex(_SM4_EXAMPLE)
    try:
        block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305  (the standard's one block)
        sm4_unlock(key, sm4_lock(key, b"x", b""), b"")
        return block.update(key).hex() == _SM4_RESULT
    except UnsupportedAlgorithm:
        return False
