"""`wenpan tick`: the timed work of now: reminders, slips, the way up the line, the week's inspection.

`wenpan work` (and so `wenpan serve`) does it by itself; this is for cron or a systemd timer where no worker
runs. Within one half-hour it is done once, whoever starts it; `--again` does it once more, which is harmless.
"""

from __future__ import annotations

import argparse
import secrets


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("tick", help="do the timed work of now 定时任务", description=__doc__)
    parser.add_argument("--again", action="store_true", help="even if this half-hour has seen it")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 when it was done (or had been), 1 when it failed."""
    from wenpan.commands._start import check_journal, start_django

    check_journal()
    start_django()
    from django.utils import timezone

    from wenpan.district.adjustments.work import BEGIN
    from wenpan.district.ground.jobs.actions import start
    from wenpan.district.ground.jobs.models import Job
    from wenpan.district.ground.jobs.running import run as do
    from wenpan.district.ground.jobs.timed import slot_key
    from wenpan.district.supervision.escalation.queries import TICK

    do(start(kind=BEGIN, args={}, key=slot_key(BEGIN, timezone.now()), by=None).pk)  # names of today first
    key = slot_key(TICK, timezone.now()) + (f":{secrets.token_hex(4)}" if arguments.again else "")
    job = start(kind=TICK, args={}, key=key, by=None)
    do(job.pk)  # nothing if a worker has it, or it is done
    job.refresh_from_db()
    if job.state == Job.State.FAILED:
        print(f"× {job.error}")
        return 1
    done = job.result or {}
    words = ", ".join(f"{name} {done[name]}" for name in ("slips", "raised", "told", "added") if name in done)
    print(f"{job.key}: {job.state}" + (f" ({words})" if words else ""))
    return 0
