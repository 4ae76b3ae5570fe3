"""Mutants of the policy of permissions, made by rule: grants of roles, guards of pages, limits of signing in,
scopes of queries. The matrix (the reviewed table, every address as every role, other units' records and
lists) sees at least 98 in a hundred.

Control: the policy without a fault, in which the same matrix sees nothing.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from bars._pytest import ran
from bars.bar import NotRunError, Result

SHARE = 0.98
KINDS = ("grants", "exchanged", "limits", "scopes", "dropped")


def bar(seed: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="wenpan-bar-policy-") as folder:
        out = Path(folder) / "found.json"
        os.environ |= {"BARS_OUT": str(out), "BARS_SEED": str(seed)}
        ran(["-p", "tests.conftest", "-o", "python_files=_policy_mutants.py", "bars/_policy_mutants.py"])
        found: dict[str, tuple[int, int, list[str]]] = (
            json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
        )
        if missing := {*KINDS, "whole"} - set(found):
            raise NotRunError(f"the mutants were not tried to the end: {', '.join(sorted(missing))}")
    whole = found.pop("whole")
    for name in (name for _seen, _of, lived in found.values() for name in lived):
        print(f"lived: {name}", file=sys.stderr)
    seen, made = (sum(part[n] for part in found.values()) for n in (0, 1))  # type: ignore[misc]
    kinds = ", ".join(f"{kind} {part[0]}/{part[1]}" for kind, part in found.items())
    return Result(
        number=f"{seen}/{made} mutants seen ({100 * seen / made:.1f} %): {kinds}",
        limit=f"≥ {SHARE:.0%}",
        passed=seen >= SHARE * made,
        control=f"the policy without a fault: {whole[0]} of {whole[1]} parts of the matrix see one",
        control_failed=whole[0] == 0 and whole[1] == 2,
    )
