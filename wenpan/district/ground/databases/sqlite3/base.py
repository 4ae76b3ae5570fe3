"""SQLite that notes what each transaction writes."""

from __future__ import annotations

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as DjangoOperations

from wenpan.district.ground.databases.written import NotesWrites


class DatabaseOperations(DjangoOperations):
    compiler_module = "wenpan.district.ground.databases.sqlite3.compiler"


class DatabaseWrapper(NotesWrites, base.DatabaseWrapper):
    ops_class = DatabaseOperations
