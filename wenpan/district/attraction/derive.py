"""The columns of deals that follow from events and amounts, worked out anew. Nothing else writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from wenpan.district.attraction.funnel_values import event_of, ladder_of, standing_of
from wenpan.district.attraction.lead_clocks import clocks_of, next_due
from wenpan.district.attraction.models import Deal, DealAmount, DealEvent, LeadStep
from wenpan.economy.funnel.amount_ladder import Rung
from wenpan.economy.funnel.events import PipelineState, replay
from wenpan.economy.funnel.stages import Stage, StageRules
from wenpan.rules.deals import stage_rules

COLUMNS = (
    "stage", "since", "moved_on", "signed_on", "ended_on", "ending", "standing", "agreed", "arrived",
    "lead_clock", "lead_due",
)  # fmt: skip
_AT_ONCE = 400


def derived(
    deal: Deal,
    events: Collection[DealEvent],
    amounts: Iterable[DealAmount],
    steps: Collection[LeadStep],
    day: date,
    rules: StageRules,
) -> dict[str, Any]:
    """The values of `COLUMNS` at the end of a day."""
    log = [event_of(row, deal.code) for row in events if row.withdrawn_at is None]
    state: PipelineState = replay(log, day, rules)
    ladder = ladder_of(amounts, day)
    agreed = _kept(ladder.in_yuan(Rung.AGREED))
    clock, due = next_due(clocks_of(events, steps, agreed, datetime.combine(day, time.max)))
    return {
        "lead_clock": clock,
        "lead_due": due,
        "stage": state.stage.value if state.stage else "",
        "since": state.since,
        "moved_on": state.moved_on,
        "signed_on": state.reached.get(Stage.SIGNED),
        "ended_on": state.ending.on if state.ending else None,
        "ending": state.ending.kind.value if state.ending else "",
        "standing": standing_of(state),
        "agreed": agreed,
        "arrived": _kept(ladder.in_yuan(Rung.ARRIVED)),
    }


def _kept(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.0001"))


def refresh(pks: Collection[int], day: date) -> list[Deal]:
    """Writes the columns of these deals where they differ, inside the transaction of the act."""
    rules, changed = stage_rules(day), []
    ordered = sorted(pks)
    for begin in range(0, len(ordered), _AT_ONCE):
        rows = Deal.objects.filter(pk__in=ordered[begin : begin + _AT_ONCE])
        for deal in rows.prefetch_related("events__successor", "amounts", "lead_steps"):
            events = deal.events.all()
            known = max(
                [day, *(timezone.localdate(event.at) for event in events)]
            )  # told late, of an earlier day
            values = derived(deal, events, deal.amounts.all(), deal.lead_steps.all(), known, rules)
            if any(getattr(deal, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(deal, name, value)
                changed.append(deal)
    Deal.objects.bulk_update(changed, COLUMNS, batch_size=_AT_ONCE)
    return changed
