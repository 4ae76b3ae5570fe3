"""The peers of the back-test: statsforecast and Prophet, each given its fair chance. Never at run time.

Pure; needs the optional extra `bench`. A peer sees the monthly flows of one series up to the origin
(a combined period, such as January—February, is split evenly over its months) and answers with the
distribution of the sum of the months left. How each distribution of the sum is made:

- AutoETS: our own sample paths of the fitted state-space model (statsforecast's `simulate` drops
  undamped trends and is not used), 2,000 paths, seed fixed by the series' own name.
- AutoARIMA: Gaussian, exact variance of the sum by the psi weights of the fitted model.
- AutoTheta: Gaussian, the variance of the sum of the fitted simple-exponential-smoothing state
  (`e_h + α Σ e_j`), rescaled by the seasonal factors.
- SeasonalNaive: Gaussian, independent errors within a year, as the model itself assumes.
- Prophet: its own `predictive_samples` (which are paths).

A fit that fails falls back to SeasonalNaive; the share of such fits is reported.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl
from scipy import stats
from scipy.signal import lfilter

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast.carry import cube
from wenpan.economy.forecast.year_end import LEVELS, Floats, YearEnd
from wenpan.economy.time.periods import Month

SEASON = 12
PATHS = 2000


def flows(ytd: Floats) -> tuple[Floats, int, float]:
    """The longest gapless run of monthly flows that ends at the last known month.

    `ytd` is (years, 13) with index m = month, last year last. Returns (flows, months left, known sum).
    """
    years = ytd.shape[0]
    flow = np.full((years, 12), np.nan)
    for y in range(years):
        known = [m for m in range(1, 13) if np.isfinite(ytd[y, m])]
        before, total = 0, 0.0
        for m in known:
            flow[y, before:m] = (ytd[y, m] - total) / (m - before)
            before, total = m, ytd[y, m]
    line = flow.ravel()
    finite = np.flatnonzero(np.isfinite(line))
    end = int(finite[-1]) + 1
    gaps = np.flatnonzero(~np.isfinite(line[:end]))
    start = int(gaps[-1]) + 1 if len(gaps) else 0
    month = end - (years - 1) * 12
    return line[start:end], 12 - month, float(ytd[-1, month])


def _gauss(mean: float, variance: float) -> Floats:
    return np.asarray(mean + np.sqrt(max(variance, 0.0)) * stats.norm.ppf(LEVELS), dtype=np.float64)


def seasonal_naive(y: Floats, h: int, seed: int) -> Floats:
    if len(y) <= SEASON:
        return np.full(len(LEVELS), np.nan)
    mean = y[len(y) - SEASON : len(y) - SEASON + h].sum()
    errors = y[SEASON:] - y[:-SEASON]
    return _gauss(mean, h * float(np.mean(errors**2)))


def auto_ets(y: Floats, h: int, seed: int) -> Floats:
    from statsforecast.models import AutoETS

    model = AutoETS(season_length=SEASON).fit(y).model_
    paths = _ets_paths(model, h, PATHS, np.random.default_rng(seed))
    return np.asarray(np.quantile(paths.sum(1), LEVELS), dtype=np.float64)


def _ets_paths(model: dict[str, Any], h: int, n: int, rng: np.random.Generator) -> Floats:
    """(n, h) sample paths of a fitted ETS model (Hyndman et al. 2008, chapter 6)."""
    error, trend, season = model["components"][:3]
    m = int(model["m"])
    a, b_, g, phi = (float(v) for v in model["par"][:4])
    b_, g = (0.0 if np.isnan(b_) else b_), (0.0 if np.isnan(g) else g)
    phi = 1.0 if np.isnan(phi) else phi
    x = np.asarray(model["states"])[-1]
    level = np.full(n, x[0])
    k = 1 + (trend != "N")
    slope = np.full(n, x[1]) if trend != "N" else np.zeros(n)
    s = np.tile(x[k : k + m], (n, 1)) if season != "N" else np.zeros((n, m))
    e = rng.normal(0, np.sqrt(float(model["sigma2"])), (h, n))
    out = np.empty((n, h))
    for t in range(h):
        q = level if trend == "N" else (level + phi * slope if trend == "A" else level * slope**phi)
        st = s[:, m - 1]
        f = q if season == "N" else (q + st if season == "A" else q * st)
        y = f + e[t] if error == "A" else f * (1 + e[t])
        out[:, t] = y
        p = y if season == "N" else (y - st if season == "A" else y / st)
        new = q + a * (p - q)
        if trend == "A":
            slope = phi * slope + (b_ / a) * (new - level - phi * slope)
        elif trend == "M":
            slope = slope**phi + (b_ / a) * (new / level - slope**phi)
        if season != "N":
            sn = (y - q) if season == "A" else y / q
            s = np.concatenate([(st + g * (sn - st))[:, None], s[:, :-1]], axis=1)
        level = new
    return out


def auto_arima(y: Floats, h: int, seed: int) -> Floats:
    from statsforecast.models import AutoARIMA

    fitted = AutoARIMA(season_length=SEASON).fit(y)
    mean = np.asarray(fitted.predict(h)["mean"], dtype=np.float64)
    model = fitted.model_["model"]
    ar = np.concatenate([[1.0], -np.asarray(model["phi"])])
    ar = np.convolve(ar, np.concatenate([[1.0], -np.asarray(model["delta"])]))
    ma = np.concatenate([[1.0], np.asarray(model["theta"])])
    psi = lfilter(ma, ar, np.concatenate([[1.0], np.zeros(h - 1)]))
    return _gauss(float(mean.sum()), float(fitted.model_["sigma2"]) * float((np.cumsum(psi) ** 2).sum()))


def auto_theta(y: Floats, h: int, seed: int) -> Floats:
    from statsforecast.models import AutoTheta

    fitted = AutoTheta(season_length=SEASON).fit(y)
    mean = np.asarray(fitted.predict(h)["mean"], dtype=np.float64)
    model = fitted.model_
    factor = np.ones(h)
    if model.get("decompose") and model["decomposition_type"] == "multiplicative":
        season = np.asarray(model["seas_forecast"]["mean"], dtype=np.float64)
        factor = np.resize(season, h)
    sigma = float(np.nanstd(np.asarray(model["residuals"])[3:]))
    later = np.concatenate([np.cumsum(factor[::-1])[::-1][1:], [0.0]])
    weights = factor + float(model["par"]["alpha"]) * later
    return _gauss(float(mean.sum()), sigma**2 * float((weights**2).sum()))


def prophet(y: Floats, h: int, seed: int) -> Floats:
    import pandas as pd
    from prophet import Prophet

    logging.getLogger("cmdstanpy").setLevel(logging.ERROR)
    dates = pd.date_range("2000-01-01", periods=len(y) + h, freq="MS")
    np.random.seed(seed % 2**32)
    model = Prophet(uncertainty_samples=1000, weekly_seasonality=False, daily_seasonality=False)
    model.fit(pd.DataFrame({"ds": dates[: len(y)], "y": y}))
    draws = model.predictive_samples(pd.DataFrame({"ds": dates[len(y) :]}))["yhat"]
    return np.asarray(np.quantile(draws.sum(0), LEVELS), dtype=np.float64)


PEERS: dict[str, Callable[[Floats, int, int], Floats]] = {
    "AutoETS": auto_ets,
    "AutoTheta": auto_theta,
    "AutoARIMA": auto_arima,
    "SeasonalNaive": seasonal_naive,
    "Prophet": prophet,
}


def year_end_quantiles(name: str, ytd: Floats, key: str) -> tuple[Floats, bool]:
    """Quantiles (Q,) of the year's total from the ytd figures known at the origin; whether it fell back."""
    y, h, known = flows(ytd)
    if h == 0:
        return np.full(len(LEVELS), known), False
    scale = float(np.mean(np.abs(y))) or 1.0
    seed = zlib.crc32(key.encode())
    try:
        q = PEERS[name](np.ascontiguousarray(y / scale), h, seed)
        if np.isfinite(q).all():
            return known + scale * q, False
    except ImportError:  # the library itself is missing: no fallback, the caller says so
        raise
    except Exception:
        logging.getLogger(__name__).warning("%s failed on %s", name, key, exc_info=True)
    return known + scale * seasonal_naive(y / scale, h, seed), True


def forecaster(name: str) -> Callable[..., YearEnd]:
    """The peer behind the interface of `forecast_year_end`, for growths of monthly running totals.

    Rows without published levels are refused: a peer cannot work from growth alone. A note says
    "fallback" where the fit failed.
    """

    def forecast(
        observations: pl.DataFrame, *, indicators: Mapping[str, Indicator], as_of: Month, wanted: pl.DataFrame
    ) -> YearEnd:
        levels = wanted.with_columns(measure=pl.lit("ytd"), basis=pl.lit("natural"))
        ytd = cube(observations, levels, as_of, years=16)
        ytd = np.where(ytd > 0, ytd, np.nan)
        n = wanted.height
        q, notes = np.full((n, len(LEVELS)), np.nan), [""] * n
        month = np.zeros(n, dtype=np.int64)
        for i, row in enumerate(wanted.iter_rows(named=True)):
            known = np.flatnonzero(np.isfinite(ytd[i, -1]))
            if not len(known) or not np.isfinite(ytd[i, -2, 12]):
                continue
            key = f"{row['region']}|{row['indicator']}|{as_of.year}|{as_of.month}"
            end, fell_back = year_end_quantiles(name, ytd[i], key)
            q[i] = 100 * (np.sort(end) / ytd[i, -2, 12] - 1)
            month[i], notes[i] = known[-1], "fallback" if fell_back else ""
        none = np.zeros((n, 13))
        return YearEnd(wanted, LEVELS, q, notes, as_of, month, np.full(n, np.nan), none, none)

    return forecast
