"""A thousand random tamperings of a district's database and files, of twenty kinds: doctor names each.

The demonstration is copied, changed behind the program's back (triggers lifted, foreign keys off, as the
owner of the file can), and `wenpan doctor` is asked. Twenty-five changes a round, of different rows; one of
them of the whole place (an emptied table, a cut journal, an older database, a changed original). A change
counts as found when a line of doctor names its table and row (its file, its entry). The untouched copy must
be clean. Control: the same tamperings, and a doctor that does not look at the seals.

Then what follows from something else is changed, kind by kind, and the seals are not asked (as if whoever
changed it held the journal's key): what the doctor makes again must name each.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from bars._demo import demonstration
from bars._tampering import ROW_KINDS, WHOLE_KINDS, Tampering, tampered
from bars._tampering_derived import DERIVED, ROOMS, tampered_and_sealed
from bars.bar import Result, place

TAMPERINGS, A_ROUND = 1_000, 25
CONTROL_ROUNDS = 2
SEALED_ROUNDS = 8


def bar(seed: int) -> Result:
    with place("tamper") as home:
        demonstration(home)
        older = home.with_name(home.name + "-older")
        pristine = home.with_name(home.name + "-pristine")
        try:
            return _measure(home, pristine, older, seed)
        finally:
            for folder in (older, pristine):
                shutil.rmtree(folder, ignore_errors=True)


def _measure(home: Path, pristine: Path, older: Path, seed: int) -> Result:
    from django.db import connections, transaction

    from wenpan.district.ground.journal.actions import record

    connections.close_all()
    shutil.copytree(home, older)
    with transaction.atomic():
        record(by=None, action="bar.tamper", subject="bar", summary="篡改演练")
    connections.close_all()
    shutil.copytree(home, pristine)
    clean = _doctor()
    chance = random.Random(seed)
    done, found, missed, control, asked = 0, 0, [], 0, 0
    rounds = TAMPERINGS // A_ROUND
    for number in range(rounds):
        _restore(pristine, home)
        made = tampered(home, older, chance, A_ROUND, WHOLE_KINDS[number % len(WHOLE_KINDS)])
        told = _doctor()
        done += len(made)
        lost = [one for one in made if not _named(one, told)]
        found += len(made) - len(lost)
        missed += lost
        if number < CONTROL_ROUNDS:
            asked += len(made)
            blind = _doctor(seals=False)
            control += sum(_named(one, blind) for one in made)
    sealed, named, alarms = _sealed_anew(home, pristine, chance, missed)
    for one in missed[:10]:
        print("missed:", one, flush=True)
    return Result(
        number=f"{found}/{done} tamperings of {len(ROW_KINDS) + len(WHOLE_KINDS)} kinds found and named, "
        f"{named}/{sealed} of {len(DERIVED)} kinds that were sealed anew, "
        f"{len(clean) + alarms} lines about the untouched copy",
        limit=f"{TAMPERINGS} of {TAMPERINGS}, all that were sealed anew, 0",
        passed=found == done == TAMPERINGS and named == sealed > 0 and not clean and not alarms,
        control=f"doctor without the seals: {control}/{asked}",
        control_failed=control < asked // 2,
    )


def _sealed_anew(
    home: Path, pristine: Path, chance: random.Random, missed: list[Tampering]
) -> tuple[int, int, int]:
    """How many were done and named without the seals, and the lines about the untouched copy."""
    _restore(pristine, home)
    done, named, alarms = 0, 0, len(_made_again())
    for _round in range(SEALED_ROUNDS):
        _restore(pristine, home)
        made = tampered_and_sealed(home, chance)
        told = _made_again()
        lost = [one for one in made if not _named(one, told)]
        done, named = done + len(made), named + len(made) - len(lost)
        missed += lost
    return done, named, alarms


def _made_again() -> list[str]:
    from django.db import connections

    from wenpan.commands import doctor

    try:
        return list(doctor.rederived(only=ROOMS))
    finally:
        connections.close_all()


def _restore(pristine: Path, home: Path) -> None:
    from django.db import connections

    connections.close_all()
    for path in [*home.glob("wenpan.sqlite3*"), home / "journal-head"]:
        path.unlink(missing_ok=True)
    for path in [*pristine.glob("wenpan.sqlite3*"), pristine / "journal-head"]:
        shutil.copy2(path, home / path.name)
    shutil.copytree(pristine / "originals", home / "originals", dirs_exist_ok=True)


def _named(one: Tampering, told: list[str]) -> bool:
    return all(any(word in line for line in told) for word in one.words)


def _doctor(*, seals: bool = True) -> list[str]:
    from django.db import connections

    from wenpan.commands import doctor

    rows = doctor._rows
    if not seals:
        doctor._rows = lambda: iter(())
    try:
        return list(doctor.examine())
    finally:
        doctor._rows = rows
        connections.close_all()
