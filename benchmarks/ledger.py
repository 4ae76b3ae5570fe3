"""A ledger of millions in one place: what a page costs, how long an acceptance takes, what an export needs.

    python benchmarks/ledger.py [--full] [--regions 20] [--years 3] [--export 1000000] [--home DIR]

200 indicators, level and growth: 20 regions × 10 years (--full) are 0.9 million figures, 100 × 20 are 9
million. Pages are asked through the whole middleware in this process, one after another; acceptances as in
board.py; exports in a process of their own, which reads the answer as it comes and throws it away. Limits:
board and indicator p95 < 150 ms, the board ≤ 8 ms of processor, an accepted table < 2 s, an export of a
million figures < 60 s of processor and < 200 MB (beside what the server has anyway). Ends with 1 where one is
missed. --home keeps the place, or uses one that stands. Pages are told by the clock and by the processor's
time; where more is running than the machine has cores, the limit is held against the latter.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import board_place

PAGE_MS, BOARD_CPU_MS, ACCEPT_S, EXPORT_S, EXPORT_MB = 150, 8, 2, 60, 200
ROUNDS = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, default=20)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--export", type=int, default=1_000_000, help="at most so many figures")
    parser.add_argument("--full", action="store_true", help="20 regions, 10 years")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only", choices=("csv", "xlsx"), help=argparse.SUPPRESS)  # the export's own process
    asked = parser.parse_args()
    if asked.full:
        asked.regions, asked.years = 20, 10
    if asked.only:
        return export(asked)
    with tempfile.TemporaryDirectory(prefix="wenpan-ledger-") as scratch:
        asked.home = asked.home or Path(scratch)
        return measure(asked)


def start(home: Path) -> None:
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline", "WENPAN_LOG": "ERROR"}
    from wenpan.commands._start import start_django

    start_django()


def measure(asked: argparse.Namespace) -> int:
    board_place.REGIONS, board_place.YEARS = asked.regions, asked.years
    fresh = not (asked.home / "wenpan.sqlite3").exists()
    start(asked.home)
    begun = time.perf_counter()
    if fresh:
        from wenpan.commands import _assets

        board_place.build(asked.home)
        _assets.gather()
    from wenpan.district.observations.models import Observation, Region
    from wenpan.rules import catalogue

    size = (asked.home / "wenpan.sqlite3").stat().st_size / 2**20
    print(machine())
    how = f"{'built' if fresh else 'opened'} in {time.perf_counter() - begun:.0f} s"
    regions, codes = Region.objects.count(), len(catalogue())
    shape = f"{codes} indicators, {regions} regions; {size:,.0f} MB"
    print(f"{Observation.objects.count():,} figures: {shape}, {how}")
    missed = pages(list(catalogue()))
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    for label, clock, spent in board_place.acceptance():
        held, more = clock, f", {spent:.2f} s of processor"
        if busy:
            held, more = spent, f" of processor, {clock:.2f} s by the clock"
        missed += told(f"accepted, on the board: {label}", held, ACCEPT_S, "s", more)
    for kind in ("csv", "xlsx"):
        command = [
            sys.executable,
            __file__,
            "--only",
            kind,
            "--home",
            str(asked.home),
            "--export",
            str(asked.export),
        ]
        done = subprocess.run(
            command, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        )
        missed += done.returncode
    print(f"load average at the end {os.getloadavg()[0]:.1f}; {missed or 'none'} of the limits missed")
    return int(missed > 0)


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), platform.processor())
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def told(label: str, value: float, limit: float, unit: str, more: str = "") -> int:
    """1 where the limit is missed."""
    missed = value > limit
    print(f"{label:<44}{value:9.2f} {unit} (limit {limit:g}){' MISSED' if missed else ''}{more}", flush=True)
    return int(missed)


def pages(codes: list[str]) -> int:
    from django.test import Client

    from wenpan.district.accounts.models import User
    from wenpan.district.ui import journal_cache

    client, chance = Client(headers={"Accept-Encoding": "gzip"}), random.Random(7)
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    client.force_login(User.objects.get(username="bench"))
    boards = board_place.BOARDS
    missed = 0
    for label, addresses in (
        ("board", [f"/board/{chance.choice(boards)}" for _n in range(ROUNDS)]),
        ("board, drawn anew", [f"/board/{chance.choice(boards)}" for _n in range(ROUNDS // 3)]),
        ("indicator, first time", [f"/indicators/{code}/" for code in chance.sample(codes, ROUNDS)]),
        ("the ledger", [f"/ledger/?indicator={chance.choice(codes)}" for _n in range(ROUNDS)]),
        ("the ledger, all figures", ["/ledger/"] * 5),
    ):
        journal_cache.KEPT_SECONDS = 0 if "anew" in label else 300
        # templates and rules are read once; a board's rows are drawn once a process, whoever asks
        for address in set(addresses) if label.startswith("board") else addresses[:3]:
            client.get(address)
        clock, work = [], []
        for address in addresses:
            begun, spent = time.perf_counter(), time.process_time()
            assert client.get(address).status_code == 200
            clock.append(1000 * (time.perf_counter() - begun))
            work.append(1000 * (time.process_time() - spent))
        held, other = (work, clock) if busy else (clock, work)
        told_by = "processor" if busy else "clock"
        more = f", median {median(held):.0f}; by the {'clock' if busy else 'processor'} {p95(other):.0f}"
        missed += told(f"{label}: p95 of {len(held)} ({told_by})", p95(held), PAGE_MS, "ms", more)
    for label, spent in board_place.cost(codes):
        limit = BOARD_CPU_MS if label == "the board, again" else PAGE_MS
        missed += told(f"processor: {label}", spent, limit, "ms")
    return missed


def p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def export(asked: argparse.Namespace) -> int:
    """Reads the ledger's export as it comes; how many limits were missed."""
    start(asked.home)
    from django.test import Client

    from wenpan.district.accounts.models import User
    from wenpan.district.observations import ledger

    filters: dict[str, Any] = {}
    for year in range(2003, 2023):  # as much of the ledger's end as was asked for
        if ledger.figures(ledger.LedgerFilters(since=f"{year}-01")).count() <= asked.export:
            filters = {"since": f"{year}-01"}
            break
    count = ledger.figures(ledger.LedgerFilters(**filters)).count()
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    client.get("/ledger/?indicator=none")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun, clock = time.process_time(), time.perf_counter()
    answer = client.get("/ledger/", filters | {"export": asked.only})
    parts = answer.streaming_content if answer.streaming else [answer.content]
    size = sum(len(part) for part in parts)
    spent, clock = time.process_time() - begun, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    label = f"export of {count:,} figures, {asked.only}"
    missed = told(
        label, spent, EXPORT_S, "s of processor", f", {clock:.0f} s by the clock, {size / 2**20:.0f} MB"
    )
    own = f", beside {before:.0f} MB of a server that has shown a page"
    return missed + told(f"{label}: memory for it", peak - before, EXPORT_MB, "MB", own)


if __name__ == "__main__":
    sys.exit(main())
