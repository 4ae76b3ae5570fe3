"""Rows of the database as the pure values of `economy.funnel`, and back. It asks nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wenpan.district.attraction.counted_deals import CountedDeal
from wenpan.district.attraction.models import Deal, DealAmount, DealEvent
from wenpan.economy.funnel.amount_ladder import AmountLadder, Rung, RungAmount, amount_ladder
from wenpan.economy.funnel.counting import CountingCase
from wenpan.economy.funnel.events import DealEnding, PipelineEvent, PipelineEventKind, PipelineState
from wenpan.economy.funnel.money import ExchangeRate, Money
from wenpan.economy.funnel.stages import Stage


def event_of(row: DealEvent, code: str) -> PipelineEvent:
    return PipelineEvent(
        code, PipelineEventKind(row.kind), row.on, Stage(row.stage) if row.stage else None, row.approved_on,
        document=row.document, evidence=frozenset(row.evidence), reason=row.reason,
        successor=row.successor.code if row.successor_id and row.successor else "", place=row.place,
    )  # fmt: skip


def amount_of(row: DealAmount) -> RungAmount:
    rate = None
    if row.rate is not None and row.rate_on is not None:
        rate = ExchangeRate(row.currency, row.rate, row.rate_on, row.rate_source)
    money = Money(row.amount, row.currency, row.text)
    return RungAmount(Rung(row.rung), money, row.as_of, rate, row.proof, row.source, row.scope)


def standing_of(state: PipelineState) -> dict[str, Any]:
    """What of a state the columns `stage` … `ending` do not say, as JSON."""
    return {
        "reached": {stage.value: on.isoformat() for stage, on in state.reached.items()},
        "approved": {stage.value: on.isoformat() for stage, on in state.approved.items()},
        "unproven": {stage.value: list(words) for stage, words in state.unproven.items()},
        "places": [[on.isoformat(), place] for on, place in state.places],
        "reason": state.ending.reason if state.ending else "",
        "successor": state.ending.successor if state.ending else "",
        "disorder": list(state.out_of_order),
    }


_STAGES = {stage.value: stage for stage in Stage}


def days(kept: Mapping[str, str]) -> dict[Stage, date]:
    return {_STAGES[stage]: date.fromisoformat(on) for stage, on in kept.items()}


def state_of(deal: Deal | CountedDeal) -> PipelineState:
    """The state as it was derived last: that of the present day."""
    kept = deal.standing or {}
    ending = None
    if deal.ended_on is not None:
        kind = PipelineEventKind(deal.ending)
        ending = DealEnding(kind, deal.ended_on, kept.get("reason", ""), kept.get("successor", ""))
    return PipelineState(
        deal.code, Stage(deal.stage) if deal.stage else None, deal.since, days(kept.get("reached", {})),
        days(kept.get("approved", {})), ending,
        tuple((date.fromisoformat(on), place) for on, place in kept.get("places", ())), deal.moved_on,
        {Stage(stage): tuple(words) for stage, words in kept.get("unproven", {}).items()},
        tuple(kept.get("disorder", ())),
    )  # fmt: skip


def ladder_of(amounts: Iterable[DealAmount], day: date) -> AmountLadder:
    """Of two amounts of one rung and day the one noted later holds."""
    newest: dict[tuple[str, str, date], DealAmount] = {}
    for row in amounts:  # in the order in which they were noted
        if row.withdrawn_at is None:
            newest[row.rung, row.scope, row.as_of] = row
    return amount_ladder([amount_of(row) for row in newest.values()], day)


def agreed_ladder(deal: Deal | CountedDeal) -> AmountLadder:
    """Only the rungs that are kept beside the deal, in 万元: enough to count a long list."""
    kept = ((Rung.AGREED, deal.agreed), (Rung.ARRIVED, deal.arrived))
    day = deal.moved_on or date.min
    return AmountLadder({r: RungAmount(r, Money(a), day) for r, a in kept if a is not None})


def case_of(deal: Deal | CountedDeal, state: PipelineState, ladder: AmountLadder, home: str) -> CountingCase:
    """`home`: where deals of this ledger are signed. Of a `Deal`, unit, shares, `enlarges` are prefetched."""
    if isinstance(deal, CountedDeal):
        shares, enlarged, twin = deal.parts, deal.enlarged, deal.twin
    else:
        shares = {row.unit.short_name: row.share for row in deal.shares.all()}
        enlarged = deal.enlarges.agreed if deal.enlarges_id and deal.enlarges else None
        twin = deal.duplicate_of.name if deal.duplicate_of_id and deal.duplicate_of else ""
    return CountingCase(
        deal.code, state, ladder, deal.trade, deal.unit.kind if deal.unit else "", frozenset(deal.marks),
        home, enlarged, deal.listed_on, shares, twin,
    )  # fmt: skip
