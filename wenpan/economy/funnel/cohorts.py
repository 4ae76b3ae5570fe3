"""The funnel by cohort: of the deals signed in a quarter or year, how many have started by a day.

Pure. A cohort is formed by the day of formal signing; who has only a framework agreement is in none. A rate
names both sides: `reached` of `n` by `day`. Deals that ended stay in `n`, or ending deals would raise the
rate. Events after `day` are not looked at, so that a later event changes no earlier rate. Stages are
counted each by its own event; only where the place's rule says `nested` does a later stage stand for an
earlier one.

    rate = reached / n      low, high: 80 % (`intervals`)      median_days: signing → stage, of those that
    reached
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wenpan.economy.funnel.events import PipelineState
from wenpan.economy.funnel.intervals import LEAST, RateInterval, median, rate_interval
from wenpan.economy.funnel.stages import AFTER_SIGNING, Stage

YEAR, QUARTER = "year", "quarter"


@dataclass(frozen=True)
class CohortRow:
    """One cohort and one stage after signing. `cohort` is 2022 or 2022-Q3; rates are ratios 0…1 or None."""

    cohort: str
    stage: Stage
    interval: RateInterval
    median_days: float | None

    @property
    def n(self) -> int:
        return self.interval.n

    @property
    def reached(self) -> int:
        return self.interval.reached

    @property
    def rate(self) -> float | None:
        return self.interval.rate


def cohort_of(day: date, by: str) -> str:
    """2022 or 2022-Q3. ValueError for another `by`."""
    if by == YEAR:
        return str(day.year)
    if by == QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    raise ValueError(f"by 应为 year 或 quarter, 实为 {by!r}")


def cohorts(
    states: Iterable[PipelineState | Mapping[Stage, date]],
    day: date,
    *,
    by: str = YEAR,
    stages: Sequence[Stage] = AFTER_SIGNING,
    nested: bool = False,
    least: int = LEAST,
) -> tuple[CohortRow, ...]:
    """The rows by cohort and stage. `states`: replayed, or the day of each reached stage."""
    waiting: dict[str, list[Mapping[Stage, date]]] = {}
    for state in states:
        reached = state.reached if isinstance(state, PipelineState) else state
        known = {stage: on for stage, on in reached.items() if on <= day}
        if Stage.SIGNED in known:
            waiting.setdefault(cohort_of(known[Stage.SIGNED], by), []).append(known)
    return tuple(
        _row(cohort, stage, waiting[cohort], nested=nested, least=least)
        for cohort in sorted(waiting)
        for stage in stages
    )


def _row(
    cohort: str, stage: Stage, deals: Sequence[Mapping[Stage, date]], *, nested: bool, least: int
) -> CohortRow:
    days = [_reached_on(deal, stage, nested=nested) for deal in deals]
    waits = [(on - deal[Stage.SIGNED]).days for deal, on in zip(deals, days, strict=True) if on]
    return CohortRow(cohort, stage, rate_interval(len(waits), len(deals), least=least), median(waits))


def _reached_on(deal: Mapping[Stage, date], stage: Stage, *, nested: bool) -> date | None:
    if not nested:
        return deal.get(stage)
    return min((on for reached, on in deal.items() if reached.order >= stage.order), default=None)


@dataclass(frozen=True)
class Conversion:
    """From one stage to another over deals that reached the first: both sides named."""

    above: Stage
    below: Stage
    interval: RateInterval


def conversions(
    states: Iterable[PipelineState],
    day: date,
    chain: Sequence[Stage] = (Stage.FRAMEWORK, Stage.SIGNED, *AFTER_SIGNING[:2], Stage.PRODUCING),
    *,
    least: int = LEAST,
) -> tuple[Conversion, ...]:
    """Framework → signed → registered → started → producing: of those that reached the one, how many the
    other.

    A deal that skipped the first of a pair is not in that pair's denominator."""
    reached = [{s for s, on in state.reached.items() if on <= day} for state in states]
    rows = []
    for below, above in pairwise(chain):
        base = [stages for stages in reached if below in stages]
        hits = sum(above in stages for stages in base)
        rows.append(Conversion(above, below, rate_interval(hits, len(base), least=least)))
    return tuple(rows)
