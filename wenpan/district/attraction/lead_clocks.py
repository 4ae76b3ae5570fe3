"""The clocks of a lead, read from its events and steps by the dated rule that held when it came.

A lead that a person noted has clocks; one that a ledger brought has none until a person notes a step on it: a
ledger says when a lead came, and never when it was answered. A framework agreement, a signing or an end
closes them (the stage is the rule's).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from wenpan.district.attraction.models import DealEvent, LeadStep
from wenpan.economy.funnel.events import PipelineEventKind
from wenpan.economy.funnel.lead_clocks import LeadClock, LeadClockRules, LeadEvent, LeadEventKind, lead_clocks
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import lead_clock_rules
from wenpan.rules.working_days import calendar

MORNING = time(9)
_ENDS = (PipelineEventKind.ENDED, PipelineEventKind.REPLACED)


def clocks_of(
    events: Iterable[DealEvent], steps: Iterable[LeadStep], agreed: Decimal | None, at: datetime
) -> tuple[LeadClock, ...]:
    """Every clock that has begun by the moment; none for what never was a lead of ours."""
    held = [e for e in events if e.withdrawn_at is None]
    lead = next((e for e in held if e.kind == PipelineEventKind.REACHED and e.stage == Stage.LEAD), None)
    done = [s for s in steps if s.withdrawn_at is None]
    if lead is None or (lead.submission_id is not None and not done):
        return ()
    rules = lead_clock_rules(lead.on)
    log = [LeadEvent(received(lead), LeadEventKind.RECEIVED)]
    log += [LeadEvent(_local(s.on), LeadEventKind(s.kind)) for s in done]
    if (closed := _closed(held, rules)) is not None:
        log.append(LeadEvent(max(datetime.combine(closed, MORNING), log[0].at), LeadEventKind.CLOSED))
    amount = None if agreed is None else float(agreed)
    return lead_clocks(log, rules, calendar=calendar(), at=_local(at), amount=amount)


def received(lead: DealEvent) -> datetime:
    """The moment when it was noted, where that was on its day; else its morning."""
    noted = _local(lead.at)
    return (
        noted
        if noted.date() == lead.on and lead.submission_id is None
        else datetime.combine(lead.on, MORNING)
    )


def _closed(events: list[DealEvent], rules: LeadClockRules) -> date | None:
    days = [
        e.on
        for e in events
        if e.kind in _ENDS
        or (e.kind == PipelineEventKind.REACHED and Stage(e.stage).order >= rules.closed_by.order)
    ]
    return min(days, default=None)


def next_due(clocks: Iterable[LeadClock]) -> tuple[str, datetime | None]:
    """The running clock that is due first: its code, and when; ("", None) where none runs."""
    running = [
        (c.due, c.code)
        for c in clocks
        if c.state in ("open", "late") and c.done is None and c.due is not None
    ]
    if not running:
        return "", None
    due, code = min(running)
    return code, timezone.make_aware(due)


def _local(at: datetime) -> datetime:
    return timezone.localtime(at).replace(tzinfo=None) if timezone.is_aware(at) else at
