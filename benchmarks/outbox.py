"""10,000 notices to 300 people over two half-days, workers killed at random: how many messages leave, whether
one is lost, whether one arrives twice.

    python benchmarks/outbox.py [--notices 10000] [--people 300] [--kills 100]

Every person has a mailbox and the relay folder is on. Mail goes over real SMTP (aiosmtpd in this process). A
worker is a forked process that is killed with SIGKILL after a random time; the next begins where it lay. Mail
that was taken by the server before its sender died is sent again under its Message-ID: `taken` counts what
the server saw, `mails` what a mail store that knows Message-IDs keeps.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from pathlib import Path
from typing import Any

RULES = """version: t
effective_from: 2022-01-01
source: benchmark
noon: 12
oldest_days: 3
retry_minutes: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]
lease_minutes: 1
address: https://wenpan.example
channels:
  folder: {enabled: true, folder: relay}
  mail: {enabled: true, host: 127.0.0.1, port: %d, security: none,
         sender: w@qu.example, domains: [qu.example]}
"""
MORNING = datetime(2022, 10, 14, 8, 32, tzinfo=timezone(timedelta(hours=8)))
AFTERNOON = MORNING.replace(hour=13)


class Server:
    """Message-ID → how often it was taken; and the lines that were read, by person."""

    def __init__(self) -> None:
        self.ids: Counter[str] = Counter()
        self.lines: dict[str, str] = {}

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content)
        payload = mail.get_payload(decode=True)
        self.ids[str(mail["Message-ID"])] += 1
        self.lines[str(mail["Message-ID"])] = payload.decode() if isinstance(payload, bytes) else ""
        return "250 ok"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=17)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wenpan-outbox-") as home:
        return _measure(Path(home), asked)


def _measure(home: Path, asked: argparse.Namespace) -> int:
    from aiosmtpd.controller import Controller

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "rules").mkdir()
    (home / "rules" / "outbox.yaml").write_text(RULES % port, encoding="utf-8")
    os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "queue", "WENPAN_LOG": "ERROR"}
    people = _place(asked.people)
    server = Server()
    smtp = Controller(server, hostname="127.0.0.1", port=port)
    smtp.start()
    began = time.perf_counter()
    chance = random.Random(asked.seed)
    killed = 0
    half = asked.notices // 2
    for start, first, last in ((MORNING, 0, half), (AFTERNOON, half, asked.notices)):
        _post(people, first, last, start)
        at = start
        for _turn in range(asked.kills // 2):
            killed += _worker(at, chance.uniform(0.01, 0.25))
            at += timedelta(minutes=2)
        while _worker(at, 600.0) or _waiting():
            at += timedelta(minutes=2)
    seconds = time.perf_counter() - began
    smtp.stop()
    return _report(home, server, asked, killed, seconds)


def _place(count: int) -> list[Any]:
    from wenpan.commands._start import start_django

    start_django()
    from django.core.management import call_command

    from wenpan.district.accounts.models import User
    from wenpan.district.ground.databases.whole_migrations import whole_migrations
    from wenpan.district.outbox.actions import choose

    with whole_migrations():
        call_command("migrate", verbosity=0)
    people = [User.objects.create(username=f"p{n}", name=f"人员{n}", role="liaison") for n in range(count)]
    for person in people:
        choose(by=person, mailbox=f"{person.username}@qu.example", wanted=["due", "return", "notice"])
    return people


def _post(people: list[Any], first: int, last: int, at: datetime) -> None:
    from wenpan.district.outbox.actions import post

    for begin in range(first, last, len(people)):
        part = people[: min(len(people), last - begin)]
        post(users=part, kind="notice", key=f"n{begin}", text=f"事项{begin}号", at=at)


def _worker(at: datetime, seconds: float) -> int:
    """1 where it was killed, 0 where it ended before."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        from wenpan.district.outbox.actions import dispatch

        dispatch(at=at)
        connections.close_all()
        os._exit(0)
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return 0
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 1


def _waiting() -> bool:
    from wenpan.district.outbox.models import Envelope

    return Envelope.objects.filter(state="waiting").exists()


def _report(home: Path, server: Server, asked: argparse.Namespace, killed: int, seconds: float) -> int:
    import json

    from wenpan.district.outbox.models import Delivery, Envelope, Message

    files = [json.loads(path.read_text("utf-8")) for path in (home / "relay").glob("*.json")]
    in_files = Counter(f"{one['username']} {line['text']}" for one in files for line in one["lines"])
    in_mails: Counter[str] = Counter()
    for text in server.lines.values():
        lines = text.splitlines()
        in_mails.update(f"{lines[0]} {line.partition('. ')[2]}" for line in lines if ". 事项" in line)
    notices = Message.objects.count()
    mails, taken = len(server.ids), sum(server.ids.values())
    lost = 2 * notices - len(in_files) - len(in_mails)
    twice = sum(n - 1 for n in in_files.values()) + sum(n - 1 for n in in_mails.values())
    print(f"notices {notices} people {asked.people} killed {killed} of {asked.kills} seconds {seconds:.1f}")
    print(f"mails {mails} taken {taken} files {len(files)} lost {lost} twice {twice}")
    unsent = Envelope.objects.exclude(state="sent").count()
    well = (
        notices == asked.notices
        and mails <= 2 * asked.people
        and len(files) <= 2 * asked.people
        and not lost
        and not twice
        and not unsent
        and Delivery.objects.count() == 2 * notices
    )
    print("held" if well else "BROKEN")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
