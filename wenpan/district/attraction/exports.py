"""The forms of deals, filled from the room with the headers that they came with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse

from wenpan.district.attraction.funnel_values import days
from wenpan.district.attraction.models import Deal
from wenpan.documents.deals.deal_rows import AMOUNTS, DAYS
from wenpan.documents.deals.forms import DealForm, form_workbook
from wenpan.economy.funnel.amount_ladder import TOTAL
from wenpan.economy.funnel.money import Money, MoneyError, read_money
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import stage_rules

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form_response(form: DealForm, rows: QuerySet[Deal]) -> HttpResponse:
    deals = rows.prefetch_related("amounts", "events")
    data = form_workbook(form, (form_row(deal) for deal in deals), form.name)
    answer = HttpResponse(data, content_type=_XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(form.name)}.xlsx"
    return answer


def form_row(deal: Deal) -> Mapping[str, Any]:
    """The cells by column: stages from events, amounts from the ladder, all else as it was written."""
    row: dict[str, Any] = {key: _amount(key, text) for key, text in deal.fields.items()}
    reached = days(deal.standing.get("reached", {}))
    approved = days(deal.standing.get("approved", {}))
    row |= {key: reached.get(stage) for key, stage in DAYS.items()}
    row |= {
        "code": deal.code, "name": deal.name, "investor": deal.investor, "company": deal.company,
        "uscc": deal.uscc or deal.fields.get("uscc", ""), "chain": deal.chain,
        "unit": deal.unit.name if deal.unit else "", "town": deal.town.name if deal.town else "",
        "approved_on": approved.get(Stage.SIGNED), "ended_on": deal.ended_on,
        "end_reason": deal.standing.get("reason", ""),
        "landed_on": _landed(deal, reached),
    }  # fmt: skip
    return row | dict(_ladder(deal))


def _landed(deal: Deal, reached: Mapping[Stage, Any]) -> Any:
    newest = max(reached.values(), default=None)
    return reached.get(stage_rules(newest).landing_stage(deal.trade)) if newest else None


def _ladder(deal: Deal) -> Iterator[tuple[str, Money]]:
    newest: dict[tuple[str, str], Any] = {}
    for amount in deal.amounts.all():  # ordered by day
        if amount.withdrawn_at is None:
            newest[amount.rung, amount.scope] = amount
    for key, (rung, scope) in AMOUNTS.items():
        held = newest.get((rung.value, scope))
        if held is not None and (scope == TOTAL or held.as_of == _newest_day(deal)):
            yield key, Money(Decimal(held.amount), held.currency)


def _newest_day(deal: Deal) -> Any:
    """当月, 当年 amounts are of the newest list only: an older month's is not this month's."""
    return max((a.as_of for a in deal.amounts.all() if a.withdrawn_at is None), default=None)


def _amount(key: str, text: str) -> Any:
    """The estimates of a form are kept as texts with their unit; out they go as numbers again."""
    if key.startswith("estimated_") or key == "registered_arrived":
        try:
            return read_money(text)
        except MoneyError:
            return text
    return text
