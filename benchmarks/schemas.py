"""One PostgreSQL with a schema a place: whether the board of a place slows down as their number grows.

    python benchmarks/schemas.py [--full] [--counts 1,8] [--places 2]      # DATABASE_URL names a PostgreSQL

A place is built once (60,000 figures of 200 indicators) and copied by SQL: tables, rows and indices; not the
triggers and foreign keys, which reading does not touch. For each count so many schemas stand; then some of
them are served, each by a process of its own, one after the other, as `wenpan serve` would with
`PGOPTIONS=-csearch_path=place_7`. Asked are the board of three months, filtered and sorted, through the whole
middleware, each drawn once before. Prints size, p95 by the clock and the
processor's time; ends with 1 where a p95 is above 150 ms (by the processor's time where more is running than
the machine has cores, as in ledger.py).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import board_place

LIMIT_MS, ROUNDS = 150, 60
TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = %s AND table_type = 'BASE TABLE'"
)
COLUMNS = """SELECT column_name FROM information_schema.columns
    WHERE table_schema = %s AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", default="1,8")
    parser.add_argument("--full", action="store_true", help="1, 20, 60 and 120 places (5 GB), four served")
    parser.add_argument("--places", type=int, default=2, help="served of each count")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)  # the process of one place
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        print("DATABASE_URL names no PostgreSQL (script/bench starts one): nothing is measured")
        return 0
    if asked.build:
        start(asked.build)
        board_place.REGIONS, board_place.YEARS = 5, 3
        print(json.dumps({"figures": board_place.build(asked.build)}))
        from wenpan.commands import _assets

        _assets.gather()
        return 0
    if asked.serve:
        return serve(asked.serve)
    with tempfile.TemporaryDirectory(prefix="wenpan-schemas-") as scratch:
        counts, places = ("1,20,60,120", 4) if asked.full else (asked.counts, asked.places)
        return grow(Path(scratch), [int(count) for count in counts.split(",")], places)


def start(home: Path) -> None:
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline", "WENPAN_LOG": "ERROR"}
    from wenpan.commands._start import start_django

    start_django()


def process(place: int, home: Path, flag: str) -> str:
    """One step in a process that knows one schema only."""
    environment = {
        **os.environ,
        "PGOPTIONS": f"-csearch_path=place_{place}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, __file__, flag, str(home)], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    return next(line for line in reversed(done.stdout.splitlines()) if line.startswith("{"))


def grow(scratch: Path, counts: list[int], served: int) -> int:
    import psycopg

    missed = there = 0
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute("CREATE SCHEMA place_0")
        (scratch / "0").mkdir()
        built = json.loads(process(0, scratch / "0", "--build"))
        link.execute("ANALYZE")
        tables = tables_of(link, "place_0")
        link.execute("SET synchronous_commit = off")  # of the copying; the places are only read
        print(f"{built['figures']:,} figures a place, load {os.getloadavg()[0]:.1f}", flush=True)
        there = 1
        print(
            "| places | MB | relations | served | p50 ms | p95 ms | processor ms | its p95 | the first ms |"
        )
        print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        for count in counts:
            while there < count:
                copied(link, there, tables)
                shutil.copytree(scratch / "0", scratch / str(there))
                there += 1
            missed += told(link, scratch, there, served)
    return int(missed > 0)


def tables_of(link, schema: str) -> list[tuple[str, str]]:
    """Each table, and the columns to copy; "" where it is empty. Asked once: the catalogue of a hundred
    places holds a hundred thousand relations, and every question to it then takes longer than the copying."""
    found = []
    for (table,) in link.execute(TABLES, [schema]).fetchall():
        names = ", ".join(f'"{name}"' for (name,) in link.execute(COLUMNS, [schema, table]).fetchall())
        some = link.execute(f'SELECT EXISTS (SELECT FROM {schema}."{table}")').fetchone()[0]
        found.append((table, names if some else ""))
    return found


def copied(link, place: int, tables: list[tuple[str, str]]) -> None:
    link.execute(f"CREATE SCHEMA place_{place}")
    with link.transaction():
        for table, names in tables:
            link.execute(f'CREATE TABLE place_{place}."{table}" (LIKE place_0."{table}" INCLUDING ALL)')
            if names:
                rows = f'INSERT INTO place_{place}."{table}" ({names}) SELECT {names} FROM place_0."{table}"'
                link.execute(rows)
                link.execute(f'ANALYZE place_{place}."{table}"')


def told(link, scratch: Path, there: int, served: int) -> int:
    chosen = random.Random(there).sample(range(there), min(served, there))
    found = [json.loads(process(place, scratch / str(place), "--serve")) for place in chosen]
    times, work = (sorted(t for one in found for t in one[name]) for name in ("times", "work"))
    p95, spent = (row[min(len(row) - 1, int(0.95 * len(row)))] for row in (times, work))
    size = link.execute("SELECT pg_database_size(current_database())").fetchone()[0] / 2**20
    relations = link.execute("SELECT COUNT(*) FROM pg_class").fetchone()[0]
    first = max(one["first"] for one in found)
    held = spent if os.getloadavg()[0] > (os.cpu_count() or 1) else p95
    print(
        f"| {there} | {size:,.0f} | {relations:,} | {len(found)} | {times[len(times) // 2]:.0f} | {p95:.0f} "
        f"| {sum(work) / len(work):.1f} | {spent:.0f} | {first:.0f} |{' MISSED' if held > LIMIT_MS else ''}",
        flush=True,
    )
    return int(held > LIMIT_MS)


def serve(home: Path) -> int:
    start(home)
    from django.test import Client

    from wenpan.district.accounts.models import User

    client, chance = Client(), random.Random(7)
    client.force_login(User.objects.get(username="bench"))
    begun = time.perf_counter()
    assert client.get("/board/").status_code == 200  # rules and templates are read once
    first = 1000 * (time.perf_counter() - begun)
    for address in board_place.BOARDS:
        client.get(f"/board/{address}")  # and the rows of three months drawn
    times, work = [], []
    for _n in range(ROUNDS):
        begun, spent = time.perf_counter(), time.process_time()
        assert client.get(f"/board/{chance.choice(board_place.BOARDS)}").status_code == 200
        times.append(1000 * (time.perf_counter() - begun))
        work.append(1000 * (time.process_time() - spent))
    print(json.dumps({"times": times, "work": work, "first": first}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
