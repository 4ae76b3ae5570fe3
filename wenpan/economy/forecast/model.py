"""The model: where the rest of the year goes, and how far it may miss.

Pure. For every year at once, each as it would have been forecast then:

1. First guess z0: the weighted mean of the usual seasonal share and three exponential smoothings, a
   tenth towards the rivals' median; for stocks the growth so far, the usual way to December and the
   quickest smoothing.
2. Correction: a robust ridge of (z − z0) on the predictors and the rivals' medians, learned over all
   regions of one indicator (`pooling.rolling_ridge`); centre = z0 + MIX · correction, mixed with the
   growth so far by what either was worth before (`stacking`).
3. Scale: mean absolute past miss of the same month, shrunk between series and rivals, times a
   log-linear function of volatility and of the disagreement of the guesses.
4. Shape: quantiles of the standardised past misses of the indicator at this month (conformal, Vovk
   et al. 2005) together with Student's t (4 degrees), widened for the few years they rest on; the
   scale goes with how large misses were lately (`size_of_late`).

An indicator learns from its own regions only: what is asked beside it, or which machine does it,
changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from wenpan.economy.forecast.panel import Panel
from wenpan.economy.forecast.past_differences import beside_past_differences
from wenpan.economy.forecast.pooling import (
    blocks,
    earlier,
    group_median,
    group_sum,
    rolling_ridge,
    rolling_scale,
)
from wenpan.economy.forecast.predictors import Predictors, lag, predictors
from wenpan.economy.forecast.stacking import BACK, mixed, way_back
from wenpan.economy.forecast.year_end import LEVELS, Floats, Ints

SEASONAL = (0.4, 0.2, 0.2, 0.2)  # weights of the seasonal guess and of three smoothings
RIVALS = 0.1  # weight of the rivals' median guess
MIX = 0.6  # weight of the correction beside the first guess
CARRY_DOUBT = 3.0  # of the growth so far beside the model, and of no way back beside the way back:
BACK_DOUBT = 3.0  # in the logarithm of their weights, before any record
# of model, growth so far, latest quarter, either towards its rivals: a few years teach little
PRINTED_DOUBT = (6.0, 0.0, 3.0, 3.0, 3.0)
TOGETHER = 1.5  # a region is drawn back no further than by so many times the change of its rivals' middle
ALIKE = 4.0  # usual distances from the rivals at which half of the way to them is believed
RIDGE = 200.0  # rows of "no correction" that the fit starts from
ROBUST = 2.5  # a miss counts at most this many scales in the fit
BOUND = 2.0  # and the correction itself is at most this many scales
PRIOR = {"flow": 0.08, "stock": 0.02, "month": 0.12}  # mean absolute miss of z where nothing is known
VOLATILITY = 0.75  # the expected miss of a series without a record, as a share of its volatility
SCALE = (-0.33, -0.52, 0.19, 0.12, 0.07, 0.06)  # start of γ, learned on 31 provinces, 2006—2010
PSEUDO = 150  # weight of the Student t beside the past misses, in misses
TAIL = stats.t.ppf((np.arange(PSEUDO) + 0.5) / PSEUDO, 4)
RIVALS_ENOUGH = 25.0  # misses beside which the t counts as little wider
UNSURE = 0.3  # the t is so much wider where hardly any misses stand beside it
MIDDLE = len(LEVELS) // 2
EVEN = 8.0  # years at which half of a one-sided record is believed
LATE = 0.05  # of the online layer: weight of a year one year older
APART = 0.3  # in an unlike year: of the distance between the growth so far and the way back, in the scale
TAME = 8.0  # and so many times it in what a miss of that year says of later ones
EXPECTED = 0.8  # years of misses as expected that stand at its start
MEMORY = 0.85  # weight of a miss one year older, in the regressions
SHAPE_MEMORY = 0.9  # and in the shape


@dataclass(frozen=True)
class Rest:
    """Distribution of z: centre (S,), quantiles (S, Q), the years of own misses behind it (S,)."""

    centre: Floats
    quantiles: Floats
    years: Floats
    g: Floats  # log growth of the year so far
    so_far: Floats
    base: Floats
    last_total: Floats
    left: Floats  # (S, P) usual share of each slot
    ranks: Floats  # (S, years − 1) where in the forecast of that year the truth lay, 0—1


def rest_of_year(panel: Panel, k: int) -> Rest:
    """The distribution of the rest of the last year of the panel, with k slots known."""
    p = predictors(panel, k)
    guess, every = first_guess(p, panel, k)
    z = np.clip(p.z, -2, 2)
    prior = prior_scale(p, panel)
    scale, _ = rolling_scale(z - guess, panel.group, prior=prior)
    x = design(p, guess, panel.group)
    miss = np.clip((z - guess) / scale, -ROBUST, ROBUST) * scale
    none = np.zeros(x.shape[2])
    news = rolling_ridge(x, miss, scale**-2.0, panel.group, towards=none, strength=RIDGE, decay=MEMORY)
    centre = guess + MIX * np.clip(news, -BOUND * scale, BOUND * scale)
    centre, unlike = with_growth_so_far(centre, p, panel, z, scale, k)
    doubt = APART * unlike * apart(p)
    tamed = (z - centre) / np.hypot(1.0, TAME * doubt / scale)
    scale, years = scaled(tamed, centre, every, p, panel, prior)
    scale = np.hypot(scale, doubt)
    scale = scale * size_of_late((z - centre) / scale, years, panel.group, unlike / BACK)
    standard = (z - centre) / scale
    form = shape(standard, years, panel.group)
    quantiles = centre[:, -1, None] + scale[:, -1, None] * form
    if k and printed_by_the_quarter(panel):
        ordinary = 1 - unlike[:, -1] / BACK
        quantiles = beside_past_differences(
            quantiles, centre, p.carried, z, scale, panel.group, ordinary=ordinary
        )
    last = -1
    return Rest(
        centre[:, last],
        np.clip(quantiles, -2.5, 2.5),
        years[:, last],
        p.g[:, last],
        p.so_far[:, last],
        p.base[:, last],
        lag(p.total)[:, last],
        p.left[:, last],
        _ranks(np.where(years > 0.5, standard, np.nan)[:, :-1], form),
    )


def with_growth_so_far(
    centre: Floats, p: Predictors, panel: Panel, z: Floats, scale: Floats, k: int
) -> tuple[Floats, Floats]:
    """(S, years) the model mixed with the growth so far by their record (see `stacking`), and how much of
    the way back the year so far asks for, 0—BACK.

    Of growth printed by the quarter that of the last quarter alone is a guess too: the growth so far is a
    mean over the year, and what turned within the year shows in its latest part first. A single month says
    too little. There also a break that all regions share leads back, for what stopped begins again; a region
    that breaks alone has its own reasons, and its growth so far stands (TOGETHER).
    """
    if not k:
        return centre, np.zeros_like(centre)
    carried = np.where(np.isfinite(p.carried), _clipped(p.carried), centre)
    guesses = [centre, carried]
    doubt: tuple[float, ...] = (0.0, CARRY_DOUBT)
    if printed_by_the_quarter(panel):
        latest = p.recent[1] + (p.carried - p.g)
        latest = np.where(np.isfinite(latest), _clipped(latest), carried)
        guesses += [latest, *(towards_rivals(own, panel.group) for own in (carried, latest))]
        doubt = PRINTED_DOUBT
    centre = mixed(np.stack(guesses, axis=2), z, scale, panel.group, doubt=doubt)
    change = p.g - lag(log_total(p))
    usual, _ = rolling_scale(change, panel.group, prior=np.full_like(change, 0.05))
    off = np.abs(change)
    if printed_by_the_quarter(panel):
        off = np.minimum(off, TOGETHER * np.abs(group_median(change, panel.group)))
    share = way_back(off / usual)
    back = np.where(np.isfinite(p.back), (1 - share) * centre + share * _clipped(p.back), centre)
    both = np.stack([centre, back], axis=2)
    centre = mixed(both, z, scale, panel.group, doubt=(BACK_DOUBT, 0.0), only=share >= BACK, few=5.0)
    return centre, share


def towards_rivals(own: Floats, group: Ints) -> Floats:
    """(S, years) `own` drawn to the rivals' median d away by d / (1 + (d / (ALIKE · usual d))²).

    Of a region that stands among its rivals the difference is mostly noise; one that stands far off has
    its own reasons and stays where it is.
    """
    away = group_median(own, group) - own
    usual = np.maximum(group_median(np.abs(away), group), 1e-4)
    return np.asarray(own + away / (1 + np.square(away / (ALIKE * usual))))


def apart(p: Predictors) -> Floats:
    """(S, years) how far the growth so far and what whole years brought lie apart; 0 where not known."""
    return np.asarray(np.nan_to_num(np.abs(_clipped(p.carried) - _clipped(p.back))))


def printed_by_the_quarter(panel: Panel) -> bool:
    """Growth as a statistics office prints it: smooth, and much alike among regions. Output by the quarter
    without a printed growth is as jumpy as by the month."""
    return panel.cumulative and len(panel.months) == 4 and bool(np.isfinite(panel.growth).any())


def _ranks(standard: Floats, form: Floats) -> Floats:
    """(S, years) the level of the distribution at which each year's standardised miss lay; NaN unknown."""
    below = (form[:, None, :] < standard[:, :, None]).sum(2)
    right = np.clip(below, 1, len(LEVELS) - 1)
    rows = np.arange(len(form))[:, None]
    low, high = form[rows, right - 1], form[rows, right]
    share = np.clip((standard - low) / np.where(high > low, high - low, 1.0), 0, 1)
    level = LEVELS[right - 1] + (LEVELS[right] - LEVELS[right - 1]) * share
    return np.asarray(np.where(np.isfinite(standard), level, np.nan))


def first_guess(p: Predictors, panel: Panel, k: int) -> tuple[Floats, Floats]:
    """z0 (S, years) and the single guesses (S, years, n) it is made of; NaN guesses are left out."""
    if panel.cumulative:
        used, weights = [p.seasonal, *np.moveaxis(p.smooth[:, :, 2:], 2, 0)], np.array(SEASONAL)
    else:
        used, weights = [p.g, p.seasonal, p.smooth[:, :, -1]], np.ones(3)
    guesses = _clipped(np.stack(used, axis=2))
    mean = _mean(guesses, weights)
    carried = _clipped(p.g if k else p.recent[3])
    if panel.cumulative:  # smoothing needs two years to know the season
        n = np.minimum(earlier(np.isfinite(p.z).astype(float), 1.0) / 2, 1.0)
        mean = np.where(np.isfinite(carried), n * mean + (1 - n) * carried, mean)
    rivals = group_median(mean, panel.group)
    mean = (1 - RIVALS) * mean + RIVALS * np.where(np.isnan(rivals), mean, rivals)
    # a series without any history of its own moves as it did so far, or as its rivals
    for other in (carried, rivals, np.zeros_like(mean)):
        mean = np.where(np.isnan(mean), other, mean)
    return mean, _clipped(np.concatenate([p.smooth, guesses, p.recent[3][:, :, None]], axis=2))


def design(p: Predictors, guess: Floats, group: Ints) -> Floats:
    """(S, years, D) columns of the ridge; what is not known counts as no news (0)."""
    month, quarter, half = p.recent[1], p.recent[3], p.recent[6]
    own = [p.seasonal - guess, *np.moveaxis(p.smooth - guess[:, :, None], 2, 0)]
    own += [p.g - guess, quarter - guess, month - guess, half - guess, lag(p.z), lag(p.g), lag(log_total(p))]
    middle = group_median(np.stack([guess, p.g, quarter, month, lag(p.z), lag(p.g)], axis=2), group)
    columns = [*own, guess, *np.moveaxis(middle, 2, 0), middle[:, :, 0] - guess]
    columns += [np.ones_like(guess)]
    return np.asarray(np.nan_to_num(np.clip(np.stack(columns, axis=2), -1, 1)))


def log_total(p: Predictors) -> Floats:
    return np.asarray(np.log(p.total / lag(p.total)))


def prior_scale(p: Predictors, panel: Panel) -> Floats:
    """(S, years) mean absolute miss to expect of a series without a record: of a flow a share of its
    monthly volatility (the same share held at every month of the provinces' series, 2006—2010)."""
    usual = np.full_like(p.g, PRIOR[panel.kind])
    if not panel.cumulative:
        return usual
    volatility = np.where(np.isnan(p.volatility), group_median(p.volatility, panel.group), p.volatility)
    return np.where(np.isnan(volatility), usual, np.clip(VOLATILITY * volatility, 0.01, 0.3))


def scaled(
    miss: Floats, centre: Floats, every: Floats, p: Predictors, panel: Panel, prior: Floats
) -> tuple[Floats, Floats]:
    """Scale of the miss (S, years) and how many own misses it rests on.

    scale = own · exp(x·γ): own from `rolling_scale`, γ a ridge of log(|miss| / own) on log own,
    log volatility and log disagreement, from earlier years of all series.
    """
    own, n = rolling_scale(miss, panel.group, prior=prior)
    volatility = np.where(np.isnan(p.volatility), own, np.maximum(p.volatility, 0.01))
    news = np.abs(p.recent[3] - p.g)
    columns = [np.ones_like(own), np.log(own), np.log(volatility), np.log(np.maximum(_spread(every), 0.01))]
    columns += [np.log(np.clip(np.nan_to_num(news), 0.01, 2)), np.log(np.clip(np.abs(centre), 0.02, 2))]
    x = np.stack(columns, axis=2)
    y = np.log(np.maximum(np.abs(miss), 0.15 * own)) - np.log(own)
    start = np.array(SCALE)
    seen = np.where(n > 0.5, y, np.nan)
    factor = rolling_ridge(
        x, seen, np.ones_like(own), panel.group, towards=start, strength=30.0, decay=MEMORY
    )
    return np.maximum(own * np.exp(np.clip(factor, -2, 2)), 0.002), n


def size_of_late(standard: Floats, years: Floats, group: Ints, unlike: Floats) -> Floats:
    """(S, years) how large the group's misses were lately beside what was expected of them.

    The online layer: a mean, over earlier years and quickly forgetting, of the log of the year's mean
    standardised miss (cut at 4), so that after years of wide misses the intervals widen and after
    quiet ones they narrow; a year with few rows counts less. Of a year unlike those before it
    (`unlike` (S, years) 0—1) the size says little for an ordinary one, and counts for another such only.
    """
    seen = np.isfinite(standard) & (years > 0.5)
    size = np.where(seen, np.minimum(np.abs(standard), 4.0), 0.0)
    groups = int(group.max()) + 1
    n = group_sum(seen.astype(float), group, groups)
    mean = group_sum(size, group, groups) / np.maximum(n, 1)
    log = np.log(np.maximum(mean, 0.2))
    strange = group_sum(unlike, group, groups) / group_sum(np.ones_like(unlike), group, groups)
    trust = n / (n + 3)
    parts = np.stack([trust, trust * log, trust * strange, trust * strange * log], axis=2)
    every, late, odd, late_odd = np.moveaxis(earlier(parts, LATE), 2, 0)
    late = (late - (1 - strange) * late_odd) / (every - (1 - strange) * odd + EXPECTED)
    return np.asarray(np.exp(np.clip(late, -0.7, 0.7))[group])


def shape(standard: Floats, years: Floats, group: Ints) -> Floats:
    """(S, Q) quantiles of the standardised miss of the last year, from those of the years before.

    The misses of the group, weighted by memory, beside PSEUDO values of Student's t. Misses of one
    year share that year's luck, so that n years count as n draws: widened by 1 + 1/(n + 2), and their
    median believed by n/(n + EVEN) only.
    """
    before = standard[:, :-1]
    seen = np.isfinite(before) & (years[:, :-1] > 0.5)
    memory = SHAPE_MEMORY ** np.arange(before.shape[1])[::-1]
    out = np.empty((len(standard), len(LEVELS)))
    for _, every in blocks(group):
        mine = seen[every].reshape(len(every), -1)
        n = mine.sum(1)
        tail = TAIL * (1 + UNSURE * RIVALS_ENOUGH / (RIVALS_ENOUGH + n[:, None]))
        u = np.concatenate([np.where(mine, before[every].reshape(mine.shape), np.inf), tail], axis=1)
        w = np.where(mine, np.tile(memory, every.shape[1]), 0.0)
        w = np.concatenate([w, np.ones(tail.shape)], axis=1)
        order = np.argsort(u, axis=1, kind="stable")
        u, w = np.take_along_axis(u, order, 1), np.take_along_axis(w, order, 1)
        at = np.cumsum(w, axis=1) - 0.5 * w
        for i, rows in enumerate(every):
            end = int(n[i]) + PSEUDO
            known = float(memory[seen[rows].any(0)].sum())
            q: Floats = np.interp(LEVELS, at[i, :end] / w[i, :end].sum(), u[i, :end])
            q = np.asarray(q - q[MIDDLE] * EVEN / (known + EVEN))
            out[rows] = q * (1 + 1 / (known + 2))
    return out


def _clipped(x: Floats) -> Floats:
    return np.clip(x, -1.5, 1.5)


def _mean(x: Floats, weights: Floats | None = None) -> Floats:
    """Weighted mean over the last axis of what is known; NaN if nothing is."""
    w = np.where(np.isfinite(x), 1.0 if weights is None else weights, 0.0)
    n = w.sum(2)
    return np.asarray(np.where(n > 0, (w * np.nan_to_num(x)).sum(2) / np.where(n > 0, n, 1), np.nan))


def _spread(x: Floats) -> Floats:
    seen = np.isfinite(x)
    deviation = np.where(seen, x - np.nan_to_num(_mean(x))[:, :, None], 0.0)
    return np.asarray(np.sqrt(np.square(deviation).sum(2) / np.maximum(seen.sum(2), 1)))
