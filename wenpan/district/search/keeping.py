"""The index is kept by every commit, in its own transaction; `rebuild` makes it anew.

What a transaction wrote is known to the database wrapper (`ground/databases/written`), whoever wrote it: no
room has to think of the index, and none can forget it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from wenpan.district.ground.databases import written
from wenpan.district.search import engines
from wenpan.district.search.models import IndexedText
from wenpan.district.search.texts import TEXTS, TOUCHED, Text
from wenpan.district.search.tokens import normalise, parts, sound_tokens, tokens

_AT_ONCE = 500
_ASKED = 10_000
_TABLE = IndexedText._meta.db_table


def keep(link: Any) -> None:
    """Before a commit: what it wrote is indexed with it."""
    _keep(link, [link.written.rows, *link.written.taken])


def catch_up() -> None:
    """What the open transaction has written so far: for who searches in the transaction that he writes in."""
    state = written.of(connection)
    if connection.in_atomic_block and (state.rows or state.taken):
        _keep(connection, [state.rows, *state.taken])


def _keep(link: Any, written_rows: Iterable[written.Rows]) -> None:
    stale: dict[str, set[int]] = {}
    for rows in written_rows:
        for model, held in rows.items():
            _note(model, held, stale)
    for kind, pks in stale.items():
        put(kind, pks, link)


def _note(model: type[Model], held: dict[int, written.Columns], stale: dict[str, set[int]]) -> None:
    for kind, which, columns in TOUCHED.get(model, ()):
        wanted = set(columns)
        pks = [pk for pk, names in held.items() if names is None or not wanted or names & wanted]
        for start in range(0, len(pks), _ASKED):  # a query holds no more keys than that
            stale.setdefault(kind, set()).update(which(pks[start : start + _ASKED]))


def put(kind: str, pks: Collection[int], link: Any = None) -> None:
    """Takes these records out of the index, and in again as they now are."""
    link = link or connection
    wanted = sorted(pks)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        with closing(link.connection.cursor()) as cursor:
            _take_out(cursor, link.vendor, kind, some)
            _put_in(cursor, link.vendor, kind, list(TEXTS[kind](some)))


@transaction.atomic
def rebuild() -> dict[str, int]:
    """The whole index anew: how many texts of each kind."""
    connection.ensure_connection()
    told: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(engines.DROP)
        for sql in engines.CREATE[connection.vendor]:
            cursor.execute(sql)
        cursor.execute(f"DELETE FROM {_TABLE}")  # noqa: S608
    with closing(connection.connection.cursor()) as cursor:
        for kind, texts in TEXTS.items():
            rows, told[kind] = texts(None), 0
            while some := list(islice(rows, _AT_ONCE)):
                _put_in(cursor, connection.vendor, kind, some)
                told[kind] += len(some)
    return told


def fill_if_empty() -> None:
    if not IndexedText.objects.exists():
        rebuild()


def _take_out(cursor: Any, vendor: str, kind: str, pks: Collection[int]) -> None:
    sign = "?" if vendor == "sqlite" else "%s"
    signs = ", ".join([sign] * len(pks))
    where = f"kind = {sign} AND object_id IN ({signs})"
    cursor.execute(f"SELECT id FROM {_TABLE} WHERE {where}", [kind, *pks])  # noqa: S608
    engines.delete(cursor, vendor, [key for (key,) in cursor.fetchall()])
    cursor.execute(f"DELETE FROM {_TABLE} WHERE {where}", [kind, *pks])  # noqa: S608


def _put_in(cursor: Any, vendor: str, kind: str, texts: Collection[Text]) -> None:
    sign = "?" if vendor == "sqlite" else "%s"
    signs = ", ".join([sign] * 3)
    sql = f"INSERT INTO {_TABLE} (kind, object_id, part) VALUES ({signs}) RETURNING id"  # noqa: S608
    rows = []
    for pk, title, body in texts:
        for part, text in enumerate(parts(body)):
            cursor.execute(sql, [kind, pk, part])
            key = cursor.fetchone()[0]
            rows.append((key, *_columns(title, text, first=part == 0)))
    engines.insert(cursor, vendor, rows)


def _columns(title: str, body: str, *, first: bool) -> tuple[list[str], list[str], list[str]]:
    if not first:
        return [], tokens(body), []
    return tokens(normalise(title)), tokens(body), sound_tokens(title)
