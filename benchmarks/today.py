"""今日 of every role in a district of full size: 20,000 matters, 50,000 requests, 5,000 deals, 50 people.

    python benchmarks/today.py --full                # that size; else a tenth of it, 12 answers of each
    python benchmarks/today.py --full --keep FOLDER  # the filled place is kept there
    python benchmarks/today.py --pages FOLDER        # only the pages, of a place that was kept

Filled is a copy of a demonstration (demonstration.py; --demo FOLDER names one). The rows come from
`today_place.py`. Printed: machine, load, and per role p50 and p95 of 30 answers of one server process
(Django's test client) after one to warm up, by the clock and of the processor (the clock's depend on what
else runs), with the number of queries; once while nobody writes, once with a liaison's feedback written
before each answer (a matter, its log and its feedback, so that every room that reads one of these tables is
asked anew), once with nothing kept at all; then the check-up. Bar, of the processor: p95 < 100 ms for the
first two.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import os
import platform
import pstats
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from demonstration import demonstration

BAR = 100.0  # ms, p95
ANSWERS = int(os.environ.get("ANSWERS", "30" if "--full" in sys.argv else "12"))
P95 = int(0.95 * ANSWERS)
PAGES = (("执行体检", "/checkup/"), ("帮助", "/help/"))  # the second: what the frame (bell, menu) costs alone


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=Path, help="`wenpan demo --no-serve` makes one")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--profile", metavar="ROLE", help="where 今日 of the role spends its time")
    parser.add_argument("--scale", type=float, default=0.1, help="a part of the size")
    parser.add_argument("--full", action="store_true", help="the whole size")
    given = parser.parse_args()
    with contextlib.nullcontext(_kept(given.pages)) if given.pages else demonstration(given.demo) as home:
        print(_machine())
        _fill(0 if given.pages else 1 if given.full else given.scale)
        if given.keep:
            shutil.copytree(home, given.keep)
        if given.profile:
            _profile(given.profile)
        else:
            measure()
            print(_machine())


def _kept(home: Path) -> Path:
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline"}
    from wenpan.commands._start import start_django

    start_django()
    return home


def _machine() -> str:
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    cores = f"{os.cpu_count()} cores, load {load}"
    return f"{platform.machine()} {platform.system()}, {cores}, Python {platform.python_version()}"


def _fill(scale: float) -> None:
    from django.core.management import call_command
    from today_place import build

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if scale:
        began = time.perf_counter()
        made = ", ".join(f"{n} {kind}" for kind, n in build(scale).items())
        print(f"{made}; filled in {time.perf_counter() - began:.0f} s", flush=True)


def _first_of_each_role() -> list[Any]:
    from wenpan.district.accounts.models import User

    roles: dict[str, Any] = {}
    for user in User.objects.exclude(role="").filter(is_active=True).order_by("pk"):
        roles.setdefault(user.role, user)
    return list(roles.values())


def _client(user: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def measure() -> None:
    from wenpan.district.ui import journal_cache

    slow: list[str] = []
    for user in _first_of_each_role():
        client = _client(user)
        for words, seconds, before in (("", 300, None), (" written", 300, _reports()), (" anew", 0, None)):
            journal_cache.KEPT_SECONDS = seconds
            worked = _told(f"今日 {user.role}{words}", client, "/today/", before)
            if worked > BAR and words != " anew":
                slow.append(f"{user.role}{words}")
    journal_cache.KEPT_SECONDS = 300
    for name, address in PAGES:
        for username in ("supervisor", "liaison", "leader"):
            from wenpan.district.accounts.models import User

            _told(f"{name} {username}", _client(User.objects.get(username=username)), address)
    print(f"今日 above {BAR:.0f} ms: {'、'.join(slow) or 'none'}")


@contextmanager
def _noted(queries: list[str]) -> Iterator[None]:
    """Adds a line for every query: milliseconds of the processor, and its text."""
    from django.db import connection

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.process_time()
        try:
            return execute(sql, params, many, context)
        finally:
            queries.append(f"{1000 * (time.process_time() - began):7.1f} ms {sql}")

    with connection.execute_wrapper(note):
        yield


def _reports() -> Callable[[], None]:
    """Each call: one unit's feedback of another matter, by its liaison."""
    from wenpan.district.accounts.models import User
    from wenpan.district.supervision.actions import feed_back
    from wenpan.district.supervision.models import Matter

    people = {user.unit_id: user for user in User.objects.filter(role="liaison", is_active=True)}
    working = Matter.objects.filter(state="working", paused=False, lead__in=people).order_by(
        "feedback_on", "pk"
    )
    rows = iter(working[: 9 * ANSWERS + 9])

    def report() -> None:
        for matter in rows:
            try:
                feed_back(matter=matter, claim="progress", process="按计划推进。", by=people[matter.lead_id])
            except ValueError:  # a log that the filler wrote with times out of order
                continue
            return

    return report


def _told(name: str, client: Any, address: str, before: Callable[[], None] | None = None) -> float:
    """p95 of the processor, ms. `before`: done before each answer, and not counted."""
    queries: list[str] = []
    client.get(address)
    if before is not None:
        before()
    with _noted(queries):
        answer = client.get(address)
    times, work = [], []
    for _ in range(ANSWERS):
        if before is not None:
            before()
        began, worked = time.perf_counter(), time.process_time()
        client.get(address)
        times.append(1000 * (time.perf_counter() - began))
        work.append(1000 * (time.process_time() - worked))
    times.sort()
    work.sort()
    print(
        f"{name:24} {answer.status_code} p50 {times[ANSWERS // 2]:5.0f} ms  p95 {times[P95]:5.0f} ms"
        f"  of the processor p50 {work[ANSWERS // 2]:5.0f} p95 {work[P95]:5.0f} ms  {len(queries)} queries",
        flush=True,
    )
    return work[P95]


def _profile(role: str) -> None:
    """The slowest queries and functions of five answers."""
    client = _client(next(user for user in _first_of_each_role() if user.role == role))
    client.get("/today/")
    queries: list[str] = []
    with _noted(queries):
        client.get("/today/")
    print(f"{len(queries)} queries")
    for line in sorted(queries, reverse=True)[:15]:
        print(line[:400])
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for _ in range(5):
        client.get("/today/")
    profile.disable()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(120)


if __name__ == "__main__":
    main()
