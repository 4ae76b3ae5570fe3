"""What it costs that every reading of single returns is journalled: the same pages with and without.

    python benchmarks/journalled_reads.py [reads] [projects] [readers at once]

A home of its own in the temporary folder with a list of projects and a month's returns. Times are of the
whole answer of the server (Django's test client), by the clock and of the processor; the two kinds take
turns, so that load falls on both alike. Prints median and p95, also with several readers at once, what an
entry adds to the database, and what it adds to the verification of the journal.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

from projects import Sender, _machine

PAGES = ("/projects/", "/projects/key/", "/projects/problems/")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reads", type=int, nargs="?", default=200)
    parser.add_argument("projects", type=int, nargs="?", default=300)
    parser.add_argument("at_once", type=int, nargs="?", default=8)
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="wenpan-bench-"))
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline"}
    try:
        analyst = _place(home, given.projects)
        print(_machine())
        _one_by_one(analyst, given.reads)
        _at_once(analyst, given.reads, given.at_once)
        _kept(home, analyst, given.reads)
        print(_machine())
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _place(home: Path, count: int) -> Any:
    from wenpan.commands._start import start_django

    start_django()
    from django.core.management import call_command

    from wenpan.commands.init import sync_place
    from wenpan.demo.files import project_files as files
    from wenpan.demo.play import build
    from wenpan.economy.time.periods import Month

    build._install_place(home)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    sync_place()
    users = build._users()
    pool = files.pool(Month(2022, 12), count=count)
    rows = pool.entered_in("", "2022-09")
    send = Sender(users["statistician"])
    send("list of projects", "清单.xlsx", files.list_workbook("安禾区投资统计在库项目清单", rows, {}))
    send("one month's returns", "月报.xlsx", files.return_workbook(pool, rows, Month(2022, 9)))
    return users["analyst"]


def _browser(user: Any) -> Any:
    from django.test import Client

    browser = Client()
    browser.force_login(user)
    return browser


def _unnoted() -> Any:
    return patch("wenpan.district.accounts.single_returns._note", lambda *_told: None)


Times = list[tuple[float, float]]  # ms by the clock and of the thread's processor


def _asked(browser: Any, path: str) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.thread_time()
    answer = browser.get(path)
    took = 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - worked)
    assert answer.status_code == 200, path
    return took


def _told(what: str, noted: Times, silent: Times) -> None:
    def said(times: list[float]) -> str:
        return f"{statistics.median(times):.0f}/{statistics.quantiles(times, n=20)[-1]:.0f}"

    for clock, which in ((1, "processor"), (0, "by the clock")):
        one, other = [t[clock] for t in noted], [t[clock] for t in silent]
        more = statistics.median(one) - statistics.median(other)
        told = f"journalled {said(one)} ms, not {said(other)} ms (median/p95), {more:+.1f}"
        print(f"{what:<24} {which:<12} {told}")


def _one_by_one(user: Any, reads: int) -> None:
    browser = _browser(user)
    for path in PAGES:
        _asked(browser, path)
        noted, silent = Times(), Times()
        for _turn in range(reads):
            noted.append(_asked(browser, path))
            with _unnoted():
                silent.append(_asked(browser, path))
        _told(path, noted, silent)


def _at_once(user: Any, reads: int, many: int) -> None:
    browsers = [_browser(user) for _one in range(many)]

    def walk(browser: Any) -> Times:
        from django.db import connections

        times = [_asked(browser, PAGES[0]) for _turn in range(max(1, reads // many))]
        connections.close_all()
        return times

    def all_at_once() -> Times:
        with ThreadPoolExecutor(many) as pool:
            return [one for times in pool.map(walk, browsers) for one in times]

    with _unnoted():
        silent = all_at_once()
    _told(f"{PAGES[0]} × {many} at once", all_at_once(), silent)


def _kept(home: Path, user: Any, reads: int) -> None:
    from django.db import connection

    from wenpan.district.ground.journal.models import Entry
    from wenpan.district.ground.journal.queries import verify

    def size() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (home / "wenpan.sqlite3").stat().st_size

    def checked() -> float:
        began = time.process_time()
        assert verify().whole
        return time.process_time() - began

    browser, before, entries, first = _browser(user), size(), Entry.objects.count(), checked()
    for _turn in range(reads):
        browser.get(PAGES[0])
    more = Entry.objects.count() - entries
    added = (size() - before) / more
    longer = 1e4 * (checked() - first) / more
    print(f"an entry takes {added:.0f} bytes; 10,000 more add {longer:.2f} s of processor to verifying")


if __name__ == "__main__":
    main()
