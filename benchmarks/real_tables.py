"""Real tables: how many of the open cases are read right, asked, wrong, dropped, refused; with the machine.

    .venv/bin/python benchmarks/real_tables.py [-v] [--only R26,B32]

Runs the scorer of the shared data (WENPAN_SHARED/data/real_tables) against the command beside this Python.
Without that data it says so and ends with 0.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    shared = Path(os.environ.get("WENPAN_SHARED") or ROOT.parent / "shared")
    scorer = shared / "data" / "real_tables" / "score_tables.py"
    if not scorer.exists():
        print(f"{scorer} is not here: nothing is measured")
        return 0
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), platform.processor())
    print(f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}")
    wenpan = Path(sys.executable).parent / "wenpan"
    paths = os.pathsep.join(p for p in (str(ROOT), os.environ.get("PYTHONPATH", "")) if p)
    start = time.perf_counter()
    command = [sys.executable, str(scorer), str(wenpan), *sys.argv[1:]]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, check=False)
    print(f"{time.perf_counter() - start:.1f} s")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
