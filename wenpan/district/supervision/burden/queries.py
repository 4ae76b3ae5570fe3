"""What each unit filled in in a month, counted from what it sent; nobody is ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.models import DealEvent, Reception
from wenpan.district.firms.models import FirmVisit, RequestEntry
from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Estimate
from wenpan.district.projects.models import Photo, ProblemReport, Visit
from wenpan.district.quality.models import EarlierEstimate, QueryLetter
from wenpan.district.supervision.burden.policy import AskedForm, register
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Event, Feedback
from wenpan.district.ui.form_counts import all_times, per_unit
from wenpan.district.upward.models import UpwardContact
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
    method: str
    source: str
    ours: bool

    @property
    def minutes(self) -> float:
        return sum(line.minutes for line in self.units)

    @property
    def used(self) -> tuple[AskedForm, ...]:
        """The forms that somebody filled in: the columns of the page."""
        return tuple(f for f in self.forms if any(line.times[f.code] for line in self.units))


def burden(month: Month, on: date, unit: Unit | None = None) -> BurdenPage:
    """Of all units, or of one. The same number of questions, however many units."""
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
    return BurdenPage(month, forms, expired, tuple(lines), known.method, known.source, known.ours)


def _times(month: Month) -> dict[str, dict[int, int]]:
    """Form → unit → times, of all rooms. What was withdrawn was filled in all the same."""
    first, end = _midnight(month), _midnight(month.plus(1))
    found = _told_and_slips(first, end)
    for code, rows, unit, at in ROWS:
        found[code] = per_unit(rows(), unit, at, first, end)
    found["earlier_estimate"] = _moments(EarlierEstimate.objects.all(), "by__unit", "at", first, end)
    found["estimate_opened"] = _moments(Estimate.objects.all(), "unit", "made_at", first, end)
    for code, times in all_times(first, end).items():
        found[code] = times
    return found


def _told_and_slips(first: datetime, end: datetime) -> dict[str, dict[int, int]]:
    """Feedback and slips by the way they were said: `sheet` and `cited` stand in the event."""
    told, answers = Feedback.objects.all(), Event.objects.filter(kind=EventKind.SLIP_ANSWERED)
    unchanged = told.filter(event__data__has_key="unchanged")  # a click, wherever it stands
    said = told.exclude(event__data__has_key="unchanged")
    typed, sheet = said.exclude(event__data__has_key="sheet"), said.filter(event__data__has_key="sheet")

    def per(rows: QuerySet[Any]) -> dict[int, int]:
        return per_unit(rows, "unit", "at", first, end)

    return {
        "feedback": per(typed),
        "unchanged": per(unchanged),
        "sheet": per(sheet),
        "sheet_opened": _sheets(sheet, first, end),
        "slip": per(answers.exclude(data__has_key="sheet").exclude(data__has_key="cited")),
        "slip_with_sheet": per(answers.filter(data__has_key="sheet")),
        "slip_cited": per(answers.filter(data__has_key="cited")),
    }


def _sheets(told: QuerySet[Any], first: datetime, end: datetime) -> dict[int, int]:
    """Sheets sent, whatever stood on them: all lines of a sheet have one moment."""
    span = {"at__gte": first, "at__lt": end}
    contacts = UpwardContact.objects.filter(with_sheet=True, by__unit__isnull=False, **span)
    moments = {*told.filter(**span).order_by().values_list("unit", "at")}
    moments |= {*contacts.order_by().values_list("by__unit", "at")}
    return Counter(unit for unit, _at in moments)


def _moments(rows: QuerySet[Any], unit: str, at: str, first: datetime, end: datetime) -> dict[int, int]:
    """Pages sent: all lines of a page have one moment."""
    sent = rows.filter(**{f"{at}__gte": first, f"{at}__lt": end, f"{unit}__isnull": False}).order_by()
    return dict(sent.values_list(unit).annotate(n=Count(at, distinct=True)))


def _steps_of_units() -> QuerySet[Any]:
    """Steps that somebody took for the unit that handles the request; the office's own work is not asked."""
    return RequestEntry.objects.filter(unit=F("request__unit"), submission=None, by__isnull=False)


# form, its rows, the way to the unit, the moment: of rooms that lie below this one
ROWS: tuple[tuple[str, Callable[[], QuerySet[Any]], str, str], ...] = (
    ("estimate", Estimate.objects.all, "unit", "made_at"),
    ("problem", ProblemReport.objects.all, "by__unit", "at"),
    ("project_return", lambda: Submission.objects.filter(kind="project_returns"), "uploaded_by__unit",
     "uploaded_at"),
    ("query_letter", QueryLetter.objects.all, "answered_by__unit", "answered_at"),
    ("photo", Photo.objects.all, "by__unit", "at"),
    ("site_visit", Visit.objects.all, "by__unit", "on"),
    ("firm_visit", FirmVisit.objects.all, "by__unit", "at"),
    ("request_register", lambda: RequestEntry.objects.filter(sequence=1, submission=None), "by__unit", "at"),
    ("request_step", lambda: _steps_of_units().exclude(sequence=1), "unit", "at"),
    ("deal_entry", lambda: DealEvent.objects.filter(submission=None, by__unit=F("deal__unit")), "by__unit",
     "at"),
    ("reception", lambda: Reception.objects.filter(submission=None), "by__unit", "at"),
    ("upward_note", lambda: UpwardContact.objects.filter(with_sheet=False), "by__unit", "at"),
    ("upward_with_sheet", lambda: UpwardContact.objects.filter(with_sheet=True), "by__unit", "at"),
)  # fmt: skip


def _midnight(month: Month) -> datetime:
    return timezone.make_aware(datetime.combine(date(month.year, month.month, 1), time()))
