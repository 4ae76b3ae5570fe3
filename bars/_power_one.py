"""Part of `power`: a place at work under the note-taker, then the cuts. Prints one line of JSON."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bars._disk import WRITE, Disk, DiskEvent, copied, events
from bars.bar import place

DEEDS = 120
AFRESH = 10  # every so many cuts the place is looked at by a program that starts in it


def main() -> None:
    seed, cuts, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    with place("power") as home:
        from wenpan.commands._start import start_django

        start_django()
        from django.db import connections

        from wenpan.commands.serve import migrate

        migrate()
        connections.close_all()
        first = copied(home, folder / "first")
        log = folder / "log"
        told = home / "told"
        environment = {
            **os.environ,
            "LD_PRELOAD": os.environ["POWER_SHIM"],
            "POWER_ROOT": str(home),
            "POWER_LOG": str(log),
        }
        command = [sys.executable, "-c", f"from bars._power_one import live; live({str(told)!r})"]
        subprocess.run(command, env=environment, check=True)
        noted = events(log)
        chance = random.Random(seed)
        counts = {"events": len(noted), "cuts": 0, "lost": 0, "broken": 0, "answered": 0, "control": 0}
        for number in range(cuts):
            at = chance.randint(1, len(noted))
            found = after(noted[:at], home, first, chance, told, afresh=number % AFRESH == 0)
            counts["cuts"] += 1
            for fault in ("lost", "broken"):
                counts[fault] += found[fault] > 0
            counts["answered"] = max(counts["answered"], found["answered"])
        for _number in range(20):
            at = chance.randint(len(noted) // 2, len(noted))
            lying = after(noted[:at], home, first, chance, told, lying=True)
            counts["control"] += lying["lost"] + lying["broken"] > 0
        print(json.dumps(counts), flush=True)


def live(told: str) -> None:
    """Deeds one after the other, each told when it was answered: people, and files that are kept."""
    from wenpan.commands._start import start_django

    start_django()
    from django.conf import settings
    from django.db import transaction

    from wenpan.district.accounts.actions import create_user
    from wenpan.district.ground import originals
    from wenpan.district.ground.journal.actions import record

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # not what is measured
    file = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for deed in range(DEEDS):
        with transaction.atomic():
            create_user(
                username=f"u{deed}",
                name="x",
                role="analyst",
                unit=None,
                password="Stable-district-2022",
                by=None,
            )
            kept = originals.put(f"file {deed} ".encode() * 500) if deed % 3 == 0 else ""
            if kept:
                record(by=None, action="bar.kept", subject=f"original:{kept}", summary="存档")
        os.write(file, f"u{deed} {kept or '-'}\n".encode())
        time.sleep(0.005)


def after(
    noted: list[DiskEvent],
    home: Path,
    first: Path,
    chance: random.Random,
    told: Path,
    *,
    lying: bool = False,
    afresh: bool = False,
) -> dict[str, int]:
    """lost and broken of the place as it lies after a cut behind the last of these events. It is laid out in
    `home` itself, and looked at by a child: of this process, or `afresh` by a program that starts there."""
    disk = Disk(str(home), first, lying=lying)
    answered: list[str] = []
    for event in noted:
        if event.path == str(told):
            answered += event.data.decode().split("\n")[:-1] if event.kind == WRITE else []
        else:
            disk.happen(event)
    for path in home.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    disk.cut(chance, home)
    found = _started(answered) if afresh else _child(answered, quiet=lying)
    if not lying and (found["lost"] or found["broken"]):
        print(f"after {len(noted)} events: {found}", file=sys.stderr)
    return {**found, "answered": len(answered)}


def _started(answered: list[str]) -> dict[str, int]:
    command = [sys.executable, "-c", "from bars._power_one import start_and_look as look; look()"]
    done = subprocess.run(command, input="\n".join(answered), stdout=subprocess.PIPE, text=True, check=False)
    found: dict[str, int] = {"lost": 0, "broken": 1}
    if not done.returncode:
        found = json.loads(done.stdout.splitlines()[-1])
    return found


def _child(answered: list[str], *, quiet: bool) -> dict[str, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            os.write(writing, json.dumps(look(answered)).encode())
        except BaseException as error:  # what cannot be looked at is broken
            if not quiet:
                print(repr(error), file=sys.stderr)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    found: dict[str, int] = json.loads(said) if said else {"lost": 0, "broken": 1}
    return found


def start_and_look() -> None:
    """As `wenpan serve` begins: the journal is asked before Django; what was answered comes by stdin."""
    from wenpan.commands._start import check_journal, start_django

    check_journal()
    start_django()
    print(json.dumps(look(sys.stdin.read().splitlines())), flush=True)


def look(answered: list[str]) -> dict[str, int]:
    """lost and broken of the place in WENPAN_HOME."""
    from django.db import connection

    from wenpan.district.accounts.models import User
    from wenpan.district.ground import originals
    from wenpan.district.ground.journal import agreement, keeping
    from wenpan.district.ground.journal.models import Entry
    from wenpan.district.ground.journal.queries import verify

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        broken = int(cursor.fetchone()[0] != "ok")
    broken += (not verify().whole) + bool(keeping.head_fault()) + bool(list(agreement.disagreements()))
    for subject in Entry.objects.filter(action="bar.kept").values_list("subject", flat=True):
        try:
            originals.get(subject.partition(":")[2])
        except (FileNotFoundError, originals.DamagedError):
            broken += 1
    there = set(User.objects.values_list("username", flat=True))
    lost = sum(line.split()[0] not in there for line in answered if line)
    return {"lost": lost, "broken": broken}


if __name__ == "__main__":
    main()
