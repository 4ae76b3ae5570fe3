"""The funnel, kept for as long as nothing that it rests on has changed.

Its key is the question (the rows as asked of the database, the day, the cohorts) and a stamp of the room: how
many deals, shares and links there are and how often deals were written. A new version of a rule file changes
it too. It is the same page, only not worked out twice.
"""

from __future__ import annotations

import hashlib
from datetime import date

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Max, QuerySet, Sum

from wenpan.district.attraction.funnel_queries import FunnelPage, funnel
from wenpan.district.attraction.models import Deal, DealLink, DealPairApart, DealShare
from wenpan.district.projects.models import Standing
from wenpan.rules.deals import cohort_targets, counting_rules, stage_rules

KEEP = 900  # seconds


def cached_funnel(rows: QuerySet[Deal], day: date, *, by: str, all_sets: bool = False) -> FunnelPage:
    key = _key(rows, day, by, all_sets=all_sets)
    found: FunnelPage | None = cache.get(key)
    if found is None:
        found = funnel(rows, day, by=by, all_sets=all_sets)
        cache.set(key, found, KEEP)
    return found


def room_stamp() -> list[tuple[object, ...]]:
    """Differs after every act that a funnel or a proposal of duplicates rests on."""
    deals = Deal.objects.order_by().aggregate(n=Count("pk"), v=Sum("version"), last=Max("pk"))
    others = (DealShare, DealLink, DealPairApart, Standing)
    counted = [m._default_manager.order_by().aggregate(n=Count("pk"), last=Max("pk")) for m in others]
    return [tuple(found.values()) for found in (deals, *counted)]


def _key(rows: QuerySet[Deal], day: date, by: str, *, all_sets: bool) -> str:
    rules = [set_.label for set_ in counting_rules().values()]
    rules += [stage_rules(day).version, cohort_targets(day).version]
    asked = (_question(rows), day, by, all_sets, room_stamp(), rules)
    return f"deals.funnel:{hashlib.sha256(repr(asked).encode()).hexdigest()}"


def _question(rows: QuerySet[Deal]) -> str:
    """ "" for a person who may see no deal: nothing is asked of the database then."""
    try:
        return str(rows.query)
    except EmptyResultSet:
        return ""
