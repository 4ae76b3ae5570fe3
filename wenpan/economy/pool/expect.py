"""Expected investment of the rest of the year, bottom-up, learnt from the pool's own past.

Pure, in arrays over all projects. With h months left, a project's guess blends two paces

    curve_i = T_i·(F_k(min(1, u_i + h/D_i)) − F_k(u_i))     its place on the S-curve of its kind
    pace_i  = h·(investment of the last six months)/6       its own pace
    guess_i = min(R_i, a_g·curve_i + b_g·pace_i)

with T the planned total, R the remainder, F_k a Beta distribution set for the kind (`_CURVES`; not
fitted: the weights correct it), u = F⁻¹(share done), D the planned duration, 6 to 120 months. The
weights a, b ≥ 0 are fitted per group g (band × moving or standing still) on what projects did after
the same month of earlier years; the ratios of outcome to guess in those years are the distribution
(stalling is the mass at zero, restarting the ratios of those that stood still). All projects of a
path share one factor whose spread comes from the yearly errors of the sum, drawn towards a prior.
New entries: a compound Poisson of the entries after the same month of earlier years, scaled by this
year's entries so far.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.optimize import nnls
from scipy.special import betainc, betaincinv

from wenpan.economy.periods import Month
from wenpan.economy.pool.grid import NEVER, Bools, Floats, Grid
from wenpan.economy.pool.stock import FINISHED_STATES

MOVING_MONTHS = 3  # value within the last three months: moving
PRIOR_SD, PRIOR_YEARS = 0.06, 3.0  # spread of the yearly factor before anything is learnt
LEVELS = np.array([0.1, 0.5, 0.9])
_CURVES = {"equipment": (1.2, 1.6), "estate": (1.6, 1.8)}
_CURVE = (1.5, 2.0)


@dataclass(frozen=True)
class Expectation:
    """`by_project`: project, expected, p10, p50, p90 (万元, the months left). `stock`, `entries`,
    `total`: sampled sums, one per path. `note`: what was thin in the history, or empty."""

    as_of: Month
    by_project: pl.DataFrame
    stock: Floats
    entries: Floats
    note: str

    @property
    def total(self) -> Floats:
        return self.stock + self.entries

    def interval(self) -> tuple[float, float, float]:
        """p10, p50, p90 of the total."""
        low, mid, high = np.quantile(self.total, LEVELS)
        return float(low), float(mid), float(high)


@dataclass(frozen=True)
class _Lessons:
    """What one group did after the same month of earlier years."""

    weights: tuple[float, float]
    ratios: Floats  # outcome / guess
    scale: float  # makes the capped draws right on average


def expect(pool: Grid, *, as_of: Month, paths: int = 2000, seed: int = 0) -> Expectation:
    """The rest of the year after `as_of`; zero for December. Only figures up to `as_of` are used.

    `pool.projects["state"]` is the state at `as_of`: completed and withdrawn projects bring nothing.
    Earlier states are not known here; the lessons of earlier years count all with remainder.
    """
    t, left = pool.column(as_of), 12 - as_of.month
    names = pool.projects["project"]
    if left == 0:
        nothing = np.zeros(paths)
        return Expectation(as_of, _by_project(names, np.zeros((len(names), 4))), nothing, nothing, "")
    origins = [o for o in range(t - 12, -1, -12) if o >= MOVING_MONTHS][:4]
    groups = [(band, moving) for band in ("small", "large", "estate") for moving in (True, False)]
    bands = pool.projects["band"].to_numpy()
    lessons = {g: _learn(pool, origins, left, bands == g[0], g[1]) for g in groups}
    rng = np.random.default_rng(seed)
    factor = _yearly_factor(pool, origins, left, bands, lessons).draw(rng, paths)
    stock, table = np.zeros(paths), np.zeros((len(names), 4))
    finished = pool.projects["state"].is_in(FINISHED_STATES).fill_null(False).to_numpy()
    open_now = _alive(pool, t) & ~finished
    for group in groups:
        chosen = np.flatnonzero((bands == group[0]) & open_now & (_moving(pool, t) == group[1]))
        if len(chosen):
            _draw_group(pool, t, left, chosen, lessons[group], factor, rng, stock, table)
    entries = _entries(pool, t, origins, left, factor, rng, paths)
    note = "" if len(origins) >= 2 else "不足两年的历史, 区间按经验放宽"
    return Expectation(as_of, _by_project(names, table), stock, entries, note)


def _by_project(names: pl.Series, table: Floats) -> pl.DataFrame:
    columns = {key: table[:, k] for k, key in enumerate(("expected", "p10", "p50", "p90"))}
    return pl.DataFrame({"project": names, **columns})


def _alive(pool: Grid, t: int) -> Bools:
    """In the library, with remainder."""
    return np.asarray((pool.entered <= pool.first + t) & (pool.total > pool.cumulative[:, t]))


def _moving(pool: Grid, t: int) -> Bools:
    return np.asarray(pool.months_zero(t) < MOVING_MONTHS)


def _guesses(pool: Grid, t: int, left: int, rows: np.ndarray) -> tuple[Floats, Floats, Floats]:
    """(curve, pace, remainder) of the chosen projects."""
    total, done = pool.total[rows], pool.cumulative[rows, t]
    remainder = np.clip(total - done, 0, None)
    share = np.clip(done / total, 0.005, 0.995)
    kinds = pool.projects["kind"].to_numpy()[rows]
    shape = np.array([_CURVES.get(kind, _CURVE) for kind in kinds]).reshape(-1, 2)
    place = betaincinv(shape[:, 0], shape[:, 1], share)
    elapsed = np.clip(pool.first + t - np.minimum(pool.opened, pool.entered)[rows] + 1, 1, None)
    planned = pool.finish[rows] - np.minimum(pool.opened, pool.entered)[rows]
    duration = np.where(pool.finish[rows] < NEVER, np.clip(planned, 6, 120), np.clip(elapsed / place, 6, 120))
    ahead = betainc(shape[:, 0], shape[:, 1], np.minimum(1.0, place + left / duration))
    curve = np.clip(total * (ahead - share), 0, remainder)
    back = max(t - 6, -1)
    pace = np.clip(pool.flow(back, t)[rows], 0, None) / (t - back) * left
    return curve, np.minimum(pace, remainder), remainder


def _learn(pool: Grid, origins: list[int], left: int, band: Bools, moving: bool) -> _Lessons:
    parts = []
    for origin in origins:
        rows = np.flatnonzero(band & _alive(pool, origin) & (_moving(pool, origin) == moving))
        curve, pace, remainder = _guesses(pool, origin, left, rows)
        outcome = np.clip(pool.flow(origin, origin + left)[rows], 0, None)
        parts.append(np.column_stack([curve, pace, remainder, outcome]))
    seen = np.concatenate(parts) if parts else np.empty((0, 4))
    if len(seen) < 20:
        return _Lessons((0.5, 0.5) if moving else (0.1, 0.0), np.array([0.0, 0.5, 0.8, 1.0, 1.2, 1.5]), 1.0)
    heavy = 1 / np.sqrt(np.maximum(seen[:, 2], 1.0))
    weights, _ = nnls(seen[:, :2] * heavy[:, None], seen[:, 3] * heavy)
    guess = np.minimum(seen[:, :2] @ weights, seen[:, 2])
    usable = guess > 1e-3 * np.maximum(seen[:, 2], 1.0)
    if usable.sum() < 10:
        return _Lessons((0.0, 0.0), np.array([0.0]), 1.0)
    ratios = np.sort(seen[usable, 3] / guess[usable])
    capped = _mean_capped(guess[usable], seen[usable, 2], ratios)
    return _Lessons(
        (float(weights[0]), float(weights[1])), ratios, float(seen[:, 3].sum() / max(capped.sum(), 1e-9))
    )


def _mean_capped(guess: Floats, remainder: Floats, ratios: Floats) -> Floats:
    """E[min(R, guess·ratio)] for each project, exactly, from the sorted ratios."""
    limit = remainder / np.maximum(guess, 1e-9)
    below = np.searchsorted(ratios, limit)
    sums = np.concatenate([[0.0], np.cumsum(ratios)])
    return np.asarray(guess * (sums[below] + limit * (len(ratios) - below)) / len(ratios))


@dataclass(frozen=True)
class _Factor:
    sd: float
    freedom: float

    def draw(self, rng: np.random.Generator, paths: int) -> Floats:
        return np.exp(self.sd * rng.standard_t(self.freedom, paths) - self.sd**2 / 2)


def _yearly_factor(
    pool: Grid,
    origins: list[int],
    left: int,
    bands: np.ndarray,
    lessons: dict[tuple[str, bool], _Lessons],
) -> _Factor:
    """Spread of the sum's yearly error, around the fit, drawn towards the prior."""
    errors = []
    for origin in origins:
        guessed, came = 0.0, 0.0
        for (band, moving), lesson in lessons.items():
            rows = np.flatnonzero((bands == band) & _alive(pool, origin) & (_moving(pool, origin) == moving))
            curve, pace, remainder = _guesses(pool, origin, left, rows)
            guess = np.minimum(lesson.weights[0] * curve + lesson.weights[1] * pace, remainder)
            guessed += lesson.scale * _mean_capped(guess, remainder, lesson.ratios).sum()
            came += np.clip(pool.flow(origin, origin + left)[rows], 0, None).sum()
        if guessed > 0 and came > 0:
            errors.append(np.log(came / guessed))
    k = len(errors)
    spread = float(np.sum(np.square(errors))) + PRIOR_YEARS * PRIOR_SD**2
    sd = np.sqrt(spread / (max(k - 1, 0) + PRIOR_YEARS)) * np.sqrt(1 + 1 / max(k, 1))
    return _Factor(float(sd), k + PRIOR_YEARS)


def _draw_group(
    pool: Grid,
    t: int,
    left: int,
    rows: np.ndarray,
    lesson: _Lessons,
    factor: Floats,
    rng: np.random.Generator,
    stock: Floats,
    table: Floats,
) -> None:
    """Adds the group's sampled sums to `stock` and its projects' figures to `table`."""
    curve, pace, remainder = _guesses(pool, t, left, rows)
    guess = np.minimum(lesson.weights[0] * curve + lesson.weights[1] * pace, remainder) * lesson.scale
    ratios = lesson.ratios.astype(np.float32)
    for begin in range(0, len(rows), 1000):
        part = slice(begin, begin + 1000)
        g, r = guess[part, None].astype(np.float32), remainder[part, None].astype(np.float32)
        drawn = g * ratios[rng.integers(0, len(ratios), (g.shape[0], len(factor)))]
        stock += np.minimum(drawn * factor.astype(np.float32), r).sum(0, dtype=np.float64)
    table[rows, 0] = _mean_capped(guess, remainder, lesson.ratios)
    quantiles = np.quantile(lesson.ratios, LEVELS)
    table[rows, 1:] = np.minimum(guess[:, None] * quantiles, remainder[:, None])


def _entries(
    pool: Grid, t: int, origins: list[int], left: int, factor: Floats, rng: np.random.Generator, paths: int
) -> Floats:
    """What projects that are not in the library yet will bring by December."""
    past = [
        np.clip(
            pool.flow(o, o + left)[(pool.entered > pool.first + o) & (pool.entered <= pool.first + o + left)],
            0,
            None,
        )
        for o in origins
    ]
    if not past:
        return np.zeros(paths)
    month = (pool.first + t) % 12 + 1
    so_far = [
        float(((pool.entered > pool.first + o - month) & (pool.entered <= pool.first + o)).sum())
        for o in (t, *origins)
    ]
    trend = (so_far[0] + 5) / (float(np.mean(so_far[1:])) + 5)
    year = rng.integers(0, len(past), paths)
    count = np.array([len(p) for p in past])[year] * trend
    mean = np.array([p.mean() if len(p) else 0.0 for p in past])[year]
    square = np.array([np.square(p).mean() if len(p) else 0.0 for p in past])[year]
    expected, variance = count * mean, count * square
    shape = np.square(expected) / np.maximum(variance, 1e-9)
    drawn = rng.gamma(np.maximum(shape, 1e-6)) * variance / np.maximum(expected, 1e-9)
    return np.asarray(np.where(expected > 0, drawn * factor, 0.0))
