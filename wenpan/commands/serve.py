"""`wenpan serve`: the web server and the worker for long work, started, watched and stopped together."""

from __future__ import annotations

import argparse
import hashlib
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

from wenpan.commands._start import CODE, home, set_day, start_django, stop

READY_WITHIN = 60.0  # seconds
RESTART_AFTER = (0.5, 2.0, 5.0, 15.0)  # seconds before a worker that died is started again


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


def run(arguments: argparse.Namespace) -> int:
    migrate()
    return serve(arguments.host, arguments.port, arguments.workers)


def migrate() -> None:
    """Bring the database of this place to the form that this code expects.

    A stamp in the place remembers for which code that was done: the usual start does without Django.
    """
    stamp = home() / ".migrated"
    if stamp.exists() and stamp.read_text() == _form():
        return
    start_django()
    from django.core.management import call_command
    from django.db import connections

    (home() / "static").mkdir(parents=True, exist_ok=True)  # whitenoise asks for it
    call_command("migrate", verbosity=0)
    connections.close_all()
    stamp_form(home())


def stamp_form(place: Path) -> None:
    (place / ".migrated").write_text(_form())


def _form() -> str:
    """A hash of all migrations, of Django and of which database it is."""
    from importlib.metadata import version

    names = sorted(
        str(path.relative_to(CODE)) for path in (CODE / "wenpan").glob("district/*/migrations/0*.py")
    )
    packages = [version(name) for name in ("django", "django-tasks-db", "django-axes")]
    words = [*names, *packages, os.environ.get("DATABASE_URL", "sqlite")]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def serve(
    host: str,
    port: int,
    workers: int,
    ready: Callable[[str], None] = lambda url: print(f"→ {url}", flush=True),
) -> int:
    """Run until Ctrl-C or SIGTERM; `ready` is told the address once a page answers."""
    _free_or_stop(host, port)
    set_day(home())
    environment = {
        **os.environ,
        "WENPAN_HOME": str(home()),
        "DJANGO_SETTINGS_MODULE": "wenpan.district.settings",
    }
    environment.setdefault("PYTHONPATH", str(CODE))

    def start(*command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=CODE)

    web = start(
        "gunicorn", "wenpan.district.wsgi", "--bind", f"{host}:{port}", "--worker-class", "gthread",
        "--workers", str(workers), "--threads", "4", "--timeout", "120", "--graceful-timeout", "5",
        "--log-level", "warning", "--worker-tmp-dir", _memory_folder(), "--no-control-socket",
    )  # fmt: skip
    worker: subprocess.Popen[bytes] | None = None  # after the first page, which it would only slow down
    stopping = _stop_on_signal()
    url = f"http://{host}:{port}/"
    announced, deaths, started, failed_until = False, 0, time.monotonic(), 0.0
    try:
        while not stopping():
            if web.poll() is not None:
                return web.returncode or 1
            if not announced and _answers(url):
                announced = True
                worker = start("wenpan", "work")
                ready(url)
            if not announced and time.monotonic() - started > READY_WITHIN:
                stop(f"the server did not answer on {url} within {READY_WITHIN:.0f} s.")
            if worker and worker.poll() is not None and time.monotonic() > failed_until:
                failed_until = time.monotonic() + RESTART_AFTER[min(deaths, len(RESTART_AFTER) - 1)]
                deaths += 1
                print(f"the worker ended with code {worker.returncode}; starting it again", file=sys.stderr)
                worker = start("wenpan", "work")
            time.sleep(0.1 if not announced else 0.5)
        return 0
    finally:
        for process in (worker, web):
            if process:
                _end(process)


def _free_or_stop(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            stop(f"{host}:{port} cannot be used ({error.strerror}); choose another port with --port.")


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


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
