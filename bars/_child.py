"""Part of bars that measure in a process of their own, on one database or on both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError

ROOT = Path(__file__).resolve().parents[1]
DATABASES = ("sqlite", "postgresql")

Counts = dict[str, int]


def need_postgresql() -> None:
    if not os.environ.get("PGHOST"):
        raise NotRunError("no PostgreSQL: script/bars starts one where it is installed")


def on_both(module: str, *arguments: object, **environment: str) -> dict[str, Counts]:
    """What the module counted on each database."""
    need_postgresql()
    return {name: counted(module, *arguments, database=name, **environment) for name in DATABASES}


def counted(module: str, *arguments: object, database: str = "sqlite", **environment: str) -> Counts:
    """`python -m bars.MODULE`: the JSON of its last line. On PostgreSQL in a database of its own."""
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | environment
    made = f"{module.strip('_')}_{os.getpid()}" if database == "postgresql" else ""
    if made:
        need_postgresql()
        subprocess.run(["createdb", made], check=True)
        variables["DATABASE_URL"] = f"postgresql:///{made}"
    command = [sys.executable, "-m", f"bars.{module}", *map(str, arguments)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True, check=False
        )
    finally:
        if made:
            subprocess.run(["dropdb", "--force", "--if-exists", made], check=False)
    if done.returncode:
        raise NotRunError(f"{database}: the child ended with {done.returncode}")
    found: Counts = json.loads(done.stdout.splitlines()[-1])
    return found
