"""A full disk, a read-only disk, a clock set back, two starts in one home: told, and nothing lost.

The disk is a small tmpfs; without the right to mount one the bar is NOT RUN.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bars.bar import NotRunError, Result

MEGABYTES = 96
PASSWORD = "Stable-district-2022"
ROOT = Path(__file__).resolve().parents[1]
WORDS = {"disk_full": "磁盘空间不足", "read_only": "只读状态", "clock_back": "时钟被调回"}
PREPARE = """
from wenpan.commands._start import start_django
start_django()
from wenpan.commands.serve import migrate
migrate()
from wenpan.district.accounts.actions import create_user
create_user(username="a", name="甲", role="analyst", unit=None, password="{password}", by=None)
"""
ASK = """
import json, sys
from wenpan.commands._start import start_django
start_django()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
def told(answer):
    return [answer.status_code, answer.content.decode() if not answer.streaming else ""]
client = Client(raise_request_exception=False)
said = {}
said["health"] = told(client.get(reverse("home:health")))
said["sign_in"] = told(client.post(reverse("accounts:sign_in"), {"username": "a", "password": sys.argv[1]}))
if len(sys.argv) > 2:
    reader = Client(raise_request_exception=False)
    reader.cookies["sessionid"] = sys.argv[2]
    said["read"] = told(reader.get(reverse("intake:list")))
    file = SimpleUploadedFile("a.csv", b"x" * 3_000_000)
    said["upload"] = told(reader.post(reverse("intake:upload"), {"file": file}))
with connection.cursor() as cursor:
    cursor.execute("select count(*) from journal_entry")
    said["entries"] = cursor.fetchone()[0]
    cursor.execute("pragma integrity_check")
    said["whole"] = cursor.fetchone()[0]
said["session"] = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
print("SAID " + json.dumps(said))
"""


def bar(seed: int) -> Result:
    folder = Path(tempfile.mkdtemp(prefix="wenpan-bar-faults-"))
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)],
                      capture_output=True, check=False).returncode:  # fmt: skip
        folder.rmdir()
        raise NotRunError("mounting a tmpfs needs root")
    try:
        return _measured(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _measured(disk: Path) -> Result:
    home = disk / "home"
    home.mkdir()
    _run(home, PREPARE.format(password=PASSWORD))
    healthy = _ask(home)
    session = healthy["session"]
    failures = [] if healthy["health"][0] == 200 and healthy["sign_in"][0] == 302 else ["a healthy place"]

    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
    full = _ask(home, session)
    failures += _wrong("disk_full", full)
    filler.unlink()

    failures += _wrong("read_only", _ask_read_only(home, disk / "view", session))

    (home / "clock").write_text(str(time.time() + 86_400))
    failures += _wrong("clock_back", _ask(home, session))
    (home / "clock").unlink()

    failures += _twice(home)
    after = _ask(home, session)
    if after["health"][0] not in (200, 503) or after["sign_in"][0] != 302 or after["whole"] != "ok":
        failures.append(f"afterwards: {after['health']} {after['sign_in'][0]} {after['whole']}")
    if after["entries"] <= full["entries"] or full["entries"] < healthy["entries"]:
        failures.append("journal entries were lost")
    for failure in failures:
        print(failure, file=sys.stderr)
    told = 4 - len({failure.partition(":")[0] for failure in failures})
    control = _wrong("disk_full", healthy | {"upload": healthy["sign_in"], "read": [200, ""]})
    return Result(
        f"{told}/4 conditions told, the database whole, {after['entries']} entries",
        "4/4",
        not failures,
        f"the same questions to a place with room: {len(control)} answers missed",
        bool(control),
    )


def _ask_read_only(home: Path, view: Path, session: str) -> dict[str, Any]:
    """The same home through a mount that may only be read, a server still having its database open."""
    import pysqlite3

    held = pysqlite3.connect(home / "wenpan.sqlite3")
    held.execute("select count(*) from journal_entry").fetchone()
    view.mkdir()
    subprocess.run(["mount", "--bind", str(home), str(view)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(view)], check=True)
        return _ask(view, session)
    finally:
        subprocess.run(["umount", "-l", str(view)], check=False)
        held.close()


def _wrong(code: str, said: dict[str, Any]) -> list[str]:
    """What the place should have said and did not."""
    found = []
    if said["health"][0] != 503 or code not in said["health"][1]:
        found.append(f"{code}: health says {said['health']}")
    for act in ("sign_in", "upload"):
        status, page = said[act]
        if status not in (503, 507) or WORDS[code] not in page:
            found.append(f"{code}: {act} says {status} {re.sub('<[^>]*>', '', page)[-300:]!r}")
    if said["read"][0] != 200:
        found.append(f"{code}: reading says {said['read'][0]}")
    if said["whole"] != "ok":
        found.append(f"{code}: the database is {said['whole']}")
    return found


def _twice(home: Path) -> list[str]:
    """Two servers in one home: the second says so and ends, the first answers."""
    port = _free_port()
    command = [sys.executable, "-m", "wenpan", "serve", "--workers", "1", "--port"]
    first = subprocess.Popen(
        [*command, str(port)], env=_environment(home), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout is not None
        first.stdout.readline()
        second = subprocess.run([*command, str(_free_port())], env=_environment(home), cwd=ROOT, text=True,
                                capture_output=True, timeout=60, check=False)  # fmt: skip
        if second.returncode != 1 or "已经在运行" not in second.stderr or "Traceback" in second.stderr:
            return [f"started_twice: {second.returncode} {second.stderr[-300:]}"]
        health = _ask(home)["health"]
        return [] if "started_twice" in health[1] else [f"started_twice: health says {health}"]
    finally:
        first.terminate()
        first.wait(timeout=30)


def _ask(home: Path, *more: str) -> dict[str, Any]:
    out = _run(home, ASK, PASSWORD, *more)
    said: dict[str, Any] = json.loads(next(x for x in out.splitlines() if x.startswith("SAID "))[5:])
    return said


def _run(home: Path, code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=_environment(home), cwd=ROOT, text=True,
                          capture_output=True, check=False)  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-1500:])
    return done.stdout


def _environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "WENPAN_HOME": str(home),
        "WENPAN_JOBS": "queue",
        "DATABASE_URL": "",
        "PYTHONPATH": str(ROOT),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
