"""What each unit expects of its indicators (预计), and how its last expectation fared. Two queries.

Estimates are a layer of their own: they stand here beside the official figure, never in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from wenpan.district.indicators import sentences
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.meetings.memo.facts import UnitExpectation
from wenpan.district.observations.estimates import next_period
from wenpan.district.observations.models import Estimate, Observation
from wenpan.documents.words import analysis_phrases
from wenpan.documents.words.numbers import full_width
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.figures.quantities import points
from wenpan.economy.time.periods import Month, parse_period
from wenpan.rules import catalogue

T = TypeVar("T", Observation, Estimate)

NEAR = Decimal("0.05")  # of a growth: nearer is met


def expectations(
    items: Collection[Indicator],
    judged: Mapping[str, JudgementRow],
    units: Mapping[str, str],
    as_of: Month,
    known_at: datetime,
) -> list[UnitExpectation]:
    """One row for every indicator whose unit has ever sent an estimate, or whose light is red or yellow.

    `known_at`: nothing that came later is read.
    """
    codes = {item.code for item in items}
    official = _official(codes, known_at)
    sent = _sent(codes, known_at)
    found = []
    for item in items:
        row = judged.get(item.code)
        wanted = item.code in sent or (row is not None and row.light in ("RED", "YELLOW"))
        if wanted and item.owner in units:
            found.append(_row(item, row, units, official.get(item.code, {}), sent.get(item.code, {}), as_of))
    return found


def _official(codes: Collection[str], known_at: datetime) -> dict[str, dict[str, Observation]]:
    """Headline figures of the home district: indicator → period → figure, by period."""
    rows = Observation.objects.filter(
        region__home=True, indicator__in=codes, value__isnull=False, superseded_at__isnull=True,
        recorded_at__lte=known_at,
    ).order_by("period")  # fmt: skip
    return _by_period(rows)


def _sent(codes: Collection[str], known_at: datetime) -> dict[str, dict[str, Estimate]]:
    rows = Estimate.objects.filter(indicator__in=codes, superseded_at__isnull=True, made_at__lte=known_at)
    return _by_period(rows.order_by("period", "made_at"))


def _by_period(rows: Iterable[T]) -> dict[str, dict[str, T]]:
    """Only the headline of each indicator; of two of one period the later."""
    known, found = catalogue(), dict[str, dict[str, T]]()
    for row in rows:
        item = known[row.indicator]
        if row.measure == item.headline and row.basis == item.basis:
            found.setdefault(item.code, {})[row.period] = row
    return found


def _row(
    item: Indicator,
    judged: JudgementRow | None,
    units: Mapping[str, str],
    official: Mapping[str, Observation],
    sent: Mapping[str, Estimate],
    as_of: Month,
) -> UnitExpectation:
    newest = max(official, key=_place, default="")
    coming = next_period(item, official.get(newest), as_of)
    now = sent.get(str(coming))
    told = [p for p in sent if p in official]
    last = max(told, key=_place, default="")
    target = judged.target if judged is not None and judged.measure == item.headline else None
    return UnitExpectation(
        code=item.code,
        name=item.short,
        unit=item.owner,
        unit_name=units[item.owner],
        period=_label(item, str(coming)),
        expected=_words(item, now.value) if now else "",
        note=now.note if now else "",
        official_period=_label(item, newest) if newest else "",
        official=_words(item, official[newest].value) if newest else "",
        official_id=official[newest].pk if newest else None,
        last_period=_label(item, last) if last else "",
        last_expected=_words(item, sent[last].value) if last else "",
        last_official=_words(item, official[last].value) if last else "",
        last_official_id=official[last].pk if last else None,
        error=_error(item, sent[last].value, official[last].value) if last else "",
        wrong_side=_worse(item, official[last].value, sent[last].value) if last else False,
        target=_words(item, Decimal(str(target))) if target is not None else "",
        short=now is not None and target is not None and item.headline.is_growth
        and _worse(item, now.value, Decimal(str(target))),
        forecast=_forecast(judged),
    )  # fmt: skip


def _forecast(judged: JudgementRow | None) -> str:
    return full_width(sentences.forecast(judged)) if judged is not None and judged.p50 is not None else ""


def _place(period: str) -> int:
    return parse_period(period).end.index


def _label(item: Indicator, period: str) -> str:
    found = parse_period(period)
    balance = item.headline in (Measure.BALANCE, Measure.BALANCE_GROWTH)
    return analysis_phrases.at_end(found) if balance else analysis_phrases.ytd(found)


def _words(item: Indicator, value: Decimal | None) -> str:
    if item.headline.is_growth:
        return full_width(analysis_phrases.growth(value, item.decimals))
    return full_width(analysis_phrases.amount(value, item.unit, item.level_decimals))


def _error(item: Indicator, expected: Decimal, official: Decimal | None) -> str:
    """−0.8个百分点, of an amount in its unit."""
    places = item.decimals if item.headline.is_growth else item.level_decimals
    apart = points(official, expected, places)
    if apart is None:
        return ""
    words = f"{apart:+.{places}f}".replace("-", "−")
    return f"{words}{'个百分点' if item.headline.is_growth else item.unit}"


def _worse(item: Indicator, value: Decimal | None, other: Decimal) -> bool:
    """Clearly on the wrong side of the other: by more than what is printed."""
    if value is None:
        return False
    apart = (value - other) if item.direction != "down" else (other - value)
    near = NEAR if item.headline.is_growth else abs(other) * NEAR / 10
    return apart < -near
