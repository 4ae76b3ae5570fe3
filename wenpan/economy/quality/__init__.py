"""Quality: one check a file; each looks at the figures of a file beside the ledger and returns findings.

`examine` runs them all. A finding asks that something be verified (核实); none proposes a number.
"""

from __future__ import annotations

import polars as pl

from wenpan.economy.quality.context import CheckContext
from wenpan.economy.quality.finding import Finding, Severity
from wenpan.economy.quality.limits import QualityLimits

__all__ = ["CheckContext", "Finding", "QualityLimits", "Severity", "examine"]


def examine(figures: pl.DataFrame, ledger: pl.DataFrame, context: CheckContext) -> list[Finding]:
    """Findings of every check, in the order of the list, then of the file.

    `figures`: `documents.frames.figures_frame` (region, indicator, period, measure, basis, status,
    value, text, unit, sheet, cell, factor). `ledger`: the observations frame of what is known
    (region, indicator, period, measure, basis, value); may be empty.
    """
    from wenpan.economy.quality.checks import CHECKS

    return [finding for check in CHECKS for finding in check(figures, ledger, context)]
