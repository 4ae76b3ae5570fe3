"""Where the real data of the shared folder are: WENPAN_SHARED, or `shared` beside the project."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
