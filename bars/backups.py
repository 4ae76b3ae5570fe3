"""Fifty backups taken while three people write, each restored into an empty folder and looked through: none
lacks what was answered before it began, none is half, none is refused by the doctor.

Control: the file of the database copied as it lies, as a script of the house might do it.
"""

from __future__ import annotations

from bars._child import counted
from bars.bar import Result

BACKUPS = 50


def bar(seed: int) -> Result:
    one = counted("_backups_one", seed, BACKUPS)
    return Result(
        number=f"{one['whole']}/{BACKUPS} restored whole while {one['written']} people were entered: "
        f"{one['lacking']} lack what was answered, {one['faults']} refused",
        limit=f"{BACKUPS} whole, 0, 0",
        passed=one["whole"] == BACKUPS and one["lacking"] == one["faults"] == 0 and one["written"] > BACKUPS,
        control=f"plain copies of the file: {one['control']} of 10 lack something or do not open",
        control_failed=one["control"] > 0,
    )
