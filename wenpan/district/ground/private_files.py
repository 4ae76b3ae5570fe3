"""What a place owns is its owner's alone: files 0600, folders 0700, whatever umask the machine has.

Standard library only: called before Django, by everything that starts (settings) and by `serve` (mending).
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

OTHERS = 0o077


def keep_private() -> None:
    """From now on this process makes nothing that others can read."""
    os.umask(os.umask(OTHERS) | OTHERS)


def mend(home: Path) -> int:
    """Takes away what others may do with the place and everything in it; gives how many were mended. Links
    are left alone, and so is what belongs to another user (only its owner may change it)."""
    count = 0
    for folder, _folders, files in os.walk(home):
        for path in (Path(folder), *(Path(folder) / name for name in files)):
            found = path.lstat()
            if not stat.S_ISLNK(found.st_mode) and found.st_mode & OTHERS and found.st_uid == os.getuid():
                path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)
                count += 1
    return count
