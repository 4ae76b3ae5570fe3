"""Readings that were just made, kept beside the database so that acceptance need not parse the file again.

A derived copy, lost without loss: what is absent, old or damaged is parsed anew. A reading is named by
the file, everything its reader knew (layouts, names, rules) and the reader's own source. It is pickled
by this program and signed with its key: bytes that a user sent are never unpickled.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import pickle
import time
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from wenpan import documents, economy, rules
from wenpan.district.ground.sandbox import pack, unpack
from wenpan.documents.tables.reading import Context, Reading

_SIGNATURE = 32  # bytes before the pickle
_DAYS = 3  # from check to acceptance; later the file is read again


def name_of(sha256: str, context: Context) -> str:
    """Changes with the file, and with all that decides how it is read."""
    known = hashlib.sha256(f"{_reader()}\n{context!r}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{sha256}-{known[:24]}"


@cache
def _reader() -> str:
    sources = sorted(
        path
        for room in (documents, economy, rules)
        for path in Path(room.__file__ or "").parent.rglob("*.py")
    )
    return str([(str(path), stat.st_size, stat.st_mtime_ns) for path in sources for stat in (path.stat(),)])


def _path(name: str) -> Path:
    return Path(settings.WENPAN_HOME) / "readings" / f"{name}.reading"


def keep(name: str, reading: Reading) -> None:
    """Best effort: a full disk must not stop a check."""
    body = pickle.dumps(pack(reading), protocol=5)
    path = _path(name)
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _drop_old(path.parent)
        draft = path.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as file:
            file.write(_sign(name, body))
            file.write(body)
        draft.chmod(0o600)
        draft.replace(path)


def fetch(name: str) -> Reading | None:
    """None if there is none, or if it is not what this program wrote under this name."""
    try:
        with _path(name).open("rb") as file:
            signature, body = file.read(_SIGNATURE), file.read()
    except OSError:
        return None
    if not hmac.compare_digest(signature, _sign(name, body)):
        return None
    return unpack(pickle.loads(body))  # noqa: S301  (signed by us)


def forget(sha256: str) -> None:
    """All readings of a file: it was decided."""
    for path in _path("").parent.glob(f"{sha256}-*"):
        path.unlink(missing_ok=True)


def _sign(name: str, body: bytes) -> bytes:
    return salted_hmac(f"wenpan.readings.{name}", body, algorithm="sha256").digest()


def _drop_old(folder: Path) -> None:
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAYS * 86_400:
                path.unlink()
