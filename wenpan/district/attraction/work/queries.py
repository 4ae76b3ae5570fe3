"""Receptions that a person sees, and the clocks of a lead as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wenpan.district.accounts.permissions import can
from wenpan.district.attraction.lead_clocks import clocks_of
from wenpan.district.attraction.models import Deal, LeadStep, Reception
from wenpan.district.attraction.models.work import OCCASIONS
from wenpan.district.attraction.queries import counted_once
from wenpan.district.attraction.scope import deals_of
from wenpan.district.ui import asked
from wenpan.economy.funnel.lead_clocks import LeadClock, LeadClockState
from wenpan.economy.time.clock import last_moment
from wenpan.rules.deals import lead_clock_rules

STATES = {
    LeadClockState.OPEN: "计时中", LeadClockState.MET: "已按时", LeadClockState.LATE: "已超时",
    LeadClockState.PAUSED: "暂停", LeadClockState.STOPPED: "不再计时",
}  # fmt: skip


@dataclass(frozen=True)
class LeadPage:
    """`clocks`: each with the words of its state, the newest round of a repeating one; `steps`: newest
    first.
    """

    clocks: tuple[tuple[LeadClock, str, datetime | None], ...]
    steps: tuple[LeadStep, ...]
    is_lead: bool
    source: str


def lead_page(deal: Deal, at: datetime) -> LeadPage:
    events = list(deal.events.all())
    steps = tuple(deal.lead_steps.select_related("by"))
    latest = {c.code: c for c in clocks_of(events, steps, deal.agreed, at)}
    is_lead = any(e.kind == "reached" and e.stage == "lead" and e.withdrawn_at is None for e in events)
    source = lead_clock_rules(timezone.localdate(at)).source if is_lead else ""
    shown = tuple((c, STATES[c.state], last_moment(c.due) if c.due else None) for c in latest.values())
    return LeadPage(shown, steps[::-1], is_lead and deal.ended_on is None, source)


@dataclass(frozen=True)
class ReceptionFilters:
    """`promise`: "" all, open, late or kept ones."""

    kind: str = ""
    promise: str = ""

    @classmethod
    def of(cls, get: Mapping[str, str]) -> ReceptionFilters:
        kind = asked.choice(get, "kind", {code for code, _label in OCCASIONS}, "")
        return cls(kind, asked.choice(get, "promise", {"open", "late", "kept"}, ""))


def receptions_of(user: Any) -> QuerySet[Reception]:
    """Without "deal.all" those of the own unit, and those of deals that the person sees."""
    rows = Reception.objects.filter(withdrawn_at=None).select_related("unit", "deal", "by")
    if can(user, "deal.all"):
        return rows
    unit = getattr(user, "unit_id", None)
    return rows.filter(Q(unit=unit) | Q(deal__in=deals_of(user))) if unit else rows.none()


def receptions(user: Any, filters: ReceptionFilters, at: datetime) -> QuerySet[Reception]:
    rows = receptions_of(user)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.promise == "kept":
        return rows.filter(kept_on__isnull=False)
    if filters.promise:
        rows = rows.exclude(promise="").filter(kept_on=None)
    return rows.filter(promise_on__lt=timezone.localdate(at)) if filters.promise == "late" else rows


def mine(user: Any) -> QuerySet[Deal]:
    """Open deals that this person works on: those of the own unit, and for the office those without a
    unit.
    """
    own = Q(unit=getattr(user, "unit_id", None) or 0)
    if can(user, "deal.edit"):
        own |= Q(unit=None)
    return counted_once(user).filter(own, ended_on=None)
