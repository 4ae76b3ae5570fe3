"""The database's own refusals: rows that stand are not changed, replaced, deleted or emptied away.

For every table of `cover.py`, on both databases:

- columns that may not change: UPDATE is refused where one of them would differ;
- rows that may not go: DELETE is refused, and on PostgreSQL TRUNCATE;
- a key that stands: INSERT over it is refused, since REPLACE and upserts take the old row away without a
  DELETE.

Made after every `migrate` (migrations rebuild tables, and with them lose triggers) and lifted before it.
Tests that empty tables between themselves lift them for that moment. `wenpan doctor` says which are
missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from wenpan.district.ground.journal.cover import Cover, kept_models

MESSAGE = "append-only: this row is covered by the journal"
FUNCTION = "wenpan_refuse"
PREFIX = "wenpan_keep_"


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    sql: str


def wanted(connection: Any) -> Iterator[Trigger]:
    """Every trigger that this database should have. Tables that do not exist yet are passed over."""
    there = set(connection.introspection.table_names())
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    for model, cover in kept_models():
        if model._meta.db_table in there:
            yield from make(connection, model, cover)


def create(connection: Any) -> None:
    standing = existing(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
            )
        for trigger in wanted(connection):
            if standing.get(trigger.name) != trigger.sql:
                cursor.execute(_drop(connection, trigger.name, trigger.table))
                cursor.execute(trigger.sql)


def drop(connection: Any) -> None:
    with connection.cursor() as cursor:
        for name, table in _names(connection):
            cursor.execute(_drop(connection, name, table))


def missing(connection: Any) -> list[Trigger]:
    """Those that are not there, switched off, or (SQLite) say something else."""
    standing = existing(connection)
    if connection.vendor == "postgresql":
        return [trigger for trigger in wanted(connection) if trigger.name not in standing]
    return [trigger for trigger in wanted(connection) if standing.get(trigger.name) != trigger.sql]


def existing(connection: Any) -> dict[str, str]:
    """Name → SQL of our triggers that are in force; on PostgreSQL the SQL is empty."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, '' FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND p.proname = %s",
                [FUNCTION],
            )
        return {name: sql for name, sql in cursor.fetchall() if name.startswith(PREFIX)}


def _names(connection: Any) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal"
            )
        return [(name, table) for name, table in cursor.fetchall() if name.startswith(PREFIX)]


def _drop(connection: Any, name: str, table: str) -> str:
    quote = connection.ops.quote_name
    on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {quote(name)}{on}"


def _fixed(model: type[models.Model], cover: Cover) -> list[str]:
    """Columns that never change once a row stands: with `may_change` None only the key."""
    key = str(model._meta.pk.column)
    if cover.may_change is None:
        return [key]
    free = {*cover.may_change, *cover.without}
    return [name for field in model._meta.concrete_fields if (name := field.column) and name not in free]


def _sqlite(connection: Any, model: type[models.Model], cover: Cover) -> Iterator[Trigger]:
    table, quote = model._meta.db_table, connection.ops.quote_name
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"

    def trigger(what: str, when: str, condition: str = "") -> Trigger:
        name = f"{PREFIX}{what}_{table}"
        return Trigger(
            name, table, f'CREATE TRIGGER "{name}" {when} ON "{table}" FOR EACH ROW {condition}{refuse}'
        )

    changed = " OR ".join(f"OLD.{quote(c)} IS NOT NEW.{quote(c)}" for c in _fixed(model, cover))
    yield trigger("update", "BEFORE UPDATE", f"WHEN {changed} ")
    if not cover.may_go:
        yield trigger("delete", "BEFORE DELETE")
    standing = " OR ".join(_stands(connection, table, str(model._meta.pk.column)))
    yield trigger("insert", "BEFORE INSERT", f"WHEN {standing} ")


def _stands(connection: Any, table: str, key: str) -> Iterator[str]:
    """Conditions under which an INSERT would meet a standing row by its key or by any unique index."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT l.name, l.partial, m.sql FROM pragma_index_list("{table}") l '  # noqa: S608  (own names)
            'LEFT JOIN sqlite_master m ON m.name = l.name WHERE l."unique" ORDER BY l.name'
        )
        indexes = cursor.fetchall()
        yield f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")'  # noqa: S608
        for name, partial, sql in indexes:
            cursor.execute(f'SELECT name FROM pragma_index_info("{name}") ORDER BY seqno')  # noqa: S608
            columns = [row[0] for row in cursor.fetchall()]
            if columns == [key] or None in columns:
                continue
            same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
            where = re.split(r"\bWHERE\b", sql or "", maxsplit=1)[1].strip() if partial else ""
            new = f"({_of_new(where)}) AND " if where else ""
            held = f" AND ({where})" if where else ""
            yield f'({new}EXISTS (SELECT 1 FROM "{table}" WHERE {same}{held}))'  # noqa: S608


def _of_new(condition: str) -> str:
    """The condition of a partial index, said of the row that comes."""
    parts = re.split(r"('(?:[^']|'')*')", condition)  # texts are left alone
    return "".join(
        part if number % 2 else re.sub(r'(?<![.\w])"(\w+)"', r'NEW."\1"', part)
        for number, part in enumerate(parts)
    )


def _postgresql(connection: Any, model: type[models.Model], cover: Cover) -> Iterator[Trigger]:
    table, quote = model._meta.db_table, connection.ops.quote_name

    def trigger(what: str, when: str, each: str, condition: str = "") -> Trigger:
        name = f"{PREFIX}{what}_{table}"[:63]
        return Trigger(
            name,
            table,
            f"CREATE TRIGGER {quote(name)} {when} ON {quote(table)} FOR EACH {each} {condition}"
            f"EXECUTE FUNCTION {FUNCTION}()",
        )

    changed = " OR ".join(f"OLD.{quote(c)} IS DISTINCT FROM NEW.{quote(c)}" for c in _fixed(model, cover))
    yield trigger("update", "BEFORE UPDATE", "ROW", f"WHEN ({changed}) ")
    if not cover.may_go:
        yield trigger("delete", "BEFORE DELETE", "ROW")
    yield trigger("truncate", "BEFORE TRUNCATE", "STATEMENT")
