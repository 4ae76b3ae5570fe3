"""The place's own Ed25519 key: made at `init`, kept in `WENPAN_HOME/keys`, known by its fingerprint.

The fingerprint is printed and compared by people (face to face, by telephone, by stamped letter); the file
that carries the key itself may come any way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "office_ed25519"


def own_key(place: Path) -> Ed25519PrivateKey:
    """Made at first use; never two, also when two ask at once."""
    path = place / "keys" / NAME
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw())
        trial = path.with_name(f".{NAME}.{os.getpid()}")
        trial.write_bytes(made)
        trial.chmod(0o600)
        try:
            os.link(trial, path)
        except FileExistsError:
            pass
        finally:
            trial.unlink()
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_bytes()))


def public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def fingerprint(key: str) -> str:
    """Of a public key in base64: forty signs in groups of four. ValueError for what is no key."""
    try:
        raw = base64.b64decode(key, validate=True)
    except binascii.Error as error:
        raise ValueError("no key") from error
    if len(raw) != 32:
        raise ValueError("no key")
    signs = hashlib.sha256(b"wenpan office " + raw).hexdigest()[:40].upper()
    return " ".join(signs[at : at + 4] for at in range(0, 40, 4))


def bare(typed: str) -> str:
    """A fingerprint as somebody typed it, in the one spelling."""
    signs = "".join(sign for sign in typed.upper() if sign in "0123456789ABCDEF")
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def sign(key: Ed25519PrivateKey, text: str) -> str:
    return base64.b64encode(key.sign(text.encode())).decode()


def signed_by(key: str, text: str, signature: str) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(raw, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def card(place: Path, name: str) -> str:
    """What is handed to another place: name and key, signed by the key."""
    key = own_key(place)
    told = json.dumps({"name": name, "key": public(key)}, ensure_ascii=False, sort_keys=True)
    return json.dumps({"wenpan_card": told, "signature": sign(key, told)}, ensure_ascii=False, indent=1)


def read_card(text: str) -> tuple[str, str]:
    """(name, key). ValueError for what is no card, or not signed by its own key."""
    try:
        outer = json.loads(text)
        told = json.loads(outer["wenpan_card"])
        name, key = str(told["name"]).strip()[:60], str(told["key"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("no card") from error
    fingerprint(key)
    if not name or not signed_by(key, outer["wenpan_card"], str(outer.get("signature", ""))):
        raise ValueError("not signed by its own key")
    return name, key
