"""Every test that asks the database, with every case of it, on PostgreSQL (`script/test` runs three cases of
each there, and all of them on SQLite). Control: the database's own refusals left out.
"""

from __future__ import annotations

from bars._pytest import ran
from bars.bar import Result

TESTS = ("tests/district", "tests/flows", "tests/packaging/test_moving.py")
REFUSALS = "tests/district/journal/test_seals.py"
LEAST = 3_000


def bar(seed: int) -> Result:
    found = ran(TESTS, database="postgresql")
    control = ran([REFUSALS], database="postgresql", broken="_without_refusals")
    return Result(
        f"{len(found.names)} tests on PostgreSQL: {len(found.failed)} fail, {found.skipped} skipped",
        f"0 fail, at least {LEAST} tests",
        not found.failed and len(found.names) >= LEAST,
        f"without the database's refusals {len(control.failed)} of {len(control.names)} fail",
        len(control.failed) > 100,
    )
