"""Month-end estimates as a series with the day each was made, and how they came out.

`estimate_series` is what the page and the meeting's memo read. In the order of units and of the catalogue:
nothing here is sorted by error, since ranking estimates invites holding back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.observations.models import Estimate, Observation
from wenpan.district.quality.models import EarlierEstimate
from wenpan.economy.figures.indicators import MEASURE_LABELS, Measure
from wenpan.economy.quality.estimates import (
    LEAST,
    EstimateOutcome,
    EstimateRecord,
    ReleasedFigure,
    UnitEstimate,
    interval,
    outcomes,
    record_of,
)
from wenpan.economy.time.periods import parse_period
from wenpan.rules import catalogue

Series = tuple[int, str, str, str]  # unit, indicator, measure, basis


@dataclass(frozen=True)
class NextEstimate:
    """The estimate of the newest period that is not released yet. `low`, `high`: where the figure came out in
    at least eight of ten cases, by this estimator's own errors; None while there are too few."""

    period: str
    value: float
    made_on: date
    low: float | None
    high: float | None


@dataclass(frozen=True)
class EstimateSeries:
    unit: Unit
    indicator: str
    name: str
    measure: str
    measure_label: str
    unit_of_measure: str
    made: tuple[tuple[str, date, float, bool], ...]  # period, day, value, brought in later; newest first
    record: EstimateRecord
    next: NextEstimate | None

    @property
    def lacking(self) -> int:
        """How many more releases until an interval is given."""
        return max(LEAST - len(self.record.outcomes), 0)

    @property
    def newest(self) -> list[EstimateOutcome]:
        return list(reversed(self.record.outcomes))[:12]


def estimate_series(user: User | None = None, on: date | None = None) -> list[EstimateSeries]:
    """Those that a person may see (a unit its own); all of them for None, as the meeting sees them. As known
    at the end of day `on`. Four queries."""
    made, late = _made(user, on)
    if not made:
        return []
    released = _released({key[1] for key in made}, on)
    units = Unit.objects.in_bulk({key[0] for key in made})
    order = {code: place for place, code in enumerate(catalogue())}
    found = [
        _series(units[key[0]], key, rows, late[key], released.get(key[1:], {}))
        for key, rows in made.items()
        if key[1] in order
    ]
    return sorted(found, key=lambda s: (s.unit.order, s.unit.pinyin, order[s.indicator], s.measure))


def _made(
    user: User | None, on: date | None
) -> tuple[dict[Series, list[UnitEstimate]], dict[Series, set[tuple[str, date]]]]:
    made: dict[Series, list[UnitEstimate]] = defaultdict(list)
    late: dict[Series, set[tuple[str, date]]] = defaultdict(set)
    entered = Estimate.objects.order_by("made_at", "pk")
    earlier = EarlierEstimate.objects.order_by("made_on", "pk")
    if user is not None and own_unit_only(user):
        entered, earlier = entered.filter(unit=user.unit_id), earlier.filter(unit=user.unit_id)
    for row in earlier:
        if on is None or row.made_on <= on:
            key = (row.unit_id, row.indicator, row.measure, row.basis)
            made[key].append(UnitEstimate(row.period, row.made_on, float(row.value)))
            late[key].add((row.period, row.made_on))
    for one in entered:
        day = timezone.localdate(one.made_at)
        if on is None or day <= on:
            key = (one.unit_id, one.indicator, one.measure, one.basis)
            made[key].append(UnitEstimate(one.period, day, float(one.value)))
    return dict(made), late


def _released(codes: set[str], on: date | None) -> dict[tuple[str, str, str], dict[str, ReleasedFigure]]:
    """The first published version of each figure of the home district, with its day."""
    rows = Observation.objects.filter(
        region__home=True, indicator__in=codes, value__isnull=False, replaces__isnull=True
    ).order_by("recorded_at", "pk")
    found: dict[tuple[str, str, str], dict[str, ReleasedFigure]] = defaultdict(dict)
    for row in rows.values_list(
        "indicator", "measure", "basis", "period", "value", "released", "recorded_at"
    ):
        indicator, measure, basis, period, value, released, recorded = row
        day = released or timezone.localdate(recorded)
        if value is not None and (on is None or day <= on):
            found[(indicator, measure, basis)].setdefault(period, ReleasedFigure(float(value), day))
    return found


def _series(
    unit: Unit,
    key: Series,
    rows: list[UnitEstimate],
    late: set[tuple[str, date]],
    released: dict[str, ReleasedFigure],
) -> EstimateSeries:
    item, measure = catalogue()[key[1]], Measure(key[2])
    found = outcomes(rows, released)
    open_ = [one for one in rows if one.period not in released]
    ahead = None
    if open_:
        last = max(open_, key=lambda one: (parse_period(one.period).end.index, one.made_on))
        span = interval(last.value, found)
        low, high = span if span else (None, None)
        ahead = NextEstimate(last.period, last.value, last.made_on, low, high)
    made = sorted(rows, key=lambda one: (one.made_on, one.period), reverse=True)
    return EstimateSeries(
        unit, key[1], item.name, key[2], str(MEASURE_LABELS[measure]), item.unit_of(measure),
        tuple((one.period, one.made_on, one.value, (one.period, one.made_on) in late) for one in made),
        record_of(found), ahead,
    )  # fmt: skip
