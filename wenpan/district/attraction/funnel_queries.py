"""The funnel of the deals a person sees: cohorts, conversions, time in stage, what counts this year.

Every number comes from the columns that were derived from the events, in one query; the arithmetic is that
of `economy.funnel`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from wenpan.district.attraction.counted_deals import CountedDeal, read_deals
from wenpan.district.attraction.funnel_values import agreed_ladder, case_of, state_of
from wenpan.district.attraction.models import Deal, DealLink
from wenpan.district.projects.models import Standing
from wenpan.economy.funnel.amount_ladder import ConversionRate
from wenpan.economy.funnel.cohort_targets import TargetVerdict, against_targets
from wenpan.economy.funnel.cohorts import YEAR, CohortRow, Conversion, cohorts, conversions
from wenpan.economy.funnel.counting import counts
from wenpan.economy.funnel.counting_rules import CountingRules
from wenpan.economy.funnel.events import PipelineState
from wenpan.economy.funnel.pipeline import ExpectedStarts, PipelineDeal, expected_starts
from wenpan.economy.funnel.stage_time import (
    SameMonths,
    StageTime,
    same_day_last_year,
    same_months,
    stage_times,
)
from wenpan.economy.funnel.stages import AFTER_SIGNING, Stage
from wenpan.rules.deals import cohort_targets, counting_in_force, counting_rules, stage_rules

HOME = "本区"


@dataclass(frozen=True)
class CohortLine:
    """One cohort with its stages in the order of `AFTER_SIGNING`."""

    cohort: str
    n: int
    stages: tuple[CohortRow, ...]


@dataclass(frozen=True)
class CountedYear:
    """What counts this year under one set: deals and 万元; `before`: the same days of last year."""

    rules: CountingRules
    deals: int
    amount: Decimal
    before: int
    in_force: bool


@dataclass(frozen=True)
class FunnelPage:
    day: date
    by: str
    lines: tuple[CohortLine, ...]
    verdicts: tuple[TargetVerdict, ...]
    target_source: str
    conversions: tuple[Conversion, ...]
    times: tuple[StageTime, ...]
    months: tuple[SameMonths, ...]
    counted: tuple[CountedYear, ...]
    statistics: ConversionRate
    names: dict[str, tuple[int, str]]  # code → key and name of the deals that are named
    only_framework: int  # open deals whose only agreement is a framework or intention
    nested: bool
    expected: ExpectedStarts  # by the end of the year
    until: date


def funnel(rows: QuerySet[Deal], day: date, *, by: str = YEAR, all_sets: bool = False) -> FunnelPage:
    """`rows`: deals that count once. Ended ones belong in it: ending deals must not raise a rate."""
    rules, targets = stage_rules(day), cohort_targets(day)
    deals = read_deals(rows)
    states = [state_of(deal) for deal in deals]
    table = cohorts(states, day, by=by, nested=rules.nested)
    yearly = table if by == YEAR else cohorts(states, day, nested=rules.nested)
    times = stage_times(states, day)
    until = year_end(day)
    slow = {code for time in times for code, _days in time.slowest}
    return FunnelPage(
        day, by, _lines(table), against_targets(yearly, targets, day), targets.source,
        conversions(states, day), times, same_months(states, day),
        counted_years(deals, states, day, all_sets=all_sets), _in_statistics(deals),
        {deal.code: (deal.pk, deal.name) for deal in deals if deal.code in slow},
        sum(s.open and s.has(Stage.FRAMEWORK) and not s.signed for s in states), rules.nested,
        expected_starts(list(pipeline_of(deals, states)), day, until), until,
    )  # fmt: skip


def year_end(day: date) -> date:
    """31 December; of December's last days that of the next year, so that there is something to expect."""
    end = date(day.year, 12, 31)
    return end if (end - day).days >= 15 else date(day.year + 1, 12, 31)


_FROM_START = frozenset(stage for stage in Stage if stage.order >= Stage.STARTED.order)


def pipeline_of(deals: Sequence[CountedDeal], states: Sequence[PipelineState]) -> Iterator[PipelineDeal]:
    """A signed deal waits since its signing; its talks teach how long talks take."""
    for deal, state in zip(deals, states, strict=True):
        later = [on for stage, on in state.reached.items() if stage in _FROM_START]
        started, ended = min(later, default=None), state.ending.on if state.ending else None
        amount = float(deal.agreed) if deal.agreed is not None else None
        talk = next((state.reached[s] for s in (Stage.TALK, Stage.FRAMEWORK) if state.has(s)), None)
        if state.signed:
            yield PipelineDeal(state.reached[Stage.SIGNED], True, started, ended, amount)
        if talk is not None:
            yield PipelineDeal(talk, False, started, ended, amount, waits=not state.signed)


def _lines(table: Sequence[CohortRow]) -> tuple[CohortLine, ...]:
    size = len(AFTER_SIGNING)
    parts = [tuple(table[at : at + size]) for at in range(0, len(table), size)]
    return tuple(CohortLine(rows[0].cohort, rows[0].n, rows) for rows in parts)


def counted_years(
    deals: Sequence[CountedDeal], states: Sequence[PipelineState], day: date, *, all_sets: bool
) -> tuple[CountedYear, ...]:
    chosen, stages = counting_in_force(day), stage_rules(day)
    sets = [chosen]
    if all_sets:
        known = counting_rules().values()
        sets += [r for r in known if r.code != chosen.code and r.in_force(day) and r.purpose == "count"]
    cases = [
        case_of(deal, state, agreed_ladder(deal), HOME)
        for deal, state in zip(deals, states, strict=True)
        if state.signed and _moved_since(state, date(day.year - 1, 1, 1))
    ]
    before, found = same_day_last_year(day), []
    for rules in sets:
        decisions = [counts(case, rules, day, stages) for case in cases]
        now = [d for d in decisions if d.counted and d.on and d.on.year == day.year and d.on <= day]
        then = [d for d in decisions if d.counted and d.on and d.on.year == before.year and d.on <= before]
        amount = sum((d.amount for d in now if d.amount is not None), Decimal(0))
        found.append(CountedYear(rules, len(now), amount, len(then), rules is chosen))
    return tuple(found)


def _moved_since(state: PipelineState, first: date) -> bool:
    """Whether anything happened or was approved since: what counts this year or last has such a day."""
    days = (*state.reached.values(), *state.approved.values())
    return max(days) >= first


def _in_statistics(deals: Sequence[CountedDeal]) -> ConversionRate:
    """固投转化率: over deals with arrived money; who has no confirmed project is left out and counted."""
    arrived = {deal.pk: deal.arrived for deal in deals if deal.arrived is not None}
    links = DealLink.objects.filter(deal__in=arrived).values_list("deal_id", "project_id")
    invested = invested_of([project for _deal, project in links])
    of_deal: dict[int, Decimal] = {}
    for deal, project in links:
        of_deal[deal] = of_deal.get(deal, Decimal(0)) + invested.get(project, Decimal(0))
    came = sum((arrived[pk] for pk in of_deal), Decimal(0))
    seen = sum(of_deal.values(), Decimal(0))
    return ConversionRate(came, seen, len(of_deal), len(arrived) - len(of_deal))


def invested_of(projects: Sequence[int]) -> dict[int, Decimal]:
    """The cumulative 万元 of statistics projects in the newest month of each."""
    rows = Standing.objects.filter(project__in=projects, cumulative__isnull=False).order_by("month")
    return {pk: Decimal(str(value)) for pk, value in rows.values_list("project_id", "cumulative")}
