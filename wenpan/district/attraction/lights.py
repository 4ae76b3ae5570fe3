"""Lights of deals for supervision: which open deals stand still on a day, one cause each.

A stable read for rooms above. Whether a deal can shine at all is asked of the database first (`_possible`);
its light is that of `economy.judging.deal_lights`, with the set in force on the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.models import Deal
from wenpan.district.attraction.queries import months_ago, with_lights
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import deal_lights

SHOWN = ("RED", "YELLOW")
_LEAST_MONTHS = 1  # no shipped set shines earlier; hysteresis looks back further
_EARLY = [stage.value for stage in Stage if stage.order <= Stage.REGISTERED.order]


@dataclass(frozen=True)
class DealCause:
    """`address`: deal:12. `agreed` in 万元, None where it is not known."""

    address: str
    name: str
    unit: Unit | None
    light: str  # RED | YELLOW
    reasons: tuple[str, ...]
    agreed: Decimal | None
    rules: str
    url: str


def deal_causes(on: date, *, least: Decimal | None = None) -> Iterator[DealCause]:
    """Red and yellow deals; `least`: 万元 agreed, below it none; a deal of unknown amount is told."""
    rules, _hold = deal_lights(on)
    rows = _possible(on)
    if least is not None:
        rows = rows.filter(Q(agreed__gte=least) | Q(agreed=None))
    for deal, found in with_lights(rows.select_related("unit").order_by("pk"), on):
        if found.light.value in SHOWN:
            yield DealCause(
                address(deal.pk), deal.name, deal.unit, found.light.value, found.reasons, deal.agreed,
                f"{rules.name} {rules.version}", reverse("attraction:deal", args=[deal.pk]),
            )  # fmt: skip


def light_of(pk: int, on: date) -> str:
    """The light of one deal; "" where it ended, was merged, or is not there."""
    rows = Deal.objects.filter(pk=pk, retracted=False, duplicate_of=None, ended_on=None)
    shown = with_lights(rows, on)
    return shown[0][1].light.value if shown else ""


def address(pk: int) -> str:
    return f"deal:{pk}"


def _possible(on: date) -> QuerySet[Deal]:
    """Open deals before their start that have not moved for a month: all others are green."""
    before = months_ago(on, _LEAST_MONTHS)
    rows = Deal.objects.filter(retracted=False, duplicate_of=None, ended_on=None, stage__in=_EARLY)
    return rows.filter(Q(moved_on__lte=before) | Q(signed_on__lte=before))
