"""SQLite that notes what each transaction writes."""

from __future__ import annotations

from django.db.backends.sqlite3 import base

from wenpan.district.ground.databases.written import NotesWrites


class DatabaseOperations(base.DatabaseOperations):
    compiler_module = "wenpan.district.ground.databases.sqlite3.compiler"


class DatabaseWrapper(NotesWrites, base.DatabaseWrapper):  # type: ignore[misc]
    ops_class = DatabaseOperations
