"""A migration and the note that it was made are one transaction.

Django notes a migration that leaves SQL for its end (indexes, foreign keys) after its commit: a start that is
killed between the two finds the tables there at the next start, and can never go on.

A migration that only makes tables makes them as its end has them: Django draws nearly all models anew for
each column, constraint and index that it adds, which was nine tenths of the time of `wenpan init`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.operations.base import Operation


@contextmanager
def whole_migrations() -> Iterator[None]:
    """While the block runs, what a migration left for its end is done as its last part, and new tables are
    made at once."""
    apply = Migration.apply

    def applied(self: Migration, state: Any, editor: Any, collect_sql: bool = False) -> Any:
        make = apply if collect_sql or not only_new_tables(self.operations) else _make_tables
        found = make(self, state, editor, collect_sql)
        if not collect_sql:
            for statement in editor.deferred_sql:
                editor.execute(statement, None)
            editor.deferred_sql.clear()
        return found

    Migration.apply = applied  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Migration.apply = apply  # type: ignore[method-assign]


def only_new_tables(operations: Sequence[Operation]) -> bool:
    """Whether they make tables, and add columns, constraints and indexes to these alone."""
    made = {one.name_lower for one in operations if isinstance(one, CreateModel)}
    return len(operations) > 1 and all(
        isinstance(one, CreateModel)
        or (isinstance(one, AddField | AddConstraint | AddIndex) and one.model_name_lower in made)
        for one in operations
    )


def _make_tables(migration: Migration, state: Any, editor: Any, _collect_sql: bool) -> Any:
    """The state after all operations first, its models drawn once; then each table from there."""
    vars(state).pop("apps", None)
    for one in migration.operations:
        one.state_forwards(migration.app_label, state)
    for one in migration.operations:
        if isinstance(one, CreateModel):
            one.database_forwards(migration.app_label, editor, state, state)
    return state
