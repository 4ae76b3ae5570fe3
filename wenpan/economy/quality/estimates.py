"""Month-end estimates (预计): what a unit expected, on which day, and how far it was off when the figure
came out.

Pure. An estimate counts only where it was made before the release; the last one made before it is the one
judged. Signed error = estimate − released, in the unit of the figure. "Naive" is the last figure that had
been released when the estimate was made. It is shown to the unit and to the meeting, never ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wenpan.economy.time.periods import Period, parse_period

LEAST = 6  # estimates that have been released; fewer give no interval
_SAME = 1e-9


@dataclass(frozen=True)
class UnitEstimate:
    """`period` as 2022-09 or 2022-Q3."""

    period: str
    made_on: date
    value: float


@dataclass(frozen=True)
class ReleasedFigure:
    value: float
    on: date


@dataclass(frozen=True)
class EstimateOutcome:
    """`naive_error`, `direction_right`: None where nothing had been released before the estimate was made,
    or where the figure did not move."""

    period: str
    made_on: date
    estimate: float
    released: float
    error: float
    naive_error: float | None
    direction_right: bool | None


@dataclass(frozen=True)
class EstimateRecord:
    """Of an estimator's released estimates. `better`: share with a smaller absolute error than naive."""

    outcomes: tuple[EstimateOutcome, ...]
    mean_error: float | None
    mean_absolute: float | None
    naive_absolute: float | None
    better: float | None
    right_direction: tuple[int, int]  # right, of so many that moved


def outcomes(
    estimates: Sequence[UnitEstimate], released: Mapping[str, ReleasedFigure]
) -> list[EstimateOutcome]:
    """By period. An estimate made on the day of release or later is no estimate any more."""
    last: dict[str, UnitEstimate] = {}
    for one in sorted(estimates, key=lambda e: e.made_on):
        figure = released.get(one.period)
        if figure is not None and one.made_on < figure.on:
            last[one.period] = one
    return [_outcome(last[p], released) for p in sorted(last, key=_end)]


def record_of(found: Sequence[EstimateOutcome]) -> EstimateRecord:
    """Means over all outcomes; those against naive only over the outcomes that have one."""
    beside = [one for one in found if one.naive_error is not None]
    moved = [one for one in found if one.direction_right is not None]
    better = sum(abs(o.error) < abs(o.naive_error) - _SAME for o in beside if o.naive_error is not None)
    return EstimateRecord(
        tuple(found),
        _mean([o.error for o in found]),
        _mean([abs(o.error) for o in found]),
        _mean([abs(o.naive_error) for o in beside if o.naive_error is not None]),
        better / len(beside) if beside else None,
        (sum(bool(o.direction_right) for o in moved), len(moved)),
    )


def interval(
    value: float, found: Sequence[EstimateOutcome], level: float = 0.8
) -> tuple[float, float] | None:
    """Where the figure may come out, by the estimator's own past errors; None for fewer than LEAST of them.

    With n errors in order the ends are the k-th smallest and largest, k = ⌊(n + 1)·(1 − level)/2⌋, at least
    the first: of a new error from the same source, a share of at least `level` falls between them when n is
    large enough.
    """
    if len(found) < LEAST:
        return None
    errors = sorted(one.error for one in found)
    k = max(int((len(errors) + 1) * (1 - level) / 2), 1)
    return value - errors[-k], value - errors[k - 1]


def _outcome(one: UnitEstimate, released: Mapping[str, ReleasedFigure]) -> EstimateOutcome:
    figure = released[one.period]
    before = [
        (_end(period), known.value)
        for period, known in released.items()
        if known.on <= one.made_on and _end(period) < _end(one.period)
    ]
    naive = max(before)[1] if before else None
    moved = None if naive is None or abs(figure.value - naive) < _SAME else figure.value > naive
    said = None if naive is None else one.value - naive
    right = None if moved is None or said is None else (abs(said) >= _SAME and (said > 0) == moved)
    return EstimateOutcome(
        one.period, one.made_on, one.value, figure.value, one.value - figure.value,
        None if naive is None else naive - figure.value, right,
    )  # fmt: skip


def _end(period: str) -> int:
    found: Period = parse_period(period)
    return found.end.index


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
