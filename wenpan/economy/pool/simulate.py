"""A simulated project pool with known truth, for calibration, benchmarks and the demo.

Pure and seeded. Projects enter at a seasonal rate, grow along an S-curve of their kind with noise,
stand still and start again by a Markov chain, and share good and bad years.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from scipy.special import betainc

from wenpan.economy.time.periods import Month

_BANDS = (("small", 0.62), ("large", 0.26), ("estate", 0.12))
_KINDS = {
    "small": ("industry", "infrastructure", "services", "agriculture", "social", "equipment"),
    "large": ("industry", "infrastructure", "services", "social"),
    "estate": ("estate",),
}
_SEASON = np.array([0.0, 0.8, 1.3, 1.1, 1.1, 1.3, 0.95, 0.95, 1.1, 1.0, 1.0, 1.2])
_FIRST = Month(2018, 1)
_STALL, _RESTART = 0.02, 0.12


def simulate(
    *,
    seed: int,
    projects: int = 1000,
    first: Month = _FIRST,
    months: int = 72,
    curves: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(projects, returns) in the shapes of `grid`; the months run on to the end, the truth.

    `curves`: kind → (a, b) of the Beta along which it truly grows; without it all grow along one mild S.
    """
    rng = np.random.default_rng(seed)
    band = rng.choice([b for b, _ in _BANDS], projects, p=[p for _, p in _BANDS])
    kind = np.array([rng.choice(_KINDS[b]) for b in band])
    total = _totals(band, rng)
    weight = np.tile(_SEASON, -(-months // 12))[:months] * 1.15 ** (-np.arange(months) / 12)
    spread = np.concatenate([np.full(24, weight[:12].mean() * 1.2), weight])  # two years of earlier stock
    opened = rng.choice(months + 24, projects, p=spread / spread.sum()) - 24
    duration = np.clip(rng.lognormal(np.log(16), 0.45, projects) * (1 + 0.35 * (total > 20_000)), 5, 72)
    grown = _paths(opened, duration, months, rng)
    done = _s_curve(grown) if curves is None else _along(grown, kind, curves)
    cumulative = np.round(done * total[:, None], 0)
    entered = np.maximum(opened + rng.integers(0, 3, projects), -24)
    frame = _projects(first, band, kind, total, opened, entered, duration, rng)
    return frame, _returns(first, cumulative, entered)


def _totals(band: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    small = np.clip(rng.lognormal(np.log(1800), 0.7, len(band)), 500, 4999)
    large = np.clip(rng.lognormal(np.log(16_000), 0.9, len(band)), 5000, 600_000)
    return np.round(np.where(band == "small", small, np.where(band == "large", large, large * 2.2)), 0)


def _paths(opened: np.ndarray, duration: np.ndarray, months: int, rng: np.random.Generator) -> np.ndarray:
    """Progress u, (N, months): it advances unless the project stands still."""
    n = len(opened)
    u, moving = np.zeros(n), np.ones(n, dtype=bool)
    done = np.zeros((n, months))
    year = np.exp(rng.normal(0, 0.07, months // 12 + 4))
    for t in range(-24, months):
        active = opened <= t
        turned = rng.random(n) < np.where(moving, _STALL, _RESTART)
        moving = np.where(active, moving ^ turned, moving)
        step = _SEASON[t % 12] / duration * year[(t + 24) // 12] * rng.gamma(4.0, 0.25, n)
        u = np.minimum(u + np.where(active & moving, step, 0.0), 1.0)
        if t >= 0:
            done[:, t] = u
    return done


def _s_curve(u: np.ndarray) -> np.ndarray:
    """A mild S: slow start, fast middle, long tail; 0 at 0, 1 at 1."""
    return np.asarray(0.35 * u + 0.65 * u**2 * (3 - 2 * u))


def _along(u: np.ndarray, kind: np.ndarray, curves: Mapping[str, tuple[float, float]]) -> np.ndarray:
    shape = np.array([curves[k] for k in kind])
    return np.asarray(betainc(shape[:, :1], shape[:, 1:], u))


def _month(first: Month, offset: int) -> str:
    return str(first.plus(int(offset)))


def _projects(
    first: Month,
    band: np.ndarray,
    kind: np.ndarray,
    total: np.ndarray,
    opened: np.ndarray,
    entered: np.ndarray,
    duration: np.ndarray,
    rng: np.random.Generator,
) -> pl.DataFrame:
    planned = opened + np.round(duration * rng.uniform(0.75, 1.05, len(band))).astype(int)
    return pl.DataFrame(
        {
            "project": [f"P{i:05d}" for i in range(len(band))],
            "band": band,
            "kind": kind,
            "planned_total": total,
            "opened": [_month(first, o) for o in opened],
            "entered": [_month(first, e) for e in entered],
            "planned_finish": [_month(first, p) for p in planned],
            "state": ["in_library"] * len(band),
            "unit": [f"T{i % 9}" for i in range(len(band))],
        }
    )


def _returns(first: Month, cumulative: np.ndarray, entered: np.ndarray) -> pl.DataFrame:
    n, months = cumulative.shape
    rows, columns = np.nonzero(np.arange(months) >= entered[:, None])
    names = pl.Series([f"P{i:05d}" for i in range(n)])
    periods = pl.Series([_month(first, t) for t in range(months)])
    return pl.DataFrame(
        {
            "project": names.gather(rows),
            "period": periods.gather(columns),
            "cumulative": cumulative[rows, columns],
        }
    )
