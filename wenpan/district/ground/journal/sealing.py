"""Digests of the rows that a deed wrote, as the database holds them, kept beside the deed's entry.

    row text  = the columns as literals of the database, in the order of `columns`, parted by U+001F
    row digest = BLAKE2b-128(row text), or 16 bytes of its SM3; a row that is gone: sixteen zero bytes
    seal digest = SHA-256 or SM3 of (table, columns, written, keys, digests, hints)  → into the entry, and so
    into the chain

Which of the two is the place's profile (ciphers.py).

The text is made by the database in one query (a hundred thousand rows a second), of what lies in the file,
not of what Python believes to have written.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from django.db import models

from wenpan.district.ground import ciphers
from wenpan.district.ground.databases import written
from wenpan.district.ground.journal.cover import columns_of, cover_of, sealed_as
from wenpan.district.ground.journal.models import Seal

SIZE = ciphers.ROW
GONE = bytes(SIZE)
ROWS = 20_000  # of one seal
_IN = 500  # keys of one question
_REMEMBERED = 100_000  # texts
_SEPARATOR = "\x1f"


_Chunk = tuple[list[int], bytes, "array[int]"]  # keys, digests, hints of some rows


class RowDigest(NamedTuple):
    digest: bytes
    hints: Sequence[int]  # one a column; () of a row that is gone


def waiting(connection: Any) -> list[Seal]:
    """Seals, not yet saved, of what the open transaction wrote since the last entry."""
    seals: list[Seal] = []
    for model, rows in written.of(connection).take().items():
        cover = cover_of(model)
        if cover is None:
            continue
        columns = columns_of(model)
        groups: dict[tuple[str, ...] | None, list[int]] = {}
        for pk, names in rows.items():
            if names is None:
                groups.setdefault(None, []).append(pk)
            elif names - set(cover.without):
                groups.setdefault(tuple(sorted(names)), []).append(pk)
        for changed, pks in groups.items():
            seals += sealed(connection, model, columns, sorted(pks), list(changed) if changed else None)
    for place, seal in enumerate(seals):
        seal.place = place
    return seals


def sealed(
    connection: Any,
    model: type[models.Model],
    columns: list[str],
    pks: Sequence[int],
    names: list[str] | None,
) -> Iterator[Seal]:
    """Seals of these rows as they now are; `names`: the columns that were written, None for all."""
    for start in range(0, len(pks), ROWS):
        part = pks[start : start + ROWS]
        keys, digests, hints = _together(_chunks(connection, model, columns, part))
        if keys != list(part):  # some are gone
            digests, hints = _with_gone(part, columns, keys, digests, hints)
        yield Seal(
            table=sealed_as(model),
            columns=columns,
            written=names,
            keys=zlib.compress(array("q", part).tobytes(), 1),
            digests=bytes(digests),
            hints=zlib.compress(hints.tobytes(), 1),
        )


def _together(chunks: Iterator[_Chunk]) -> tuple[list[int], bytearray, array[int]]:
    keys: list[int] = []
    digests, hints = bytearray(), array("H")
    for some, their_digests, their_hints in chunks:
        keys += some
        digests += their_digests
        hints.extend(their_hints)
    return keys, digests, hints


def _with_gone(
    part: Sequence[int], columns: Sequence[str], keys: list[int], digests: bytearray, hints: array[int]
) -> tuple[bytearray, array[int]]:
    """Zeros for the rows that are not there any more."""
    width, places = len(columns), {pk: number for number, pk in enumerate(keys)}
    all_digests, all_hints = bytearray(), array("H")
    for pk in part:
        number = places.get(pk)
        if number is None:
            all_digests += GONE
            all_hints.extend([0] * width)
        else:
            all_digests += digests[number * SIZE : (number + 1) * SIZE]
            all_hints.extend(hints[number * width : (number + 1) * width])
    return all_digests, all_hints


def seal_digest(seal: Seal) -> str:
    head = json.dumps([seal.table, seal.columns, seal.written], ensure_ascii=False, separators=(",", ":"))
    hasher = ciphers.here().hasher(head.encode())
    for part in (seal.keys, seal.digests, seal.hints):
        content = bytes(part)
        hasher.update(len(content).to_bytes(8, "big") + content)
    return hasher.hexdigest()


def claim(seal: Seal) -> list[Any]:
    """What the entry says of a seal."""
    return [seal.table, len(bytes(seal.digests)) // SIZE, seal_digest(seal)]


def opened(seal: Seal) -> Iterator[tuple[int, RowDigest]]:
    """(key, digest) of every row of a seal. ValueError or zlib.error where it was damaged."""
    keys = array("q")
    keys.frombytes(zlib.decompress(bytes(seal.keys)))
    hints = array("H")
    hints.frombytes(zlib.decompress(bytes(seal.hints)))
    digests, width = bytes(seal.digests), len(seal.columns)
    if len(digests) != len(keys) * SIZE or len(hints) != len(keys) * width:
        raise ValueError("keys, digests and hints of the seal do not match")
    for number, pk in enumerate(keys):
        digest = digests[number * SIZE : (number + 1) * SIZE]
        yield (
            pk,
            RowDigest(digest, () if digest == GONE else tuple(hints[number * width : (number + 1) * width])),
        )


def row_digests(
    connection: Any, model: type[models.Model], columns: Sequence[str], pks: Sequence[int] | None = None
) -> Iterator[tuple[int, RowDigest]]:
    """Of the rows with these keys (sorted), or of the whole table, by key."""
    width = len(columns)
    for keys, digests, hints in _chunks(connection, model, columns, pks):
        for number, pk in enumerate(keys):
            digest = digests[number * SIZE : (number + 1) * SIZE]
            yield pk, RowDigest(digest, hints[number * width : (number + 1) * width])


def _chunks(
    connection: Any, model: type[models.Model], columns: Sequence[str], pks: Sequence[int] | None
) -> Iterator[_Chunk]:
    """The same, two thousand rows at once: a hundred thousand pass here when a large file is accepted."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    select = f"SELECT {key}, {_text(connection, model, columns)} FROM {table}"  # noqa: S608  (own names)
    width, memory, digest = len(columns), _Hints(), ciphers.here().row
    for where, params in _wheres(key, pks):
        with connection.cursor() as cursor:
            cursor.execute(f"{select}{where} ORDER BY {key}", params)
            while rows := cursor.fetchmany(2_000):
                texts = [row[1] for row in rows]
                digests = b"".join([digest(text.encode()) for text in texts])
                parts = [text.split(_SEPARATOR) for text in texts]
                if any(len(row) != width for row in parts):  # the separator stands within a text
                    parts = [row if len(row) == width else [str(row)] * width for row in parts]
                hints = array("H", map(memory.__getitem__, chain.from_iterable(parts)))
                yield [row[0] for row in rows], digests, hints


class _Hints(dict[str, int]):
    """Two bytes of a column's text. Most texts of a table come again and again: worked out once."""

    def __missing__(self, part: str) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        value = self[part] = zlib.crc32(part.encode()) & 0xFFFF
        return value


def _wheres(key: str, pks: Sequence[int] | None) -> Iterable[tuple[str, list[int]]]:
    if pks is None:
        yield "", []
    elif len(pks) > _IN and pks[-1] - pks[0] == len(pks) - 1:  # a batch: one run of keys
        yield f" WHERE {key} BETWEEN %s AND %s", [pks[0], pks[-1]]
    else:
        for start in range(0, len(pks), _IN):
            part = list(pks[start : start + _IN])
            yield f" WHERE {key} IN ({', '.join(['%s'] * len(part))})", part


def _text(connection: Any, model: type[models.Model], columns: Sequence[str]) -> str:
    """SQL for a row's text. Numbers with a fraction to 15 digits, moments in UTC, the rest as it stands."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    literal = _sqlite if connection.vendor == "sqlite" else _postgresql
    parts = [literal(connection.ops.quote_name(name), fields[name]) for name in columns]
    return f" || {'char' if connection.vendor == 'sqlite' else 'chr'}(31) || ".join(parts)


def _sqlite(column: str, field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.DecimalField | models.FloatField):
        return f"CASE typeof({column}) WHEN 'real' THEN printf('%%.14e', {column}) ELSE quote({column}) END"
    return f"quote({column})"


def _postgresql(column: str, field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.DateTimeField):
        return f"quote_nullable(to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'))"
    if isinstance(field, models.DateField):
        return f"quote_nullable(to_char({column}, 'YYYY-MM-DD'))"
    return f"quote_nullable({column}::text)"
