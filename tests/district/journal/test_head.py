"""The last known head lies outside the database: a journal cut short is noticed at the start."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from wenpan.cli import main
from wenpan.district.ground.journal import head, keeping, triggers
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.models import Entry
from wenpan.district.observations.models import Region

KEY = "k"


def at(*hashes):
    """What a journal with these hashes answers: (hash_at, newest)."""
    return (lambda n: hashes[n - 1] if 0 < n <= len(hashes) else None), len(hashes)


def test_the_newest_head_is_read_back_and_an_older_one_does_not_take_its_place(tmp_path):
    for sequence in (1, 2, 3, 2):
        head.write(tmp_path, KEY, head.Head(sequence, str(sequence) * 64))
    assert head.read(tmp_path, KEY) == head.Head(3, "3" * 64)
    head.write(tmp_path, KEY, head.Head(2, "2" * 64), back=True)
    assert head.read(tmp_path, KEY) == head.Head(2, "2" * 64)


def test_a_line_that_was_torn_leaves_the_one_before_it(tmp_path):
    for sequence in (1, 2):
        head.write(tmp_path, KEY, head.Head(sequence, str(sequence) * 64))
    content = bytearray((tmp_path / head.FILE).read_bytes())
    content[20:60] = b"\0" * 40  # line of 2
    (tmp_path / head.FILE).write_bytes(bytes(content))
    assert head.read(tmp_path, KEY) == head.Head(1, "1" * 64)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'[1, "a", "b"]', b"\xff\xfe", b"[" * 9999])
def test_a_file_of_somebody_without_the_key_says_nothing(tmp_path, content):
    (tmp_path / head.FILE).write_bytes(content)
    assert head.read(tmp_path, KEY) is None
    head.write(tmp_path, "other", head.Head(1, "1" * 64))
    assert head.read(tmp_path, KEY) is None


def test_a_database_before_at_and_after_the_known_head():
    known = head.Head(2, "b")
    assert "只到第1条" in head.fault(known, *at("a"))
    assert head.fault(known, *at("a", "b")) == ""
    assert head.fault(known, *at("a", "b", "c")) == ""
    assert "与上次运行时所见不同" in head.fault(known, *at("a", "x", "c"))


def test_a_lost_file_is_noticed_where_there_was_one_and_not_in_a_new_place():
    assert head.fault(None, *at()) == ""
    assert head.fault(head.Head(0, "0" * 64), *at("a")) == ""  # the machine stopped after the first commit
    assert head.fault(None, *at("a"), begun=False) == ""
    assert "无法确认" in head.fault(None, *at("a"))


def write(count=3):
    for number in range(count):
        with transaction.atomic():
            Region.objects.create(code=f"r{number}", name="x", pinyin="x")
            record(by=None, action="a.b", subject=f"c:{number}", summary="x")


def cut():
    triggers.drop(connection)
    with connection.cursor() as cursor:
        last = Entry.objects.first()
        cursor.execute("DELETE FROM journal_seal WHERE entry_id = %s", [last.pk])
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [last.pk])
    triggers.create(connection)


@pytest.mark.django_db(transaction=True)
def test_a_cut_tail_is_noticed_and_only_an_acknowledged_restore_goes_on(capsys):
    write()
    assert keeping.head_fault() == ""
    cut()
    assert "上次已记到第3条，现在只到第2条" in keeping.head_fault()
    assert main(["journal", "acknowledge", "--reason", "硬盘更换，按周五备份恢复"]) == 0
    newest = Entry.objects.first()
    assert newest.action == "journal.acknowledge"
    assert newest.detail["last_known"]["sequence"] == 3
    assert "硬盘更换" in newest.summary
    assert keeping.head_fault() == ""


@pytest.mark.django_db(transaction=True)
def test_to_acknowledge_needs_a_reason(capsys):
    with pytest.raises(SystemExit):
        main(["journal", "acknowledge", "--reason", "  "])
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", [["work", "--until-empty"], ["tick"], ["serve", "--port", "1"]])
def test_nothing_is_served_or_done_over_a_journal_that_was_cut(command, monkeypatch, capsys):
    from wenpan.commands import _start

    monkeypatch.setattr(_start, "_journal_fault", lambda: "数据库比上次运行时旧。")
    with pytest.raises(SystemExit):
        main(command)
    assert "wenpan journal acknowledge" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_the_start_looks_into_sqlite_without_django(tmp_path, monkeypatch):
    import shutil

    from django.conf import settings

    from wenpan.commands import _start

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is asked through Django")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    write()
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(settings.WENPAN_HOME / head.FILE, home / head.FILE)
    monkeypatch.setenv("WENPAN_HOME", str(home))
    monkeypatch.setenv("WENPAN_JOURNAL_KEY", settings.JOURNAL_KEY)

    def copied():
        (home / "wenpan.sqlite3").unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(home / "wenpan.sqlite3")])
        return _start._journal_fault()

    assert copied() == ""
    cut()
    assert "只到第2条" in copied()
    (home / head.FILE).unlink()
    assert "无法确认" in copied()
