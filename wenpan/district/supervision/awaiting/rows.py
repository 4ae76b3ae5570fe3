"""Matters, slips and papers as lines of 今日."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.supervision.log import labels, matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup

URGENT_FIRST = (F("due").asc(nulls_last=True), "year", "serial")


def sunday(on: date) -> date:
    return on + timedelta(days=6 - on.weekday())


def matter_line(
    m: Matter, on: date, *, ticked: bool = True, with_unit: bool = True, more: str = ""
) -> AwaitedAct:
    """Join `lead`."""
    due = labels.due_of(m, on)
    unit = (m.lead.short_name if m.lead else _("未定单位")) if with_unit else ""
    parts = [m.number, unit, due.words, more]
    light = matter_sets.light_of(m, on)
    return AwaitedAct(
        text=m.title,
        url=reverse("supervision:matter", args=[m.pk]),
        key=f"{m.pk}@{m.version}" if ticked else "",
        detail=" · ".join(part for part in parts if part),
        due=due.day,
        light="" if light == "UNKNOWN" else light,
    )


def first(rows: QuerySet[Matter], shown: int) -> list[Matter]:
    return list(rows.order_by(*URGENT_FIRST).select_related("lead")[:shown]) if shown else []


def group(
    code: str,
    title: str,
    count: int,
    items: Iterable[AwaitedAct],
    *,
    order: int,
    url: str = "",
    acts: Sequence[str] = (),
) -> AwaitedGroup:
    return AwaitedGroup(code, title, count, tuple(items), url, order, tuple(acts))


def counted(rows: QuerySet[Matter], sets: dict[str, Q]) -> dict[str, int]:
    """All sets in one query."""
    if not sets:
        return {}
    return dict(rows.order_by().aggregate(**{code: Count("pk", filter=q) for code, q in sets.items()}))
