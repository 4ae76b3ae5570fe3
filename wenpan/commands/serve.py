"""`wenpan serve`: the web server and the workers for long work, started, watched and stopped together."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from wenpan.commands import _assets
from wenpan.commands._single import only_start
from wenpan.commands._start import CODE, check_journal, home, set_day, start_django, stop
from wenpan.commands._workers import Workers, begin, end
from wenpan.district.ground.private_files import keep_private, mend

READY_WITHIN = 60.0  # seconds


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "serve", help="start the web server and the worker 启动", description=__doc__
    )
    add_arguments(parser)
    parser.set_defaults(func=run)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1: this machine only")
    parser.add_argument("--workers", type=int, default=2, help="server processes, default 2")
    parser.add_argument(
        "--door", type=int, default=0, metavar="PORT",
        help="also the firms' own door, a process of its own on this port (default: off) 企业自助",
    )  # fmt: skip
    parser.add_argument("--door-host", default="127.0.0.1", help="of the door, default 127.0.0.1")


def run(arguments: argparse.Namespace) -> int:
    keep_private()
    if mended := mend(home()):
        print(f"{mended} files or folders of the place could be read by others; mended", file=sys.stderr)
    check_journal()
    migrate()
    door = (arguments.door_host, arguments.door) if arguments.door else None
    return serve(arguments.host, arguments.port, arguments.workers, door=door)


def migrate() -> None:
    """Bring the database and the static files of this place to the form that this code expects.

    A stamp in the place remembers for which code that was done: the usual start does without Django.
    """
    stamp = home() / ".migrated"
    if stamp.exists() and stamp.read_text() == _form() and _assets.gathered(home()):
        return
    start_django()
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor

    from wenpan.district.ground.databases.whole_migrations import whole_migrations
    from wenpan.district.ground.journal import rule_digests
    from wenpan.district.ground.journal.keeping import begin_head, seal_what_stands

    _assets.gather()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    with whole_migrations():
        call_command("migrate", verbosity=0)
    seal_what_stands(why="程序升级", apps={migration.app_label for migration, _back in plan})
    begin_head()
    rule_digests.begin()
    _tell_restore()
    connections.close_all()
    stamp_form(home())


def _tell_restore() -> None:
    """The journal tells of a restore that `wenpan restore` noted, once."""
    from wenpan.commands._manifest import genuine
    from wenpan.commands.backup import journal_key
    from wenpan.commands.restore import RESTORED
    from wenpan.district.ground.journal import rule_digests
    from wenpan.district.ground.journal.keeping import tell_restore

    note = home() / RESTORED
    if not note.exists():
        return
    told = json.loads(note.read_text())
    if not genuine(told, journal_key(home())):
        stop(f"{note} was changed: look who restored what, then remove it.")
    tell_restore({name: value for name, value in told.items() if name != "mac"})
    rule_digests.note(why="由备份恢复")
    note.unlink()


def stamp_form(place: Path) -> None:
    (place / ".migrated").write_text(_form())


def _form() -> str:
    """A hash of all migrations, of Django, of the static files and of which database it is."""
    from importlib.metadata import version

    names = sorted(
        str(path.relative_to(CODE)) for path in (CODE / "wenpan").glob("district/**/migrations/0*.py")
    )
    packages = [version("django")]
    words = ["rules journalled", *names, *packages, _assets.form(), os.environ.get("DATABASE_URL", "sqlite")]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def serve(
    host: str,
    port: int,
    workers: int,
    ready: Callable[[str], None] = lambda url: print(f"→ {url}", flush=True),
    door: tuple[str, int] | None = None,
) -> int:
    """Run until Ctrl-C or SIGTERM; `ready` is told the address once a page answers."""
    with only_start(home()):
        return _serve(host, port, workers, ready, door)


def _serve(
    host: str, port: int, count: int, ready: Callable[[str], None], door: tuple[str, int] | None = None
) -> int:
    _free_or_stop(host, port)
    if door:
        _free_or_stop(*door)
    set_day(home())
    _tell_clock()
    web = _gunicorn("wenpan.district.wsgi", host, port, count)
    own = _gunicorn("wenpan.district.door.wsgi", *door, 1) if door else None  # one: it counts who knocks
    workers = Workers()  # after the first page, which they would only slow down
    stopping = _stop_on_signal()
    url = f"http://{host}:{port}/"
    announced, started = False, time.monotonic()
    try:
        while not stopping():
            if ended := next((p for p in (web, own) if p is not None and p.poll() is not None), None):
                return ended.returncode or 1
            if not announced and _answers(url):
                announced = True
                workers.start()
                ready(url)
            if not announced and time.monotonic() - started > READY_WITHIN:
                stop(f"the server did not answer on {url} within {READY_WITHIN:.0f} s.")
            workers.watch()
            time.sleep(0.1 if not announced else 0.5)
        return 0
    finally:
        workers.end()
        end(web)
        if own is not None:
            end(own)


def _gunicorn(application: str, host: str, port: int, count: int) -> subprocess.Popen[bytes]:
    return begin(
        "gunicorn", application, "--bind", f"{host}:{port}", "--worker-class", "gthread",
        "--workers", str(count), "--threads", "4", "--timeout", "120", "--graceful-timeout", "5",
        "--log-level", "warning", "--worker-tmp-dir", _memory_folder(), "--no-control-socket",
    )  # fmt: skip


def _free_or_stop(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            stop(f"{host}:{port} cannot be used ({error.strerror}); choose another port with --port.")


def _tell_clock() -> None:
    from wenpan.district.ground import conditions

    if conditions.clock_is_back(home()):
        print(f"× {conditions.SENTENCES['clock_back']} (or remove {home() / 'clock'})", file=sys.stderr)


def _memory_folder() -> str:
    """Where gunicorn's heartbeat does not wait for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"  # noqa: S108


def _answers(url: str) -> bool:
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=10):
            return True
    except URLError as error:
        return hasattr(error, "code")  # an error page is an answer
    except OSError:
        return False


def _stop_on_signal() -> Callable[[], bool]:
    seen: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        seen.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return lambda: bool(seen)
