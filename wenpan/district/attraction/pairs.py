"""Deals that may be the same one: proposed with reasons, merged or kept apart by a person."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from wenpan.district.attraction.kept_funnel import KEEP, room_stamp
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
    deals = {d.code: d for d in counted_once(user).select_related("unit")}
    apart = [frozenset(pair) for pair in DealPairApart.objects.values_list("one__code", "other__code")]
    identities = [identity(deal) for deal in deals.values()]
    pairs = _candidates(identities, apart)
    shown = [DealPair(deals[p.one], deals[p.other], p) for p in pairs[:_SHOWN]]
    merged = Deal.objects.filter(duplicate_of__isnull=False, retracted=False)
    changes: tuple[FirmChange, ...] = firm_changes(identities)
    return {
        "pairs": shown,
        "count": len(pairs),
        "changes": changes[:_SHOWN],
        "merged": merged.select_related("unit", "duplicate_of__unit")[:_SHOWN],
    }


def _candidates(
    identities: Sequence[DealIdentity], apart: Sequence[frozenset[str]]
) -> tuple[DuplicatePair, ...]:
    """Every name against every other takes a second or two at five thousand: kept until something changes."""
    who = (room_stamp(), [one.deal for one in identities])
    key = f"deals.pairs:{hashlib.sha256(repr(who).encode()).hexdigest()}"
    found: tuple[DuplicatePair, ...] | None = cache.get(key)
    if found is None:
        found = duplicate_candidates(identities, apart=apart)
        cache.set(key, found, KEEP)
    return found


def identity(deal: Deal) -> DealIdentity:
    return DealIdentity(
        deal.code, deal.name, deal.investor, deal.company, deal.uscc,
        deal.unit.short_name if deal.unit else "", deal.agreed, deal.listed_on,
    )  # fmt: skip
