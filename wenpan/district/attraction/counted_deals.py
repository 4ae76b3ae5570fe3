"""Deals as the counts ask for them: five thousand for one page, without the cells of their forms.

A `CountedDeal` has the names of the columns of `Deal` that are counted by; `funnel_values.py` takes either.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.models import Deal, DealShare


@dataclass(slots=True)
class CountedDeal:
    """Amounts in 万元. `enlarged`: what was agreed before, of a deal that enlarges another; `parts`: shares
    by the unit's short name; `twin`: the name of the deal that it duplicates."""

    pk: int
    code: str
    name: str
    unit: Unit | None
    trade: str
    marks: list[str]
    listed_on: date | None
    stage: str
    since: date | None
    moved_on: date | None
    ended_on: date | None
    ending: str
    standing: dict[str, Any]
    agreed: Decimal | None
    arrived: Decimal | None
    enlarged: Decimal | None
    twin: str
    parts: dict[str, Decimal] = field(default_factory=dict)


_COLUMNS = (
    "pk", "code", "name", "unit_id", "trade", "marks_text", "listed_on", "stage", "since", "moved_on",
    "ended_on", "ending", "standing_text", "agreed", "arrived", "enlarges_id", "duplicate_of_id",
)  # fmt: skip


def read_deals(rows: QuerySet[Deal]) -> list[CountedDeal]:
    as_text = {"marks_text": Cast("marks", TextField()), "standing_text": Cast("standing", TextField())}
    told = list(rows.select_related(None).annotate(**as_text).values_list(*_COLUMNS))
    marks = {text: json.loads(text) for text in {row[5] for row in told}}
    units = Unit.objects.in_bulk()
    others = {key for row in told for key in row[-2:] if key}
    known = {d.pk: d for d in Deal.objects.filter(pk__in=others).only("agreed", "name")} if others else {}
    parts: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for deal, unit, share in DealShare.objects.order_by("pk").values_list("deal_id", "unit_id", "share"):
        parts[deal][units[unit].short_name] = share
    found = []
    for pk, code, name, unit, *columns, enlarges, twin in told:
        columns[1], columns[8] = marks[columns[1]], json.loads(columns[8])
        enlarged = known[enlarges].agreed if enlarges in known else None
        of = known[twin].name if twin in known else ""
        values: list[Any] = [pk, code, name, units.get(unit), *columns, enlarged, of, parts.get(pk, {})]
        found.append(CountedDeal(*values))
    return found
