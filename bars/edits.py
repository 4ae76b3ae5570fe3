"""A hundred edits of rules, each proposed by one person and put in force by another, on each database: months
that had ended are judged again to the same bits (light, reasons, every fact), what was kept is not rewritten,
nobody decides the own proposal, of two who decide at once one does, and of two edits of one file both stand.

Control: numbers written over where they stand in the file, without a day.
"""

from __future__ import annotations

from bars._child import on_both
from bars.bar import Result

EDITS = 100


def bar(seed: int) -> Result:
    found = on_both("_edits_one", seed, EDITS)
    number = ", ".join(
        f"{name} {one['in_force']} edits of {one['files']} files, {one['months']} months and {one['rows']} "
        f"kept judgements: {one['moved'] + one['rewritten']} differ, {one['own']} decided alone, "
        f"{one['twice']} twice, {one['missing']} overwritten, {one['doctor']} lines of doctor"
        for name, one in found.items()
    )
    wrong = ("moved", "rewritten", "own", "twice", "missing", "doctor")
    return Result(
        number=number,
        limit=f"0 of each after {EDITS} edits; a month to come is judged otherwise",
        passed=all(
            one["in_force"] == EDITS and one["months"] and one["later"] and not any(one[w] for w in wrong)
            for one in found.values()
        ),
        control=", ".join(
            f"written over, {name}: {one['control']} of {one['months']} months differ"
            for name, one in found.items()
        ),
        control_failed=all(one["control"] for one in found.values()),
    )
