"""Part of bars that need a district with history: the demonstration, built or copied (README.md)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError


def demonstration(home: Path) -> None:
    """Fills `home`, which is WENPAN_HOME, and brings it to the form of this code; leaves Django started. It
    is built on SQLite; where DATABASE_URL names a database it is moved there."""
    url = os.environ.pop("DATABASE_URL", "")
    built = os.environ.get("BARS_DEMO", "")
    if built:
        shutil.copytree(built, home, dirs_exist_ok=True)
    else:
        _wenpan("demo", "--no-serve", missing="the demonstration could not be built")
    if url:
        _wenpan("move", "--to", url, missing="the demonstration could not be moved to PostgreSQL")
        os.environ["DATABASE_URL"] = url
    from wenpan.commands.serve import migrate

    (home / ".migrated").unlink(missing_ok=True)
    migrate()


def _wenpan(*arguments: str, missing: str) -> None:
    (Path(os.environ["WENPAN_HOME"]) / ".migrated").unlink(missing_ok=True)
    command = [sys.executable, "-m", "wenpan", *arguments]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        raise NotRunError(missing)
