"""每周督查: a week's rows, what is left of it, what the unit said meanwhile, and the proof of who looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from wenpan.district.supervision.models import Feedback, InspectionItem, Slip, WeeklyInspection
from wenpan.district.supervision.weekly.weeks import monday
from wenpan.economy.forecast.reconcile import largest_remainder

LIGHTS = ("RED", "YELLOW", "GREEN", "UNKNOWN")
KINDS = ("matter", "key_project", "project", "indicator")
SHOWN = ("left", "done", "all")


@dataclass(frozen=True)
class ResultShare:
    """One result of a week: its number, and its share of what was looked at (percent, adding up to 100.0)."""

    code: str
    label: str
    count: int
    share: float | None


@dataclass(frozen=True)
class WeekSums:
    """What the week had to look at and did. `share`: looked of all, percent; None for an empty week."""

    all: int
    looked: int
    left: int
    carried: int
    share: float | None
    lights: dict[str, int]
    left_lights: dict[str, int]
    parts: tuple[ResultShare, ...]


@dataclass(frozen=True)
class UnitNews:
    """The unit's words since the week before: entered once, shown beside the row."""

    at: datetime
    words: str
    label: str


def current(on: date) -> WeeklyInspection | None:
    return WeeklyInspection.objects.filter(week=monday(on)).select_related("opened_by", "closed_by").first()


def previous(week: date) -> WeeklyInspection | None:
    return WeeklyInspection.objects.filter(week__lt=week).order_by("-week").first()


def rows(
    cycle: WeeklyInspection, *, show: str = "all", light: str = "", kind: str = "", unit: str = ""
) -> QuerySet[InspectionItem]:
    """What was left longest stands first, then red before yellow."""
    found = InspectionItem.objects.filter(cycle=cycle).select_related("unit", "by", "cycle")
    if show in ("left", "done"):
        found = found.filter(result="") if show == "left" else found.exclude(result="")
    if light in LIGHTS:
        found = found.filter(light=light)
    if kind in KINDS:
        found = found.filter(subject__startswith=f"{kind}:")
    if unit:
        found = found.filter(unit__code=unit)
    order = Case(
        *(When(light=name, then=Value(n)) for n, name in enumerate(LIGHTS)), default=Value(9),
        output_field=IntegerField(),
    )  # fmt: skip
    return found.annotate(light_order=order).order_by("-weeks_left", "light_order", "pk")


def sums(cycle: WeeklyInspection) -> WeekSums:
    """Every number of a week, from one query."""
    looked = ~Q(result="")
    wanted: dict[str, Count] = {
        "n_all": Count("pk"), "n_looked": Count("pk", filter=looked),
        "n_carried": Count("pk", filter=Q(weeks_left__gt=0)),
    }  # fmt: skip
    for name in LIGHTS:
        wanted[f"light_{name}"] = Count("pk", filter=Q(light=name))
        wanted[f"left_{name}"] = Count("pk", filter=Q(light=name, result=""))
    for code in InspectionItem.Result.values:
        wanted[f"result_{code}"] = Count("pk", filter=Q(result=code))
    n = InspectionItem.objects.filter(cycle=cycle).order_by().aggregate(**wanted)
    counts = [n[f"result_{code}"] for code in InspectionItem.Result.values]
    parts = tuple(
        ResultShare(code, str(label), count, share)
        for (code, label), count, share in zip(
            InspectionItem.Result.choices, counts, shares(counts), strict=True
        )
    )
    return WeekSums(
        n["n_all"],
        n["n_looked"],
        n["n_all"] - n["n_looked"],
        n["n_carried"],
        round(100 * n["n_looked"] / n["n_all"], 1) if n["n_all"] else None,
        {name: n[f"light_{name}"] for name in LIGHTS if n[f"light_{name}"]},
        {name: n[f"left_{name}"] for name in LIGHTS if n[f"left_{name}"]},
        parts,
    )


def shares(counts: Sequence[int]) -> list[float | None]:
    """Percent with one decimal, rounded by the largest remainder so that they add up to 100.0."""
    total = sum(counts)
    if not total:
        return [None] * len(counts)
    exact = np.array([[100 * count / total for count in counts]])
    return [float(x) for x in largest_remainder(exact, np.array([100.0]), 1)[0]]


def unit_news(looks: Sequence[InspectionItem]) -> dict[int, UnitNews]:
    """By look: the unit's last feedback or answer on a matter since the Monday before the week."""
    pks = {
        int(look.subject.partition(":")[2]): look.pk for look in looks if look.subject.startswith("matter:")
    }
    if not pks:
        return {}
    first = datetime.combine(looks[0].cycle.week - timedelta(days=7), time(), timezone.get_current_timezone())
    found: dict[int, UnitNews] = {}
    answers = Slip.objects.filter(matter__in=pks, answered_at__gte=first).order_by("answered_at")
    for slip in answers:
        if slip.answered_at:
            found[pks[slip.matter_id]] = UnitNews(slip.answered_at, slip.answer, slip.number)
    for feedback in (
        Feedback.objects.filter(matter__in=pks, at__gte=first).select_related("unit").order_by("at")
    ):
        key = pks[feedback.matter_id]
        if key not in found or found[key].at <= feedback.at:
            label = f"{feedback.unit.short_name} {feedback.get_claim_display()}"
            found[key] = UnitNews(feedback.at, feedback.process, label)
    return found


def cycles() -> QuerySet[WeeklyInspection]:
    """All weeks, newest first, each with its numbers; one query."""
    return WeeklyInspection.objects.annotate(
        n_all=Count("looks"), n_looked=Count("looks", filter=~Q(looks__result=""))
    ).order_by("-week")


def summed_up(cycle: WeeklyInspection) -> str:
    """The week in one sentence; its numbers are those of the page."""
    n = sums(cycle)
    parts = "、".join(f"{part.label}{part.count}项" for part in n.parts if part.count)
    looked = f"已督查{n.looked}项" + (f"（{parts}）" if parts else "")
    left = f"未督查{n.left}项，转入下周" if n.left else "没有遗漏"
    return f"应督查{n.all}项，{looked}，{left}。"


def ticked(cycle: WeeklyInspection, pks: Iterable[str]) -> list[InspectionItem]:
    """The rows of this week behind the ticks of a form."""
    wanted = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < 16]
    return list(cycle.looks.filter(pk__in=wanted).select_related("cycle"))
