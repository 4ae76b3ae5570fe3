"""Lists and the board of deals: what a person sees, filtered and counted in the database."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.funnel_values import event_of
from wenpan.district.attraction.models import STAGES, TRADES, Deal
from wenpan.district.attraction.scope import deals_of
from wenpan.district.ui import asked
from wenpan.economy.funnel.stages import Stage
from wenpan.economy.judging.deal_lights import DealLight, deal_light
from wenpan.rules.deals import deal_lights

WAN_PER_YI = 10_000
_STILL = {"2": 2, "3": 3, "6": 6}


@dataclass(frozen=True)
class DealFilters:
    """What the list is asked for; "" or None: everything. Sizes and days still are thresholds."""

    stage: str = ""
    unit: str = ""
    town: str = ""
    trade: str = ""
    size: str = ""  # 1 | 10: at least so many 亿元
    still: str = ""  # 2 | 3 | 6: no progress for so many months
    state: str = "open"  # open | ended | all
    signed: int | None = None  # year of signing
    leading: str = ""

    @classmethod
    def of(cls, get: Mapping[str, str]) -> DealFilters:
        return cls(
            asked.choice(get, "stage", {s.value for s in Stage}, ""),
            get.get("unit", "")[:40],
            get.get("town", "")[:40],
            asked.choice(get, "trade", {code for code, _label in TRADES}, ""),
            asked.choice(get, "size", {"1", "10"}, ""),
            asked.choice(get, "still", set(_STILL), ""),
            asked.choice(get, "state", {"open", "ended", "all"}, "open"),
            asked.year(get, "signed"),
            asked.choice(get, "leading", {"1"}, ""),
        )

    @property
    def any(self) -> bool:
        return self != DealFilters()


def counted_once(user: Any) -> QuerySet[Deal]:
    """The deals a person sees, without those that were merged into another."""
    return deals_of(user).filter(duplicate_of=None)


def listing(user: Any, filters: DealFilters, today: date) -> QuerySet[Deal]:
    rows = counted_once(user).select_related("unit", "town")
    if filters.state != "all":
        rows = rows.filter(ended_on__isnull=filters.state == "open")
    wanted: dict[str, Any] = {
        "stage": filters.stage, "unit__code": filters.unit, "town__code": filters.town,
        "trade": filters.trade, "signed_on__year": filters.signed,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if filters.leading:
        rows = rows.filter(leading=True)
    if filters.size:
        rows = rows.filter(agreed__gte=int(filters.size) * WAN_PER_YI)
    if filters.still:
        rows = rows.filter(moved_on__lte=months_ago(today, _STILL[filters.still]), ended_on=None)
    return rows


def months_ago(day: date, months: int) -> date:
    """The last day from which `months` whole months have gone by on `day`: the twin for the database of
    `months_between`. On the last day of a month that is the last day of the earlier one."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    ends = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends else min(day.day, last))


@dataclass(frozen=True)
class DealTotals:
    count: int
    agreed: Decimal | None  # 万元, of those with an amount in yuan
    arrived: Decimal | None
    signed: int


def totals(rows: QuerySet[Deal]) -> DealTotals:
    found = rows.order_by().aggregate(
        n=Count("pk"), agreed=Sum("agreed"), arrived=Sum("arrived"), signed=Count("signed_on")
    )
    return DealTotals(found["n"], found["agreed"], found["arrived"], found["signed"])


@dataclass(frozen=True)
class BoardColumn:
    """One stage: how many open deals, their agreed 万元, the ones that have stood still longest."""

    stage: Stage
    label: str
    count: int
    agreed: Decimal | None
    cards: tuple[tuple[Deal, DealLight], ...]


def board(user: Any, today: date, labels: Mapping[str, str], *, cards: int = 6) -> tuple[BoardColumn, ...]:
    rows = counted_once(user).filter(ended_on=None)
    sums = {
        row["stage"]: row
        for row in rows.order_by().values("stage").annotate(n=Count("pk"), agreed=Sum("agreed"))
    }
    columns = []
    for stage in Stage:
        found = sums.get(stage.value)
        oldest = rows.filter(stage=stage.value).select_related("unit").order_by("moved_on", "pk")[:cards]
        shown = tuple(with_lights(oldest, today)) if found else ()
        columns.append(
            BoardColumn(
                stage,
                labels[stage.value],
                found["n"] if found else 0,
                found["agreed"] if found else None,
                shown,
            )
        )
    return tuple(columns)


def with_lights(rows: QuerySet[Deal] | Iterable[Deal], today: date) -> list[tuple[Deal, DealLight]]:
    """Each deal with its light today, from its events; two queries for all of them."""
    rules, hold = deal_lights(today)
    deals = list(rows.prefetch_related("events__successor") if isinstance(rows, QuerySet) else rows)
    return [(deal, _light(deal, today, rules, hold)) for deal in deals]


def _light(deal: Deal, today: date, rules: Any, hold: int) -> DealLight:
    log = [event_of(row, deal.code) for row in deal.events.all() if row.withdrawn_at is None]
    return deal_light(log, today, rules, hold=hold)


def due_steps(user: Any, until: date) -> QuerySet[Deal]:
    """Next steps that are due by a day, the latest first."""
    rows = counted_once(user).filter(ended_on=None, next_on__lte=until)
    return rows.select_related("unit").order_by("next_on", "pk")


def choices(user: Any) -> dict[str, list[tuple[str, Any]]]:
    units = Unit.objects.filter(pk__in=counted_once(user).order_by().values("unit"))
    towns = Unit.objects.filter(pk__in=counted_once(user).order_by().values("town"))
    return {
        "unit": [(unit.code, unit.short_name) for unit in units],
        "town": [(unit.code, unit.short_name) for unit in towns],
        "stage": list(STAGES),
        "trade": list(TRADES),
        "size": [("1", _("1亿元以上")), ("10", _("10亿元以上"))],
        "still": [("2", _("2个月无进展")), ("3", _("3个月无进展")), ("6", _("6个月无进展"))],
        "state": [("open", _("推进中")), ("ended", _("已终止")), ("all", _("全部"))],
    }


def searched(rows: QuerySet[Deal], text: str) -> QuerySet[Deal]:
    if not text:
        return rows
    wanted = Q()
    for name in ("name", "code", "investor", "company", "pinyin"):
        wanted |= Q(**{f"{name}__icontains": text})
    return rows.filter(wanted)
