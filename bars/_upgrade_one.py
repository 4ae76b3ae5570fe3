"""Part of `upgrade`: a place of the first release brought up and killed. Prints one line of JSON."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bars.bar import place

MOST = 400  # starts
# What tells the time of the upgrade or of the number of its starts, and is no record of the place.
OF_THE_UPGRADE = ("django_migrations", "journal_", "sqlite_", "search_", "django_content_type", "auth_")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def main() -> None:
    seed, kills, first = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    begun = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    with place("upgrade") as home:
        _lay(first, home)
        from wenpan.commands._start import start_django

        start_django()
        _know_migrations()
        before = _records(home)
        whole, _status = _start(0, 0)
        assert whole
        plain = _records(home)
        _lay(first, home)
        chance = random.Random(seed)
        counts = {"between": 0, "inside": 0, "after": 0, "faults": 0, "starts": 0, "ended": 0}
        ended = False
        while not ended and counts["starts"] < MOST:
            counts["starts"] += 1
            between = chance.random() < 0.4
            # As long as kills are wanted a start lives for few migrations, or few statements.
            few = sum(counts[name] for name in ("between", "inside", "after")) < kills
            at = (chance.randint(1, 6) if between else chance.randint(1, 400)) if few else 0
            ended, how = _start(at if between else 0, 0 if between else at)
            if ended or how:
                counts[how or "ended"] += 1
            else:
                counts["faults"] += 1
                break
        counts["killed"] = counts["between"] + counts["inside"] + counts["after"]
        after = _records(home)
        counts["tables"] = len(before)
        counts["rows"] = sum(len(rows) for rows in before.values())
        unlike = [
            name
            for name in plain
            if name != "journal_entry" and _timeless(after.get(name), begun) != _timeless(plain[name], begun)
        ]
        print(f"unlike: {unlike}", file=sys.stderr)
        counts["differ"] = len(unlike)
        counts["lost"] = _lost(before, after)
        counts |= _seen()
        counts["control"] = _careless(first, home, chance)
        print(json.dumps(counts), flush=True)


def _lay(first: Path, home: Path) -> None:
    for path in home.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(first, home, dirs_exist_ok=True)


def _know_migrations() -> None:
    """Loaded once, so that each start pays for what it does and not for what it reads."""
    from django.db.migrations.loader import MigrationLoader

    import wenpan.commands.serve  # noqa: F401

    MigrationLoader(None, ignore_no_migrations=True)


def _start(migrations: int, statements: int, *, atomic: bool = True) -> tuple[bool, str]:
    """A start of the program, killed before the given migration or statement (0: lives). Whether it
    came to its end, and how it was killed: "between" migrations, "inside" one, "after" all, when it seals."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with suppress(BaseException), open(os.devnull, "w") as nowhere:
            if not atomic:
                sys.stderr = nowhere
            try:
                _migrate(migrations, statements, writing, atomic=atomic)
            except BaseException as error:
                print(f"the start ends with {error!r}", file=sys.stderr)
                os._exit(1)
            os._exit(0)
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False, {"(": "inside", ")": "between", "": "between"}.get(told[-1:], "after")
    return os.WEXITSTATUS(status) == 0, ""


def _migrate(migrations: int, statements: int, writing: int, *, atomic: bool) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from wenpan.commands import serve
    from wenpan.commands._start import check_journal
    from wenpan.district.ground.journal import keeping

    left = {"migrations": migrations, "statements": statements}

    def count(what: str) -> None:
        left[what] -= 1
        if left[what] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    apply = MigrationExecutor.apply_migration

    def applied(self: Any, state: Any, migration: Any, *how: Any, **more: Any) -> Any:
        count("migrations")
        if not atomic:
            migration.atomic = False
        os.write(writing, b"(")
        found = apply(self, state, migration, *how, **more)
        os.write(writing, b")")
        return found

    def statement(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        count("statements")
        return execute(sql, params, many, context)

    MigrationExecutor.apply_migration = applied  # type: ignore[method-assign]
    sealing = keeping.seal_what_stands

    def sealed(*how: Any, **more: Any) -> Any:
        os.write(writing, b".")
        return sealing(*how, **more)

    keeping.seal_what_stands = sealed
    check_journal()
    with connection.execute_wrapper(statement):
        serve.migrate()


def _records(home: Path) -> dict[str, dict[Any, dict[str, Any]]]:
    """Table → key → the row, of everything that is a record of the place."""
    import wenpan.district  # noqa: F401  (brings the fixed SQLite)

    found = {}
    with closing(sqlite3.connect(home / "wenpan.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            if not name.startswith(OF_THE_UPGRADE):
                rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
                found[name] = {row[0]: dict(row) for row in rows}
        entries = database.execute("SELECT sequence, hash, summary FROM journal_entry").fetchall()
        found["journal_entry"] = {row[0]: dict(row) for row in entries}
    return found


def _timeless(rows: Any, begun: str) -> Any:
    """The rows without the moments of the upgrade itself (when a password is taken as set, for one). The
    journal tells of the upgrade with its moments; what stood before is held to its content by `_lost`."""
    return {
        key: {
            name: "" if isinstance(value, str) and _MOMENT.match(value) and value[:19] >= begun else value
            for name, value in row.items()
        }
        for key, row in (rows or {}).items()
    }


def _lost(before: dict[str, dict[Any, Any]], after: dict[str, dict[Any, Any]]) -> int:
    """Rows that are not there any more, by their key; of the journal also the content. A table that the
    upgrade itself takes away counts with all its rows."""
    lost = 0
    for name, rows in before.items():
        there = after.get(name, {})
        gone = [key for key in rows if key not in there]
        if name == "journal_entry":
            gone += [key for key, row in rows.items() if key in there and there[key] != row]
        if gone:
            print(f"{name}: {len(gone)} of {len(rows)} rows are gone", file=sys.stderr)
        lost += len(gone)
    return lost


def _seen() -> dict[str, int]:
    """Lines of doctor, of the place and of what is derived in it."""
    from wenpan.commands import doctor

    lines = [*doctor.examine(), *doctor.rederived()]
    for line in lines[:5]:
        print(line, file=sys.stderr)
    return {"doctor": len(lines)}


def _careless(first: Path, home: Path, chance: random.Random) -> int:
    """The same kills where a migration is no transaction: 1 where a start can go no further."""
    _lay(first, home)
    for _kill in range(10):
        ended, how = _start(0, chance.randint(20, 300), atomic=False)
        if not ended and not how:
            return 1
    return 0


if __name__ == "__main__":
    main()
