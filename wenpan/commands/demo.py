"""`wenpan demo`: a fictional district with its history, built once and served.

The first run builds it (under a minute) in a folder beside WENPAN_HOME and moves it into place when it is
whole; later runs only serve it. A place that is not a demonstration is never touched.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from wenpan.commands import _assets
from wenpan.commands._start import check_journal, home, start_django, stop
from wenpan.commands.serve import add_arguments, migrate, serve, stamp_form

MARK, DATABASE = "demo.json", "wenpan.sqlite3"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "a fictional district, built and served 演示"
    parser = subparsers.add_parser("demo", help=about, description=__doc__)
    parser.add_argument("--as-of", default="2022-09", metavar="YYYY-MM", help="last month in its ledger")
    parser.add_argument("--no-serve", action="store_true", help="build it and leave")
    parser.add_argument("--fresh", action="store_true", help="throw an old demonstration away first")
    add_arguments(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    place = home()
    if arguments.fresh:
        throw_away(place)
    if built(place, arguments.as_of):
        if not arguments.no_serve:
            check_journal()
            migrate()
    else:
        build(place, arguments.as_of)
        stamp_form(place)
    if arguments.no_serve:
        return 0
    return serve(arguments.host, arguments.port, arguments.workers, ready=welcome)


def built(place: Path, as_of: str) -> bool:
    """Is this demonstration there? Ends with one line when something else is."""
    if not (place / MARK).exists():
        if (place / DATABASE).exists():
            stop(f"{place} holds a place that is not the demonstration; set WENPAN_HOME to another folder.")
        return False
    found = json.loads((place / MARK).read_text(encoding="utf-8"))["as_of"]
    if found != as_of:
        stop(f"{place} holds the demonstration as of {found}; give --fresh to build it anew as of {as_of}.")
    return True


def throw_away(place: Path) -> None:
    if (place / MARK).exists():
        shutil.rmtree(place)
    elif (place / DATABASE).exists():
        stop(f"{place} is not a demonstration: it is left as it is.")


def build(place: Path, as_of: str) -> None:
    """In a folder beside, so that a build that was cut off leaves nothing half made."""
    from wenpan.economy.time.periods import Month, parse_month

    try:
        month = parse_month(as_of)
    except ValueError as error:
        stop(str(error))
    if not Month(2020, 12) <= month <= Month(2022, 11):
        stop("the demonstration knows the months from 2020-12 to 2022-11.")
    place.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-building-"))
    try:
        _build_in(scratch, month)
        _move(scratch, place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _build_in(scratch: Path, month: object) -> None:
    former = dict(os.environ)
    os.environ.update(WENPAN_HOME=str(scratch), WENPAN_JOBS="inline")
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # small frames: threads cost more than they bring
    start_django()
    _unsynced()
    from django.db import connections

    from wenpan.demo.play import build as demo

    _say("building the demonstration 正在生成演示区 …")
    demo.build(scratch, month, _say)  # type: ignore[arg-type]
    from wenpan.district.ground.journal import rule_digests

    rule_digests.begin()
    _assets.gather()
    connections.close_all()
    os.sync()
    os.environ.clear()
    os.environ.update(former)


def _unsynced() -> None:
    """A demonstration that is cut off is thrown away whole: its building need not wait for the disk at every
    step. It is synced once at the end, and served like any place (design §9)."""
    from django.conf import settings

    options: dict[str, str] = dict(settings.DATABASES["default"]).get("OPTIONS", {})  # type: ignore[assignment]
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


def _move(scratch: Path, place: Path) -> None:
    """Into an absent or bare folder (settings may have made keys there)."""
    place.mkdir(exist_ok=True)
    for entry in sorted(scratch.iterdir(), key=lambda e: e.name == MARK):  # the mark last: then it is whole
        target = place / entry.name
        if target.is_dir():
            shutil.rmtree(target)
        entry.rename(target)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def welcome(url: str) -> None:
    from wenpan.demo.story.people import PASSWORD, PEOPLE

    print(f"\n  稳盘 Wenpan · 安禾区(虚构)演示\n  → {url}\n\n  password 密码 of all accounts: {PASSWORD}")
    for person in PEOPLE:
        print(f"    {person.username:<13} {person.name}　{person.comes_for}")
    print("\n  Ctrl-C ends it 结束. First steps: README.zh.md\n", flush=True)
