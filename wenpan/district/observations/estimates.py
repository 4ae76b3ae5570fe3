"""What a unit is asked to expect (预计) this month: its own indicators, the last official figure beside.

Estimates are a layer of their own: nothing here is read by judgements or documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wenpan.district.accounts.models import User
from wenpan.district.observations.models import Estimate, Observation
from wenpan.district.observations.rules import led_by
from wenpan.economy.figures.indicators import MEASURE_LABELS, Indicator, Measure
from wenpan.economy.time.periods import Month, Period, expected_period, parse_period

LEVELS = (Measure.YTD, Measure.BALANCE)


@dataclass(frozen=True)
class EstimateLine:
    """One figure that is asked for. `value` prefills the form; `sent_at` is None if it is last time's."""

    indicator: str
    name: str
    measure: str
    measure_label: str
    unit: str
    period: str
    period_label: str
    official: Decimal | None
    official_period: str
    official_id: int | None
    value: Decimal | None
    note: str
    sent_at: datetime | None
    sent_by: str

    @property
    def value_text(self) -> str:
        return "" if self.value is None else f"{self.value.normalize():f}"

    @property
    def field(self) -> str:
        return f"{self.indicator}:{self.measure}:{self.period}"


@dataclass(frozen=True)
class PastEstimate:
    """An estimate beside what was published later; `missed` is official − estimate (growth: points)."""

    name: str
    measure_label: str
    period: str
    unit: str
    value: Decimal
    official: Decimal | None
    official_id: int | None
    note: str
    made_by: str
    made_at: datetime
    replaced: bool

    @property
    def missed(self) -> Decimal | None:
        return None if self.official is None else self.official - self.value


def lines(user: User, *, as_of: Month) -> list[EstimateLine]:
    """What is asked from the user's unit. `as_of`: the month whose figures come out next. Three queries."""
    mine = led_by(user)
    official = _official({i.code for i in mine})
    estimates = Estimate.objects.filter(unit=user.unit, superseded_at__isnull=True).select_related("made_by")
    newest = {(e.indicator, e.measure, e.basis): e for e in estimates.order_by("period", "made_at")}
    return [
        _line(indicator, measure, official, newest.get((indicator.code, measure, indicator.basis)), as_of)
        for indicator in mine
        for measure in _asked(indicator)
    ]


def _asked(indicator: Indicator) -> list[Measure]:
    """The headline, and the level where one is published."""
    return [indicator.headline, *(m for m in indicator.measures if m in LEVELS and m != indicator.headline)]


def _official(codes: set[str]) -> dict[tuple[str, str, str], Observation]:
    """The last published figure of the home district by indicator, measure and basis."""
    held = Observation.objects.filter(
        region__home=True, indicator__in=codes, superseded_at__isnull=True, value__isnull=False
    )
    return {(o.indicator, o.measure, o.basis): o for o in held.order_by("period")}


def _line(
    indicator: Indicator,
    measure: Measure,
    official: dict[tuple[str, str, str], Observation],
    last: Estimate | None,
    as_of: Month,
) -> EstimateLine:
    known = official.get((indicator.code, measure, indicator.basis))
    period = next_period(indicator, known, as_of)
    present = last is not None and last.period == str(period)
    return EstimateLine(
        indicator=indicator.code,
        name=indicator.name,
        measure=str(measure),
        measure_label=MEASURE_LABELS[measure],
        unit=indicator.unit_of(measure),
        period=str(period),
        period_label=f"{period.end.year}年{period.ytd_label}",
        official=known.value if known else None,
        official_period=known.period if known else "",
        official_id=known.pk if known else None,
        value=last.value if last else None,
        note=last.note if last and present else "",
        sent_at=last.made_at if last and present else None,
        sent_by=str(last.made_by) if last and present else "",
    )


def next_period(indicator: Indicator, known: Observation | None, as_of: Month) -> Period:
    """The first period that is not published yet; no January where 1—2月 are one period."""
    if known is None:
        return expected_period(indicator.frequency, indicator.lag_months, as_of)
    following = parse_period(known.period).plus(1)
    if isinstance(following, Month) and following.month == 1 and not indicator.january:
        return following.plus(1)
    return following


def history(user: User, *, limit: int = 60) -> list[PastEstimate]:
    """Earlier estimates of the unit, newest first, with what was published. Three queries."""
    estimates = Estimate.objects.filter(unit=user.unit).select_related("made_by").order_by("-made_at", "-pk")
    rows = list(estimates[:limit])
    names = {i.code: i for i in led_by(user)}
    official = Observation.objects.filter(
        region__home=True, superseded_at__isnull=True, value__isnull=False,
        indicator__in={e.indicator for e in rows}, period__in={e.period for e in rows},
    )  # fmt: skip
    published = {(o.indicator, o.period, o.measure, o.basis): o for o in official}
    return [
        _past(e, names.get(e.indicator), published.get((e.indicator, e.period, e.measure, e.basis)))
        for e in rows
    ]


def _past(row: Estimate, indicator: Indicator | None, official: Observation | None) -> PastEstimate:
    measure = Measure(row.measure)
    return PastEstimate(
        name=indicator.name if indicator else row.indicator,
        measure_label=MEASURE_LABELS[measure],
        period=row.period,
        unit=indicator.unit_of(measure) if indicator else "",
        value=row.value,
        official=official.value if official else None,
        official_id=official.pk if official else None,
        note=row.note,
        made_by=str(row.made_by),
        made_at=row.made_at,
        replaced=row.superseded_at is not None,
    )
