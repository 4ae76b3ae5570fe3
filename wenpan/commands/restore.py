"""`wenpan restore ARCHIVE`: puts a backup in place, after checking every file of it.

The archive is unpacked beside the place and checked whole; only then does it take the place's name.
An existing database is left alone unless --replace is given, and then it is moved aside, not deleted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from wenpan.commands._start import home, stop
from wenpan.commands.backup import DATABASE, DUMP, MANIFEST, check_sqlite, sha256_of


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("restore", help="put a backup in place 恢复", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument(
        "--replace", action="store_true", help="move what is there aside and put the backup in its place"
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    aside = restore(arguments.archive, home(), replace=arguments.replace)
    print(f"restored into {home()}" + (f"; what was there is now {aside}" if aside else ""))
    return 0


def restore(archive: Path, place: Path, *, replace: bool = False) -> Path | None:
    """Returns where the former content went, if there was any."""
    if not archive.is_file():
        stop(f"there is no file {archive}")
    if (place / DATABASE).exists() and not replace:
        stop(f"{place} already holds a database; give --replace to move it aside.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".restore-") as scratch:
        unpacked = Path(scratch) / "place"
        _unpack(archive, unpacked)
        _check(unpacked)
        aside = _move_aside(place)
        unpacked.rename(place)
    if aside and (aside / "backups").exists():
        shutil.move(aside / "backups", place / "backups")
    if (place / DUMP).exists():
        _restore_postgresql(place / DUMP)
    return aside


def _unpack(archive: Path, into: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(into, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        stop(f"{archive.name} is no whole backup: {error}")


def _check(unpacked: Path) -> None:
    manifest = unpacked / MANIFEST
    if not manifest.exists():
        stop("the archive has no manifest: it is not a backup of Wenpan, or it was cut off.")
    sums: dict[str, str] = json.loads(manifest.read_text())["sha256"]
    for name, expected in sums.items():
        path = unpacked / name
        if not path.is_file() or sha256_of(path) != expected:
            stop(f"{name} in the archive is missing or changed; nothing was restored.")
    if (unpacked / DATABASE).exists():
        check_sqlite(unpacked / DATABASE)
    manifest.unlink()
    if (unpacked / "keys").exists():
        (unpacked / "keys").chmod(0o700)


def _move_aside(place: Path) -> Path | None:
    if not place.exists() or not any(place.iterdir()):
        shutil.rmtree(place, ignore_errors=True)
        return None
    stamp = datetime.now(tz=UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    aside = place.with_name(f"{place.name}.before-{stamp}")
    place.rename(aside)
    return aside


def _restore_postgresql(dump: Path) -> None:
    url = os.environ.get("DATABASE_URL") or stop("the backup holds a PostgreSQL dump: set DATABASE_URL.")
    try:
        subprocess.run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
                        f"--dbname={url}", str(dump)], check=True)  # fmt: skip
    except FileNotFoundError:
        stop("pg_restore is missing (Debian: apt-get install postgresql-client).")
    except subprocess.CalledProcessError as error:
        stop(f"pg_restore ended with code {error.returncode}; the database is as it was.")
    dump.unlink()
