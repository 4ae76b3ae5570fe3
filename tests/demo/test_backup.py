"""Backup and restore: what comes back is what was there, and nothing half-made takes its place."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from wenpan.commands import backup, restore


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
    assert restore.restore(archive, other) is None
    assert value(other) == 42
    assert (other / "originals/ab/abc").read_bytes() == b"workbook"
    assert (other / "rules/place.yaml").read_bytes() == b"city: {}"
    assert (other / "keys/wenpan_journal_key").read_bytes() == b"k"


def test_a_backup_holds_keys_and_is_readable_by_its_owner_only(place, tmp_path):
    assert backup.make(place, tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_a_backup_taken_while_somebody_writes_holds_the_committed_state(place, tmp_path):
    with closing(sqlite3.connect(place / "wenpan.sqlite3")) as writer:
        writer.execute("UPDATE figure SET value = 7")  # not committed
        archive = backup.make(place, tmp_path / "kept")
    restore.restore(archive, tmp_path / "other")
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


def test_an_archive_with_a_changed_file_restores_nothing(place, tmp_path):
    archive = backup.make(place, tmp_path / "kept")
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(archive) as old, tarfile.open(forged, "w:gz") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            assert content is not None
            if member.name == "rules/place.yaml":
                import io

                new_content = b"city: []"
                member.size = len(new_content)
                new.addfile(member, io.BytesIO(new_content))
            else:
                new.addfile(member, content)
    with pytest.raises(SystemExit):
        restore.restore(forged, tmp_path / "other")
    assert not (tmp_path / "other").exists()


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
