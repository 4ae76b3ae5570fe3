"""kill -9, a hundred times at COMMIT and a hundred at the answer on each database: nothing half, lost or
unjournalled.

A child does deeds one after the other and tells of each that was answered. It dies by SIGKILL in the middle
of a commit (before the database was asked, or after it had answered), or after a deed and before it could
tell. What was told must be there; what is there must be whole, sealed, in the chain, and not before the head.
Control: the same deeds, journalled in a transaction of their own after the first, as careless code would.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError, Result

KILLS = 100
ROOT = Path(__file__).resolve().parents[1]


def bar(seed: int) -> Result:
    if not os.environ.get("PGHOST"):
        raise NotRunError("no PostgreSQL: script/bars starts one where it is installed")
    found = {name: _on(name, seed) for name in ("sqlite", "postgresql")}
    number = ", ".join(
        f"{name} {one['commit']} kills at COMMIT, {one['answer']} at the answer: {one['half']} half, "
        f"{one['lost']} lost, "
        f"{one['unjournalled']} unjournalled"
        for name, one in found.items()
    )
    bad = sum(one["half"] + one["lost"] + one["unjournalled"] for one in found.values())
    seen = {name: one["control"] for name, one in found.items()}
    return Result(
        number=number,
        limit=f"0, 0, 0 of {KILLS} and {KILLS} on each",
        passed=bad == 0 and all(one["commit"] == one["answer"] == KILLS for one in found.values()),
        control=", ".join(f"journalled apart, {name}: {count} of 10 seen" for name, count in seen.items()),
        control_failed=all(seen.values()),
    )


def _on(database: str, seed: int) -> dict[str, int]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database == "postgresql":
        name = f"kill_{seed}_{os.getpid()}"
        subprocess.run(["createdb", name], check=True)
        environment["DATABASE_URL"] = f"postgresql:///{name}"
    command = [sys.executable, "-m", "bars._kill_one", str(seed), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotRunError(f"{database}: the child ended with {done.returncode}")
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts
