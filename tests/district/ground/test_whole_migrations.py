"""A start that is killed while it migrates goes on at the next start."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from wenpan.district.ground.databases import whole_migrations as whole
from wenpan.district.ground.databases.whole_migrations import whole_migrations


class ToyMigration(migrations.Migration):
    """Its index is SQL that Django leaves for the end."""

    operations = [
        migrations.CreateModel("Toy", [("id", models.BigAutoField(primary_key=True)),
                                       ("word", models.CharField(max_length=9, db_index=True))])
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_migration_whose_note_is_lost_left_nothing_behind(monkeypatch):
    def killed(*_arguments):
        raise KeyboardInterrupt

    executor = MigrationExecutor(connection)
    monkeypatch.setattr(executor, "record_migration", killed)
    with whole_migrations(), pytest.raises(KeyboardInterrupt):
        executor.apply_migration(ProjectState(), ToyMigration("0001", "toy"))
    assert "toy_toy" not in connection.introspection.table_names()


@pytest.mark.django_db(transaction=True)
def test_what_was_left_for_the_end_is_done(monkeypatch):
    executor, toy, noted = MigrationExecutor(connection), ToyMigration("0001", "toy"), []
    monkeypatch.setattr(executor, "record_migration", lambda one: noted.append(connection.in_atomic_block))
    with whole_migrations():
        state = executor.apply_migration(ProjectState(), toy)
    try:
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "toy_toy").values()
        assert ["word"] in [one["columns"] for one in found if one["index"]]
        assert noted == [True]
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(state.apps.get_model("toy", "Toy"))


class BookMigration(migrations.Migration):
    """Tables, and what is added to them in the same migration."""

    operations = [
        migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel("Book", [("id", models.BigAutoField(primary_key=True)),
                                        ("pages", models.IntegerField())]),
        migrations.AddField("shelf", "first", models.ForeignKey("toy.Book", models.PROTECT, null=True)),
        migrations.AddField("book", "others", models.ManyToManyField("toy.Shelf")),
        migrations.AddIndex("book", models.Index(fields=["pages"], name="toy_by_pages")),
        migrations.AddConstraint(
            "book", models.CheckConstraint(condition=models.Q(pages__gt=0), name="toy_some_pages")
        ),
        migrations.AddConstraint(
            "shelf",
            models.UniqueConstraint(fields=["first"], condition=models.Q(id__gt=3), name="toy_first_once"),
        ),
    ]  # fmt: skip


def made_by_a_migration() -> dict:
    """Its tables in the database: columns and constraints by name; gone again afterwards."""
    executor, found = MigrationExecutor(connection), {}
    executor.record_migration = lambda _one: None
    state = executor.apply_migration(ProjectState(), BookMigration("0001", "toy"))
    with connection.cursor() as cursor:
        for table in ("toy_shelf", "toy_book", "toy_book_others"):
            columns = [
                column.name for column in connection.introspection.get_table_description(cursor, table)
            ]
            found[table] = columns, connection.introspection.get_constraints(cursor, table)
    with connection.schema_editor() as editor:
        editor.execute("DROP TABLE toy_book_others")
        for name in ("Shelf", "Book") if connection.vendor == "sqlite" else ():
            editor.execute(f"DROP TABLE toy_{name.lower()}")
        if connection.vendor == "postgresql":
            editor.execute("DROP TABLE toy_shelf, toy_book CASCADE")
    assert state.apps.get_model("toy", "Book")._meta.get_field("others").is_relation
    return found


@pytest.mark.django_db(transaction=True)
def test_new_tables_made_at_once_are_those_that_django_makes_one_part_after_the_other(monkeypatch):
    assert whole.only_new_tables(BookMigration.operations)
    with whole_migrations():
        at_once = made_by_a_migration()
        monkeypatch.setattr(whole, "only_new_tables", lambda _operations: False)
        one_by_one = made_by_a_migration()
    assert at_once == one_by_one
    assert {"toy_by_pages", "toy_some_pages"} <= set(at_once["toy_book"][1])


def test_what_changes_a_table_that_stands_goes_djangos_way():
    other = migrations.AddField("letter", "pages", models.IntegerField(default=1))
    assert not whole.only_new_tables([*ToyMigration.operations, other])
    assert not whole.only_new_tables([*ToyMigration.operations, migrations.RunPython(lambda *_apps: None)])
