"""The algorithms of a place: chosen once, right by the standards' examples, and as watchful under sm."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sqlite3
import tarfile
from pathlib import Path

import pytest
from django.contrib.auth import hashers
from django.db import connection

from tests.demo.test_backup import forged
from tests.district.journal.test_seals import sql, told, unit
from wenpan.cli import main
from wenpan.commands import backup, restore
from wenpan.district.accounts.second import secrets_at_rest
from wenpan.district.ground import ciphers, originals
from wenpan.district.ground.journal import chain, head, queries, sealing
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.models import Seal

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


@pytest.fixture
def sm_place(settings, tmp_path):
    """WENPAN_HOME of a place that was begun with SM3 and SM4."""
    settings.WENPAN_HOME = tmp_path / "home"
    ciphers.choose(settings.WENPAN_HOME, "sm")
    settings.PASSWORD_HASHERS = ["wenpan.district.accounts.passwords.SM3PasswordHasher"]
    return settings.WENPAN_HOME


@pytest.fixture
def entries(sm_place):
    return [record(by=None, action="a.b", subject=f"c:{n}", summary="x") for n in range(3)]


def test_sm3_and_sm4_give_what_their_standards_print():
    sm = ciphers.PROFILES["sm"]
    assert sm.digest(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm.digest(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    assert ciphers.lacks() == []
    # SM4-GCM: the example of RFC 8998, appendix A.1
    text = bytes.fromhex(
        "AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8
    )
    locked = bytes.fromhex(
        "00001234567800000000ABCD"
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    about = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    assert ciphers.sm4_unlock(KEY, locked, about) == text
    for wrong in (locked[:-1] + b"x", locked[:20], b""):
        with pytest.raises(ciphers.LockedError):
            ciphers.sm4_unlock(KEY, wrong, about)
    with pytest.raises(ciphers.LockedError):
        ciphers.sm4_unlock(KEY, locked, b"")


def test_a_place_of_before_is_standard_and_its_bytes_are_what_they_were(tmp_path):
    place = ciphers.of(tmp_path)
    assert place.code == "standard"
    assert place.digest(b"x") == hashlib.sha256(b"x").hexdigest()
    assert place.row(b"x") == hashlib.blake2b(b"x", digest_size=16).digest()
    head.write(tmp_path, "k", head.Head(1, "a" * 64))
    mac = json.loads((tmp_path / "journal-head").read_bytes().strip(b"\0 \n"))[2]
    assert mac == hmac.new(b"k", f"head:1:{'a' * 64}".encode(), hashlib.sha256).hexdigest()


def test_it_is_chosen_once(tmp_path):
    assert ciphers.choose(tmp_path, "sm").code == "sm"
    assert ciphers.choose(tmp_path, "sm").code == "sm"
    with pytest.raises(ciphers.CiphersError, match="不能改为 standard"):
        ciphers.choose(tmp_path, "standard")
    begun = tmp_path / "begun"
    (begun / "keys").mkdir(parents=True)
    with pytest.raises(ciphers.CiphersError, match="另建新区"):
        ciphers.choose(begun, "sm")
    assert not (begun / ciphers.FILE).exists()
    (tmp_path / ciphers.FILE).write_text("des\n")
    with pytest.raises(ciphers.CiphersError, match="只认得"):
        ciphers.of(tmp_path)


@pytest.mark.parametrize(("lacking", "name"), [("_sm3_works", "SM3"), ("_sm4_works", "SM4")])
def test_a_machine_without_them_says_so_and_makes_nothing(tmp_path, monkeypatch, capsys, lacking, name):
    monkeypatch.setattr(ciphers, lacking, lambda: False)
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path / "new"))
    with pytest.raises(SystemExit):
        main(["init", "--profile", "sm", "--place", "wenpan/demo/play/place.yaml"])
    said = capsys.readouterr().err
    assert f"没有{name}" in said and "数据没有改动" in said
    assert not (tmp_path / "new").exists()
    (tmp_path / "old" / "keys").mkdir(parents=True)
    (tmp_path / "old" / "keys" / "wenpan_journal_key").write_text("k")
    (tmp_path / "old" / ciphers.FILE).write_text("sm\n")
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path / "old"))
    assert main(["backup"]) == 1
    assert f"没有{name}" in capsys.readouterr().err


def test_sm3_is_tried_not_believed(monkeypatch):
    ciphers._sm3_works.cache_clear()
    monkeypatch.setattr(ciphers, "_SM3_OF_ABC", "0" * 64)
    assert ciphers.lacks() == ["SM3"]
    ciphers._sm3_works.cache_clear()


@pytest.mark.django_db
def test_the_chain_the_seals_and_the_head_are_sm3s(sm_place, entries):
    first = entries[0]
    values = {name: getattr(first, name) for name in queries.HASHED}
    assert queries.verify().whole
    (sm_place / ciphers.FILE).unlink()  # who takes the choice away finds no chain that fits
    assert chain.entry_hash(key="k", **values) != first.hash
    assert queries.verify().reason == "content"


@pytest.mark.django_db
def test_a_changed_row_a_changed_entry_and_a_changed_original_are_named(sm_place):
    made = unit()
    record(by=None, action="a.b", subject="c:1", summary="x")
    seal = Seal.objects.get()
    row = next(sealing.row_digests(connection, type(made), seal.columns, [made.pk]))[1]
    assert len(row.digest) == ciphers.ROW and told() == []
    sql("UPDATE accounts_unit SET name = 'y' WHERE id = %s", made.pk)
    assert "accounts.Unit" in told()[0]
    sql("UPDATE journal_entry SET summary = 'y' WHERE sequence = 1")
    assert queries.verify().broken == 1

    name = originals.put(b"a workbook")
    assert name == hashlib.new("sm3", b"a workbook").hexdigest() and originals.get(name) == b"a workbook"
    (sm_place / "originals" / name[:2] / name).write_bytes(b"another")
    with pytest.raises(originals.DamagedError):
        originals.get(name)


def test_a_head_that_was_forged_with_sha_256_is_not_believed(sm_place, tmp_path):
    head.write(sm_place, "k", head.Head(1, "a" * 64))
    assert head.read(sm_place, "k") == head.Head(1, "a" * 64)
    head.write(tmp_path / "other", "k", head.Head(9, "b" * 64))  # standard
    (sm_place / head.FILE).write_bytes((tmp_path / "other" / head.FILE).read_bytes())
    assert head.read(sm_place, "k") is None


def test_passwords_and_secrets_are_kept_by_sm3_and_sm4(sm_place, monkeypatch):
    monkeypatch.setattr("wenpan.district.accounts.passwords.SM3PasswordHasher.iterations", 1_000)
    kept = hashers.make_password("Quiet-river-2026")
    assert kept.startswith("pbkdf2_sm3$1000$")
    expected = hashlib.pbkdf2_hmac("sm3", b"Quiet-river-2026", kept.split("$")[2].encode(), 1_000)
    assert hashers.check_password("Quiet-river-2026", kept) and not hashers.check_password("quiet", kept)
    assert base64.b64encode(expected).decode() == kept.split("$")[3]

    locked = secrets_at_rest.lock("JBSWY3DP")
    assert secrets_at_rest.unlock(locked) == "JBSWY3DP" and secrets_at_rest.lock("JBSWY3DP") != locked
    for wrong in (locked[:-4] + "AAAA", "no base64 !", ""):
        with pytest.raises(secrets_at_rest.LostKeyError):
            secrets_at_rest.unlock(wrong)


@pytest.fixture
def kept_place(sm_place):
    """A place with what a backup needs."""
    for name, content in {"originals/ab/abc": b"x", "keys/wenpan_journal_key": b"k"}.items():
        path = sm_place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sqlite3.connect(sm_place / "wenpan.sqlite3").execute("CREATE TABLE t (x)").connection.close()
    return sm_place


def test_a_backup_is_sealed_by_sm3_its_keys_locked_by_sm4_and_it_comes_back(kept_place, tmp_path):
    archive = backup.make(kept_place, tmp_path / "kept", passphrase="a long passphrase")
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
        locked = tar.extractfile("keys.locked").read()
    assert manifest["profile"] == "sm" and "sha256" not in manifest
    assert manifest["sm3"]["originals/ab/abc"] == hashlib.new("sm3", b"x").hexdigest()
    assert locked.startswith(b"wenpan sm4\n")
    other = tmp_path / "other"
    restore.restore(archive, other, passphrase="a long passphrase", accept_rules=True)
    assert ciphers.of(other).code == "sm"
    assert (other / "keys/wenpan_journal_key").read_text() == "k"
    for wrong in ("another passphrase", ""):
        with pytest.raises(SystemExit):
            restore.restore(archive, tmp_path / "third", passphrase=wrong, accept_rules=True)
    assert not (tmp_path / "third").exists()


@pytest.mark.parametrize("what", ["ciphers", "originals/ab/abc", "profile"])
def test_an_archive_that_somebody_changed_restores_nothing(kept_place, tmp_path, what):
    def change(members: dict[str, bytes]) -> dict[str, bytes]:
        manifest = json.loads(members["manifest.json"])
        if what == "profile":
            return {**members, "manifest.json": json.dumps(manifest | {"profile": "standard"}).encode()}
        return {**members, what: b"standard\n"}

    archive = forged(backup.make(kept_place, tmp_path / "kept"), tmp_path / "forged.tar.gz", change)
    with pytest.raises(SystemExit):
        restore.restore(archive, tmp_path / "other", keys=kept_place / "keys", accept_rules=True)
    assert not Path(tmp_path / "other").exists()


@pytest.mark.django_db
def test_the_auditor_reads_which_algorithms_hold(client, make_user, settings, tmp_path):
    client.force_login(make_user("auditor"))
    assert "通用算法：SHA-256、AES-128（Fernet）" in client.get("/journal/evidence/").content.decode()
    settings.WENPAN_HOME = tmp_path
    ciphers.choose(tmp_path, "sm")
    assert "国密算法：SM3、SM4-GCM、PBKDF2-SM3" in client.get("/journal/evidence/").content.decode()


@pytest.mark.slow
def test_a_place_of_sm_is_made_well_backed_up_restored_and_its_choice_is_missed_when_taken_away(tmp_path):
    from tests.migrated import begin
    from tests.packaging.test_moving import CODE, wenpan

    home, other, phrase = begin(tmp_path / "home"), tmp_path / "other", tmp_path / "phrase"
    phrase.write_text("a long passphrase\n")
    place = str(CODE / "wenpan/demo/play/place.yaml")
    assert "SM3、SM4-GCM、PBKDF2-SM3" in wenpan(home, "init", "--place", place, "--profile", "sm")
    assert "nothing amiss" in wenpan(home, "doctor", "--quick")
    archive = wenpan(home, "backup", "--passphrase-file", str(phrase)).split()[0]
    wenpan(other, "restore", archive, "--passphrase-file", str(phrase), "--accept-rules")
    assert "nothing amiss" in wenpan(other, "doctor", "--quick")
    assert "不能改为 standard" in wenpan(other, "init", "--place", place, "--profile", "standard", code=1)
    (other / ciphers.FILE).unlink()
    assert "the journal is broken at entry 1" in wenpan(other, "doctor", "--quick", code=1)
    assert "journal-head" in wenpan(other, "tick", code=1)
