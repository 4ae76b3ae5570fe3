"""A start that is killed while it migrates goes on at the next start."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

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
