"""Part of `kill`: one database. Prints one line of JSON with what was counted."""

from __future__ import annotations

import json
import os
import random
import signal
import sys

from bars.bar import place

PLACES = {"commit": ("before the commit", "after the commit"), "answer": ("at the answer",)}


def main() -> None:
    seed, kills = int(sys.argv[1]), int(sys.argv[2])
    with place("kill") as home:
        from wenpan.commands._start import start_django

        start_django()
        from wenpan.commands.serve import migrate

        migrate()
        from django.conf import settings

        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # not what is measured
        chance = random.Random(seed)
        counts = {**dict.fromkeys(PLACES, 0), "half": 0, "lost": 0, "unjournalled": 0, "control": 0}
        moments = [moment for moment in PLACES for _n in range(kills)]
        chance.shuffle(moments)
        for number, moment in enumerate(moments):
            told = killed(number, chance.choice(PLACES[moment]), chance.randint(1, 4))
            counts[moment] += told is not None
            for fault in look(told or []):
                counts[fault] += 1
        for number in range(10):
            killed(10_000 + number, "careless", 1)
            counts["control"] += bool(look([]))
            forget(number)
        print(json.dumps(counts), flush=True)
        assert home.exists()


def killed(number: int, where: str, deeds: int) -> list[str] | None:
    """The names of the deeds that a child told as done before it was killed; None if it was not."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _live_and_die(number, where, deeds, writing)
        finally:
            os._exit(1)  # it should not have come so far
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read().split()
    _pid, status = os.waitpid(child, 0)
    return told if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else None


def _live_and_die(number: int, where: str, deeds: int, writing: int) -> None:
    from django.db import connection, transaction

    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import User
    from wenpan.district.ground.databases import written

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    connection.ensure_connection()
    commit = connection._commit

    def dying() -> None:
        if where == "before the commit":
            die()
        commit()
        die()

    for deed in range(deeds):
        name = f"u{number}-{deed}"
        last = deed == deeds - 1
        if where == "careless":
            written.BEFORE_COMMIT.listeners.clear()
            with transaction.atomic():
                User.objects.create(username=name, name="x", role="analyst")
            die()  # it would have journalled now
        if last and where != "at the answer":
            connection._commit = dying  # type: ignore[method-assign]
        with transaction.atomic():
            create_user(
                username=name, name="x", role="analyst", unit=None, password="Stable-district-2022", by=None
            )
            User.objects.filter(username=name).update(name="y")  # a second write after the entry
        if last:
            die()
        os.write(writing, f"{name}\n".encode())


def look(told: list[str]) -> list[str]:
    """half | lost | unjournalled, one for each fault found."""
    from wenpan.district.accounts.models import User
    from wenpan.district.ground.journal import agreement, keeping
    from wenpan.district.ground.journal.queries import verify

    faults = ["lost" for name in told if not User.objects.filter(username=name, name="y").exists()]
    faults += ["half" for _row in User.objects.filter(name="x", username__startswith="u")]
    faults += ["unjournalled" for _one in agreement.disagreements()]
    if not verify().whole or keeping.head_fault():
        faults.append("unjournalled")
    return faults


def forget(number: int) -> None:
    """What the careless child left is taken away again, so that the next is seen by itself."""
    from django.db import connection

    from wenpan.district.ground.journal import triggers

    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE username = %s", [f"u{10_000 + number}-0"])
    triggers.create(connection)


if __name__ == "__main__":
    main()
