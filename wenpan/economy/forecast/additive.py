"""Series with zeros or losses: the same idea without logarithms.

Pure. Profits may be negative and small bases zero; there the rest of the year is last year's rest
plus a change in proportion to the change so far, in units of the series' own yearly turnover
A = mean over three years of Σ|flow| (for a stock: mean |balance|). Misses and shape as in `model`.
"""

from __future__ import annotations

import numpy as np

from wenpan.economy.forecast.model import shape
from wenpan.economy.forecast.panel import Panel, filled
from wenpan.economy.forecast.pooling import earlier, rolling_scale
from wenpan.economy.forecast.predictors import lag
from wenpan.economy.forecast.year_end import Floats

CARRY = 0.6  # share of the change so far that goes on


def year_end_levels(panel: Panel, k: int) -> Floats:
    """(S, Q) quantiles of the year-end level with k slots known; NaN without last year's figures."""
    c = filled(panel.level, zero_start=panel.cumulative)
    slots = c.shape[2]
    flow = np.diff(c, axis=2, prepend=0.0) if panel.cumulative else c
    size = np.abs(flow).sum(2) / (1 if panel.cumulative else slots)
    ok = np.isfinite(size)
    n = earlier(ok.astype(float), 0.66)
    unit = earlier(np.where(ok, size, 0.0), 0.66) / np.where(n > 0, n, np.nan)
    unit = np.where(unit > 0, unit, np.nan)
    total = c[:, :, -1]
    so_far = c[:, :, k - 1] if k else np.zeros_like(total)
    rest = total - so_far if panel.cumulative else total
    change = (so_far - lag(so_far)) / unit
    z = (rest - lag(rest)) / unit
    ahead = (slots - k) / k if panel.cumulative and k else 1.0
    guess = np.where(np.isfinite(change), np.clip(CARRY * ahead * change, -2, 2), 0.0)
    scale, years = rolling_scale(z - guess, panel.group, prior=np.full_like(z, 0.15))
    done = so_far[:, -1] if panel.cumulative else np.zeros(len(c))
    centre = (done + lag(rest)[:, -1] + unit[:, -1] * guess[:, -1])[:, None]
    wide = (unit[:, -1] * scale[:, -1])[:, None]
    return np.asarray(centre + wide * shape((z - guess) / scale, years, panel.group))
