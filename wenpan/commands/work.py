"""`wenpan work`: does the long work that people started (checking files, judging, documents)."""

from __future__ import annotations

import argparse


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("work", help="do queued work 后台任务", description=__doc__)
    parser.add_argument("--until-empty", action="store_true", help="leave when nothing is queued")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    from wenpan.commands._start import start_django

    start_django()
    from wenpan.district.ground.jobs.worker import Worker

    worker = Worker(until_empty=arguments.until_empty)
    worker.stop_on_signals()
    worker.work()
    return 0
