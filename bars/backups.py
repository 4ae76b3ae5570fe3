"""Fifty backups taken while three people write, each restored into an empty folder and looked through: none
lacks what was answered before it began, none is half, none is refused by the doctor.

Control: the file of the database copied as it lies, as a script of the house might do it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError, Result

BACKUPS = 50
ROOT = Path(__file__).resolve().parents[1]


def bar(seed: int) -> Result:
    command = [sys.executable, "-m", "bars._backups_one", str(seed), str(BACKUPS)]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotRunError(f"the child ended with {done.returncode}")
    one: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return Result(
        number=f"{one['whole']}/{BACKUPS} restored whole while {one['written']} people were entered: "
        f"{one['lacking']} lack what was answered, {one['faults']} refused",
        limit=f"{BACKUPS} whole, 0, 0",
        passed=one["whole"] == BACKUPS and one["lacking"] == one["faults"] == 0 and one["written"] > BACKUPS,
        control=f"plain copies of the file: {one['control']} of 10 lack something or do not open",
        control_failed=one["control"] > 0,
    )
