"""`wenpan backup`: one file with everything that the place owns, taken while people work.

The database is copied through SQLite's online backup (or pg_dump), the copy is checked, then the originals
and the place's rules go with it. Originals are never changed, only added, so copying them after the
database leaves none out. A manifest, keyed with the place's journal key, lists every file. The keys
(WENPAN_HOME/keys) are not in the archive: keep a copy of them elsewhere; or give a passphrase
(--passphrase-file, or WENPAN_BACKUP_PASSPHRASE), then they lie in it locked. Without keys nothing can be
restored.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wenpan import __version__
from wenpan.commands._manifest import JOURNAL_KEY, LOCKED, MANIFEST, lock_keys, sealed
from wenpan.commands._start import home, stop
from wenpan.district.ground import ciphers
from wenpan.district.ground.ciphers import CipherProfile
from wenpan.district.ground.journal import head
from wenpan.district.ground.private_files import keep_private
from wenpan.district.ground.sqlite import bring_functions

DATABASE, DUMP = "wenpan.sqlite3", "wenpan.pgdump"
FOLDERS = ("originals", "rules", "samples")
LOOSE = ("demo.json", ciphers.FILE)
SHORTEST = 12  # characters of a passphrase


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "backup", help="one file with everything the place owns 备份", description=__doc__
    )
    parser.add_argument("--to", type=Path, help="folder for the archive; default WENPAN_HOME/backups")
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help="locks the keys into the archive with the first line of this file",
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    keep_private()
    phrase = passphrase(arguments.passphrase_file)
    path = make(home(), arguments.to or home() / "backups", passphrase=phrase)
    print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    if not phrase:
        print(
            f"密钥不在备份中：请另行保存 {home() / 'keys'}（没有它备份无法恢复），"
            "或用 --passphrase-file 加锁存入。"
        )
    return 0


def passphrase(file: Path | None) -> str:
    """From the file, else from WENPAN_BACKUP_PASSPHRASE, else "". Ends with one line for a short one."""
    if file is not None and not file.is_file():
        stop(f"there is no file {file}")
    text = file.read_text().split("\n")[0] if file else os.environ.get("WENPAN_BACKUP_PASSPHRASE", "")
    if text and len(text) < SHORTEST:
        stop(f"a passphrase has at least {SHORTEST} characters; this one has {len(text)}.")
    return text


def journal_key(place: Path) -> str:
    """The key of this place's journal; "" where it has none."""
    path = place / "keys" / JOURNAL_KEY
    return os.environ.get("WENPAN_JOURNAL_KEY") or (path.read_text().strip() if path.exists() else "")


def make(place: Path, folder: Path, *, passphrase: str = "") -> Path:
    """The finished archive; a half-written one never bears its name."""
    key = journal_key(place) or stop(
        f"{place / 'keys' / JOURNAL_KEY} is missing: a backup needs the journal's key."
    )
    profile = ciphers.of(place)
    seen = head.read(place, key)  # before the database is copied: the copy is never older
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(tz=UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    target = folder / f"wenpan-{stamp}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as scratch:
        database = (
            _dump_postgresql(Path(scratch))
            if os.environ.get("DATABASE_URL")
            else _copy_sqlite(place, Path(scratch))
        )
        partial = Path(scratch) / "archive"
        with tarfile.open(partial, "w:gz", compresslevel=3) as archive:
            sums: dict[str, str] = {}
            for name, path in [(database.name, database), *_files(place)]:
                sums[name] = digest_of(path, profile)
                archive.add(path, name, recursive=False)
            if passphrase:
                locked = lock_keys(place / "keys", passphrase, profile)
                sums[LOCKED] = profile.digest(locked)
                _add(archive, LOCKED, locked)
            told: dict[str, Any] = {
                "wenpan": __version__,
                "made": stamp,
                "head": [seen.sequence, seen.hash] if seen else [],
                profile.hash_name: sums,
            }
            if profile.code != ciphers.STANDARD:
                told["profile"] = profile.code
            _add(archive, MANIFEST, sealed(told, key))
        partial.chmod(0o600)
        _sync(partial)
        partial.rename(target)
    return target


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _copy_sqlite(place: Path, scratch: Path) -> Path:
    import wenpan.district  # noqa: F401  (brings the fixed SQLite)

    import sqlite3  # isort: skip

    source, copy = place / DATABASE, scratch / DATABASE
    if not source.exists():
        stop(f"there is no database at {source}; is WENPAN_HOME right?")
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as taken:
            live.backup(taken)
            taken.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        stop(f"the database {source} cannot be copied: {error}")
    check_sqlite(copy)
    return copy


def check_sqlite(path: Path) -> None:
    """Ends with one line when the file is no whole database."""
    import wenpan.district  # noqa: F401

    import sqlite3  # isort: skip

    try:
        with closing(sqlite3.connect(path)) as database:
            bring_functions(database)
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        stop(f"the database copy {path.name} is damaged: {answer}")


def _dump_postgresql(scratch: Path) -> Path:
    copy = scratch / DUMP
    try:
        subprocess.run(
            ["pg_dump", "--format=custom", f"--file={copy}", os.environ["DATABASE_URL"]], check=True
        )
    except FileNotFoundError:
        stop("pg_dump is missing (Debian: apt-get install postgresql-client).")
    except subprocess.CalledProcessError as error:
        stop(f"pg_dump ended with code {error.returncode}; nothing was kept.")
    return copy


def _files(place: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((place / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield str(path.relative_to(place)), path
    yield from ((name, place / name) for name in LOOSE if (place / name).exists())


def digest_of(path: Path, profile: CipherProfile) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, profile.hasher).hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
