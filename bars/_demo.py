"""Part of bars that need a district with history: the demonstration, built or copied (README.md)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError


def demonstration(home: Path) -> None:
    """Fills `home`, which is WENPAN_HOME, and brings it to the form of this code; leaves Django started."""
    built = os.environ.get("BARS_DEMO", "")
    if built:
        shutil.copytree(built, home, dirs_exist_ok=True)
        (home / ".migrated").unlink(missing_ok=True)
    else:
        command = [sys.executable, "-m", "wenpan", "demo", "--no-serve"]
        done = subprocess.run(command, env={**os.environ, "WENPAN_HOME": str(home)}, check=False)
        if done.returncode:
            raise NotRunError("the demonstration could not be built")
    from wenpan.commands.serve import migrate

    (home / ".migrated").unlink(missing_ok=True)
    migrate()
