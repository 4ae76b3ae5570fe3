"""Fifty people at once for sixty seconds against `wenpan serve`: no answer of 500 and above, no connection
lost, and of what they wrote nothing is lost, on both databases.

Everyone reads pages of the own role and changes the own telephone number, which the journal keeps. Control:
the same people where one write in ten is answered and not done.
"""

from __future__ import annotations

from bars._child import counted, on_both
from bars.bar import Result

PEOPLE, SECONDS = 50, 60


def bar(seed: int) -> Result:
    found = on_both("_load_one", seed, PEOPLE, SECONDS)
    control = counted("_load_one", seed, PEOPLE, 10, BARS_BROKEN="1")
    number = ", ".join(
        f"{name} {one['answers']} answers, {one['written']} writes (median {one['median']} ms, "
        f"p95 {one['p95']} ms): {one['errors']} errors, {one['lost']} lost"
        for name, one in found.items()
    )
    return Result(
        number=number,
        limit=f"0 and 0 of {PEOPLE} people in {SECONDS} s on each",
        passed=all(one["errors"] == one["lost"] == 0 and one["written"] > PEOPLE for one in found.values()),
        control=f"one write in ten answered and not done: {control['lost']} people see an old number",
        control_failed=control["lost"] > 0,
    )
