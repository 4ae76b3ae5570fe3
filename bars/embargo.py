"""Figures before their release: the district's next monthly table is checked and not accepted, and no page,
export, feed, address of the API or wall tells one of its figures to a role that does not collect them. In the
second of the release the ledger knows all of them, in the second before none.

The program has no release by the clock: accepting the file is the release (ADR 5). Control: the same pages
for a leader after it.
"""

from __future__ import annotations

from bars._child import counted
from bars.bar import Result

LEAST = 500  # answers looked through


def bar(seed: int) -> Result:
    del seed  # nothing is left to chance: every address, every role
    one = counted("_embargo_one")
    return Result(
        number=f"{one['figures']} figures, {one['asked']} answers to {one['roles']} roles: {one['early']} "
        f"tell; known a second before {one['second_before']}, then {one['second_at']}, "
        f"a second after {one['second_after']} of {one['wanted']}",
        limit=f"0 tell of at least {LEAST} answers; none, all, all",
        passed=one["early"] == one["second_before"] == 0
        and one["asked"] >= LEAST
        and one["marks"] > 0
        and one["second_at"] == one["second_after"] == one["wanted"] > 0,
        control=f"after the release {one['control']} answers to a leader tell",
        control_failed=one["control"] > 0,
    )
