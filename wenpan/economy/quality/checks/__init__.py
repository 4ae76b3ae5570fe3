"""The list of checks.

To add one: a file here with `CHECK` and `check(scene)`, its line in CHECKS, its entry in
`rules/quality.yaml` with severity and numbers, and a test named by the sentence that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wenpan.economy.quality.checks import (
    comparison_contradicts,
    growth_and_levels,
    growth_as_ratio,
    growth_jump,
    impossible,
    january,
    month_and_ytd,
    not_due,
    parts_exceed,
    rank_contradicts,
    region_missing,
    revised,
    scale_jump,
    sent_again,
    ytd_fell,
)
from wenpan.economy.quality.finding import CheckFinding
from wenpan.economy.quality.scene import Scene

CHECKS: Sequence[tuple[str, Callable[[Scene], list[CheckFinding]]]] = tuple(
    (module.CHECK, module.check)
    for module in (
        sent_again,
        scale_jump,
        impossible,
        ytd_fell,
        month_and_ytd,
        parts_exceed,
        growth_and_levels,
        growth_jump,
        growth_as_ratio,
        rank_contradicts,
        comparison_contradicts,
        region_missing,
        january,
        not_due,
        revised,
    )
)
