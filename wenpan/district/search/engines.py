"""The full-text index of the database in use: SQLite's FTS5 or PostgreSQL's vectors, behind two functions.

Both hold three columns of tokens (title, body, sound) beside the key of an `IndexedText`; both find a phrase.
Written with the driver's own cursor: the index is a copy and no record, and is neither journalled nor logged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.db.models.expressions import RawSQL

TABLE = "search_tokens"
COLUMNS = ("title", "body", "sound")
NO_CONTENT = (3, 43)  # SQLite from which a table without its texts can forget a row


def _content(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """The texts stand elsewhere already; an older SQLite (Debian 12 on aarch64) keeps them once more."""
    return "content='', contentless_delete=1, " if version >= NO_CONTENT else ""


CREATE = {
    "sqlite": (f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, body, sound, {_content()}tokenize='ascii')",),
    "postgresql": (
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, title tsvector, body tsvector, sound tsvector)",
        *(f"CREATE INDEX {TABLE}_{name} ON {TABLE} USING gin ({name})" for name in COLUMNS),
    ),
}
DROP = f"DROP TABLE IF EXISTS {TABLE}"


def insert(
    cursor: Any, vendor: str, rows: Sequence[tuple[int, Sequence[str], Sequence[str], Sequence[str]]]
) -> None:
    """Rows of (key, title, body, sound), tokens each."""
    if vendor == "sqlite":
        sql = f"INSERT INTO {TABLE} (rowid, title, body, sound) VALUES (?, ?, ?, ?)"  # noqa: S608
        cursor.executemany(sql, [(key, *(" ".join(t) for t in texts)) for key, *texts in rows])
    else:
        sql = f"INSERT INTO {TABLE} VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector)"  # noqa: S608
        cursor.executemany(sql, [(key, *(_vector(t) for t in texts)) for key, *texts in rows])


def delete(cursor: Any, vendor: str, keys: Sequence[int]) -> None:
    name, sign = ("rowid", "?") if vendor == "sqlite" else ("id", "%s")
    cursor.executemany(f"DELETE FROM {TABLE} WHERE {name} = {sign}", [(key,) for key in keys])  # noqa: S608


def keys_of(vendor: str, word: Sequence[str], columns: Sequence[str]) -> RawSQL:
    """A subquery of the keys whose columns hold the phrase."""
    if vendor == "sqlite":
        named = "{" + " ".join(columns) + "}"
        asked = f'{named} : "{" ".join(word)}"'
        return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [asked])  # noqa: S608, S611
    phrase = " <-> ".join(f"'{token}'" for token in word)
    where = " OR ".join(f"{name} @@ %s::tsquery" for name in columns)
    return RawSQL(f"SELECT id FROM {TABLE} WHERE {where}", [phrase] * len(columns))  # noqa: S608, S611


def _vector(words: Sequence[str]) -> str:
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words, 1))
