"""The power goes two hundred times, and what was not synced to the disk is gone or half there: what was
answered is there, the database is whole, every original that it names lies in the store, the journal is not
behind its head.

Every write and sync of a living place is noted below the C library (`_unsynced.c`, compiled here); from the
note the disk is made again as it may lie after a cut at a random moment. Control: a disk that says it has
synced and has not.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from bars._child import counted
from bars.bar import NotRunError, Result

CUTS = 200


def bar(seed: int) -> Result:
    if not (compiler := shutil.which("cc")):
        raise NotRunError("no C compiler (Debian: apt-get install gcc)")
    with tempfile.TemporaryDirectory(prefix="wenpan-bar-power-") as folder:
        shim = Path(folder) / "unsynced.so"
        source = Path(__file__).with_name("_unsynced.c")
        command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(shim), str(source), "-ldl", "-lpthread"]
        if subprocess.run(command, check=False).returncode:
            raise NotRunError("the C compiler refused _unsynced.c")
        one = counted("_power_one", seed, CUTS, folder, POWER_SHIM=str(shim))
    return Result(
        number=f"{one['cuts']} cuts among {one['events']} writes and syncs, {one['answered']} answers: "
        f"{one['lost']} lost, {one['broken']} broken",
        limit=f"0 and 0 of {CUTS}",
        passed=one["cuts"] == CUTS and one["lost"] == one["broken"] == 0 and one["answered"] > 0,
        control=f"a disk that does not sync: {one['control']} of 20 cuts lose or break something",
        control_failed=one["control"] > 0,
    )
