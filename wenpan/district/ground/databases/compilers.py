"""SQL compilers that note every row which the ORM inserts, updates or deletes.

Updates and deletes ask the database itself which rows they met (RETURNING): no second query, no race.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import transaction

from wenpan.district.ground.databases import written


class NotesInserts:
    def execute_sql(self: Any, returning_fields: Any = None) -> Any:
        model = self.query.model
        if not written.ours(model):
            return super().execute_sql(returning_fields)  # type: ignore[misc]
        key = model._meta.pk
        place = list(returning_fields).index(key) if key in (returning_fields or ()) else None
        pks = [obj.pk for obj in self.query.objs]
        with transaction.atomic(using=self.connection.alias, savepoint=False):
            if place is None and None in pks:  # ON CONFLICT DO NOTHING: the database does not say which came
                with written.appended(model, self.connection):
                    return super().execute_sql(returning_fields)  # type: ignore[misc]
            rows = super().execute_sql(returning_fields)  # type: ignore[misc]
            if place is not None:
                pks = [row[place] for row in rows]
            written.of(self.connection).note(model, pks, None)
        return rows


class NotesChanges:
    """Of updates and deletes alike: the statement says itself which rows it met."""

    def _columns(self: Any) -> written.Columns:
        raise NotImplementedError

    def execute_sql(self: Any, result_type: Any) -> Any:
        model = self.query.model
        if not written.ours(model):
            return super().execute_sql(result_type)  # type: ignore[misc]
        try:
            sql, params = self.as_sql()
        except EmptyResultSet:
            return 0
        if not sql:
            return 0
        key = self.connection.ops.quote_name(model._meta.pk.column)
        with transaction.atomic(using=self.connection.alias, savepoint=False):
            with self.connection.cursor() as cursor:
                cursor.execute(f"{sql} RETURNING {key}", params)
                pks = [row[0] for row in cursor.fetchall()]
            written.of(self.connection).note(model, pks, self._columns())
        return len(pks)


class NotesUpdates(NotesChanges):
    def _columns(self: Any) -> written.Columns:
        return frozenset(column.column for column, _model, _value in self.query.values)


class NotesDeletes(NotesChanges):
    def _columns(self: Any) -> written.Columns:
        return None
