"""Fifty people at once for sixty seconds against `wenpan serve`: no answer of 500 and above, no connection
lost, and of what they wrote nothing is lost, on both databases.

Everyone reads pages of the own role and changes the own telephone number, which the journal keeps. Control:
the same people where one write in ten is answered and not done.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError, Result

PEOPLE, SECONDS = 50, 60
ROOT = Path(__file__).resolve().parents[1]


def bar(seed: int) -> Result:
    if not os.environ.get("PGHOST"):
        raise NotRunError("no PostgreSQL: script/bars starts one where it is installed")
    found = {name: _on(name, seed, SECONDS) for name in ("sqlite", "postgresql")}
    control = _on("sqlite", seed, 10, broken="1")
    number = ", ".join(
        f"{name} {one['answers']} answers, {one['written']} writes (median {one['median']} ms, "
        f"p95 {one['p95']} ms): {one['errors']} errors, {one['lost']} lost"
        for name, one in found.items()
    )
    return Result(
        number=number,
        limit=f"0 and 0 of {PEOPLE} people in {SECONDS} s on each",
        passed=all(one["errors"] == one["lost"] == 0 and one["written"] > PEOPLE for one in found.values()),
        control=f"one write in ten answered and not done: {control['lost']} people see an old number",
        control_failed=control["lost"] > 0,
    )


def _on(database: str, seed: int, seconds: int, *, broken: str = "") -> dict[str, int]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database == "postgresql":
        name = f"load_{seed}_{os.getpid()}"
        subprocess.run(["createdb", name], check=True)
        environment["DATABASE_URL"] = f"postgresql:///{name}"
    environment["BARS_BROKEN"] = broken
    command = [sys.executable, "-m", "bars._load_one", str(seed), str(PEOPLE), str(seconds)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotRunError(f"{database}: the child ended with {done.returncode}")
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts
