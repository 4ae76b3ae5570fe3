"""A migration and the note that it was made are one transaction.

Django notes a migration that leaves SQL for its end (indexes, foreign keys) after its commit: a start that is
killed between the two finds the tables there at the next start, and can never go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations import Migration


@contextmanager
def whole_migrations() -> Iterator[None]:
    """While the block runs, what a migration left for its end is done as its last part."""
    apply = Migration.apply

    def applied(self: Migration, state: Any, editor: Any, collect_sql: bool = False) -> Any:
        found = apply(self, state, editor, collect_sql)
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
