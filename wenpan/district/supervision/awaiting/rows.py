"""Matters, slips and papers as lines of 今日."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.supervision.log import labels, matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup

# what a line says
OF_A_LINE = (
    "number", "title", "version", "state", "paused", "due", "due_estimated", "closed_on", "returned",
    "feedback_on", "lead__short_name",
)  # fmt: skip
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
    if not shown:
        return []
    return list(rows.order_by(*URGENT_FIRST).select_related("lead").only(*OF_A_LINE)[:shown])


def waiting(
    rows: QuerySet[Matter], sets: dict[str, Q], shown: int
) -> Iterator[tuple[str, int, list[Matter]]]:
    """Of each set that has any: its code, how many, and the most urgent. A matter is in one set at most. Two
    queries: which set each matter is in, and those that are shown."""
    if not sets:
        return
    if not shown:
        yield from ((code, count, []) for code, count in counted(rows, sets).items() if count)
        return
    of = Case(*(When(q, then=Value(code)) for code, q in sets.items()), default=Value(""))
    found: dict[str, list[int]] = {code: [] for code in sets}
    for pk, code in rows.order_by(*URGENT_FIRST).values_list("pk", of):
        if code:
            found[code].append(pk)
    told = [pk for keys in found.values() for pk in keys[:shown]]
    matters = Matter.objects.select_related("lead").only(*OF_A_LINE).in_bulk(told)
    for code, keys in found.items():
        if keys:
            yield code, len(keys), [matters[pk] for pk in keys[:shown]]


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
