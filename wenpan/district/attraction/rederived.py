"""Deals beside their events and amounts: the derived columns are made again and compared.

For `wenpan doctor`. What evidence is missing follows from the rules of the day and is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from wenpan.district.attraction.derive import COLUMNS, derived
from wenpan.district.attraction.models import Deal
from wenpan.rules.deals import stage_rules

_AT_ONCE = 500


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each deal whose columns its events and amounts do not give."""
    today = timezone.localdate()
    rules, rows = stage_rules(today), Deal.objects.order_by("pk")
    tell(f"deals: {rows.count()} made again from their events")
    for deal in rows.prefetch_related("events__successor", "amounts", "lead_steps").iterator(_AT_ONCE):
        made = derived(deal, deal.events.all(), deal.amounts.all(), deal.lead_steps.all(), today, rules)
        wrong = [name for name in COLUMNS if _told(made[name]) != _told(getattr(deal, name))]
        if wrong:
            yield f"deal {deal.code}: {', '.join(wrong)} do not follow from its events and amounts."


def _told(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != "unproven"} if isinstance(value, dict) else value
