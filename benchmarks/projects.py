"""How long a pool of 10,000 projects with five years of returns takes: import, pages, expectation.

    python benchmarks/projects.py [projects] [--keep FOLDER]   # FOLDER: the home is kept there
    python benchmarks/projects.py --pages FOLDER               # only the pages, on a home that was kept

A home of its own, in the temporary folder; prints machine, load and times in seconds. Times of pages are
of the whole answer of the server (Django's test client), p95 of 20 after one to warm up.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

AT = datetime(2022, 10, 10, 9, 0, tzinfo=timezone(timedelta(hours=8)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", type=int, nargs="?", default=10_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--pages", type=Path)
    given = parser.parse_args()
    kept = given.pages or given.keep
    home = kept or Path(tempfile.mkdtemp(prefix="wenpan-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline"}
    try:
        _pages_alone() if given.pages else _run(home, given.projects)
    finally:
        if not kept:
            shutil.rmtree(home, ignore_errors=True)


def _pages_alone() -> None:
    from wenpan.commands._start import start_django

    start_django()
    from wenpan.district.accounts.models import User

    print(_machine())
    _pages(User.objects.get(username="analyst"))


def _machine() -> str:
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    cores = f"{os.cpu_count()} cores, load {load}"
    return f"{platform.machine()} {platform.system()}, {cores}, Python {platform.python_version()}"


def _timed(name: str, act: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    answer = act()
    print(f"{name:<58}{time.perf_counter() - started:8.2f} s", flush=True)
    return answer


def _run(home: Path, count: int) -> None:
    from wenpan.commands._start import start_django

    start_django()
    from django.core.management import call_command

    from wenpan.commands.init import sync_place
    from wenpan.demo.files import project_files as files
    from wenpan.demo.play import build
    from wenpan.economy.time.periods import Month

    print(_machine())
    build._install_place(home)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name their files
    sync_place()
    users = build._users()
    until, end = Month(2022, 12), Month(2022, 9)
    pool = files.pool(until, count=count)
    rows = pool.entered_in("", str(end))
    send = Sender(users["statistician"])
    print(f"{len(rows)} projects, {sum(1 for c, m in pool.cumulative if m <= str(end))} returns")
    send("list of projects", "清单.xlsx", files.list_workbook("安禾区投资统计在库项目清单", rows, {}))
    send(
        "five years of returns in one file",
        "历史.xlsx",
        files.history_workbook(pool, rows, end, "安禾区累计完成投资"),
    )
    send("one month's returns", "月报.xlsx", files.return_workbook(pool, rows, end.plus(1)))
    _expectation(end.plus(1))
    _pages(users["analyst"])
    print(_machine())


class Sender:
    def __init__(self, by: Any) -> None:
        self.by = by

    def __call__(self, what: str, name: str, data: bytes) -> None:
        from wenpan.district.intake import actions

        submission = actions.submit(data=data, filename=name, by=self.by, at=AT)
        _timed(f"check: {what}", lambda: actions.check(submission=submission, at=AT))
        submission.refresh_from_db()
        assert submission.state == "ready", list(submission.findings.values_list("check_code", "found")[:5])
        keys = submission.findings.filter(severity="soft").values_list("key", flat=True)
        actions.explain(submission=submission, reasons=dict.fromkeys(keys, "已核实"), by=self.by, at=AT)
        _timed(f"accept: {what}", lambda: actions.accept(submission=submission, by=self.by, at=AT))


def _expectation(month: Any) -> None:
    from wenpan.district.projects.pool import standings as pooling
    from wenpan.district.projects.pool.pool_snapshot import take_snapshot
    from wenpan.economy.pool import expect, grid

    held = _timed("read projects and returns from the database", lambda: take_snapshot(month))
    pool = _timed("grid", lambda: grid(held.projects, held.returns, until=month))
    _timed("expectation of the rest of the year, 2000 paths", lambda: expect(pool, as_of=month, paths=2000))
    _timed("standings of one month (all of it)", lambda: pooling.standings(held, month))


PAGES = (
    ("pool", "/projects/"),
    ("pool, filtered and sorted", "/projects/?band=small&unit=tongxi&sort=-this_year"),
    ("pool, long stopped", "/projects/?flag=long_stopped"),
    ("pool, searched", "/projects/?q=产业园"),
    ("speech's table", "/projects/table/"),
    ("speech's table by town", "/projects/table/?by=unit"),
    ("outlook", "/projects/outlook/?growth=8"),
)


def _pages(user: Any) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user)
    for name, address in PAGES:
        times = []
        for _ in range(21):
            started = time.perf_counter()
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            times.append(time.perf_counter() - started)
        ordered = sorted(times[1:])
        print(
            f"page: {name:<40} p50 {1000 * ordered[9]:6.0f} ms   p95 {1000 * ordered[18]:6.0f} ms", flush=True
        )


if __name__ == "__main__":
    main()
