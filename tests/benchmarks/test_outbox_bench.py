"""The bar of the outbox, shorter: workers killed at random lose nothing and say nothing twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_say_nothing_twice():
    command = [sys.executable, "benchmarks/outbox.py", "--notices", "400", "--people", "20", "--kills", "12"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": ""}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost 0 twice 0" in done.stdout
    assert int(done.stdout.partition("killed ")[2].split()[0]) > 3
