"""Objects by query: matters, projects of both lists, deals, requests and firms' sites, with their lights.

A stable read of the rooms below. A project on two lists is one candidate, its twin in `also`. Nothing is
written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.lights import deal_causes
from wenpan.district.attraction.models import Deal
from wenpan.district.firms.models import Firm, ServiceRequest
from wenpan.district.firms.models.requests import OPEN as OPEN_REQUESTS
from wenpan.district.firms.requests.late import late_requests
from wenpan.district.projects import lights
from wenpan.district.projects.models import KeyProject, Link, Project
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.documents.words.numbers import full_width

LIGHTS = ("RED", "YELLOW")
KINDS: dict[str, Promise] = {
    "matter": _("督办事项"),
    "key_project": _("重点项目"),
    "project": _("统计项目"),
    "deal": _("招商项目"),
    "request": _("企业诉求"),
    "firm": _("企业现场"),
}
OVER = (KeyProject.Stage.FINISHED, KeyProject.Stage.PRODUCING)
GONE = (Project.State.WITHDRAWN, Project.State.COMPLETED, Project.State.NO_REMAINDER)


@dataclass(frozen=True)
class ObjectFilter:
    """`light`: RED, YELLOW, "lit" (either) or "" for all; `unit`: a code; `words`: a part of the name."""

    light: str = ""
    unit: str = ""
    words: str = ""

    @property
    def lit(self) -> tuple[str, ...]:
        return LIGHTS if self.light == "lit" else (self.light,) if self.light in LIGHTS else ()

    def as_kept(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class CandidateObject:
    subject: str
    title: str
    unit: Unit | None
    light: str = ""
    why: str = ""
    url: str = ""
    also: str = ""


def candidates(kind: str, given: ObjectFilter, on: date, most: int) -> list[CandidateObject]:
    """At most so many, red before yellow before the others, then in the order of the kind's own list."""
    found = [
        row
        for row in _READERS[kind](given, on)
        if (not given.lit or row.light in given.lit)
        and (not given.unit or (row.unit is not None and row.unit.code == given.unit))
    ]
    order = {light: n for n, light in enumerate(LIGHTS)}
    return sorted(found, key=lambda row: order.get(row.light, len(order)))[:most]


def _matters(given: ObjectFilter, on: date) -> Iterator[CandidateObject]:
    rows = Matter.objects.filter(matter_sets.is_open()).select_related("lead").order_by("due", "pk")
    if given.light in LIGHTS:
        rows = rows.filter(matter_sets.of_light(given.light, on))
    if given.words:
        rows = rows.filter(Q(title__icontains=given.words) | Q(number__icontains=given.words))
    if given.unit:
        rows = rows.filter(lead__code=given.unit)
    for m in rows:
        light = matter_sets.light_of(m, on)
        why = f"{m.get_state_display()}" + (f"，时限{m.due}" if m.due else "")
        yield CandidateObject(
            f"matter:{m.pk}", f"{m.number} {m.title}"[:200], m.lead, light, why,
            reverse("supervision:matter", args=[m.pk]),
        )  # fmt: skip


def _listed(model: Any, given: ObjectFilter, on: date) -> Iterator[CandidateObject]:
    """A project that stands on both lists is named once, as the list that was asked for knows it."""
    is_key = model is KeyProject
    kind, page = ("key_project", "projects:key_project") if is_key else ("project", "projects:project")
    year = _year(on)
    rows: QuerySet[Any] = model._default_manager.filter(retracted=False)
    rows = (
        rows.filter(year=year).exclude(stage__in=OVER) if is_key else rows.exclude(state__in=GONE)
    ).select_related("unit", "department")
    if given.words:
        rows = rows.filter(name__icontains=given.words)
    lit = {row.subject: row for row in lights.red_and_yellow(on)}
    twins = _twins(year, is_key=is_key)
    for p in rows.order_by("pinyin", "pk"):
        address = f"{kind}:{p.pk}"
        row = lit.get(address)
        yield CandidateObject(
            address, p.name[:200], p.unit or p.department, row.light if row else "",
            full_width("；".join(row.reasons))[:300] if row else "", reverse(page, args=[p.pk]),
            twins.get(p.pk, ""),
        )  # fmt: skip


def _year(on: date) -> int:
    month = lights.month_on(on)
    return month.year if month else on.year


def _twins(year: int, *, is_key: bool) -> dict[int, str]:
    pairs = Link.objects.filter(year=year).values_list("project_id", "key_project_id")
    return {k: f"project:{p}" for p, k in pairs} if is_key else {p: f"key_project:{k}" for p, k in pairs}


def _deals(given: ObjectFilter, on: date) -> Iterator[CandidateObject]:
    rows = Deal.objects.filter(retracted=False, duplicate_of=None, ended_on=None).select_related("unit")
    if given.words:
        rows = rows.filter(name__icontains=given.words)
    lit = {row.address: row for row in deal_causes(on)}
    for d in rows.order_by("pinyin", "pk"):
        row = lit.get(f"deal:{d.pk}")
        yield CandidateObject(
            f"deal:{d.pk}", d.name[:200], d.unit, row.light if row else "",
            full_width("；".join(row.reasons) if row else str(d.get_stage_display()))[:300],
            reverse("attraction:deal", args=[d.pk]),
        )  # fmt: skip


def _requests(given: ObjectFilter, on: date) -> Iterator[CandidateObject]:
    rows = ServiceRequest.objects.filter(phase__in=OPEN_REQUESTS).select_related("firm", "unit")
    if given.words:
        rows = rows.filter(Q(title__icontains=given.words) | Q(firm__name__icontains=given.words))
    lit = {row.request: row for row in late_requests(on)}
    for r in rows.order_by("received_at", "pk"):
        row = lit.get(r.pk)
        plain = f"{timezone.localdate(r.received_at)}登记，{r.get_phase_display()}"
        yield CandidateObject(
            f"request:{r.pk}", f"{r.firm.name}：{r.title}"[:200], r.unit, row.light if row else "",
            full_width("；".join(row.reasons) if row else plain)[:300],
            reverse("firms:request", args=[r.pk]),
        )  # fmt: skip


def _firms(given: ObjectFilter, _on: date) -> Iterator[CandidateObject]:
    """A site has no light of its own."""
    rows = Firm.objects.filter(state=Firm.State.ACTIVE).select_related("town")
    if given.words:
        rows = rows.filter(Q(name__icontains=given.words) | Q(park__icontains=given.words))
    for f in rows.order_by("pinyin", "pk"):
        why = " · ".join(part for part in (f.trade, f.park) if part)
        yield CandidateObject(
            f"firm:{f.pk}", f.name[:200], f.town, "", why[:300], reverse("firms:firm", args=[f.pk])
        )


_READERS: dict[str, Callable[[ObjectFilter, date], Iterator[CandidateObject]]] = {
    "matter": _matters,
    "key_project": lambda given, on: _listed(KeyProject, given, on),
    "project": lambda given, on: _listed(Project, given, on),
    "deal": _deals,
    "request": _requests,
    "firm": _firms,
}
