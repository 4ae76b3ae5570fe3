"""`wenpan serve` looks at clock and lock before Django stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CODE = Path(__file__).resolve().parents[3]


def test_the_sentences_of_the_machine_need_no_settings():
    known = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    asked = "from wenpan.district.ground import conditions; print(len(conditions.SENTENCES))"
    run = subprocess.run([sys.executable, "-c", asked], env=known, cwd=CODE, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
