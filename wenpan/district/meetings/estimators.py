"""Beside the expectations of a memo: how each unit's estimates came out so far, and what was learned from the
higher departments. In the order of units and of the catalogue; nothing is ranked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from wenpan.district.meetings.memo.facts import EstimatorFact, UpwardFact
from wenpan.district.quality.estimates.queries import EstimateSeries, NextEstimate, estimate_series
from wenpan.district.upward.queries import UpwardNote, upward_notes


def estimators(codes: Collection[str], on: date) -> list[EstimatorFact]:
    """Series of these indicators with an estimate whose figure has been published by a day."""
    return [_estimator(s) for s in estimate_series(on=on) if s.indicator in codes and s.record.outcomes]


def _estimator(s: EstimateSeries) -> EstimatorFact:
    record = s.record
    right, moved = record.right_direction
    return EstimatorFact(
        unit_name=s.unit.short_name,
        name=f"{s.name}{s.measure_label}",
        n=len(record.outcomes),
        mean_error=_signed(record.mean_error),
        mean_absolute=_plain(record.mean_absolute),
        naive=_plain(record.naive_absolute),
        direction=f"{moved}次对{right}次" if moved else "—",
        coming=_coming(s.next) if s.next else "—",
    )


def _coming(one: NextEstimate) -> str:
    said = f"{one.period}预计{_plain(one.value)}"
    if one.low is None or one.high is None:
        return said
    return f"{said}，八成落在{_plain(one.low)}至{_plain(one.high)}"


def _plain(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}".replace("-", "−")


def _signed(value: float | None) -> str:
    return "—" if value is None else f"{value:+.2f}".replace("-", "−")


def contacts(codes: Collection[str], on: date) -> list[UpwardFact]:
    """The newest contact of each of these indicators, and the day of the next one."""
    return [fact for note in upward_notes(on, codes) if (fact := _contact(note)) is not None]


def _contact(note: UpwardNote) -> UpwardFact | None:
    row = note.contact
    if row is None:
        return None
    return UpwardFact(
        code=note.indicator.code,
        name=note.indicator.short,
        unit_name=row.unit.short_name,
        on=row.on,
        department=row.department,
        person=row.person,
        learned="；".join(f"{one.kind}：{one.words}" for one in note.learned),
        next_on=note.due,
        late=note.late,
    )
