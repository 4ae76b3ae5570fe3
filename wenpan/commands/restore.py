"""`wenpan restore ARCHIVE`: puts a backup in place, after checking every file of it.

The archive is unpacked beside the place and checked whole: its manifest must be keyed with this place's
journal key, every file must be listed and as listed. The keys come from the archive (with its passphrase),
from --keys FOLDER, or are those that lie in WENPAN_HOME/keys. Rule files that differ from those in force are
shown first and come in force only with --accept-rules. Only then does the backup take the place's name. An
existing database is left alone unless --replace is given, and then it is moved aside, not deleted. The
journal tells of the restore.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wenpan.commands import _second
from wenpan.commands._manifest import (
    JOURNAL_KEY,
    LOCKED,
    MANIFEST,
    genuine,
    profile_of,
    sealed,
    sums_of,
    unlock_keys,
)
from wenpan.commands._start import home, stop
from wenpan.commands.backup import (
    DATABASE,
    DUMP,
    check_sqlite,
    digest_of,
    journal_key,
    passphrase,
)
from wenpan.district.ground import ciphers
from wenpan.district.ground.journal import head
from wenpan.district.ground.private_files import keep_private

RESTORED = "journal-restored.json"  # what the journal is to be told at the next start


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("restore", help="put a backup in place 恢复", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument(
        "--replace", action="store_true", help="move what is there aside and put the backup in its place"
    )
    parser.add_argument(
        "--keys", type=Path, help="folder with the keys that were kept apart; default WENPAN_HOME/keys"
    )
    parser.add_argument("--passphrase-file", type=Path, help="its first line unlocks the keys in the archive")
    parser.add_argument(
        "--accept-rules",
        action="store_true",
        help="the rule files of the backup were read and may come in force",
    )
    _second.add_arguments(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    keep_private()
    if arguments.replace and (home() / DATABASE).exists() and arguments.archive.is_file():
        _second.prove_restore(home(), arguments.by, arguments.code)
    aside = restore(
        arguments.archive,
        home(),
        replace=arguments.replace,
        keys=arguments.keys,
        passphrase=passphrase(arguments.passphrase_file),
        accept_rules=arguments.accept_rules,
    )
    print(f"restored into {home()}" + (f"; what was there is now {aside}" if aside else ""))
    return 0


def restore(
    archive: Path,
    place: Path,
    *,
    replace: bool = False,
    keys: Path | None = None,
    passphrase: str = "",
    accept_rules: bool = False,
) -> Path | None:
    """Returns where the former content went, if there was any."""
    if not archive.is_file():
        stop(f"there is no file {archive}")
    if (place / DATABASE).exists() and not replace:
        stop(f"{place} already holds a database; give --replace to move it aside.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".restore-") as scratch:
        unpacked = Path(scratch) / "place"
        _unpack(archive, unpacked)
        _bring_keys(unpacked, place, keys, passphrase)
        key = journal_key(unpacked)
        manifest = _check(unpacked, key)
        if not accept_rules:
            _show_rules(unpacked / "rules", place / "rules")
        _remember(unpacked, key, manifest, archive.name, head.read(place, key))
        aside = _move_aside(place)
        unpacked.rename(place)
    if aside and (aside / "backups").exists():
        shutil.move(aside / "backups", place / "backups")
    if (place / DUMP).exists():
        _restore_postgresql(place / DUMP)
    return aside


def _bring_keys(unpacked: Path, place: Path, given: Path | None, passphrase: str) -> None:
    """The keys that this backup needs, into the unpacked folder."""
    locked = unpacked / LOCKED
    folder = unpacked / "keys"
    if folder.exists():
        stop("the archive holds open keys, which no backup of this program does; nothing was restored.")
    if given is not None and not (given / JOURNAL_KEY).is_file():
        stop(f"{given} holds no {JOURNAL_KEY}.")
    folder.mkdir(mode=0o700)
    if given is None and passphrase and locked.exists():
        try:
            found = unlock_keys(locked.read_bytes(), passphrase)
        except ValueError as error:
            stop(f"the keys in the archive cannot be unlocked ({error}); nothing was restored.")
    else:
        source = given or place / "keys"
        found = (
            {path.name: path.read_text() for path in source.iterdir() if path.is_file()}
            if source.exists()
            else {}
        )
    for name, content in found.items():
        target = folder / Path(name).name
        target.write_text(content)
        target.chmod(0o600)
    if not journal_key(unpacked):
        how = "--passphrase-file with its passphrase, or " if locked.exists() else ""
        stop(f"the keys are missing: give {how}--keys with the folder of keys that was kept apart.")


def _show_rules(coming: Path, standing: Path) -> None:
    """Ends, with the differences printed, where the backup would put other rules in force."""
    lines: list[str] = []
    for name in sorted({*_texts(coming), *_texts(standing)}):
        old, new = _texts(standing).get(name, ""), _texts(coming).get(name, "")
        lines += difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"now/{name}", f"backup/{name}", lineterm=""
        )
    if lines:
        print("\n".join(lines))
        stop("备份中的规则与现行规则不同（见上）。看过并同意后，加 --accept-rules 再恢复；现在什么都没有改。")


def _texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _remember(
    unpacked: Path, key: str, manifest: dict[str, Any], archive: str, former: head.Head | None
) -> None:
    """The head of the backup counts from now on; the next start tells the journal of the restore."""
    if manifest["head"]:
        head.write(unpacked, key, head.Head(*manifest["head"]), back=True)
    told = {
        "archive": archive,
        "made": manifest["made"],
        "restored": datetime.now(tz=UTC).astimezone().isoformat(timespec="seconds"),
        "former_head": [former.sequence, former.hash] if former else [],
    }
    if "profile" in manifest:
        told["profile"] = manifest["profile"]
    (unpacked / RESTORED).write_bytes(sealed(told, key))


def _unpack(archive: Path, into: Path) -> None:
    """Plain files only, each once: anything else is refused before it is written."""
    try:
        with tarfile.open(archive) as tar:
            members = tar.getmembers()
            names = [member.name for member in members]
            if strange := [m.name for m in members if not m.isreg()] or [
                name for name in names if names.count(name) > 1
            ]:
                stop(
                    f"{strange[0]} in the archive is no plain file, or is twice in it; nothing was restored."
                )
            if hasattr(tarfile, "data_filter"):
                tar.extractall(into, members=members, filter="data")
            else:  # Python before 3.11.4: the same refusals by hand
                _extract(tar, members, into)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        stop(f"{archive.name} is no whole backup: {error}")


def _extract(tar: tarfile.TarFile, members: list[tarfile.TarInfo], into: Path) -> None:
    """Plain files that stay below the folder, readable by their owner only."""
    for member in members:
        target = into / member.name
        content = tar.extractfile(member)
        if content is None or not target.resolve().is_relative_to(into.resolve()):
            stop(f"{member.name} in the archive leads out of it; nothing was restored.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("wb") as file:
            shutil.copyfileobj(content, file)
        target.chmod(0o600)


def _check(unpacked: Path, key: str) -> dict[str, Any]:
    path = unpacked / MANIFEST
    if not path.exists():
        stop("the archive has no manifest: it is not a backup of Wenpan, or it was cut off.")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text())
    except ValueError:
        stop("the manifest of the archive cannot be read; nothing was restored.")
    if not genuine(manifest, key):
        stop("the manifest is not keyed with this journal key: another place's backup, or a forged one. "
             "Nothing was restored; --keys names the folder with the right keys.")  # fmt: skip
    sums, profile = sums_of(manifest), profile_of(manifest)
    path.unlink()
    held = {str(file.relative_to(unpacked)): file for file in unpacked.rglob("*") if file.is_file()}
    held = {name: file for name, file in held.items() if not name.startswith("keys/")}
    if added := sorted(held.keys() - sums.keys()):
        stop(f"{added[0]} in the archive is not in its manifest; nothing was restored.")
    for name, expected in sums.items():
        if name not in held or digest_of(held[name], profile) != expected:
            stop(f"{name} in the archive is missing or changed; nothing was restored.")
    if ciphers.of(unpacked) != profile:
        stop("the archive and its manifest name different algorithms; nothing was restored.")
    if (unpacked / DATABASE).exists():
        check_sqlite(unpacked / DATABASE)
    (unpacked / LOCKED).unlink(missing_ok=True)
    return manifest


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
