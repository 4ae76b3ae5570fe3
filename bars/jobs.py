"""1,500 jobs, 200 workers killed by SIGKILL in the middle of their work: each is done in the end or says why
not, no deed is lost, none is done twice.

Three workers at a time take from the queue; one of them dies at a random moment, another takes its place. A
job that two workers died of has failed with a sentence, and is started anew by who asked for it. Control: no
reaper returns what a dead worker held.
"""

from __future__ import annotations

from bars._child import on_both
from bars.bar import Result

JOBS, KILLS = 1_500, 200


def bar(seed: int) -> Result:
    found = on_both("_jobs_one", seed, JOBS, KILLS, WENPAN_JOBS="queue", WENPAN_LOG="CRITICAL")
    number = ", ".join(
        f"{name} {one['done']} done after {one['killed']} workers killed ({one['again']} started anew): "
        f"{one['lost']} lost, {one['twice']} twice, {one['silent']} failed without a word"
        for name, one in found.items()
    )
    bad = sum(one["lost"] + one["twice"] + one["silent"] for one in found.values())
    whole = all(one["done"] == JOBS and one["killed"] >= KILLS for one in found.values())
    stuck = {name: one["control"] for name, one in found.items()}
    return Result(
        number=number,
        limit=f"0, 0, 0 of {JOBS} jobs and {KILLS} killed on each",
        passed=bad == 0 and whole,
        control=", ".join(f"without the reaper, {name}: {n} left behind" for name, n in stuck.items()),
        control_failed=all(stuck.values()),
    )
