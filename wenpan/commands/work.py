"""`wenpan work`: does the long work that people started (checking files, judging, documents).

Light and heavy work have a queue each. Without `--queue` two workers are started, one for each; a server
under load may run more, e.g. `wenpan work --queue heavy` on a second machine.
"""

from __future__ import annotations

import argparse
import signal
import time

QUEUES = {"light": ("light",), "heavy": ("heavy", "light")}  # in the order in which they are looked at


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("work", help="do queued work 后台任务", description=__doc__)
    parser.add_argument(
        "--queue", choices=sorted(QUEUES), help="one worker: for light, or for heavy work first"
    )
    parser.add_argument("--until-empty", action="store_true", help="leave when nothing is queued")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    from wenpan.commands._start import check_journal, start_django

    check_journal()
    if arguments.queue is None and not arguments.until_empty:
        return _both()
    start_django()
    from wenpan.district.ground.jobs.worker import Worker

    queues = QUEUES[arguments.queue] if arguments.queue else ("light", "heavy")
    worker = Worker(queues=queues, until_empty=arguments.until_empty)
    worker.stop_on_signals()
    worker.work()
    return 0


def _both() -> int:
    from wenpan.commands._workers import Workers

    seen: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: seen.append(number))
    workers = Workers()
    workers.start()
    try:
        while not seen:
            workers.watch()
            time.sleep(0.5)
    finally:
        workers.end()
    return 0
