"""The leader's view of all matters: what is red, why, who has it, what happens next. No forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.roles import UNIT_HEAD
from wenpan.district.supervision.log import lifecycle, matter_sets
from wenpan.district.supervision.matters.queries.listing import titles_of_sources
from wenpan.district.supervision.models import Feedback, Matter

SHOWN = 40


@dataclass(frozen=True)
class OverviewRow:
    """`head`: who answers for the lead unit. `told`: the unit's newest words and their day."""

    matter: Matter
    head: str
    told: Feedback | None


@dataclass(frozen=True)
class UnitMatters:
    """A unit's open matters. Paused ones are in `open`, never in `red`."""

    unit: Unit
    open: int
    red: int
    yellow: int


@dataclass(frozen=True)
class Overview:
    open: int
    red: int
    yellow: int
    paused: int
    waiting: int  # with the office: to be registered, assigned, checked, closed
    closed_this_year: int
    reds: tuple[OverviewRow, ...]
    units: tuple[UnitMatters, ...]


def overview(user: User, on: date) -> Overview:
    mine = matter_sets.visible(user)
    counted = mine.aggregate(
        open=Count("pk", filter=matter_sets.is_open()),
        red=Count("pk", filter=matter_sets.red(on)),
        yellow=Count("pk", filter=matter_sets.yellow(on)),
        paused=Count("pk", filter=matter_sets.is_open() & Q(paused=True)),
        waiting=Count("pk", filter=Q(state__in=_WAITING)),
        closed_this_year=Count("pk", filter=Q(state=lifecycle.CLOSED, closed_on__year=on.year)),
    )
    late = (
        mine.filter(matter_sets.red(on)).select_related("lead").prefetch_related("coops", titles_of_sources())
    )
    reds = list(late.order_by("due", "pk")[:SHOWN])
    return Overview(**counted, reds=tuple(_rows(reds)), units=tuple(_units(mine, on)))


_WAITING = (lifecycle.DRAFT, lifecycle.REGISTERED, lifecycle.DECLINED, lifecycle.ANSWERED, lifecycle.CHECKED)


def _rows(found: Iterable[Matter]) -> list[OverviewRow]:
    rows = list(found)
    heads = {
        user.unit_id: str(user)
        for user in User.objects.filter(
            role=UNIT_HEAD.code, is_active=True, unit__in={m.lead_id for m in rows}
        ).order_by("-pk")
    }
    newest = _newest([m.pk for m in rows])
    return [OverviewRow(m, heads.get(m.lead_id, ""), newest.get(m.pk)) for m in rows]


def _newest(pks: list[int]) -> dict[int, Feedback]:
    """The newest feedback of each matter."""
    told: dict[int, Feedback] = {}
    for feedback in Feedback.objects.filter(matter__in=pks).select_related("unit").order_by("at", "pk"):
        told[feedback.matter_id] = feedback
    return told


def _units(mine: Any, on: date) -> list[UnitMatters]:
    """By how much is red, then yellow; units without open matters are left out."""
    counted = (
        mine.filter(matter_sets.is_open(), lead__isnull=False)
        .order_by()
        .values("lead")
        .annotate(
            open=Count("pk"),
            red=Count("pk", filter=matter_sets.red(on)),
            yellow=Count("pk", filter=matter_sets.yellow(on)),
        )
    )
    units = Unit.objects.in_bulk([row["lead"] for row in counted])
    lines = [UnitMatters(units[row["lead"]], row["open"], row["red"], row["yellow"]) for row in counted]
    return sorted(lines, key=lambda line: (-line.red, -line.yellow, -line.open, line.unit.order))
