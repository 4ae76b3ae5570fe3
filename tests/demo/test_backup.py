"""Backup and restore: what comes back is what was there, and nothing half-made takes its place."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from wenpan.commands import backup, restore
from wenpan.district.ground.journal import head


@pytest.fixture
def place(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    for name, content in {
        "originals/ab/abc": b"workbook",
        "rules/place.yaml": b"city: {}",
        "keys/wenpan_journal_key": b"k",
        "demo.json": b"{}",
    }.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with closing(sqlite3.connect(home / "wenpan.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE figure (value)")
        database.execute("INSERT INTO figure VALUES (42)")
        database.commit()
    return home


def value(home: Path) -> int:
    with closing(sqlite3.connect(home / "wenpan.sqlite3")) as database:
        return database.execute("SELECT value FROM figure").fetchone()[0]


def change(home: Path) -> None:
    with closing(sqlite3.connect(home / "wenpan.sqlite3")) as database:
        database.execute("UPDATE figure SET value = 1")
        database.commit()


def test_what_was_backed_up_comes_back(place, tmp_path):
    archive = backup.make(place, tmp_path / "kept")
    other = tmp_path / "other"
    assert restore.restore(archive, other, keys=place / "keys", accept_rules=True) is None
    assert value(other) == 42
    assert (other / "originals/ab/abc").read_bytes() == b"workbook"
    assert (other / "rules/place.yaml").read_bytes() == b"city: {}"
    assert (other / "keys/wenpan_journal_key").read_bytes() == b"k"


def test_a_database_whose_constraints_ask_for_djangos_functions_is_backed_up(place, tmp_path):
    from django.db.backends.sqlite3._functions import register

    with closing(sqlite3.connect(place / "wenpan.sqlite3")) as database:
        register(database)
        database.execute("CREATE TABLE paper (month TEXT CHECK (month REGEXP '^[0-9]{4}-[0-9]{2}$'))")
        database.execute("INSERT INTO paper VALUES ('2022-10')")
        database.commit()
    archive = backup.make(place, tmp_path / "kept")
    restore.restore(archive, tmp_path / "other", keys=place / "keys", accept_rules=True)
    assert value(tmp_path / "other") == 42


def test_a_backup_is_readable_by_its_owner_only(place, tmp_path):
    assert backup.make(place, tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_a_backup_taken_while_somebody_writes_holds_the_committed_state(place, tmp_path):
    with closing(sqlite3.connect(place / "wenpan.sqlite3")) as writer:
        writer.execute("UPDATE figure SET value = 7")  # not committed
        archive = backup.make(place, tmp_path / "kept")
    restore.restore(archive, tmp_path / "other", keys=place / "keys", accept_rules=True)
    assert value(tmp_path / "other") == 42


def test_an_existing_place_is_left_alone_and_moved_aside_only_when_asked(place, tmp_path):
    archive = backup.make(place, tmp_path / "kept")
    change(place)
    with pytest.raises(SystemExit):
        restore.restore(archive, place)
    assert value(place) == 1
    aside = restore.restore(archive, place, replace=True)
    assert value(place) == 42
    assert aside is not None
    assert value(aside) == 1


def test_backups_kept_inside_the_place_stay_there_after_a_restore(place):
    archive = backup.make(place, place / "backups")
    restore.restore(archive, place, replace=True)
    assert (place / "backups" / archive.name).exists()


def test_a_cut_off_archive_restores_nothing(place, tmp_path):
    archive = backup.make(place, tmp_path / "kept")
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(SystemExit):
        restore.restore(archive, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def forged(archive: Path, target: Path, change) -> Path:
    """A copy of the archive with other members; `change` maps {name: bytes} to {name: bytes}."""
    with tarfile.open(archive) as old:
        members = {m.name: old.extractfile(m).read() for m in old.getmembers()}  # type: ignore[union-attr]
    with tarfile.open(target, "w:gz") as new:
        for name, content in change(members).items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def manifest_again(members: dict[str, bytes]) -> dict[str, bytes]:
    """What a forger without the key can do: the sums of the changed members are right again."""
    manifest = json.loads(members["manifest.json"])
    manifest["sha256"] = {
        n: hashlib.sha256(c).hexdigest() for n, c in members.items() if n != "manifest.json"
    }
    return {**members, "manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize(
    "change",
    [
        lambda m: {**m, "rules/place.yaml": b"city: []"},
        lambda m: {**m, "rules/lights/evil.yaml": b"x: 1"},
        lambda m: {**m, "keys/wenpan_journal_key": b"mine"},
        lambda m: {n: c for n, c in m.items() if n != "originals/ab/abc"},
        lambda m: manifest_again({**m, "rules/place.yaml": b"city: []"}),
        lambda m: manifest_again({**m, "rules/lights/evil.yaml": b"x: 1"}),
    ],
    ids=["changed", "added", "a key", "missing", "changed, sums right", "added, sums right"],
)
def test_an_archive_that_somebody_changed_restores_nothing(place, tmp_path, change):
    archive = forged(backup.make(place, tmp_path / "kept"), tmp_path / "forged.tar.gz", change)
    with pytest.raises(SystemExit):
        restore.restore(archive, tmp_path / "other", keys=place / "keys", accept_rules=True)
    assert not (tmp_path / "other").exists()


def test_keys_are_kept_apart_and_without_them_nothing_is_restored(place, tmp_path, capsys):
    archive = backup.make(place, tmp_path / "kept")
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if "key" in name]
    with pytest.raises(SystemExit):
        restore.restore(archive, tmp_path / "other", accept_rules=True)
    assert "the keys are missing: give --keys" in capsys.readouterr().err
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "wenpan_journal_key").write_text("other")
    with pytest.raises(SystemExit):
        restore.restore(archive, tmp_path / "other", keys=tmp_path / "wrong", accept_rules=True)
    assert "not keyed with this journal key" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


def test_with_a_passphrase_the_keys_are_in_the_archive_and_only_it_opens_them(place, tmp_path, capsys):
    archive = backup.make(place, tmp_path / "kept", passphrase="correct horse battery")
    with tarfile.open(archive) as tar:
        locked = tar.extractfile("keys.locked").read()  # type: ignore[union-attr]
    assert b"wenpan_journal_key" not in locked
    with pytest.raises(SystemExit):
        restore.restore(archive, tmp_path / "other", passphrase="another horse, too", accept_rules=True)
    assert "cannot be unlocked" in capsys.readouterr().err
    restore.restore(archive, tmp_path / "other", passphrase="correct horse battery", accept_rules=True)
    key = tmp_path / "other" / "keys" / "wenpan_journal_key"
    assert key.read_bytes() == b"k"
    assert key.stat().st_mode & 0o077 == 0


def test_other_rules_are_shown_and_come_in_force_only_when_accepted(place, tmp_path, capsys):
    archive = backup.make(place, tmp_path / "kept")
    (place / "rules/place.yaml").write_text("city: other")
    with pytest.raises(SystemExit):
        restore.restore(archive, place, replace=True)
    told = capsys.readouterr()
    assert "-city: other" in told.out
    assert "+city: {}" in told.out
    assert "--accept-rules" in told.err
    assert (place / "rules/place.yaml").read_text() == "city: other"
    restore.restore(archive, place, replace=True, accept_rules=True)
    assert (place / "rules/place.yaml").read_text() == "city: {}"


def test_a_restore_keeps_the_head_of_the_backup_and_notes_the_former_one_for_the_journal(place, tmp_path):
    head.write(place, "k", head.Head(4, "d" * 64))
    archive = backup.make(place, tmp_path / "kept")
    head.write(place, "k", head.Head(9, "e" * 64))
    restore.restore(archive, place, replace=True)
    assert head.read(place, "k") == head.Head(4, "d" * 64)
    note = json.loads((place / restore.RESTORED).read_text())
    assert note["former_head"] == [9, "e" * 64]
    assert note["archive"] == archive.name


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(place, tmp_path, capsys):
    path = place / "wenpan.sqlite3"
    data = bytearray(path.read_bytes())
    data[100:400] = b"\xff" * 300
    path.write_bytes(data)
    with pytest.raises(SystemExit):
        backup.make(place, tmp_path / "kept")
    assert not list((tmp_path / "kept").glob("*.tar.gz"))


def test_the_manifest_lists_every_file_by_its_hash(place, tmp_path):
    archive = backup.make(place, tmp_path / "kept")
    with tarfile.open(archive) as tar:
        manifest = json.loads(tar.extractfile("manifest.json").read())  # type: ignore[union-attr]
        assert set(manifest["sha256"]) == set(tar.getnames()) - {"manifest.json"}
