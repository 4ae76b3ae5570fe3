"""What if: the months left grow so fast; what becomes of gap, place, chance and all targets together.

Pure, and quick enough to be asked at every move of a slider: nothing is forecast again. The year's end is
linear in the growth of the months left, `figure = median + weight · (growth − expected)`; the forecast's
doubt is kept and its middle is moved there. Rivals stay at their own forecasts. With one common factor F
of correlation ρ (`joint`),

    own figure    x = Q(Φ(√ρ·F + √(1−ρ)·e))
    rival better  P(r above x | F) = 1 − Φ((Φ⁻¹(F_r(x)) − √ρ·F) / √(1−ρ))

and places are counted exactly for that model, over 31 values of F and 17 of e.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy import special

from wenpan.economy.forecast.joint import NODES, USUAL_AMONG_PLACES, WEIGHTS, counts_given
from wenpan.economy.forecast.year_end import LEVELS, Floats, at_print

FIVE = (0.1, 0.25, 0.5, 0.75, 0.9)  # levels at which rivals' forecasts are kept
OWN, OWN_WEIGHTS = np.polynomial.hermite_e.hermegauss(17)
OWN_WEIGHTS = OWN_WEIGHTS / OWN_WEIGHTS.sum()


@dataclass(frozen=True)
class AnnualForecast:
    """One figure's way to the year's end as a judgement keeps it; empty where the forecast was refused.

    `quantiles` at `year_end.LEVELS` in the figure's unit; `ranks` where the truths of earlier years lay
    (oldest first, None unknown); `expected` growth of the months left behind the median, in percent, and
    `weight` what one point of it moves the figure; `growth` the own forecast of the ranked growth and
    `rivals` theirs, at FIVE; `together` ρ among the regions, of `years` years; `grain` the step in which the
    figure is printed, 0 where it has none. None: cannot be said.
    """

    quantiles: tuple[float, ...] = ()
    ranks: tuple[float | None, ...] = ()
    expected: float | None = None
    weight: float | None = None
    growth: tuple[float, ...] = ()
    rivals: tuple[tuple[float, ...], ...] = ()
    together: float = USUAL_AMONG_PLACES
    years: int = 0
    more_is_better: bool = True
    grain: float = 0.0

    @property
    def median(self) -> float:
        return self.quantiles[len(LEVELS) // 2]

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any] | None) -> AnnualForecast:
        if not kept:
            return cls()
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        for name in ("quantiles", "ranks", "growth"):
            known[name] = tuple(known.get(name) or ())
        known["rivals"] = tuple(tuple(r) for r in known.get("rivals") or ())
        return cls(**known)

    def moved(self, by: float) -> AnnualForecast:
        """The same doubt around another middle: by `by` in the figure's unit."""
        rate = _slope(self.quantiles, self.growth)
        return replace(
            self,
            quantiles=tuple(q + by for q in self.quantiles),
            growth=tuple(g + by * rate for g in self.growth),
        )

    def probability(self, comparison: str, target: float) -> float:
        """P(the printed figure meets the target)."""
        at = at_print(np.array(target), np.array(self.grain), comparison == ">=")
        below = float(np.interp(at, _increasing(self.quantiles), LEVELS, left=0.0, right=1.0))
        return 1 - below if comparison == ">=" else below


@dataclass(frozen=True)
class Places:
    """Chance of each place at the year's end, best first; empty where it cannot be said."""

    chance: tuple[float, ...] = ()
    together: float = 0.0
    years: int = 0

    @property
    def last(self) -> float | None:
        return self.chance[-1] if self.chance else None

    @property
    def not_last(self) -> float:
        return 1 - self.chance[-1]

    @property
    def first_third(self) -> float:
        """Among the first third, rounded up."""
        return float(sum(self.chance[: -(-len(self.chance) // 3)]))

    @property
    def likeliest(self) -> int:
        return int(np.argmax(self.chance)) + 1


def places(ahead: AnnualForecast) -> Places:
    """Places among all whose year's end is forecast."""
    if not ahead.growth or not ahead.rivals:
        return Places()
    sign = 1.0 if ahead.more_is_better else -1.0
    rho = min(ahead.together, 0.95)
    near, far = np.sqrt(rho), np.sqrt(1 - rho)
    scores = near * NODES[:, None] + far * OWN[None, :]  # (F, e)
    own = _at_score(np.asarray(ahead.growth), scores)
    better = np.stack(
        [
            special.ndtr(sign * (near * NODES[:, None] - _score_of(np.asarray(r), own)) / far)
            for r in ahead.rivals
        ],
        axis=-1,
    )
    counts = counts_given(better.reshape(-1, len(ahead.rivals)))
    weights = (WEIGHTS[:, None] * OWN_WEIGHTS[None, :]).ravel()
    return Places(tuple(float(c) for c in weights @ counts), ahead.together, ahead.years)


@dataclass(frozen=True)
class Scenario:
    """If the months left grow by `growth`: the figure, its gap, and what that does to the chances."""

    growth: float  # of the months left, percent
    figure: float
    gap: float | None
    chance_of_it: float  # P(at least as good), by the forecast as it stands
    probability: float | None  # of the target, the forecast's middle moved there
    place: int | None  # against the rivals' medians
    places: Places = field(default_factory=Places)


def expected_growth(ahead: AnnualForecast, figure: float) -> float | None:
    """Growth of the months left at which the year ends at `figure`."""
    if ahead.expected is None or not ahead.weight or not ahead.quantiles:
        return None
    return ahead.expected + (figure - ahead.median) / ahead.weight


def scenario(
    ahead: AnnualForecast, growth: float, *, comparison: str | None, target: float | None
) -> Scenario | None:
    """None where the year's end does not follow from the months left."""
    if ahead.expected is None or ahead.weight is None or not ahead.quantiles:
        return None
    by = ahead.weight * (growth - ahead.expected)
    return shifted(ahead, by, growth=growth, comparison=comparison, target=target)


def shifted(
    ahead: AnnualForecast, by: float, *, growth: float, comparison: str | None, target: float | None
) -> Scenario:
    """The same where the figure moves by `by`, e.g. because a part of it does."""
    figure = ahead.median + by
    moved = ahead.moved(by)
    good = ">=" if (comparison or (">=" if ahead.more_is_better else "<=")) == ">=" else "<="
    place = None
    if moved.growth and ahead.rivals:
        mine = moved.growth[2]
        middles = [r[2] for r in ahead.rivals]
        place = 1 + sum(m > mine if ahead.more_is_better else m < mine for m in middles)
    return Scenario(
        growth,
        figure,
        figure - target if target is not None else None,
        replace(ahead, grain=0.0).probability(good, figure),
        moved.probability(comparison or ">=", target) if target is not None else None,
        place,
        places(moved),
    )


def _slope(quantiles: Sequence[float], growth: Sequence[float]) -> float:
    """Points of the ranked growth for one unit of the figure: both are one forecast in two units."""
    if not growth or not quantiles:
        return 0.0
    ends = np.interp([FIVE[0], FIVE[-1]], LEVELS, quantiles)
    width = float(ends[1] - ends[0])
    return float(growth[-1] - growth[0]) / width if width > 0 else 0.0


_SCORES = special.ndtri(np.asarray(FIVE))


def _at_score(five: Floats, score: Floats) -> Floats:
    """The quantile at a normal score; beyond the outer two the line goes on."""
    low, high = _outer_slopes(five)
    inside = np.interp(score, _SCORES, five)
    out = np.where(score < _SCORES[0], five[0] + low * (score - _SCORES[0]), inside)
    return np.asarray(np.where(score > _SCORES[-1], five[-1] + high * (score - _SCORES[-1]), out))


def _score_of(five: Floats, value: Floats) -> Floats:
    """The normal score of a value in the forecast: the inverse of `_at_score`."""
    five = _increasing(five)
    low, high = _outer_slopes(five)
    inside = np.interp(value, five, _SCORES)
    out = np.where(value < five[0], _SCORES[0] + (value - five[0]) / low, inside)
    return np.asarray(np.where(value > five[-1], _SCORES[-1] + (value - five[-1]) / high, out))


def _outer_slopes(five: Floats) -> tuple[float, float]:
    low = (five[1] - five[0]) / (_SCORES[1] - _SCORES[0])
    high = (five[-1] - five[-2]) / (_SCORES[-1] - _SCORES[-2])
    return max(float(low), 1e-9), max(float(high), 1e-9)


def _increasing(q: Sequence[float] | Floats) -> Floats:
    """Strictly increasing by a hair, so that a value has one level."""
    q = np.asarray(q, dtype=np.float64)
    return np.asarray(np.maximum.accumulate(q) + 1e-9 * np.arange(len(q)))
