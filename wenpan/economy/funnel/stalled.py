"""Facts about a deal that stands still, for the rule sets of lights (`economy.judging.deal_lights`).

Pure. Months are whole ones: from 14 July to 14 September are two, to 13 September one; from the 31st the
last day of a shorter month completes one. Nothing is measured of a deal that ended.

    still        months since a deal in talks last moved (a stage or documented progress, never an edit)
    unregistered months since signing without a registered firm
    unstarted    months since signing without a start
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from wenpan.economy.funnel.events import PipelineState
from wenpan.economy.funnel.stages import Stage


def stalled_facts(state: PipelineState, day: date) -> dict[str, Any]:
    """`still`, `unregistered`, `unstarted` in months; None where it does not apply on that day."""
    facts: dict[str, Any] = {"still": None, "unregistered": None, "unstarted": None}
    if not state.open or state.stage is None:
        return facts
    if not state.signed and state.stage.order < Stage.SIGNED.order and state.moved_on:
        facts["still"] = months_between(state.moved_on, day)
    if state.signed:
        months = months_between(state.reached[Stage.SIGNED], day)
        later = [s for s in state.reached if s.order >= Stage.STARTED.order]
        if not later:
            facts["unstarted"] = months
            facts["unregistered"] = None if state.has(Stage.REGISTERED) else months
    return facts


def months_between(first: date, last: date) -> int:
    """Whole months from `first` to `last`; 0 where `last` is not later."""
    if last <= first:
        return 0
    months = (last.year - first.year) * 12 + last.month - first.month
    completes = min(first.day, monthrange(last.year, last.month)[1])
    return months if last.day >= completes else months - 1
