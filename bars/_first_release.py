"""Part of `upgrade`: the first release, run from its own code in git, and the place that it made.

`python -m bars._first_release FOLDER`: FOLDER/code, FOLDER/home. What that release used and this environment
lacks is left out: django-axes, whose table told of failed sign-ins, and a queue that was never used.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError

FIRST = "ec08f6af"  # 23 November 2026, the day the changelog's first version was written
ROOT = Path(__file__).resolve().parents[1]
SETTINGS = """
from wenpan.district.settings import *
INSTALLED_APPS = [name for name in INSTALLED_APPS if name != "axes"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("axes.")]
AUTHENTICATION_BACKENDS = [name for name in AUTHENTICATION_BACKENDS if not name.startswith("axes.")]
"""
RUN = """
import importlib.metadata as metadata
known = metadata.version
metadata.version = lambda name: "0" if name in ("django-axes", "django-tasks-db") else known(name)
import sys
from wenpan.cli import main
sys.exit(main(["demo", "--no-serve"]))
"""


def first_place(folder: Path) -> Path:
    """The home of a demonstration that the first release built, as it lay when that code had ended.
    BARS_FIRST names one that was built already."""
    if built := os.environ.get("BARS_FIRST"):
        return Path(built)
    code, home = folder / "code", folder / "home"
    code.mkdir()
    archive = subprocess.run(
        ["git", "archive", FIRST, "wenpan", "manage.py"], cwd=ROOT, capture_output=True, check=False
    )
    if archive.returncode:
        raise NotRunError(f"the first release ({FIRST}) is not in this checkout's history")
    subprocess.run(["tar", "x", "-C", str(code)], input=archive.stdout, check=True)
    (code / "release_settings.py").write_text(SETTINGS, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "PYTHONPATH": str(code),
        "WENPAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "release_settings",
    }
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(command, cwd=code, env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode or not (home / "wenpan.sqlite3").exists():
        raise NotRunError("the first release could not build its demonstration")
    return home
