"""PostgreSQL that notes what each transaction writes."""

from __future__ import annotations

from django.db.backends.postgresql import base

from wenpan.district.ground.databases.written import NotesWrites


class DatabaseOperations(base.DatabaseOperations):
    compiler_module = "wenpan.district.ground.databases.postgresql.compiler"


class DatabaseWrapper(NotesWrites, base.DatabaseWrapper):  # type: ignore[misc]
    ops_class = DatabaseOperations
