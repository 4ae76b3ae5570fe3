"""The migrated, empty SQLite database of the tests, kept between runs: migrating takes ten seconds.

It is made anew when a migration, the ground below the rooms or Django changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import django

DISTRICT = Path(__file__).parent.parent / "wenpan" / "district"


def kept_at() -> Path:
    """Where the database of the code as it stands is kept, whether it is there or not."""
    digest = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for file in sorted([*DISTRICT.rglob("migrations/*.py"), *(DISTRICT / "ground").rglob("*.py")]):
        digest.update(str(file.relative_to(DISTRICT)).encode() + file.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"wenpan-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():  # somebody else's folder in a shared place: nothing of it is read
        folder = Path(tempfile.mkdtemp(prefix="wenpan-tests-"))
    return folder / f"{digest.hexdigest()[:24]}.sqlite3"


def bring(name: str) -> bool:
    """Copies what is kept to the file `name`; False where nothing is kept."""
    kept = kept_at()
    if kept.exists():
        shutil.copyfile(kept, name)
    return kept.exists()


def begin(home: Path) -> Path:
    """A folder for `wenpan init`, the tables made already where they are kept."""
    home.mkdir(parents=True)
    bring(str(home / "wenpan.sqlite3"))
    return home


def keep(connection) -> None:
    """Keeps the database of this connection; the last of several workers wins, and all have the same."""
    kept = kept_at()
    if kept.exists():
        return
    draft = kept.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.replace(kept)
