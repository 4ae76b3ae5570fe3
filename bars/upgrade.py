"""A place that the first release made (its own code out of git, its own demonstration) is brought up by this
code, and the start that does so is killed again and again: before a migration, at a statement inside of one,
when what stands is sealed. In the end it is the place that an upgrade without kills makes, row by row; no row
of the first release is gone, its journal is as it was, and doctor has nothing to say.

Control: the same kills where a migration is no transaction.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bars._child import counted
from bars._first_release import FIRST, first_place
from bars.bar import Result

KILLS = 20


def bar(seed: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="wenpan-bar-first-") as folder:
        one = counted("_upgrade_one", seed, KILLS, first_place(Path(folder)))
    wrong = ("differ", "lost", "doctor", "faults")
    return Result(
        number=f"from {FIRST} with {one['killed']} kills ({one['between']} between migrations, "
        f"{one['inside']} inside, {one['after']} while sealing): of {one['rows']} rows in "
        f"{one['tables']} tables {one['lost']} lost, {one['differ']} unlike the upgrade without kills, "
        f"{one['doctor']} lines of doctor",
        limit=f"0, 0, 0 after at least {KILLS} kills, SQLite",
        passed=bool(one["ended"] and one["killed"] >= KILLS and one["between"] and one["inside"])
        and not any(one[name] for name in wrong),
        control=f"migrations without a transaction: {one['control']} of 1 place cannot go on",
        control_failed=one["control"] > 0,
    )
