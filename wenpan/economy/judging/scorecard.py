"""The program's own report: what was said of each year's end, what came, and the naive rule beside it.

Pure. A row is one thing said of one target at one month; the naive rule carries the growth so far to
December and warns when the figure lies below its target. Nothing is left out of a mean because it was bad.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TypeVar

BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))  # the last one closed above


@dataclass(frozen=True)
class SaidRow:
    """One target at one month. Values in the target's unit, probability 0 to 1; None: was not said."""

    indicator: str
    name: str
    whose: str
    year: int
    as_of: str
    comparison: str
    target: float
    unit: str
    decimals: int
    light: str
    below: bool  # the naive warning: below the target, or below schedule
    probability: float | None
    p10: float | None
    p50: float | None
    p90: float | None
    carried: float | None  # the naive year's end
    came: float
    afterwards: bool = False  # judged long after its month, from figures that were loaded later

    @property
    def missed(self) -> bool:
        return self.came < self.target if self.comparison == ">=" else self.came > self.target

    @property
    def error(self) -> float | None:
        return None if self.p50 is None else abs(self.p50 - self.came)

    @property
    def naive_error(self) -> float | None:
        return None if self.carried is None else abs(self.carried - self.came)

    @property
    def covered(self) -> bool | None:
        return None if self.p10 is None or self.p90 is None else self.p10 <= self.came <= self.p90


@dataclass(frozen=True)
class Score:
    """Means over n rows; None where nothing can be said. Errors are compared on the rows that have both.

    `closer` is the share of rows in which the forecast lay nearer than the naive rule; `covered` the share
    of truths inside the 80 % interval; hit and false-alarm rates are those of red and of the naive warning.
    """

    key: str
    label: str
    n: int
    missed: int
    said: float | None
    met: float
    brier: float | None
    naive_brier: float | None
    closer: float | None
    error: float | None  # median; only where all rows have one unit
    naive_error: float | None
    covered: float | None
    hits: float | None
    false_alarms: float | None
    naive_hits: float | None
    naive_false_alarms: float | None


@dataclass(frozen=True)
class Bin:
    """Of what was said between `low` and `high`: the mean said, and the share that was met."""

    low: float
    high: float
    n: int
    said: float | None
    met: float | None


K = TypeVar("K", bound=Hashable)


def score(rows: Sequence[SaidRow], *, key: str = "", label: str = "", one_unit: bool = False) -> Score:
    """The score of some rows; at least one."""
    chances = [(r.probability, not r.missed) for r in rows if r.probability is not None]
    errors = [(r.error, r.naive_error) for r in rows if r.error is not None and r.naive_error is not None]
    covered = [r.covered for r in rows if r.covered is not None]
    return Score(
        key=key,
        label=label,
        n=len(rows),
        missed=sum(r.missed for r in rows),
        said=_mean(p for p, _met in chances),
        met=fmean(not r.missed for r in rows),
        brier=_mean((p - met) ** 2 for p, met in chances),
        naive_brier=_mean(float(r.below != r.missed) for r in rows if r.probability is not None),
        closer=_mean(1.0 if a < b else 0.5 if a == b else 0.0 for a, b in errors),
        error=median(a for a, _b in errors) if errors and one_unit else None,
        naive_error=median(b for _a, b in errors) if errors and one_unit else None,
        covered=_mean(map(float, covered)),
        hits=_mean(float(r.light == "RED") for r in rows if r.missed),
        false_alarms=_mean(float(r.light == "RED") for r in rows if not r.missed),
        naive_hits=_mean(float(r.below) for r in rows if r.missed),
        naive_false_alarms=_mean(float(r.below) for r in rows if not r.missed),
    )


def scores_by(
    rows: Iterable[SaidRow],
    key: Callable[[SaidRow], K],
    label: Callable[[SaidRow], str],
    *,
    one_unit: bool = False,
) -> tuple[Score, ...]:
    """One score per key, in the order of first appearance."""
    groups: dict[K, list[SaidRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return tuple(
        score(group, key=str(k), label=label(group[-1]), one_unit=one_unit) for k, group in groups.items()
    )


def reliability(rows: Iterable[SaidRow]) -> tuple[Bin, ...]:
    """What was said beside what happened, by fifths."""
    said = [(r.probability, not r.missed) for r in rows if r.probability is not None]
    out = []
    for low, high in BINS:
        mine = [(p, met) for p, met in said if low <= p < high or p == high == 1.0]
        out.append(Bin(low, high, len(mine), _mean(p for p, _m in mine), _mean(float(m) for _p, m in mine)))
    return tuple(out)


def bin_of(probability: float, bins: Sequence[Bin]) -> Bin:
    return next((b for b in bins if b.low <= probability < b.high), bins[-1])


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None
