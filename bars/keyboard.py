"""Every real table of the open set through the upload without a mouse, and what it asks is reached by Tab.
Control: the same pages with what is pressed taken out of the order of the Tab key.
"""

from __future__ import annotations

import os

from bars._pytest import ran
from bars.bar import NotRunError, Result

TEST = "tests/flows/test_real_tables_by_keyboard.py"
TABLES = 60  # at least


def bar(seed: int) -> Result:
    os.environ["WENPAN_EVERY_TABLE"] = "1"
    found = ran([TEST])
    if found.skipped:
        raise NotRunError("Chromium or the shared folder is missing")
    os.environ["WENPAN_EVERY_TABLE"] = str(20 + seed % 5)
    control = ran([TEST], broken="_without_tab")
    return Result(
        f"{len(found.names)} real tables by keyboard alone: {len(found.failed)} unanswered or out of reach",
        f"0, at least {TABLES} tables",
        not found.failed and len(found.names) >= TABLES,
        f"with the pages out of the order of the Tab key {len(control.failed)} of {len(control.names)} fail",
        len(control.failed) == len(control.names),
    )
