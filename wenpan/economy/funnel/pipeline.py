"""Starts expected of the pipeline by a day to come, with an interval: how many, and with how much agreed.

Pure. A deal that has waited a days since its signing (before it: since talks began) starts within h more with

    p = (F(a + h) − F(a)) / (1 − F(a))      F: Kaplan–Meier's share that has started, of the place's own deals

Deals that ended never start, and a wait that still runs is counted as long as it was watched. The interval
holds chance and the little that the history knows: each draw weighs the history anew (Bayesian bootstrap) and
throws each deal's coin. From fewer than `LEAST_HISTORY` deals that could be watched nothing is expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

LEAST_HISTORY = 20
DRAWS = 100
_NEVER = 20_000  # days: who ended is watched for ever and never started


@dataclass(frozen=True)
class PipelineDeal:
    """`since`: signing, or the beginning of talks; `signed`: which of the two. `amount` in 万元 or None.

    `waits` False: it teaches how long talks take and is itself waited for as a signed deal.
    """

    since: date
    signed: bool
    started: date | None = None
    ended: date | None = None
    amount: float | None = None
    waits: bool = True


@dataclass(frozen=True)
class ExpectedStarts:
    """`deals` and `amount` (万元): mean, and the 10 % and 90 % points. `waiting`: deals that may still start;
    `history`: deals that were watched. All None where the history is too short."""

    waiting: int
    history: int
    deals: tuple[float, float, float] | None
    amount: tuple[float, float, float] | None
    without_amount: int

    @property
    def refused(self) -> bool:
        return self.deals is None


def expected_starts(
    deals: Sequence[PipelineDeal], day: date, until: date, *, draws: int = DRAWS, seed: int = 0
) -> ExpectedStarts:
    """What starts after `day` and by `until`; deals of both groups by their own group's history."""
    drawn = drawn_starts(deals, day, until, draws=draws, seed=seed)
    if drawn.refused:
        return ExpectedStarts(drawn.waiting, drawn.history, None, None, drawn.without_amount)
    counts, sums = _points(drawn.counts), _points(drawn.amounts)
    return ExpectedStarts(drawn.waiting, drawn.history, counts, sums, drawn.without_amount)


@dataclass(frozen=True)
class DrawnStarts:
    """The draws themselves: how many start, and with how much agreed (万元); empty where refused."""

    waiting: int
    history: int
    counts: NDArray[np.float64]
    amounts: NDArray[np.float64]
    without_amount: int

    @property
    def refused(self) -> bool:
        return not len(self.counts)


def drawn_starts(
    deals: Sequence[PipelineDeal], day: date, until: date, *, draws: int = DRAWS, seed: int = 0
) -> DrawnStarts:
    """What `expected_starts` sums up, draw by draw. ValueError for a day that is not after `day`."""
    if until <= day:
        raise ValueError(f"until 应晚于 {day}, 实为 {until}")
    known = [d for d in deals if d.since <= day]
    open_ = [d for d in known if d.waits and not _over(d, day)]
    missing = sum(d.amount is None for d in open_)
    if len(known) < LEAST_HISTORY:
        return DrawnStarts(len(open_), len(known), np.zeros(0), np.zeros(0), missing)
    rng = np.random.default_rng(seed)
    counts, sums = np.zeros(draws), np.zeros(draws)
    for signed in (True, False):
        group = [d for d in known if d.signed is signed]
        waiting = [d for d in open_ if d.signed is signed]
        if group and waiting:
            number, money = _group(group, waiting, day, (until - day).days, draws, rng)
            counts, sums = counts + number, sums + money
    return DrawnStarts(len(open_), len(known), counts, sums, missing)


def _over(deal: PipelineDeal, day: date) -> bool:
    return any(on is not None and on <= day for on in (deal.started, deal.ended))


def _group(
    group: Sequence[PipelineDeal], waiting: Sequence[PipelineDeal], day: date, ahead: int, draws: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    days, hit = _watched(group, day)
    ages = np.array([(day - d.since).days for d in waiting])
    money = np.array([d.amount or 0.0 for d in waiting])
    weights = rng.exponential(size=(draws, len(days)))
    thrown = rng.random((draws, len(ages))) < _chances(days, hit, weights, ages, ahead)
    return thrown.sum(axis=1).astype(np.float64), thrown @ money


def _watched(group: Sequence[PipelineDeal], day: date) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    days, hit = [], []
    for deal in group:
        started = deal.started is not None and deal.started <= day
        ended = deal.ended is not None and deal.ended <= day
        last = deal.started if started and deal.started else day
        days.append(_NEVER if ended and not started else max(0, (last - deal.since).days))
        hit.append(started)
    return np.array(days), np.array(hit)


def _chances(
    days: NDArray[np.int64], hit: NDArray[np.bool_], weights: NDArray[np.float64],
    ages: NDArray[np.int64], ahead: int,
) -> NDArray[np.float64]:  # fmt: skip
    """p of each waiting deal in each draw; 0 where nobody in the history waited so long and started later."""
    order = np.lexsort((~hit, days))  # of equal days those that started come first
    weights, sorted_days = weights[:, order], days[order]
    at_risk = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
    factors = 1 - np.where(hit[order], weights, 0.0) / at_risk
    survive = np.concatenate((np.ones((len(weights), 1)), np.cumprod(factors, axis=1)), axis=1)
    now = survive[:, np.searchsorted(sorted_days, ages, side="right")]
    then = survive[:, np.searchsorted(sorted_days, ages + ahead, side="right")]
    return np.where(now > 0, 1 - then / np.maximum(now, 1e-12), 0.0)


def _points(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, high = np.quantile(values, (0.1, 0.9))
    return float(values.mean()), float(low), float(high)
