"""Joint chances: all targets, at least so many, not last, the first third.

Pure. Misses of a year come together, so that the product of the single chances is wrong: it makes
extremes too rare. What comes together is learnt from where the truth lay in the forecasts of the same
month in earlier years (`YearEnd.ranks`): as normal scores s, turned so that large is good, with one
common factor,

    s_i = √ρ · F + √(1−ρ) · e_i,   target i met when s_i ≥ Φ⁻¹(1 − P_i),

ρ being the mean product of two targets' scores of one year over their mean square, over all pairs and
years, shrunk to USUAL with the weight of SHRINK years. The chances of counts are exact for this model
(Poisson-binomial given F, Gauss–Hermite over F); places are counted in a fixed set of draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import stats

from wenpan.economy.forecast.year_end import Flags, Floats, Ints, YearEnd

USUAL = 0.12  # of two indicators of one place: what the provinces' years up to 2010 had, all taken together
USUAL_AMONG_PLACES = 0.15  # of one indicator in two places
SHRINK = 16.0
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
DRAWS = 4000


@dataclass(frozen=True)
class JointChance:
    """Of n targets: `at_least[k]` is P(at least k met), k = 0 … n."""

    at_least: Floats
    expected: float
    together: float  # ρ
    years: int  # earlier years that ρ rests on
    given: Floats  # (nodes, n) chance of each target given the common factor

    @property
    def all_met(self) -> float:
        return float(self.at_least[-1])

    @cached_property
    def pushed(self) -> Floats:
        """(n, n + 1) `at_least` if this one target were certain."""
        n = self.given.shape[1]
        out = np.empty((n, n + 1))
        for i in range(n):
            others = WEIGHTS @ counts_given(np.delete(self.given, i, axis=1))
            out[i] = _tail(np.append(0.0, others))
        return out

    @property
    def if_met(self) -> Floats:
        """(n,) P(all) if this one target were certain."""
        return np.asarray(self.pushed[:, -1])


def joint_chance(probability: Floats, ranks: Floats, at_least: Flags) -> JointChance:
    """probability (n,) of each target, ranks (n, years), at_least (n,) whether the target is a floor.

    Targets without a probability must be left out by the caller.
    """
    p = np.asarray(probability, dtype=np.float64)
    if np.isnan(p).any():
        raise ValueError("a target without a probability has no part in a joint chance")
    scores = normal_scores(ranks, at_least)
    rho, years = togetherness(scores, USUAL)
    given = _given(p, rho)
    tail = _tail(WEIGHTS @ counts_given(given))
    return JointChance(tail, float(p.sum()), rho, years, given)


def _tail(counts: Floats) -> Floats:
    """P(at least k) of the chances of exactly k."""
    return np.asarray(np.clip(np.cumsum(counts[::-1])[::-1], 0, 1))


def normal_scores(ranks: Floats, at_least: Flags) -> Floats:
    """(n, years) Φ⁻¹ of the ranks, turned so that large is good; NaN unknown."""
    s = stats.norm.ppf(np.clip(ranks, 0.005, 0.995))
    return np.asarray(np.where(np.asarray(at_least)[:, None], s, -s))


def togetherness(scores: Floats, usual: float) -> tuple[float, int]:
    """ρ in [0, .95] and the years it rests on (those with at least two scores)."""
    seen = np.isfinite(scores)
    n = seen.sum(0)
    s = np.where(seen, scores, 0.0)
    two = n >= 2
    years = int(two.sum())
    if not years:
        return usual, 0
    pairs = np.square(s.sum(0)) - np.square(s).sum(0)
    mean = (pairs[two] / (n * (n - 1))[two]).mean()
    square = max(float(np.square(s).sum() / seen.sum()), 1e-9)
    rho = (years * mean / square + SHRINK * usual) / (years + SHRINK)
    return float(np.clip(rho, 0.0, 0.95)), years


def _given(p: Floats, rho: float) -> Floats:
    """(nodes, n) chance of each target given the common factor."""
    limit = stats.norm.ppf(np.clip(1 - p, 1e-9, 1 - 1e-9))
    return np.asarray(stats.norm.cdf((np.sqrt(rho) * NODES[:, None] - limit) / np.sqrt(1 - rho)))


def counts_given(given: Floats) -> Floats:
    """(nodes, n + 1) chances of 0 … n met, independent given the factor; given (nodes, n)."""
    nodes, n = given.shape
    out = np.zeros((n + 1, nodes))
    out[0] = 1.0
    for i in range(n):
        g = given[:, i]
        out[1 : i + 2] = out[1 : i + 2] * (1 - g) + out[: i + 1] * g
        out[0] *= 1 - g
    return out.T


@dataclass(frozen=True)
class YearEndPlaces:
    """(n, n) chance of each of n places at the year's end; rows as asked, NaN where refused."""

    chance: Floats
    together: float
    years: int

    def not_last(self) -> Floats:
        """(n,) P(not last of those that have a forecast)."""
        known = int(np.isfinite(self.chance[:, 0]).sum())
        return np.asarray(1 - self.chance[:, max(known - 1, 0)])

    def first_third(self) -> Floats:
        """(n,) P(among the first third, rounded up)."""
        known = int(np.isfinite(self.chance[:, 0]).sum())
        return np.asarray(self.chance[:, : max(-(-known // 3), 1)].sum(1))


def year_end_places(end: YearEnd, rows: Ints, *, more_is_better: bool = True) -> YearEndPlaces:
    """Where each of `rows` (one indicator in several regions) may stand in December.

    Draws come from each row's quantiles with one common factor; the draws are the same every time.
    """
    q = end.quantiles[rows]
    known = np.flatnonzero(np.isfinite(q[:, 0]))
    n = len(rows)
    chance = np.full((n, n), np.nan)
    ranks = end.ranks[rows] if len(end.ranks) else np.full((n, 1), np.nan)
    rho, years = togetherness(normal_scores(ranks, np.ones(n, dtype=bool)), USUAL_AMONG_PLACES)
    if not len(known):
        return YearEndPlaces(chance, rho, 0)
    rng = np.random.default_rng(20260101)
    factor, own = rng.standard_normal((DRAWS, 1)), rng.standard_normal((DRAWS, len(known)))
    u = stats.norm.cdf(np.sqrt(rho) * factor + np.sqrt(1 - rho) * own)
    drawn = np.stack([np.interp(u[:, j], end.levels, q[i]) for j, i in enumerate(known)], axis=1)
    order = np.argsort(-drawn if more_is_better else drawn, axis=1, kind="stable")
    place = np.argsort(order, axis=1, kind="stable")
    chance[known] = 0.0
    for j, i in enumerate(known):
        chance[i, : len(known)] = np.bincount(place[:, j], minlength=len(known)) / DRAWS
    return YearEndPlaces(chance, rho, years)
