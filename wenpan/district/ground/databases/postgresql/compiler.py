"""The compilers of Django's own database, noting what they write. Django finds them here by name."""

from __future__ import annotations

from django.db.backends.postgresql import compiler

from wenpan.district.ground.databases.compilers import NotesDeletes, NotesInserts, NotesUpdates

SQLCompiler = compiler.SQLCompiler
SQLAggregateCompiler = compiler.SQLAggregateCompiler


class SQLInsertCompiler(NotesInserts, compiler.SQLInsertCompiler):  # type: ignore[misc]
    pass


class SQLUpdateCompiler(NotesUpdates, compiler.SQLUpdateCompiler):  # type: ignore[misc]
    pass


class SQLDeleteCompiler(NotesDeletes, compiler.SQLDeleteCompiler):  # type: ignore[misc]
    pass
