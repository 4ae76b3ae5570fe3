"""Deals that may be the same one: proposed with reasons, merged or kept apart by a person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from wenpan.district.attraction.funnel_cache import KEEP, room_stamp
from wenpan.district.attraction.models import Deal, DealPairApart
from wenpan.district.attraction.queries import counted_once
from wenpan.economy.funnel.identity import (
    DealIdentity,
    DuplicatePair,
    FirmChange,
    duplicate_candidates,
    firm_changes,
)

_SHOWN = 100


@dataclass(frozen=True)
class DealPair:
    one: Deal
    other: Deal
    pair: DuplicatePair


def duplicates(user: Any) -> dict[str, Any]:
    """`pairs` (the likeliest hundred), how many there are, firms that changed, and what was merged."""
    pairs, changes = _compared(counted_once(user))
    shown = pairs[:_SHOWN]
    codes = {code for pair in shown for code in (pair.one, pair.other)}
    deals = {d.code: d for d in counted_once(user).filter(code__in=codes).select_related("unit")}
    merged = Deal.objects.filter(duplicate_of__isnull=False, retracted=False)
    return {
        "pairs": [DealPair(deals[p.one], deals[p.other], p) for p in shown],
        "count": len(pairs),
        "changes": changes[:_SHOWN],
        "merged": merged.select_related("unit", "duplicate_of__unit")[:_SHOWN],
    }


_Compared = tuple[tuple[DuplicatePair, ...], tuple[FirmChange, ...]]


def _compared(rows: QuerySet[Deal]) -> _Compared:
    """Every name against every other takes a second or two at five thousand: kept until something changes.
    What is kept belongs to exactly these deals, so that nobody sees another's."""
    who = (room_stamp(), list(rows.order_by("pk").values_list("code", flat=True)))
    key = f"deals.pairs:{hashlib.sha256(repr(who).encode()).hexdigest()}"
    found: _Compared | None = cache.get(key)
    if found is None:
        apart = [frozenset(pair) for pair in DealPairApart.objects.values_list("one__code", "other__code")]
        identities = [identity(deal) for deal in rows.select_related("unit")]
        found = duplicate_candidates(identities, apart=apart), tuple(firm_changes(identities))
        cache.set(key, found, KEEP)
    return found


def identity(deal: Deal) -> DealIdentity:
    return DealIdentity(
        deal.code, deal.name, deal.investor, deal.company, deal.uscc,
        deal.unit.short_name if deal.unit else "", deal.agreed, deal.listed_on,
    )  # fmt: skip
