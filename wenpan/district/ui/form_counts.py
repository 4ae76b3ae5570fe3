"""How often each unit filled in a registered form (rules/burden.yaml), told by the room that holds the rows.

A room registers `counted(provider)`: called with the first moment and the one after the last, it gives code
of the form → unit → times. 填报账 adds up what all rooms say; a form nobody counts stands there with 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from wenpan.district.ground.registries import Providers

Times = Mapping[str, Mapping[int, int]]
FORMS: Providers[[datetime, datetime], Times] = Providers()
counted = FORMS.add


def per_unit(rows: QuerySet[Any], unit: str, at: str, first: datetime, end: datetime) -> dict[int, int]:
    """Rows of the span by the unit that the path `unit` leads to; those without a unit are nobody's."""
    found = rows.filter(**{f"{at}__gte": first, f"{at}__lt": end, f"{unit}__isnull": False})
    return dict(found.order_by().values_list(unit).annotate(n=Count("pk")))


def all_times(first: datetime, end: datetime) -> dict[str, dict[int, int]]:
    """Of every room; two rooms that count the same form are added."""
    found: dict[str, dict[int, int]] = {}
    for told in FORMS.ask(first, end):
        for code, times in told.items():
            into = found.setdefault(code, {})
            for unit, n in times.items():
                into[unit] = into.get(unit, 0) + n
    return found
