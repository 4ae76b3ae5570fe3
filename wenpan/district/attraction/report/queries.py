"""The year's deals up to a day, as the page of the report and the briefing both say them."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from wenpan.district.attraction.counted_deals import CountedDeal, read_deals
from wenpan.district.attraction.funnel_queries import counted_years, pipeline_of, year_end
from wenpan.district.attraction.funnel_values import state_of
from wenpan.district.attraction.models import Deal
from wenpan.documents.papers.briefing.deals import DealsMonth, UnitDeals
from wenpan.economy.funnel.events import PipelineState
from wenpan.economy.funnel.pipeline import expected_starts
from wenpan.economy.funnel.stage_time import same_day_last_year
from wenpan.economy.funnel.stages import Stage
from wenpan.economy.time.periods import Month

YI = Decimal(10_000)  # 万元


def last_day(month: Month) -> date:
    """The month's end, or today in the month that runs."""
    return min(date(month.year, month.month, monthrange(month.year, month.month)[1]), timezone.localdate())


def deals_of_month(month: Month | None) -> DealsMonth | None:
    """Of the whole place, for the briefing. None where the place keeps no deals, or none of the year."""
    if month is None:
        return None
    found = month_report(Deal.objects.filter(retracted=False, duplicate_of=None), last_day(month))
    return found if found.any else None


def month_report(rows: QuerySet[Deal], day: date) -> DealsMonth:
    """`rows`: deals that count once. What happened after the day is not looked at."""
    deals = read_deals(rows)
    states = [state_of(deal) for deal in deals]
    before = same_day_last_year(day)
    signed = [(d, s) for d, s in zip(deals, states, strict=True) if _in_year(s, Stage.SIGNED, day)]
    (counted,) = counted_years(deals, states, day, all_sets=False)
    drawn = expected_starts(list(pipeline_of(deals, states)), day, year_end(day))
    agreed = [d.agreed for d, _s in signed if d.agreed is not None]
    return DealsMonth(
        rules=counted.rules.name,
        signed=len(signed),
        signed_before=_many(states, Stage.SIGNED, before),
        agreed=_yi(sum(agreed)) if agreed else None,
        large=sum(amount >= YI for amount in agreed),
        counted=counted.deals,
        counted_before=counted.before,
        framework_only=sum(_only_framework(state, day) for state in states),
        started=_many(states, Stage.STARTED, day),
        started_before=_many(states, Stage.STARTED, before),
        completed=_many(states, Stage.COMPLETED, day),
        ended=sum(
            s.ending is not None and s.ending.on.year == day.year and s.ending.on <= day for s in states
        ),
        expected=None if drawn.deals is None else (drawn.deals[1], drawn.deals[0], drawn.deals[2]),
        units=_units(deals, states, day),
    )


def _in_year(state: PipelineState, stage: Stage, day: date) -> bool:
    on = state.reached.get(stage)
    return on is not None and on.year == day.year and on <= day


def _many(states: Sequence[PipelineState], stage: Stage, day: date) -> int:
    return sum(_in_year(state, stage, day) for state in states)


def _ended(state: PipelineState, day: date) -> bool:
    on = state.ending.on if state.ending else None
    return on is not None and on.year == day.year and on <= day


def _only_framework(state: PipelineState, day: date) -> bool:
    """Open on the day, with a framework agreement and no signing by then."""
    framework, signed = state.reached.get(Stage.FRAMEWORK), state.reached.get(Stage.SIGNED)
    ended = state.ending is not None and state.ending.on <= day
    return framework is not None and framework <= day and not ended and (signed is None or signed > day)


def _units(deals: Sequence[CountedDeal], states: Sequence[PipelineState], day: date) -> tuple[UnitDeals, ...]:
    rows: dict[str, list[tuple[CountedDeal, bool, bool]]] = defaultdict(list)
    for deal, state in zip(deals, states, strict=True):
        signed, started = _in_year(state, Stage.SIGNED, day), _in_year(state, Stage.STARTED, day)
        if deal.unit is not None and (signed or started):
            rows[deal.unit.short_name].append((deal, signed, started))
    found = [
        UnitDeals(
            unit,
            sum(signed for _d, signed, _s in own),
            _total([d.agreed for d, signed, _s in own if signed]),
            sum(started for _d, _g, started in own),
            _total([d.arrived for d, _g, _s in own]),
        )
        for unit, own in rows.items()
    ]
    return tuple(sorted(found, key=lambda u: (-u.signed, -u.started, u.unit)))


def _total(amounts: Sequence[Decimal | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return _yi(sum(known)) if known else None


def _yi(wan: Decimal | int) -> float:
    return round(float(Decimal(wan) / YI), 2)
