"""Quality: one check a file; each looks at the figures of a file beside the ledger and returns findings.

`examine` runs them all. A finding asks that something be verified (核实); none proposes a number
that anybody should report.
"""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.context import CheckContext, Limits
from wenpan.economy.quality.finding import CheckFinding, Severity

__all__ = ["CheckContext", "CheckFinding", "Limits", "Severity", "examine"]

_MOST = 200  # of one check; a person who reads so many has understood


def examine(figures: pl.DataFrame, ledger: pl.DataFrame, context: CheckContext) -> list[CheckFinding]:
    """Findings of every check, in the order of the list, then of the file.

    `figures`: `documents.tables.frames.figures_frame` (region, indicator, period, measure, basis, status,
    value, text, unit, sheet, cell, factor). `ledger`: the observations frame of what is known
    (region, indicator, period, measure, basis, value); may be empty. KeyError where the limits do
    not describe a check.
    """
    from wenpan.economy.quality.checks import CHECKS
    from wenpan.economy.quality.scene import Scene

    scene = Scene(figures, ledger, context)
    findings: list[CheckFinding] = []
    for name, check in CHECKS:
        if context.severity(name) is not None:
            findings += _bounded(check(scene))
    return findings


def _bounded(findings: list[CheckFinding]) -> list[CheckFinding]:
    if len(findings) <= _MOST:
        return findings
    rest = findings[_MOST:]
    worst = next(s for s in Severity if any(f.severity == s for f in rest))
    first = rest[0]
    return [
        *findings[:_MOST],
        CheckFinding(
            f"{first.check}.more",
            worst,
            f"另有 {len(rest)} 处同样的问题",
            first.expected,
            first.advice,
            first.sheet,
        ),
    ]
