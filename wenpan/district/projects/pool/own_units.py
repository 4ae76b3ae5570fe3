"""The speech's table of one unit's projects, counted when the page is drawn with the conditions of its lists.

The stored table is the whole district's; a unit's projects are few, and only they are its business.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum

from wenpan.district.projects.base.scope import Scope
from wenpan.district.projects.models import Standing
from wenpan.district.projects.pool import table
from wenpan.economy.time.periods import Month


def kept_sums(month: Month, scope: Scope) -> dict[str, dict[str, table.Numbers]]:
    """As `table.summary`: group field -> group -> line -> count, planned total, remaining, this year."""
    rows = Standing.objects.filter(scope.projects("project__"), month=str(month), project__retracted=False)
    rows = rows.order_by()
    found = {"": {"": _numbers(rows.aggregate(**_wanted()))}}
    for group, field in table.GROUP_FIELDS.items():
        parts = rows.values(field).annotate(**_wanted())
        found[group] = {part[field] or "": _numbers(part) for part in parts}
    return found


def _wanted() -> dict[str, Any]:
    fields = {"planned_total": "project__planned_total"}
    wanted: dict[str, Any] = {}
    for line in table.lines():
        wanted[f"n_{line.code}"] = Count("pk", filter=line.listed)
        for name in table.SUMS:
            wanted[f"s_{line.code}_{name}"] = Sum(fields.get(name, name), filter=line.listed)
    return wanted


def _numbers(row: dict[str, Any]) -> table.Numbers:
    return {
        line.code: [
            float(row[f"n_{line.code}"]),
            *(round(float(row[f"s_{line.code}_{name}"] or 0), 2) for name in table.SUMS),
        ]
        for line in table.lines()
    }
