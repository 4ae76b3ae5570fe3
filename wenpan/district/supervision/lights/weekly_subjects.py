"""Subjects of the weekly inspection: every matter, project and indicator that is red or yellow on a day.

One subject a thing: a project that stands on both lists is looked at as the key project that it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.indicators.queries import board, judged_months
from wenpan.district.projects import lights
from wenpan.district.supervision.log import lifecycle, matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.documents.words.numbers import full_width
from wenpan.economy.time.periods import Month

SHOWN = ("RED", "YELLOW")


@dataclass(frozen=True)
class InspectionSubject:
    """`subject`: matter:pk, project:pk, key_project:pk or indicator:code."""

    subject: str
    title: str
    unit: Unit | None
    light: str
    why: str
    url: str


def subjects(on: date) -> list[InspectionSubject]:
    """Red before yellow, matters before projects before indicators."""
    found = [*_matters(on), *_projects(on), *_indicators(on)]
    return sorted(found, key=lambda s: SHOWN.index(s.light))


def _matters(on: date) -> Iterator[InspectionSubject]:
    rows = (
        Matter.objects.filter(matter_sets.red(on) | matter_sets.yellow(on))
        .select_related("lead")
        .order_by("due", "pk")
    )
    for matter in rows.iterator(2000):
        yield of_matter(matter, on)


def of_matter(matter: Matter, on: date) -> InspectionSubject:
    return InspectionSubject(
        f"matter:{matter.pk}",
        f"{matter.number} {matter.title}"[:200],
        matter.lead,
        matter_sets.light_of(matter, on),
        _why(matter, on)[:300],
        reverse("supervision:matter", args=[matter.pk]),
    )


def _why(matter: Matter, on: date) -> str:
    found = []
    if matter.state == lifecycle.DECLINED:
        found.append(_("单位退回，没有承办单位"))
    elif matter.due is not None and matter.due < on:
        found.append(_("逾期，时限%(due)s") % {"due": matter.due})
    elif matter.due is not None:
        found.append(_("时限%(due)s") % {"due": matter.due})
    if matter.returned:
        found.append(_("退办%(n)s次") % {"n": matter.returned})
    if matter.level:
        found.append(_("提级%(n)s级") % {"n": matter.level})
    return "；".join(found)


def _projects(on: date) -> Iterator[InspectionSubject]:
    for row in lights.light_causes(on):
        told = full_width("；".join(row.reasons))
        why = "；".join(words for words in (row.pair_words, told) if words)
        unit = row.department or row.unit
        yield InspectionSubject(row.address, row.name[:200], unit, row.light, why[:300], row.url)


def _indicators(on: date) -> Iterator[InspectionSubject]:
    """At the newest month that was judged by the day."""
    month = next((m for m in judged_months() if m <= Month(on.year, on.month)), None)
    if month is None:
        return
    owners = {unit.code: unit for unit in Unit.objects.all()}
    for row in board(as_of=month).rows:
        if row.light in SHOWN:
            why = full_width("；".join(row.reasons))
            url = reverse("indicators:indicator", args=[row.indicator])
            yield InspectionSubject(
                f"indicator:{row.indicator}", row.name, owners.get(row.owner), row.light, why[:300], url
            )
