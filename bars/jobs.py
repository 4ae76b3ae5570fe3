"""1,500 jobs, 200 workers killed by SIGKILL in the middle of their work: each is done in the end or says why
not, no deed is lost, none is done twice.

Three workers at a time take from the queue; one of them dies at a random moment, another takes its place. A
job that two workers died of has failed with a sentence, and is started anew by who asked for it. Control: no
reaper returns what a dead worker held.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError, Result

JOBS, KILLS = 1_500, 200
ROOT = Path(__file__).resolve().parents[1]


def bar(seed: int) -> Result:
    if not os.environ.get("PGHOST"):
        raise NotRunError("no PostgreSQL: script/bars starts one where it is installed")
    found = {name: _on(name, seed) for name in ("sqlite", "postgresql")}
    number = ", ".join(
        f"{name} {one['done']} done after {one['killed']} workers killed ({one['again']} started anew): "
        f"{one['lost']} lost, {one['twice']} twice, {one['silent']} failed without a word"
        for name, one in found.items()
    )
    bad = sum(one["lost"] + one["twice"] + one["silent"] for one in found.values())
    whole = all(one["done"] == JOBS and one["killed"] >= KILLS for one in found.values())
    stuck = {name: one["control"] for name, one in found.items()}
    return Result(
        number=number,
        limit=f"0, 0, 0 of {JOBS} jobs and {KILLS} killed on each",
        passed=bad == 0 and whole,
        control=", ".join(f"without the reaper, {name}: {n} left behind" for name, n in stuck.items()),
        control_failed=all(stuck.values()),
    )


def _on(database: str, seed: int) -> dict[str, int]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database == "postgresql":
        name = f"jobs_{seed}_{os.getpid()}"
        subprocess.run(["createdb", name], check=True)
        environment["DATABASE_URL"] = f"postgresql:///{name}"
    environment |= {"WENPAN_JOBS": "queue", "WENPAN_LOG": "CRITICAL"}
    command = [sys.executable, "-m", "bars._jobs_one", str(seed), str(JOBS), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotRunError(f"{database}: the child ended with {done.returncode}")
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts
