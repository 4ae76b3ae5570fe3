"""SQLite as the program opens it, with commits inside tests."""

from __future__ import annotations

from tests.databases.committing import CommitsInsideTests, EmptiesTheJournal
from wenpan.district.ground.databases.sqlite3 import base


class DatabaseOperations(EmptiesTheJournal, base.DatabaseOperations):
    pass


class DatabaseWrapper(CommitsInsideTests, base.DatabaseWrapper):
    ops_class = DatabaseOperations
