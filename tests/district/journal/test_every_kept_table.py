"""Every table that the journal answers for, one by one, whatever room it came with: a row that stands is
refused every way of being changed, replaced or taken away; what is changed all the same is named."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from wenpan.district.ground.databases import written
from wenpan.district.ground.journal import agreement, triggers
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.cover import COVERS, SEALED_AS, columns_of, kept_models, sealed_as
from wenpan.district.ground.journal.models import Entry, Seal

pytestmark = pytest.mark.django_db
KEPT = {model._meta.label: (model, cover) for model, cover in kept_models()}
ROW = 4_711
PAPER = re.compile(r"append[- ]only|appended and never|never changed|are never overwritten", re.I)


def value(field: models.Field, other: bool = False):
    """Something that the column takes; `other`: something else."""
    if isinstance(field, models.ForeignKey):
        return value(field.target_field, other)
    if isinstance(field, models.JSONField):
        return [1] if other else []
    if isinstance(field, models.BooleanField):
        return other
    if isinstance(field, models.DateTimeField):
        return datetime(2022, 10, 15 if other else 14, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2022, 10, 15 if other else 14)
    if isinstance(field, models.DecimalField):
        return Decimal(2 if other else 1)
    if isinstance(field, models.BinaryField):
        return b"y" if other else b"x"
    if isinstance(field, models.CharField | models.TextField):
        return "y" if other else "x"
    return 4_712 if other else ROW


def stored(field: models.Field, given):
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.get_db_prep_save(given, connection)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def sql(statement: str, *params) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def refused(statement: str, *params) -> bool:
    """Whether the database itself refuses it as a change of what is kept; undone where it does not."""
    point = transaction.savepoint()
    try:
        sql(statement, *params)
    except DatabaseError as error:
        assert "append-only" in str(error), error
        return True
    else:
        return False
    finally:
        transaction.savepoint_rollback(point)


def insert(model: type[models.Model], *, instead: str = "INSERT INTO", after: str = "", **other) -> tuple:
    """The statement that inserts a row, and its values."""
    fields = model._meta.concrete_fields
    values = [stored(f, value(f, other=f.column in other)) for f in fields]
    names, marks = ", ".join(quoted(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    return (f"{instead} {quoted(model._meta.db_table)} ({names}) VALUES ({marks}) {after}", *values)


@pytest.fixture
def standing():
    """standing(model): a row of the table, whatever it refers to; all of it is undone at the end."""

    def put(model: type[models.Model]) -> None:
        table = model._meta.db_table
        if connection.vendor == "sqlite":
            sql("PRAGMA ignore_check_constraints = ON")
        else:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT conname FROM pg_constraint "
                    "WHERE conrelid = %s::regclass AND contype IN ('c', 'f')",
                    [f'"{table}"'],
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"ALTER TABLE {quoted(table)} DROP CONSTRAINT {quoted(name)} CASCADE")
        sql(*insert(model))

    point = transaction.savepoint()
    yield put
    transaction.savepoint_rollback(point)
    if connection.vendor == "sqlite":
        sql("PRAGMA ignore_check_constraints = OFF")


def unique_columns(model: type[models.Model]) -> list[set[str]]:
    """Of every rule that lets a row stand once, whatever its condition."""
    meta = model._meta
    rules = [{f.column} for f in meta.concrete_fields if f.unique and not f.primary_key]
    for rule in meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.condition is None:
            rules.append({meta.get_field(name).column for name in rule.fields})
    return [*rules, *({meta.get_field(n).column for n in names} for names in meta.unique_together)]


@pytest.mark.parametrize("label", sorted(KEPT))
def test_a_row_that_stands_is_refused_every_way_of_changing_it(label, standing):
    model, cover = KEPT[label]
    standing(model)
    table, pk = quoted(model._meta.db_table), model._meta.pk
    key = quoted(pk.column)
    may = {f.column for f in model._meta.concrete_fields if not f.primary_key}
    if cover.may_change is not None:
        may &= {*cover.may_change, *cover.without}
    changed = {
        field.column
        for field in model._meta.concrete_fields
        if not refused(
            f"UPDATE {table} SET {quoted(field.column)} = %s", stored(field, value(field, other=True))
        )
    }
    assert changed == may  # what may change is the control
    assert refused(f"DELETE FROM {table}") != cover.may_go
    moved = f"ON CONFLICT ({key}) DO UPDATE SET {key} = 4799"
    assert refused(*insert(model, after=moved))
    fixed = next((f for f in model._meta.concrete_fields if not f.primary_key and f.column not in may), None)
    if fixed is not None:
        column = quoted(fixed.column)
        other = insert(model, after=f"ON CONFLICT ({key}) DO UPDATE SET {column} = %s")
        assert refused(*other, stored(fixed, value(fixed, other=True)))
    if connection.vendor == "postgresql":
        assert refused(f"TRUNCATE {table} CASCADE")
        return
    assert refused(*insert(model, instead="REPLACE INTO"))
    assert refused(*insert(model, instead="INSERT OR REPLACE INTO"))
    for same in unique_columns(model):  # another key that takes the row's place by another rule
        others = {f.column: True for f in model._meta.concrete_fields if f.column not in same}
        assert refused(*insert(model, instead="INSERT OR REPLACE INTO", **others)), same


@pytest.mark.parametrize("label", sorted(COVERS))
def test_a_row_is_sealed_by_the_entry_of_its_deed_and_a_changed_column_is_named(label, standing):
    model, _cover = KEPT[label]
    standing(model)
    written.of(connection).note(model, [ROW], None)
    made = record(by=None, action="a.b", subject="c:1", summary="x")
    assert [sealed_as(model), 1] in [claim[:2] for claim in made.rows]
    assert told(model) == []
    triggers.drop(connection)
    wrong = []
    for field in model._meta.concrete_fields:
        if field.primary_key or field.column not in columns_of(model):
            continue
        point = transaction.savepoint()
        sql(
            f"UPDATE {quoted(model._meta.db_table)} SET {quoted(field.column)} = %s",
            stored(field, value(field, other=True)),
        )
        if [one.columns for one in told(model)] != [(field.column,)]:
            wrong.append(field.column)
        transaction.savepoint_rollback(point)
    assert wrong == []
    sql(f"DELETE FROM {quoted(model._meta.db_table)}")
    assert [(one.kind, one.entry) for one in told(model)] == [("deleted", made.sequence)]


def told(model: type[models.Model]) -> list[agreement.Disagreement]:
    last: dict = {}
    sequences = dict(Entry.objects.values_list("pk", "sequence"))
    return [*agreement._history(model, sequences, last), *agreement._rows(model, last)]


def test_what_calls_itself_append_only_is_kept_so():
    """By the words of the model, or of its module where it is the only one: no list by hand."""
    claims = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("wenpan.") and PAPER.search(model.__doc__ or "")
    }
    assert {label for label in claims & COVERS.keys() if COVERS[label].may_change is None} == set()


@pytest.mark.parametrize(("label", "sealed"), SEALED_AS.items())
def test_a_renamed_table_keeps_the_label_of_its_first_seals_so_that_these_verify(
    label, sealed, standing, monkeypatch
):
    model = apps.get_model(label)
    assert sealed not in KEPT, "a model that stands has that name"
    standing(model)
    written.of(connection).note(model, [ROW], None)
    record(by=None, action="a.b", subject="c:1", summary="x")
    assert Seal.objects.get().table == sealed  # as those that were made before the name changed
    assert told(model) == []
    monkeypatch.setitem(SEALED_AS, label, label)
    assert [one.kind for one in told(model)] == ["inserted"]  # control: sought under the new name
