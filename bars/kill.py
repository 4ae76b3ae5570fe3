"""kill -9, two hundred times at COMMIT and two hundred at the answer on each database: nothing half, lost or
unjournalled.

A child does deeds one after the other and tells of each that was answered. It dies by SIGKILL in the middle
of a commit (before the database was asked, or after it had answered), or after a deed and before it could
tell. What was told must be there; what is there must be whole, sealed, in the chain, and not before the head.
Control: the same deeds, journalled in a transaction of their own after the first, as careless code would.
"""

from __future__ import annotations

from bars._child import on_both
from bars.bar import Result

KILLS = 200


def bar(seed: int) -> Result:
    found = on_both("_kill_one", seed, KILLS)
    number = ", ".join(
        f"{name} {one['commit']} kills at COMMIT, {one['answer']} at the answer: {one['half']} half, "
        f"{one['lost']} lost, "
        f"{one['unjournalled']} unjournalled"
        for name, one in found.items()
    )
    bad = sum(one["half"] + one["lost"] + one["unjournalled"] for one in found.values())
    seen = {name: one["control"] for name, one in found.items()}
    return Result(
        number=number,
        limit=f"0, 0, 0 of {KILLS} and {KILLS} on each",
        passed=bad == 0 and all(one["commit"] == one["answer"] == KILLS for one in found.values()),
        control=", ".join(f"journalled apart, {name}: {count} of 10 seen" for name, count in seen.items()),
        control_failed=all(seen.values()),
    )
