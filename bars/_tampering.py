"""Part of `tamper`: the ways to change a database behind the program's back, and what doctor must name."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Tampering:
    kind: str
    words: tuple[str, ...]  # each must stand in a line of doctor


@dataclass(frozen=True)
class Table:
    label: str
    name: str
    columns: tuple[str, ...]  # that are covered, without the key
    fixed: frozenset[str]


class MissError(Exception):
    """This row cannot be changed this way (a unique index, the same value): another is taken."""


Row = dict[str, Any]


def tampered(home: Path, older: Path, chance: random.Random, count: int, whole: str) -> list[Tampering]:
    """Changes the place; returns what was done: one change of the whole place, the others of single rows."""
    if whole == "roll back":
        shutil.copy2(older / "wenpan.sqlite3", home / "wenpan.sqlite3")
    with closing(sqlite3.connect(home / "wenpan.sqlite3", isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        _unguarded(database)
        done = [WHOLES[whole](database, home, chance)]
        tables = [table for table in _tables() if table.label not in done[0].words[0]]
        touched: set[tuple[str, int]] = set()
        while len(done) < count:
            kind = ROW_KINDS[len(done) % len(ROW_KINDS)] if len(done) < 13 else chance.choice(ROW_KINDS)
            try:
                done.append(_one(database, kind, chance.choice(tables), chance, touched))
            except (MissError, sqlite3.IntegrityError):
                continue
    return done


def _unguarded(database: sqlite3.Connection) -> None:
    """As the owner of the file: triggers dropped, and put back by nobody."""
    database.execute("PRAGMA foreign_keys=OFF")
    database.execute("PRAGMA ignore_check_constraints=ON")
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')


def _tables() -> list[Table]:
    from wenpan.district.ground.journal.cover import columns_of, covered_models, sealed_as

    found = []
    for model, cover in covered_models():
        key = model._meta.pk.column
        columns = tuple(name for name in columns_of(model) if name != key)
        free = set(columns) if cover.may_change is None else set(cover.may_change)
        found.append(Table(sealed_as(model), model._meta.db_table, columns, frozenset(set(columns) - free)))
    return found


def _one(
    database: sqlite3.Connection,
    kind: str,
    table: Table,
    chance: random.Random,
    touched: set[tuple[str, int]],
) -> Tampering:
    rows = _some(database, table, chance)
    rows = [row for row in rows if (table.label, row["id"]) not in touched]
    if len(rows) < 2:
        raise MissError
    pks = ROWS[kind](database, table, rows, chance)
    touched |= {(table.label, pk) for pk in pks}
    return Tampering(kind, tuple(f"{table.label} row {pk} " for pk in pks))


def _some(database: sqlite3.Connection, table: Table, chance: random.Random) -> list[Row]:
    """Five rows around a random key."""
    least, most = database.execute(f'SELECT min(id), max(id) FROM "{table.name}"').fetchone()
    if least is None:
        return []
    start = chance.randint(least, most)
    sql = f'SELECT * FROM "{table.name}" WHERE id >= ? ORDER BY id LIMIT 5'
    return [dict(row) for row in database.execute(sql, [start]).fetchall()]


def _set(database: sqlite3.Connection, table: Table, row: Row, column: str, value: Any) -> list[int]:
    before = database.execute(f'SELECT "{column}" FROM "{table.name}" WHERE id=?', [row["id"]]).fetchone()[0]
    database.execute(f'UPDATE "{table.name}" SET "{column}"=? WHERE id=?', [value, row["id"]])
    after = database.execute(f'SELECT "{column}" FROM "{table.name}" WHERE id=?', [row["id"]]).fetchone()[0]
    if (type(before), before) == (type(after), after):
        raise MissError
    return [row["id"]]


def _columns(table: Table, row: Row, *types: type) -> list[str]:
    found = [name for name in table.columns if isinstance(row[name], types)]
    if not found:
        raise MissError
    return found


def change_number(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    column = chance.choice(_columns(table, rows[0], int, float))
    return _set(database, table, rows[0], column, rows[0][column] + chance.choice([1, -1, 0.5, 100]))


def change_text(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    column = chance.choice(_columns(table, rows[0], str))
    text = rows[0][column]
    place = chance.randint(0, len(text))
    return _set(database, table, rows[0], column, text[:place] + chance.choice("改9 ") + text[place:])


def blank(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    return _set(database, table, rows[0], chance.choice(_columns(table, rows[0], str)), "")


def fill(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    """A value where there was none: a figure withdrawn, a matter closed, a slip answered."""
    return _set(database, table, rows[0], chance.choice(_columns(table, rows[0], type(None))), 1)


def another_type(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    column = chance.choice(_columns(table, rows[0], int, float))
    return _set(database, table, rows[0], column, f"{rows[0][column]}x")


def change_date(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    column = chance.choice([n for n in _columns(table, rows[0], str) if rows[0][n][:2] == "20"] or [""])
    if not column:
        raise MissError
    return _set(database, table, rows[0], column, "2031" + rows[0][column][4:])


def relink(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    links = [name for name in _columns(table, rows[0], int) if name.endswith("_id")]
    if not links:
        raise MissError
    column = chance.choice(links)
    return _set(database, table, rows[0], column, rows[0][column] + chance.randint(1, 3))


def delete(database: Any, table: Table, rows: list[Row], _chance: random.Random) -> list[int]:
    database.execute(f'DELETE FROM "{table.name}" WHERE id=?', [rows[0]["id"]])
    return [rows[0]["id"]]


def insert(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    """A row more, like another; texts a little different where an index wants them unlike."""
    new = {**rows[0], "id": 9_000_000 + chance.randint(0, 10**6)}
    for name in table.columns:
        if isinstance(new[name], str) and not new[name].startswith(("[", "{", "20")):
            new[name] += f"~{chance.randint(0, 10**6)}"
    _write(database, "INSERT", table, new)
    return [new["id"]]


def replace(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    column = chance.choice(_columns(table, rows[0], str))
    _write(database, "REPLACE", table, {**rows[0], column: rows[0][column] + "~"})
    return [rows[0]["id"]]


def replace_by_another_key(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    """Over a row by its unique index, not by its key: the old row vanishes without a DELETE."""
    new = {**rows[0], "id": 8_000_000 + chance.randint(0, 10**6)}
    _write(database, "REPLACE", table, new)
    gone = database.execute(f'SELECT count(*) FROM "{table.name}" WHERE id=?', [rows[0]["id"]]).fetchone()[0]
    return [new["id"]] if gone else [new["id"], rows[0]["id"]]


def swap(database: Any, table: Table, rows: list[Row], chance: random.Random) -> list[int]:
    """Two rows exchange the value of a column."""
    a, b = rows[:2]
    unlike = [name for name in table.columns if a[name] != b[name]]
    if not unlike:
        raise MissError
    column = chance.choice(unlike)
    database.execute("BEGIN")
    try:
        _set(database, table, a, column, b[column])
        _set(database, table, b, column, a[column])
    except (sqlite3.IntegrityError, MissError):
        database.execute("ROLLBACK")
        raise MissError from None
    database.execute("COMMIT")
    return [a["id"], b["id"]]


def reorder(database: Any, table: Table, rows: list[Row], _chance: random.Random) -> list[int]:
    """Two rows exchange their keys: the same content in another order."""
    a, b = rows[0]["id"], rows[1]["id"]
    if all(rows[0][name] == rows[1][name] for name in table.columns):
        raise MissError
    for old, new in ((a, -1), (b, a), (-1, b)):
        database.execute(f'UPDATE "{table.name}" SET id=? WHERE id=?', [new, old])
    return [a, b]


def _write(database: sqlite3.Connection, verb: str, table: Table, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    database.execute(f'{verb} INTO "{table.name}" ({names}) VALUES ({marks})', list(row.values()))


def truncate(database: Any, _home: Path, chance: random.Random) -> Tampering:
    """All rows of a table."""
    filled = [t for t in _tables() if database.execute(f'SELECT 1 FROM "{t.name}" LIMIT 1').fetchone()]
    table = chance.choice(filled)
    pks = [row[0] for row in database.execute(f'SELECT id FROM "{table.name}" ORDER BY id').fetchall()]
    database.execute(f'DELETE FROM "{table.name}"')
    return Tampering("truncate", tuple(f"{table.label} row {pk} is gone" for pk in (pks[0], pks[-1])))


def change_original(_database: Any, home: Path, chance: random.Random) -> Tampering:
    path = _original(home, chance)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    return Tampering("change an original", (path.name,))


def lose_original(_database: Any, home: Path, chance: random.Random) -> Tampering:
    path = _original(home, chance)
    path.unlink()
    return Tampering("lose an original", (path.name,))


def _original(home: Path, chance: random.Random) -> Path:
    """One that a submission brought."""
    with closing(sqlite3.connect(home / "wenpan.sqlite3")) as database:
        hashes = [row[0] for row in database.execute("SELECT sha256 FROM intake_original ORDER BY id")]
    sha256 = chance.choice(hashes)
    return next(path for path in (home / "originals").rglob(sha256))


def cut_tail(database: Any, _home: Path, chance: random.Random) -> Tampering:
    last = database.execute("SELECT max(sequence) FROM journal_entry").fetchone()[0]
    keep = last - chance.randint(1, 5)
    gone = "SELECT id FROM journal_entry WHERE sequence > ?"
    database.execute(f"DELETE FROM journal_seal WHERE entry_id IN ({gone})", [keep])
    database.execute("DELETE FROM journal_entry WHERE sequence > ?", [keep])
    return Tampering("cut the journal's tail", (f"现在只到第{keep}条",))


def roll_back(database: Any, _home: Path, _chance: random.Random) -> Tampering:
    """The file was replaced before."""
    last = database.execute("SELECT max(sequence) FROM journal_entry").fetchone()[0]
    return Tampering("roll back", (f"现在只到第{last}条",))


def change_entry(database: Any, _home: Path, chance: random.Random) -> Tampering:
    last = database.execute("SELECT max(sequence) FROM journal_entry").fetchone()[0]
    number = chance.randint(1, last)
    column, value = chance.choice(
        [("summary", "别的"), ("actor_name", "别人"), ("action", "x.y"), ("at", "2020-01-01 00:00:00")]
    )
    database.execute(f"UPDATE journal_entry SET {column}=? WHERE sequence=?", [value, number])
    return Tampering("change an entry", (f"broken at entry {number} ",))


def change_seal(database: Any, _home: Path, chance: random.Random) -> Tampering:
    seals = database.execute(
        'SELECT s.id, s."table", e.sequence FROM journal_seal s JOIN journal_entry e ON e.id = s.entry_id'
    ).fetchall()
    pk, label, sequence = chance.choice(seals)
    if chance.random() < 0.5:
        database.execute("DELETE FROM journal_seal WHERE id=?", [pk])
    else:
        database.execute("UPDATE journal_seal SET digests=zeroblob(length(digests)) WHERE id=?", [pk])
    return Tampering("change a seal", (f"the seal of {label} beside entry {sequence} ",))


ROWS: dict[str, Callable[[Any, Table, list[Row], random.Random], list[int]]] = {
    "change a number": change_number,
    "change a text": change_text,
    "blank": blank,
    "fill": fill,
    "another type": another_type,
    "change a date": change_date,
    "relink": relink,
    "delete": delete,
    "insert": insert,
    "replace": replace,
    "replace by another key": replace_by_another_key,
    "swap": swap,
    "reorder": reorder,
}
WHOLES: dict[str, Callable[[Any, Path, random.Random], Tampering]] = {
    "truncate": truncate,
    "change an original": change_original,
    "lose an original": lose_original,
    "cut the journal's tail": cut_tail,
    "roll back": roll_back,
    "change an entry": change_entry,
    "change a seal": change_seal,
}
ROW_KINDS, WHOLE_KINDS = tuple(ROWS), tuple(WHOLES)
