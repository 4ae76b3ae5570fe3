"""A demonstration of 2022 takes a day of 2022 for today, in every process; a real place never does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CODE = Path(__file__).resolve().parents[2]
ASK = (
    "from wenpan.commands._start import start_django; start_django();"
    "from django.utils import timezone; print(timezone.localdate())"
)


def asked(home: Path) -> str:
    import os

    environment = {k: v for k, v in os.environ.items() if not k.startswith("WENPAN_")} | {
        "WENPAN_HOME": str(home)
    }
    run = subprocess.run(
        [sys.executable, "-c", ASK], check=False, env=environment, cwd=CODE, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_a_demonstration_lives_in_its_own_year(tmp_path):
    (tmp_path / "demo.json").write_text(json.dumps({"demo": True, "as_of": "2022-09", "day": "2022-11-23"}))
    assert asked(tmp_path) == "2022-11-23"


def test_a_real_place_lives_today(tmp_path):
    from django.utils import timezone

    assert asked(tmp_path) >= str(timezone.localdate())
