"""Part of `backups`: prints one line of JSON with what was counted."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bars.bar import place

WRITERS = 3


def main() -> None:
    seed, backups = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    with place("backups") as home, tempfile.TemporaryDirectory(prefix="wenpan-bar-restored-") as folder:
        from wenpan.commands._start import start_django

        start_django()
        from wenpan.commands.serve import migrate

        migrate()
        example = Path(__file__).resolve().parents[1] / "wenpan" / "demo" / "play" / "place.yaml"
        init = [sys.executable, "-m", "wenpan", "init", "--place", str(example)]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL)
        told = home / "told"
        told.touch()
        writers = [write(number, told) for number in range(WRITERS)]
        counts = {"whole": 0, "lacking": 0, "faults": 0, "control": 0}
        try:
            for number in range(backups):
                time.sleep(chance.uniform(0.02, 0.4))
                for fault in backup(home, Path(folder) / str(number), answered(told)):
                    counts[fault] += 1
            for number in range(10):
                time.sleep(chance.uniform(0.02, 0.4))
                counts["control"] += copied(home, Path(folder) / f"plain{number}", answered(told))
        finally:
            for pid in writers:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        print(json.dumps({**counts, "written": len(answered(told))}), flush=True)


def write(number: int, told: Path) -> int:
    """A person who enters others without a pause, and notes whose entry was answered."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    from django.conf import settings

    from wenpan.district.accounts.actions import create_user

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # not what is measured
    deed = 0
    with told.open("a", encoding="utf-8") as file:
        while True:
            name = f"u{number}-{deed}"
            create_user(
                username=name, name="x", role="analyst", unit=None, password="Stable-district-2022", by=None
            )
            file.write(f"{name}\n")
            file.flush()
            deed += 1
            time.sleep(0.02)


def answered(told: Path) -> set[str]:
    return set(told.read_text(encoding="utf-8").split())


def backup(home: Path, folder: Path, before: set[str]) -> list[str]:
    """whole, or lacking | faults."""
    folder.mkdir()
    wenpan = [sys.executable, "-m", "wenpan"]
    made = subprocess.run(
        [*wenpan, "backup", "--to", str(folder)], capture_output=True, text=True, check=False
    )
    archives = list(folder.glob("*.tar.gz"))
    if made.returncode or len(archives) != 1:
        print(made.stdout, made.stderr, file=sys.stderr)
        return ["faults"]
    restored = folder / "home"
    environment = {**os.environ, "WENPAN_HOME": str(restored)}
    for command in (
        ["restore", str(archives[0]), "--keys", str(home / "keys"), "--accept-rules"],
        ["doctor"],
    ):
        done = subprocess.run(
            [*wenpan, *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(command[0], done.stdout[-600:], done.stderr[-600:], file=sys.stderr)
            return ["faults"]
    found = ["whole"] if before <= names(restored / "wenpan.sqlite3") else ["lacking"]
    shutil.rmtree(restored)
    return found


def copied(home: Path, folder: Path, before: set[str]) -> bool:
    """Whether a plain copy of the file lacks something."""
    import sqlite3

    folder.mkdir()
    shutil.copy(home / "wenpan.sqlite3", folder / "wenpan.sqlite3")
    try:
        return not before <= names(folder / "wenpan.sqlite3")
    except sqlite3.DatabaseError:
        return True


def names(path: Path) -> set[str]:
    import wenpan.district  # noqa: F401  (brings the fixed SQLite)

    import sqlite3  # isort: skip

    with closing(sqlite3.connect(path)) as database:
        return {name for (name,) in database.execute("SELECT username FROM accounts_user")}


if __name__ == "__main__":
    main()
