"""Scores of forecasts: how far off, how honest about it, and whether a warning came in time.

Pure. All are proper or plain counts; lower is better except coverage. A distribution is given by its
quantiles q (N, Q) at `levels`. Rows with NaN are left out by the callers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wenpan.economy.forecast.year_end import LEVELS, Flags, Floats


def crps(q: Floats, actual: Floats, levels: Floats = LEVELS) -> Floats:
    """(N,) continuous ranked probability score, in the unit of the figure.

    CRPS = 2 ∫ ρ_α(y − q_α) dα (Gneiting & Raftery 2007), the integral by the quantile levels at hand,
    each standing for the levels nearest to it. Same grid for every method.
    """
    error = actual[:, None] - q
    pinball = np.where(error >= 0, levels * error, (levels - 1) * error)
    weight = np.diff(np.r_[0.0, (levels[1:] + levels[:-1]) / 2, 1.0])
    return np.asarray(2 * pinball @ weight)


def brier(p: Floats, happened: Flags) -> Floats:
    """(N,) (p − 1{happened})² (Brier 1950)."""
    return np.asarray(np.square(p - happened))


def log_score(p: Floats, happened: Flags, least: float = 0.005) -> Floats:
    """(N,) −log of the probability given to what happened; probabilities are kept off 0 and 1 by `least`."""
    p = np.clip(p, least, 1 - least)
    return np.asarray(-np.log(np.where(happened, p, 1 - p)))


def reliability(p: Floats, happened: Flags, bins: int = 10) -> list[tuple[float, float, int]]:
    """Per tenth of the forecast probability: mean forecast, share that happened, number."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return [
        (float(p[at == b].mean()), float(happened[at == b].mean()), int((at == b).sum()))
        for b in range(bins)
        if (at == b).any()
    ]


@dataclass(frozen=True)
class Calls:
    """How early misses were called. A call counts when it stands until December (no later all-clear)."""

    missed: int
    called: int  # misses that stood called at the last origin
    months_before: float  # December − month from which the call stood, mean over all misses (0 if never)
    false_alarms: float  # share of the targets met that were called at some origin


def calls(alarm: Flags, met: Flags, months: Floats) -> Calls:
    """alarm (N, M) in the order of `months` (M,), met (N,)."""
    standing = np.logical_and.accumulate(alarm[:, ::-1], axis=1)[:, ::-1]
    from_month = np.where(standing.any(1), np.asarray(months)[np.argmax(standing, axis=1)], 12)
    miss = ~met
    return Calls(
        int(miss.sum()),
        int((standing[:, -1] & miss).sum()),
        float((12 - from_month[miss]).mean()) if miss.any() else float("nan"),
        float(alarm[met].any(1).mean()) if met.any() else float("nan"),
    )
