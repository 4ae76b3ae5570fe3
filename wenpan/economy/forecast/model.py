"""The model: where the rest of the year goes, and how far it may miss.

Pure. For every year at once, each as it would have been forecast then:

1. First guess z0: the mean of the usual seasonal share and two exponential smoothings; for stocks
   the mean of the growth so far, the usual way to December and the quickest smoothing.
2. Correction: a robust ridge of (z − z0) on the predictors, the rivals' medians and the region's
   medians, pooled over all indicators and shrunk per indicator (`pooling.rolling_ridge`);
   forecast = z0 + MIX · correction.
3. Scale: mean absolute past miss of the same month, shrunk between series, group and pool, times
   a log-linear function of volatility and of the disagreement of the guesses.
4. Shape: quantiles of the standardised past misses of all series (split conformal by month; Vovk
   2005, Romano 2019), smoothed with Student t (4 degrees), widened for the few years they rest on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from wenpan.economy.forecast.panel import Panel
from wenpan.economy.forecast.pooling import earlier, group_median, rolling_ridge, rolling_scale
from wenpan.economy.forecast.predictors import Predictors, lag, predictors
from wenpan.economy.forecast.year_end import LEVELS, Floats, Ints

MIX = 0.6  # weight of the correction beside the first guess
RIDGE = {"towards_zero": 100.0, "towards_pool": 300.0, "decay": 0.95}
ROBUST = 2.5  # a miss counts at most this many scales in the fit
BOUND = 2.0  # and the correction itself is at most this many scales
PRIOR = {"flow": 0.08, "stock": 0.02, "month": 0.12}  # mean absolute miss of z where nothing is known
PSEUDO = 60  # weight of the Student t beside the past misses, in misses
MEMORY = 0.95  # weight of a miss one year older


@dataclass(frozen=True)
class Rest:
    """Distribution of z: centre (S,), quantiles (S, Q), the years of own misses behind it (S,)."""

    centre: Floats
    quantiles: Floats
    years: Floats
    g: Floats
    share: Floats
    last_total: Floats
    left: Floats  # (S, P) usual share of each slot


def rest_of_year(panel: Panel, k: int) -> Rest:
    """The distribution of the rest of the last year of the panel, with k slots known."""
    p = predictors(panel, k)
    guess, every = first_guess(p, panel, k)
    z = np.clip(p.z, -2, 2)
    scale, _ = rolling_scale(z - guess, panel.group, prior=PRIOR[panel.kind])
    x = design(p, guess, panel.group, panel.region)
    miss = np.clip((z - guess) / scale, -ROBUST, ROBUST) * scale
    news = rolling_ridge(x, miss, scale**-2.0, panel.group, **RIDGE)
    centre = guess + MIX * np.clip(news, -BOUND * scale, BOUND * scale)
    scale, years = scaled(z - centre, centre, every, p, panel)
    quantiles = centre[:, -1, None] + scale[:, -1, None] * shape((z - centre) / scale, years)
    last = -1
    return Rest(
        centre[:, last],
        np.clip(quantiles, -2.5, 2.5),
        years[:, last],
        p.g[:, last],
        p.share[:, last],
        lag(p.total)[:, last],
        p.left[:, last],
    )


def first_guess(p: Predictors, panel: Panel, k: int) -> tuple[Floats, Floats]:
    """z0 (S, years) and the single guesses (S, years, n) it is the mean of; NaN guesses are left out."""
    if panel.cumulative:
        used = [p.seasonal, p.smooth[:, :, 2], p.smooth[:, :, 3]]
    else:
        used = [p.g, p.seasonal, p.smooth[:, :, -1]]
    guesses = np.clip(np.stack(used, axis=2), -1.5, 1.5)
    mean = _mean(guesses)
    if panel.cumulative:  # smoothing needs two years to know the season
        n = np.minimum(earlier(np.isfinite(p.z).astype(float), 1.0) / 2, 1.0)
        carried = np.clip(p.g if k else p.recent[3], -1.5, 1.5)
        mean = np.where(np.isfinite(carried), n * mean + (1 - n) * carried, mean)
    # a series without any history of its own moves as it did so far, or as its rivals
    for other in (p.g, p.recent[3], group_median(mean, panel.group), np.zeros_like(mean)):
        mean = np.where(np.isnan(mean), np.clip(other, -1.5, 1.5), mean)
    return mean, np.concatenate([np.clip(p.smooth, -1.5, 1.5), guesses, p.recent[3][:, :, None]], axis=2)


def design(p: Predictors, guess: Floats, group: Ints, region: Ints) -> Floats:
    """(S, years, D) columns of the ridge; what is not known counts as no news (0)."""
    month, quarter, half = p.recent[1], p.recent[3], p.recent[6]
    own = [p.seasonal - guess, *np.moveaxis(p.smooth - guess[:, :, None], 2, 0)]
    own += [p.g - guess, quarter - guess, month - guess, half - guess, lag(p.z), lag(p.g), lag(log_total(p))]
    middle = group_median(np.stack([guess, p.g, quarter, month, lag(p.z), lag(p.g)], axis=2), group)
    around = group_median(np.stack([guess, quarter], axis=2), region)
    columns = [*own, guess, *np.moveaxis(middle, 2, 0), middle[:, :, 0] - guess]
    columns += [*np.moveaxis(around, 2, 0), np.ones_like(guess)]
    return np.asarray(np.nan_to_num(np.clip(np.stack(columns, axis=2), -1, 1)))


def log_total(p: Predictors) -> Floats:
    return np.asarray(np.log(p.total / lag(p.total)))


def scaled(miss: Floats, centre: Floats, every: Floats, p: Predictors, panel: Panel) -> tuple[Floats, Floats]:
    """Scale of the miss (S, years) and how many own misses it rests on.

    scale = own · exp(x·γ): own from `rolling_scale`, γ a ridge of log(|miss| / own) on log own,
    log volatility and log disagreement, from earlier years of all series.
    """
    own, n = rolling_scale(miss, panel.group, prior=PRIOR[panel.kind])
    volatility = np.where(np.isnan(p.volatility), own, np.maximum(p.volatility, 0.01))
    news = np.abs(p.recent[3] - p.g)
    columns = [np.ones_like(own), np.log(own), np.log(volatility), np.log(np.maximum(_spread(every), 0.01))]
    columns += [np.log(np.clip(np.nan_to_num(news), 0.01, 2)), np.log(np.clip(np.abs(centre), 0.02, 2))]
    x = np.stack(columns, axis=2)
    y = np.log(np.maximum(np.abs(miss), 0.15 * own)) - np.log(own)
    seen = np.isfinite(y) & (n > 0.5)
    xs, ys = np.where(seen[..., None], x, 0.0), np.where(seen, y, 0.0)
    a = earlier(np.einsum("sni,snj->nij", xs, xs, optimize=True)[None], MEMORY)[0]
    b = earlier(np.einsum("sni,sn->ni", xs, ys, optimize=True)[None], MEMORY)[0]
    ridge = 30.0 * np.eye(x.shape[2])
    gamma = np.linalg.solve(a + ridge, b[..., None])[..., 0]
    factor = np.exp(np.clip(np.einsum("snd,nd->sn", x, gamma), -2, 2))
    return np.maximum(own * factor, 0.002), n


def shape(standard: Floats, years: Floats) -> Floats:
    """(Q,) quantiles of the standardised miss of the last year, from those of the years before.

    Misses of one year share that year's luck, so that n years count as n draws: the quantiles are
    widened by 1 + 1/n (n = years behind them, weighted by memory).
    """
    before = standard[:, :-1]
    seen = np.isfinite(before) & (years[:, :-1] > 0.5)
    age = np.broadcast_to(np.arange(before.shape[1])[::-1], before.shape)
    weight = MEMORY ** age[seen].astype(float)
    tail = stats.t.ppf((np.arange(PSEUDO) + 0.5) / PSEUDO, 4) * 1.25
    u = np.concatenate([before[seen], tail])
    w = np.concatenate([weight, np.ones(PSEUDO)])
    order = np.argsort(u, kind="stable")
    u, w = u[order], w[order]
    at = (np.cumsum(w) - 0.5 * w) / w.sum()
    n = float((MEMORY ** np.arange(before.shape[1])[::-1])[seen.any(0)].sum())
    return np.asarray(np.interp(LEVELS, at, u) * (1 + 1 / (n + 1)))


def _mean(x: Floats) -> Floats:
    seen = np.isfinite(x)
    n = seen.sum(2)
    return np.asarray(np.where(n > 0, np.where(seen, x, 0).sum(2) / np.maximum(n, 1), np.nan))


def _spread(x: Floats) -> Floats:
    seen = np.isfinite(x)
    deviation = np.where(seen, x - np.nan_to_num(_mean(x))[:, :, None], 0.0)
    return np.asarray(np.sqrt(np.square(deviation).sum(2) / np.maximum(seen.sum(2), 1)))
