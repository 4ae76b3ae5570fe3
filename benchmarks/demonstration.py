"""Part of benchmarks that need a district with history: a copy of a demonstration, made unless one stands.

WENPAN_BENCH_DEMO names the folder of one (`wenpan demo --no-serve` makes it). `script/bench` names an empty
folder: the first benchmark that asks fills it, the next ones copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def demonstration(given: Path | None = None) -> Iterator[Path]:
    """The copy, as WENPAN_HOME, with Django started and migrated; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="wenpan-bench-", ignore_cleanup_errors=True) as folder:
        named = given or os.environ.get("WENPAN_BENCH_DEMO")
        built, home = Path(named or Path(folder) / "built"), Path(folder) / "home"
        if not (built / "demo.json").exists():
            command = [sys.executable, "-m", "wenpan", "demo", "--no-serve"]
            subprocess.run(command, env={**os.environ, "WENPAN_HOME": str(built)}, check=True)
        shutil.copytree(built, home)
        os.environ |= {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline"}
        from wenpan.commands._start import start_django

        start_django()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield home
