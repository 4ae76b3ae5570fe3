"""发布日程: what is due, what has arrived and with which file, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Batch, Observation, Region
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.time.periods import Month
from wenpan.rules import catalogue
from wenpan.rules.releases import Release, releases
from wenpan.rules.working_days import calendar

DUE, ARRIVED, LATE = "due", "arrived", "late"
BACK = 3  # months before in which something may still be missing


@dataclass(frozen=True)
class ReleaseSource:
    """The file that brought figures of a release."""

    submission: int
    filename: str


@dataclass(frozen=True)
class WantedRelease:
    """What a release should bring of one month (`expected`: code → period), and by which day."""

    release: Release
    month: Month
    expected: dict[str, str]
    due: date


@dataclass(frozen=True)
class DueRelease:
    """One release of one month. `arrived`: the day on which the last of it came; None while some lacks."""

    release: Release
    month: Month
    due: date
    expected: int
    lacking: tuple[str, ...]  # names of the indicators that have not come
    arrived: date | None
    files: tuple[ReleaseSource, ...]
    state: str  # DUE | ARRIVED | LATE

    @property
    def days_late(self) -> int:
        """Days between the last day and the arrival; 0 on time or still open."""
        return max(0, (self.arrived - self.due).days) if self.arrived else 0


@dataclass(frozen=True)
class ReleaseCalendar:
    """What is due in a calendar month, by day; `overdue`: of the months before, and still missing."""

    month: Month
    rows: tuple[DueRelease, ...]
    overdue: tuple[DueRelease, ...]
    source: str
    overridden: bool

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.state for row in (*self.rows, *self.overdue))
        return {state: found.get(state, 0) for state in (DUE, ARRIVED, LATE)}


def release_calendar(month: Month, today: date) -> ReleaseCalendar:
    """Three or four queries. RuleError where the place's calendar cannot be used."""
    known, provenance = releases()
    items, days = catalogue(), calendar()
    months = [month.plus(-k) for k in range(BACK + 1)]
    wanted = [
        (then, WantedRelease(release, of, expected, release.due(of, days)))
        for then in months
        for release in known
        if (expected := expected_of(release, of := then.plus(-release.months_after), items))
    ]
    arrivals = _Arrivals([one for _then, one in wanted])
    rows = [(then, _row(one, today, arrivals, items)) for then, one in wanted]
    return ReleaseCalendar(
        month,
        tuple(sorted((row for then, row in rows if then == month), key=_by_day)),
        tuple(sorted((row for then, row in rows if then != month and row.state == LATE), key=_by_day)),
        provenance.source,
        provenance.overridden,
    )


def _by_day(row: DueRelease) -> tuple[date, str]:
    return row.due, row.release.code


def expected_of(release: Release, month: Month, items: Mapping[str, Indicator]) -> dict[str, str]:
    """Indicator → period of what the month publishes; of a workbook kind the kind itself. `items`: the
    catalogue in force."""
    if release.kind:
        return {release.kind: str(month)}
    found = {code: _period(items[code], month) for code in release.indicators}
    return {code: period for code, period in found.items() if period}


def _period(indicator: Indicator, month: Month) -> str:
    """Quarterly figures come with the quarter's last month; a January of its own only where there is one."""
    if indicator.frequency == "quarterly":
        return str(month.quarter) if month.month % 3 == 0 else ""
    return "" if month.month == 1 and not indicator.january else str(month)


class _Arrivals:
    """When each figure came first, and by which file; what was taken back has not come."""

    def __init__(self, wanted: Iterable[WantedRelease]) -> None:
        self.first: dict[tuple[str, str], tuple[date, ReleaseSource]] = {}
        codes, kinds, periods = set[str](), set[str](), set[str]()
        for one in wanted:
            (kinds if one.release.kind else codes).update(one.expected)
            periods.update(one.expected.values())
        self._figures(codes, periods)
        self._files(kinds, periods)

    def _figures(self, codes: set[str], periods: set[str]) -> None:
        """Along the series of the home; joined with batches and regions, the whole ledger was walked."""
        home = Region.objects.filter(home=True)
        found = Observation.objects.filter(region__in=home, indicator__in=codes, period__in=periods)
        rows = sorted(found.values_list("recorded_at", "pk", "indicator", "period", "batch_id"))
        if not rows:
            return
        standing = Batch.objects.filter(pk__in={row[-1] for row in rows}, undone_at__isnull=True)
        names = ("pk", "submission_id", "submission__filename")
        source = {pk: ReleaseSource(number, name) for pk, number, name in standing.values_list(*names)}
        for at, _pk, code, period, batch in rows:
            if batch in source:
                self.first.setdefault((code, period), (timezone.localdate(at), source[batch]))

    def _files(self, kinds: set[str], periods: set[str]) -> None:
        rows = Submission.objects.filter(state="accepted", kind__in=kinds, period__in=periods)
        for row in rows.order_by("decided_at", "pk"):
            if row.decided_at is not None:
                came = timezone.localdate(row.decided_at), ReleaseSource(row.pk, row.filename)
                self.first.setdefault((row.kind, row.period), came)


def _row(one: WantedRelease, today: date, arrivals: _Arrivals, items: Mapping[str, Indicator]) -> DueRelease:
    found = {code: arrivals.first.get((code, period)) for code, period in one.expected.items()}
    came = [arrival for arrival in found.values() if arrival is not None]
    lacking = [code for code, arrival in found.items() if arrival is None]
    names = tuple(items[code].short_name or items[code].name for code in lacking if code in items)
    files: dict[int, ReleaseSource] = {source.submission: source for _day, source in came}
    arrived = max(day for day, _source in came) if came and not lacking else None
    state = ARRIVED if arrived else LATE if today > one.due else DUE
    sources = tuple(files.values())
    return DueRelease(one.release, one.month, one.due, len(one.expected), names, arrived, sources, state)
