"""What projects did after the same month of earlier years, by group, each drawn towards all groups.

Pure. A lesson is a project that was open after the same month of an earlier year: its guesses by
curve and by pace (see `expect`), its remainder R and what it brought by December, y. Per group:

    weights  a, b ≥ 0 that minimise Σ (y − a·curve − b·pace)²/R
    ratios   y / guess as equally likely values
    scale    Σ y / Σ E[min(R, guess·ratio)], so that capped draws are right on average; its doubt
             (log) from the projects' own residuals, a project of several years counted once

A group is drawn towards the lessons of all bands together as if it had `group_lessons` of them, and
those towards what is assumed: a pool without history still gives figures, and wide ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from wenpan.economy.pool.assumptions import Assumptions
from wenpan.economy.pool.grid import Bools, Floats, Ints

POINTS = 500  # equally likely ratios that are kept


@dataclass(frozen=True)
class PastProjects:
    """Lessons as columns; `year`: which earlier year, `project`: row of the pool."""

    curve: Floats
    pace: Floats
    remainder: Floats
    outcome: Floats
    project: Ints
    year: Ints

    def __len__(self) -> int:
        return len(self.curve)

    def only(self, chosen: Bools) -> PastProjects:
        return PastProjects(
            self.curve[chosen],
            self.pace[chosen],
            self.remainder[chosen],
            self.outcome[chosen],
            self.project[chosen],
            self.year[chosen],
        )


def together(parts: list[PastProjects]) -> PastProjects:
    def floats(of: Callable[[PastProjects], Floats]) -> Floats:
        return np.concatenate([np.empty(0), *map(of, parts)])

    def ints(of: Callable[[PastProjects], Ints]) -> Ints:
        return np.concatenate([np.empty(0, np.int64), *map(of, parts)])

    return PastProjects(
        floats(lambda p: p.curve),
        floats(lambda p: p.pace),
        floats(lambda p: p.remainder),
        floats(lambda p: p.outcome),
        ints(lambda p: p.project),
        ints(lambda p: p.year),
    )


@dataclass(frozen=True)
class LearntRatios:
    """`ratios`: sorted, equally likely. `doubt`: standard deviation of log `scale`. `count`: own lessons."""

    weights: tuple[float, float]
    ratios: Floats
    scale: float
    doubt: float
    count: int

    def guess(self, curve: Floats, pace: Floats, remainder: Floats) -> Floats:
        return np.minimum(self.weights[0] * curve + self.weights[1] * pace, remainder)


def assumed(moving: bool, given: Assumptions) -> LearntRatios:
    weights = given.moving if moving else given.standing
    return LearntRatios(weights, np.sort(np.array(given.ratios, dtype=float)), 1.0, given.scale_sd, 0)


def learn(seen: PastProjects, above: LearntRatios, given: Assumptions) -> LearntRatios:
    """The group's lesson, drawn towards the one above it."""
    if not len(seen):
        return LearntRatios(above.weights, above.ratios, above.scale, above.doubt, 0)
    k = given.group_lessons
    weights = _weights(seen, above.weights, k)
    guess = np.minimum(weights[0] * seen.curve + weights[1] * seen.pace, seen.remainder)
    usable = guess > 1e-3 * np.maximum(seen.remainder, 1.0)
    if not usable.any():
        return LearntRatios(weights, above.ratios, above.scale, above.doubt, len(seen))
    ratios = _mixed(seen.outcome[usable] / guess[usable], above.ratios, k)
    meant = mean_capped(guess, seen.remainder, ratios)
    scale, doubt = _scale(seen, meant, above, k)
    return LearntRatios(weights, ratios, scale, doubt, len(seen))


def _weights(seen: PastProjects, above: tuple[float, float], k: float) -> tuple[float, float]:
    heavy = 1 / np.sqrt(np.maximum(seen.remainder, 1.0))
    x = np.column_stack([seen.curve, seen.pace]) * heavy[:, None]
    pull = np.sqrt(k * np.square(x).mean(0) + 1e-9)
    found, _ = nnls(np.vstack([x, np.diag(pull)]), np.concatenate([seen.outcome * heavy, pull * above]))
    return float(found[0]), float(found[1])


def _mixed(own: Floats, above: Floats, k: float) -> Floats:
    """Own ratios and, as if there were k of them, those above: POINTS equally likely values."""
    values = np.concatenate([own, above])
    weight = np.concatenate([np.ones(len(own)), np.full(len(above), k / len(above))])
    order = np.argsort(values)
    reached = np.cumsum(weight[order]) / weight.sum()
    at = np.searchsorted(reached, (np.arange(POINTS) + 0.5) / POINTS)
    return np.asarray(values[order][np.minimum(at, len(values) - 1)])


def _scale(seen: PastProjects, meant: Floats, above: LearntRatios, k: float) -> tuple[float, float]:
    """Ratio of sums; the sum hangs on few large projects, hence drawn by its size-weighted count."""
    total = meant.sum()
    if total <= 0:
        return above.scale, above.doubt
    prior = k * np.square(meant).sum() / total
    scale = float((seen.outcome.sum() + prior * above.scale) / (total + prior))
    off = np.bincount(seen.project, seen.outcome - scale * meant)
    variance = np.square(off).sum() / scale**2 + np.square(prior * above.doubt)
    return scale, float(np.sqrt(variance) / (total + prior)) if scale > 0 else above.doubt


def mean_capped(guess: Floats, remainder: Floats, ratios: Floats) -> Floats:
    """E[min(R, guess·ratio)] for each project, exactly, from the sorted ratios."""
    return _moment(guess, remainder, ratios, 1)


def variance_capped(guess: Floats, remainder: Floats, ratios: Floats) -> Floats:
    second = _moment(guess, remainder, ratios, 2)
    return np.maximum(second - np.square(mean_capped(guess, remainder, ratios)), 0.0)


def _moment(guess: Floats, remainder: Floats, ratios: Floats, power: int) -> Floats:
    limit = remainder / np.maximum(guess, 1e-9)
    below = np.searchsorted(ratios, limit)
    sums = np.concatenate([[0.0], np.cumsum(ratios**power)])
    return np.asarray(guess**power * (sums[below] + limit**power * (len(ratios) - below)) / len(ratios))
