"""Who knows which project stands on which line, and solves for both ends of every amount, recovers none
within ± 10 % from a hundred districts' analysis tables of a year.

Control: the same tables with the cells of few projects hidden and nothing besides (no secondary suppression).
"""

from __future__ import annotations

from bars.bar import Result
from benchmarks.disclosure import attack

DISTRICTS = 100


def bar(seed: int) -> Result:
    found = attack(DISTRICTS, seed % 100_000)
    tables = DISTRICTS * 12
    return Result(
        number=f"{tables} tables, {found.hidden} sums hidden, {found.printed} printed: "
        f"{found.recovered} projects recovered",
        limit=f"0 of {DISTRICTS} districts × 12 months",
        passed=found.recovered == 0 and found.hidden > 0 and found.printed > 0,
        control=f"with primary suppression alone {found.open_before} of {tables} tables tell of a project",
        control_failed=found.open_before > 0,
    )
