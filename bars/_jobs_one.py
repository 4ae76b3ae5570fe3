"""Part of `jobs`: one database. Prints one line of JSON with what was counted."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from bars.bar import place

WORKERS = 3


def main() -> None:
    seed, jobs, kills = (int(text) for text in sys.argv[1:4])
    with place("jobs") as home:
        from wenpan.commands._start import start_django

        start_django()
        from wenpan.commands.serve import migrate

        migrate()
        register()
        chance = random.Random(seed)
        asked = [f"deed{number}" for number in range(jobs)]
        for name in asked:
            ask(name)
        counts = {"killed": slaughter(home, chance, kills), "again": 0, "silent": 0}
        for _turn in range(20):
            finish(home)
            failed = failures()
            counts["silent"] += sum(not error for _name, error in failed)
            counts["again"] += len(failed)
            if not failed:
                break
            for name, _error in failed:
                ask(name)
        counts |= look(asked)
        more = [f"control{number}" for number in range(60)]
        for name in more:
            ask(name)
        slaughter(home, chance, 10, reaper=False)
        finish(home, reaper=False)
        counts["control"] = 60 - look(more)["done"]
        print(json.dumps(counts), flush=True)


def register() -> None:
    from django.db import transaction

    from wenpan.district.accounts.models import Unit
    from wenpan.district.ground.jobs.registry import Progress, job
    from wenpan.district.ground.journal.actions import record

    @job("bar.deed", label="登记")
    def deed(args: dict[str, Any], progress: Progress) -> None:
        """As the handlers of the rooms: one transaction, and what is done already is not done again."""
        progress(10, "开始")
        time.sleep(args["seconds"])
        with transaction.atomic():
            if Unit.objects.filter(code=args["name"]).exists():
                return
            Unit.objects.create(code=args["name"], name=args["name"], short_name=args["name"])
            record(by=None, action="bar.deed", subject=f"unit:{args['name']}", summary="登记")
            time.sleep(args["seconds"])
        progress(90, "登记完")
        time.sleep(args["seconds"])


def ask(name: str) -> None:
    from wenpan.district.ground.jobs.actions import start

    start(kind="bar.deed", args={"name": name, "seconds": 0.002}, key=name, by=None)


def slaughter(home: Path, chance: random.Random, kills: int, *, reaper: bool = True) -> int:
    """Workers die one after the other; another always takes the place of the dead. The number of killed."""
    workers = [worker(home, reaper=reaper) for _n in range(WORKERS)]
    killed = tried = 0
    while killed < kills and tried < 10 * kills:
        tried += 1
        time.sleep(chance.uniform(0.01, 0.12))
        place = chance.randrange(WORKERS)
        os.kill(workers[place], signal.SIGKILL)
        _pid, status = os.waitpid(workers[place], 0)
        killed += os.WIFSIGNALED(status)
        workers[place] = worker(home, reaper=reaper)
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return killed


def worker(home: Path, *, reaper: bool) -> int:
    """A worker of its own process that goes on until it is killed."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            _work(reaper=reaper, until_empty=False)
        finally:
            os._exit(0)
    return child


def _work(*, reaper: bool, until_empty: bool) -> None:
    from wenpan.district.ground.jobs import worker as module

    module.REAP_SECONDS = 0.05 if reaper else 1e9
    module.POLL_SECONDS = 0.01
    one = module.Worker(until_empty=until_empty)
    one._clock = lambda: None  # type: ignore[method-assign]  # no timed work of the rooms
    if not reaper:
        one.reaped = time.monotonic()
    one.work()


def finish(home: Path, *, reaper: bool = True) -> None:
    """One more worker, in peace, until nothing waits."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            for _turn in range(3):
                _work(reaper=reaper, until_empty=True)
                time.sleep(0.1)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def failures() -> list[tuple[str, str]]:
    from wenpan.district.ground.jobs.models import Job

    return list(Job.objects.filter(state="failed", key__startswith="deed").values_list("key", "error"))


def look(asked: list[str]) -> dict[str, int]:
    """done | lost | twice of the jobs that were asked for."""
    from collections import Counter

    from wenpan.district.accounts.models import Unit
    from wenpan.district.ground.jobs.models import Job
    from wenpan.district.ground.journal.models import Entry
    from wenpan.district.ground.journal.queries import verify

    done = set(Job.objects.filter(state="done", key__in=asked).values_list("key", flat=True))
    there = set(Unit.objects.filter(code__in=asked).values_list("code", flat=True))
    told = Counter(Entry.objects.filter(action="bar.deed").values_list("subject", flat=True))
    return {
        "done": len(done),
        "lost": len(done - there) + (0 if verify().whole else 1),
        "twice": sum(told[f"unit:{name}"] > 1 for name in asked),
    }


if __name__ == "__main__":
    main()
