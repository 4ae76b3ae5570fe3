"""Every row that is written is sealed by an entry, and a row that changes unseen is named."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.databases import written
from wenpan.district.ground.journal import agreement, triggers
from wenpan.district.ground.journal.actions import FURTHER, UNTOLD, close, record
from wenpan.district.ground.journal.cover import COVERS, OWN, UNCOVERED, columns_of, cover_of
from wenpan.district.ground.journal.models import Entry, Seal
from wenpan.district.observations.models import Region
from wenpan.district.personal.models import ListView

pytestmark = pytest.mark.django_db


def unit(code="a", **more):
    return Unit.objects.create(
        code=code, name=f"单位{code}", short_name=code, kind="town", pinyin=code, **more
    )


def entry(**more):
    return record(by=None, action="a.b", subject="c:1", summary="x", **more)


def sql(statement, *params):
    """What somebody does in the database behind the program's back, the triggers lifted."""
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
    triggers.create(connection)


def told():
    return [str(one) for one in agreement.disagreements()]


def test_every_model_is_covered_or_says_why_it_is_not():
    models = {
        m._meta.label
        for m in apps.get_models(include_auto_created=True)
        if m.__module__.startswith("wenpan.")
    }
    assert models == COVERS.keys() | UNCOVERED.keys(), "say in journal/cover.py how a new table is kept"
    assert not COVERS.keys() & UNCOVERED.keys()
    assert all(len(reason) > 10 for reason in UNCOVERED.values())


def test_columns_that_may_change_or_are_left_out_exist_and_what_is_left_out_says_why():
    for label, cover in {**COVERS, **OWN}.items():
        columns = {field.column for field in apps.get_model(label)._meta.concrete_fields}
        assert {*(cover.may_change or ()), *cover.without} <= columns, label
        assert bool(cover.without) == bool(cover.why), label


def test_an_entry_seals_what_its_transaction_wrote_before_it():
    a, b = unit("a"), unit("b")
    made = entry()
    assert [claim[:2] for claim in made.rows] == [["accounts.Unit", 2]]
    assert Seal.objects.get(entry=made).columns == columns_of(Unit)
    assert told() == []
    a.name = "新名"
    a.save(update_fields=["name"])
    again = entry()
    assert again.rows[0][1] == 1
    assert Seal.objects.get(entry=again).written == ["name"]
    Unit.objects.filter(pk=b.pk).update(order=7)
    assert entry().rows[0][1] == 1
    assert told() == []


def test_a_row_that_the_program_deletes_is_sealed_as_gone(make_user):
    view = ListView.objects.create(user=make_user("analyst"), code="a:b", name="x", query="y")
    entry()
    view.delete()
    assert entry().rows[0][:2] == ["personal.ListView", 1]
    assert told() == []
    assert not ListView.objects.exists()


def test_a_row_that_may_not_go_cannot_be_deleted_by_the_program_either():
    unit()
    with (
        pytest.raises(IntegrityError if connection.vendor == "sqlite" else DatabaseError),
        transaction.atomic(),
    ):
        Unit.objects.all().delete()


def test_rows_written_after_the_last_entry_get_one_of_their_own_before_the_commit():
    entry()
    unit()
    close(connection)
    newest = Entry.objects.first()
    assert (newest.action, newest.subject, newest.rows[0][:2]) == (FURTHER, "c:1", ["accounts.Unit", 1])
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_what_nobody_journals_is_journalled_when_it_commits():
    unit()
    assert [e.action for e in Entry.objects.all()] == [UNTOLD]
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_if_the_last_entry_cannot_be_written_nothing_is(monkeypatch):
    monkeypatch.setattr(Seal.objects, "bulk_create", None)
    with pytest.raises(DatabaseError), transaction.atomic():
        unit()
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_covered_table_can_be_written_by_any_action_while_the_journal_cannot_be(monkeypatch):
    """Whatever an action writes passes `close` before the commit: one case for every table."""

    def broken(*_args, **_more):
        raise OSError("no journal")

    monkeypatch.setattr(Entry.objects, "create", broken)
    for label in COVERS:
        with pytest.raises(DatabaseError, match="no journal"), transaction.atomic():
            written.of(connection).note(apps.get_model(label), [1], None)
            unit()
        assert not Unit.objects.exists(), label


def test_rows_whose_entry_was_rolled_back_with_a_part_are_sealed_by_the_next():
    unit()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        entry()
        1 / 0  # noqa: B018
    assert entry().rows[0][:2] == ["accounts.Unit", 1]
    assert told() == []


def test_a_sign_in_is_no_change_of_an_account(make_user):
    user = make_user("analyst")
    count = Entry.objects.count()
    User.objects.filter(pk=user.pk).update(last_login="2022-09-01T00:00Z")
    close(connection)
    assert Entry.objects.count() == count
    assert told() == []


def test_many_rows_at_once_by_plain_sql_are_sealed_row_by_row(regions):
    from wenpan.district.ground.journal.sealing import opened

    with written.appended(Region), connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO observations_region (code, name, home, aliases, "order", pinyin) '
            "VALUES (%s, %s, %s, '[]', 1, 'x')",
            [(f"r{n}", f"第{n}区", False) for n in range(700)],
        )
    made = entry()
    assert [claim[:2] for claim in made.rows] == [["observations.Region", 700]]
    assert len(dict(opened(made.seals.get()))) == 700
    sql("UPDATE observations_region SET name='别名' WHERE code='r650'")
    pk = Region.objects.get(code="r650").pk
    assert told() == [
        f"observations.Region row {pk} (name) is not as entry {made.sequence} of the journal left it."
    ]


def test_a_changed_an_added_and_a_lost_row_are_named():
    a, b = unit("a"), unit("b")
    made = entry()
    sql("UPDATE accounts_unit SET short_name='假' WHERE id=%s", a.pk)
    sql("DELETE FROM accounts_unit WHERE id=%s", b.pk)
    sql(
        'INSERT INTO accounts_unit (id, code, name, short_name, aliases, kind, "order", pinyin) '
        "VALUES (9999, 'z', 'z', 'z', '[]', 'town', 0, 'z')"
    )
    assert sorted(told()) == [
        f"accounts.Unit row {a.pk} (short_name) is not as entry {made.sequence} of the journal left it.",
        f"accounts.Unit row {b.pk} is gone, but entry {made.sequence} of the journal left it there.",
        "accounts.Unit row 9999 was written by nobody: no entry of the journal knows it.",
    ]


def test_a_change_behind_the_back_is_found_even_after_the_program_wrote_the_row_again():
    a = unit("a")
    entry()
    sql("UPDATE accounts_unit SET short_name='假' WHERE id=%s", a.pk)
    Unit.objects.filter(pk=a.pk).update(order=5)
    later = entry()
    assert told() == [
        f"accounts.Unit row {a.pk} (short_name) was changed by nobody before entry {later.sequence} of the "
        "journal wrote another part of it."
    ]


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM journal_seal",
        "UPDATE journal_seal SET written='[]'",
        'INSERT INTO journal_seal (entry_id, place, "table", columns, keys, digests, hints) '
        'SELECT entry_id, 7, "table", columns, keys, digests, hints FROM journal_seal',
    ],
)
def test_a_seal_that_is_lost_changed_or_added_is_named_with_its_entry(deed):
    unit()
    made = entry()
    sql(deed)
    assert (
        f"the seal of accounts.Unit beside entry {made.sequence} of the journal is missing, changed"
        in told()[0]
    )


def test_an_entry_whose_seals_were_struck_out_breaks_the_chain():
    from wenpan.district.ground.journal.queries import verify

    unit()
    entry()
    sql("UPDATE journal_entry SET rows='[]'")
    assert verify().reason == "content"


@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_an_entry(statement):
    entry()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("journal_entry"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("way", ["id", "sequence"])
def test_replacing_an_entry_by_its_key_or_by_its_number_is_refused(way):
    one = entry()
    pk = one.pk if way == "id" else one.pk + 100
    sequence = one.sequence if way == "sequence" else one.sequence + 100
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT OR REPLACE INTO journal_entry (id, sequence, at, actor_name, action, subject, summary, "
            "detail, rows, previous_hash, hash) SELECT %s, %s, at, 'forged', action, subject, summary, "
            "detail, rows, previous_hash, hash || 'x' FROM journal_entry WHERE id = %s",
            [pk, sequence, one.pk],
        )


@pytest.mark.every_case
@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's")
@pytest.mark.parametrize("label", sorted([*COVERS, *OWN]))
def test_no_kept_table_can_be_truncated(label):
    table = apps.get_model(label)._meta.db_table
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_every_wanted_refusal_is_there_and_a_lifted_one_is_named():
    assert triggers.missing(connection) == []
    triggers.drop(connection)
    lifted = {trigger.table for trigger in triggers.missing(connection)}
    triggers.create(connection)
    assert {apps.get_model(label)._meta.db_table for label in [*COVERS, *OWN]} == lifted
    assert triggers.missing(connection) == []


def test_plain_sql_that_writes_is_noted_where_it_stands():
    """Raw INSERTs stand within `appended`; raw UPDATEs and DELETEs of rows stand nowhere."""
    import re
    from pathlib import Path

    import wenpan

    for path in (Path(wenpan.__file__).parent / "district").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "migrations" in path.parts or "ground" in path.parts:
            continue
        if path.parent.name == "search" and path.name in ("engines.py", "keeping.py"):
            continue  # the index is a copy that the journal does not cover (cover.UNCOVERED)
        assert not re.search(r'"(UPDATE \w+ SET|DELETE FROM|REPLACE INTO)\b', text), path
        inserts = len(re.findall(r'"INSERT INTO ', text))
        assert text.count("with appended(") >= inserts, f"{path}: note the rows by `appended`"


def test_what_is_not_ours_is_not_covered():
    from django.contrib.sessions.models import Session

    assert cover_of(Session) is None
    assert cover_of(Entry) is None
