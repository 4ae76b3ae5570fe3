"""What each unit filled in in a month, counted from what it sent; nobody is ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Estimate
from wenpan.district.projects.models import ProblemReport
from wenpan.district.quality.models import QueryLetter
from wenpan.district.supervision.burden.policy import AskedForm, register
from wenpan.district.supervision.models import Feedback, Slip
from wenpan.economy.time.periods import Month


@dataclass(frozen=True)
class UnitBurden:
    unit: Unit
    times: Mapping[str, int]
    fields: int
    minutes: float


@dataclass(frozen=True)
class BurdenPage:
    month: Month
    forms: tuple[AskedForm, ...]
    expired: frozenset[str]
    units: tuple[UnitBurden, ...]
    source: str
    ours: bool

    @property
    def minutes(self) -> float:
        return sum(line.minutes for line in self.units)


def burden(month: Month, on: date, unit: Unit | None = None) -> BurdenPage:
    """Of all units, or of one. Eight questions, however many units."""
    known = register()
    counted = _times(month)
    forms = tuple(known.forms.values())
    units = Unit.objects.exclude(kind=Unit.Kind.DISTRICT)
    if unit is not None:
        units = units.filter(pk=unit.pk)
    lines = []
    for each in units:
        times = {form.code: counted.get(form.code, {}).get(each.pk, 0) for form in forms}
        if any(times.values()) or unit is not None:
            fields = sum(n * known.forms[code].required for code, n in times.items())
            minutes = sum(n * known.forms[code].minutes for code, n in times.items())
            lines.append(UnitBurden(each, times, fields, minutes))
    expired = frozenset(form.code for form in forms if form.expired(on))
    return BurdenPage(month, forms, expired, tuple(lines), known.source, known.ours)


def _times(month: Month) -> dict[str, dict[int, int]]:
    first, last = _midnight(month), _midnight(month.plus(1))

    def per(rows: QuerySet[Any], unit: str, at: str) -> dict[int, int]:
        found = rows.filter(**{f"{at}__gte": first, f"{at}__lt": last, f"{unit}__isnull": False})
        return dict(found.order_by().values_list(unit).annotate(n=Count("pk")))

    told = Feedback.objects.all()
    typed = told.exclude(event__data__has_key="sheet")
    return {
        "feedback": per(typed.exclude(event__data__has_key="unchanged"), "unit", "at"),
        "unchanged": per(typed.filter(event__data__has_key="unchanged"), "unit", "at"),
        "sheet": per(told.filter(event__data__has_key="sheet"), "unit", "at"),
        "slip": per(Slip.objects.all(), "unit", "answered_at"),
        "estimate": per(Estimate.objects.all(), "unit", "made_at"),
        "problem": per(ProblemReport.objects.all(), "by__unit", "at"),
        "project_return": per(
            Submission.objects.filter(kind="project_returns"), "uploaded_by__unit", "uploaded_at"
        ),
        "query_letter": per(QueryLetter.objects.all(), "answered_by__unit", "answered_at"),
    }


def _midnight(month: Month) -> datetime:
    return timezone.make_aware(datetime.combine(date(month.year, month.month, 1), time()))
