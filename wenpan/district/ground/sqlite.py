"""Brings a SQLite without the WAL-reset bug (3.51.3 or newer) where one is installed.

Called before Django loads. The system's SQLite is often 3.40, in which a checkpoint race can
corrupt a database in WAL mode; without a fixed library we fall back to the rollback journal.
"""

from __future__ import annotations

import re
import sys
from typing import Any

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


def sentence() -> str:
    """What this machine's SQLite means for a place, in one line."""
    import sqlite3

    version = sqlite3.sqlite_version
    if wal_is_safe():
        return f"SQLite {version}：已修复 WAL 重置缺陷，用预写日志（WAL）。"
    fixed = ".".join(map(str, FIXED))
    return (
        f"SQLite {version}：早于 {fixed}，预写日志（WAL）在检查点竞争时可能损坏数据库；"
        "本系统因此改用回滚日志，不丢数据，但同时读写较慢。"
        "要快，请装更新的 SQLite，或用 PostgreSQL（DATABASE_URL）。"
    )


def bring_functions(connection: Any) -> None:
    """What our constraints call, for a connection that Django did not open: without it SQLite cannot even
    check a database whose tables ask for a pattern (`unknown function: REGEXP()`)."""
    connection.create_function("REGEXP", 2, _matches, deterministic=True)


def _matches(pattern: str | None, text: Any) -> bool | None:
    return None if pattern is None or text is None else bool(re.search(pattern, str(text)))
