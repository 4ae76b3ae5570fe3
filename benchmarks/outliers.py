"""Errors seeded into clean figures: how many are found, and how many clean cells are asked about in vain.

    .venv/bin/python benchmarks/outliers.py

The survey economy of the shared folder where it is at hand (8 regions and more, 24 quarters), and 200
simulated units over 48 months with season, growth, a common shock and noise of a tenth.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.economy.quality.outliers.test_outliers import LIMITS, SURVEY, months, seeded, survey
from wenpan.economy.quality.outliers.deviations import deviations

if __name__ == "__main__":
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    worlds = {"simulated months": months(units=200)}
    if SURVEY.exists():
        worlds["survey economy, quarters"] = survey("clean", "Q")
    for name, cells in worlds.items():
        begun = time.process_time()
        clean = deviations(cells, LIMITS).height
        spent = time.process_time() - begun
        print(f"{name}: {cells.height} cells in {spent:.2f} s CPU, {clean} of the clean ones flagged")
        for factor in (10, 1000, -1, 2, 0.5):
            recall, false = seeded(cells, factor, rounds=5)
            print(f"  ×{factor:g}: {recall:.1%} found, {false:.2%} of clean cells flagged")
