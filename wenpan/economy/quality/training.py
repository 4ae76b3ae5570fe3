"""What a training may have changed: errors per return before and after, in the units that came and in those
that did not.

Pure. Each unit is one observation: its change is errors per return in the months after the training minus in
the months before. The effect is the mean change of those trained minus the mean change of the others
(a control group); its interval is Welch's at 95 %, with the unit as the thing that varies. Units without a
return on either side are left out and counted. Units are not drawn to be trained, so that the difference
shows what came together, not what caused it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import t as student

LEAST = 3  # units of each group; fewer give no interval


@dataclass(frozen=True)
class UnitErrors:
    """Errors and returns of one unit in the months before and after."""

    unit: str
    trained: bool
    errors_before: int
    returns_before: int
    errors_after: int
    returns_after: int

    @property
    def change(self) -> float | None:
        """In errors per 100 returns; None without returns on both sides."""
        if not self.returns_before or not self.returns_after:
            return None
        after = self.errors_after / self.returns_after
        return 100 * (after - self.errors_before / self.returns_before)


@dataclass(frozen=True)
class TrainingEffect:
    """Errors per 100 returns. `effect` < 0: errors fell more in the units trained. `low`, `high`: None with
    fewer than LEAST units in a group, or where no unit's change differs from another's."""

    trained: int
    others: int
    left_out: int
    change_trained: float | None
    change_others: float | None
    effect: float | None
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out that nothing changed."""
        return self.low is not None and self.high is not None and (self.high < 0 or self.low > 0)


def effect_of(units: Sequence[UnitErrors]) -> TrainingEffect:
    changes: dict[bool, list[float]] = {True: [], False: []}
    left_out = 0
    for one in units:
        if one.change is None:
            left_out += 1
        else:
            changes[one.trained].append(one.change)
    mine, theirs = changes[True], changes[False]
    a, b = _mean(mine), _mean(theirs)
    effect = None if a is None or b is None else a - b
    low, high = _interval(mine, theirs, effect)
    return TrainingEffect(len(mine), len(theirs), left_out, a, b, effect, low, high)


def _interval(
    mine: Sequence[float], theirs: Sequence[float], effect: float | None
) -> tuple[float | None, float | None]:
    if effect is None or min(len(mine), len(theirs)) < LEAST:
        return None, None
    parts = [_variance(group) / len(group) for group in (mine, theirs)]
    if not sum(parts):
        return None, None
    freedom = sum(parts) ** 2 / sum(
        part**2 / (len(group) - 1) for part, group in zip(parts, (mine, theirs), strict=True)
    )
    half = float(student.ppf(0.975, freedom)) * math.sqrt(sum(parts))
    return effect - half, effect + half


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)
