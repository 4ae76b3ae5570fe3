"""Brings a SQLite without the WAL-reset bug (3.51.3 or newer) where one is installed.

Called before Django loads. The system's SQLite is often 3.40, in which a checkpoint race can
corrupt a database in WAL mode; without a fixed library we fall back to the rollback journal.
"""

from __future__ import annotations

import sys

FIXED = (3, 51, 3)


def bring_fixed_library() -> None:
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def wal_is_safe() -> bool:
    import sqlite3

    return sqlite3.sqlite_version_info >= FIXED
