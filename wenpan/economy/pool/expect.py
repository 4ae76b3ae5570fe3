"""Expected investment of the rest of the year, bottom-up, learnt from the pool's own past.

Pure, in arrays over all projects. With h months left, a project's guess blends two paces

    curve_i = T_i·(F_i(min(1, u_i + h/D_i)) − F_i(u_i))     its place on its S-curve (`curves`)
    pace_i  = h·(investment of the last six months)/6       its own pace
    guess_i = min(R_i, a_g·curve_i + b_g·pace_i)

with T the planned total, R the remainder, u = F⁻¹(share done), D the planned duration, 6 to 120 months.
Weights, ratios of outcome to guess and their level come from what projects of its group g (band × moving or
standing still) did after the same month of earlier years (`lessons`); stalling is the mass at zero,
restarting the ratios of those that stood still. A path draws a ratio per project, the level of each
group within its doubt, one factor for all projects, whose spread comes from the yearly errors of the
sum drawn towards what is assumed, and new entries (`entries`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import betainc, betaincinv

from wenpan.economy.pool.assumptions import Assumptions
from wenpan.economy.pool.curves import Curves, fit, started
from wenpan.economy.pool.grid import NEVER, Bools, Floats, Grid, Ints
from wenpan.economy.pool.learnt_ratios import (
    LearntRatios,
    PastProjects,
    assumed,
    learn,
    mean_capped,
    together,
    variance_capped,
)
from wenpan.economy.pool.new_projects import PipelineEntries, pipeline_entries
from wenpan.economy.pool.stock import FINISHED_STATES
from wenpan.economy.time.periods import Month

LEVELS = np.array([0.1, 0.5, 0.9])
Group = tuple[str, bool]  # band, moving
GROUPS: list[Group] = [(band, moving) for band in ("small", "large", "estate") for moving in (True, False)]
DEFAULTS = Assumptions()


@dataclass(frozen=True)
class Expectation:
    """`by_project`: project, expected, p10, p50, p90 (万元, the months left). `stock`, `entries`,
    `total`: sampled sums, one per path. `curves`: kind, band, a, b, projects, of_kind, of_all, the
    S-curves and how many projects taught them. `note`: what was thin in the history, or empty."""

    as_of: Month
    by_project: pl.DataFrame
    stock: Floats
    entries: Floats
    curves: pl.DataFrame
    note: str

    @property
    def total(self) -> Floats:
        return self.stock + self.entries

    def interval(self) -> tuple[float, float, float]:
        """p10, p50, p90 of the total."""
        low, mid, high = np.quantile(self.total, LEVELS)
        return float(low), float(mid), float(high)


@dataclass(frozen=True)
class _View:
    """The pool with its curves and groups; every method looks at one column."""

    pool: Grid
    curves: Curves
    given: Assumptions
    bands: np.ndarray
    left: int

    def open(self, t: int) -> Bools:
        """In the library, with remainder."""
        return np.asarray(
            (self.pool.entered <= self.pool.first + t) & (self.pool.total > self.pool.cumulative[:, t])
        )

    def moving(self, t: int) -> Bools:
        return np.asarray(self.pool.months_zero(t) < self.given.moving_months)

    def guesses(self, t: int, rows: Ints) -> tuple[Floats, Floats, Floats]:
        """(curve, pace, remainder) of the chosen projects."""
        pool, given = self.pool, self.given
        total, done = pool.total[rows], pool.cumulative[rows, t]
        remainder = np.clip(total - done, 0, None)
        share = np.clip(done / total, 0.005, 0.995)
        a, b = self.curves.shape[rows].T
        place = betaincinv(a, b, share)
        began = started(pool)[rows]
        elapsed = np.clip(pool.first + t - began + 1, 1, None)
        months = np.where(pool.finish[rows] < NEVER, pool.finish[rows] - began, elapsed / place)
        ahead = betainc(a, b, np.minimum(1.0, place + self.left / np.clip(months, *given.duration)))
        back = max(t - given.pace_months, -1)
        pace = np.clip(pool.flow(back, t)[rows], 0, None) / (t - back) * self.left
        return np.clip(total * (ahead - share), 0, remainder), np.minimum(pace, remainder), remainder

    def seen(self, origins: list[int]) -> PastProjects:
        """The lessons of all groups, one year after another."""
        parts = []
        for k, origin in enumerate(origins):
            rows = np.flatnonzero(self.open(origin))
            outcome = np.clip(self.pool.flow(origin, origin + self.left)[rows], 0, None)
            parts.append(PastProjects(*self.guesses(origin, rows), outcome, rows, np.full(len(rows), k)))
        return together(parts)


def expect(
    pool: Grid,
    *,
    as_of: Month,
    paths: int = 2000,
    seed: int = 0,
    given: Assumptions = DEFAULTS,
    pipeline: PipelineEntries | None = None,
) -> Expectation:
    """The rest of the year after `as_of`; zero for December. Only figures up to `as_of` are used.

    `pool.projects["state"]` is the state at `as_of`: completed and withdrawn projects bring nothing.
    Earlier states are not known here; the lessons of earlier years count all with remainder. `pipeline`: what
    deals bring, in the place of what came of deals in earlier years.
    """
    t, left = pool.column(as_of), 12 - as_of.month
    names = pool.projects["project"]
    curves = fit(pool, t, given)
    if left == 0:
        nothing = np.zeros(paths)
        return Expectation(
            as_of, _by_project(names, np.zeros((len(names), 4))), nothing, nothing, curves.table, ""
        )
    view = _View(pool, curves, given, pool.projects["band"].fill_null("").to_numpy(), left)
    origins = [o for o in range(t - 12, -1, -12) if o >= given.moving_months][: given.years]
    seen = view.seen(origins)
    moved = np.concatenate(
        [view.moving(o)[seen.project[seen.year == k]] for k, o in enumerate(origins)] or [[]]
    )
    lessons = _learnt_ratios(seen, moved.astype(bool), view.bands, given)
    rng = np.random.default_rng(seed)
    factor = _draw_factor(seen, moved.astype(bool), view.bands, lessons, given, rng, paths)
    finished = pool.projects["state"].is_in(FINISHED_STATES).fill_null(False).to_numpy()
    open_now, moving = view.open(t) & ~finished, view.moving(t)
    stock, table = np.zeros(paths), np.zeros((len(names), 4))
    for group in GROUPS:
        chosen = np.flatnonzero((view.bands == group[0]) & open_now & (moving == group[1]))
        if len(chosen):
            stock += _draw_group(view.guesses(t, chosen), lessons[group], factor, rng, chosen, table)
    new = pipeline_entries(pool, t, origins, left, factor, rng, given, pipeline)
    note = "" if len(origins) >= 2 else "不足两年的历史, 区间按经验放宽"
    return Expectation(as_of, _by_project(names, table), stock, new, curves.table, note)


def _by_project(names: pl.Series, table: Floats) -> pl.DataFrame:
    columns = {key: table[:, k] for k, key in enumerate(("expected", "p10", "p50", "p90"))}
    return pl.DataFrame({"project": names, **columns})


def _learnt_ratios(
    seen: PastProjects, moved: Bools, bands: np.ndarray, given: Assumptions
) -> dict[Group, LearntRatios]:
    whole = {m: learn(seen.only(moved == m), assumed(m, given), given) for m in (True, False)}
    return {
        (band, m): learn(seen.only((bands[seen.project] == band) & (moved == m)), whole[m], given)
        for band, m in GROUPS
    }


def _draw_factor(
    seen: PastProjects,
    moved: Bools,
    bands: np.ndarray,
    lessons: dict[Group, LearntRatios],
    given: Assumptions,
    rng: np.random.Generator,
    paths: int,
) -> Floats:
    """The factor that all projects share: the yearly errors of the sum around the fit, less what chance
    among so many projects explains, drawn towards the spread that is assumed."""
    years = int(seen.year.max()) + 1 if len(seen) else 0
    meant, chance, came = np.zeros(years), np.zeros(years), np.zeros(years)
    for (band, m), lesson in lessons.items():
        own = seen.only((bands[seen.project] == band) & (moved == m))
        guess = lesson.guess(own.curve, own.pace, own.remainder)
        meant += np.bincount(own.year, lesson.scale * mean_capped(guess, own.remainder, lesson.ratios), years)
        chance += np.bincount(
            own.year, lesson.scale**2 * variance_capped(guess, own.remainder, lesson.ratios), years
        )
        came += np.bincount(own.year, own.outcome, years)
    known = (meant > 0) & (came > 0)
    k = int(known.sum())
    errors = np.log(came[known] / meant[known])
    excess = max(float((np.square(errors) - chance[known] / np.square(meant[known])).sum()), 0.0)
    variance = (excess + given.factor_years * given.factor_sd**2) / (max(k - 1, 0) + given.factor_years)
    sd = np.sqrt(variance * (1 + 1 / max(k, 1)))
    return np.asarray(np.exp(sd * rng.standard_t(k + given.factor_years, paths) - sd**2 / 2))


def _draw_group(
    guesses: tuple[Floats, Floats, Floats],
    lesson: LearntRatios,
    factor: Floats,
    rng: np.random.Generator,
    rows: Ints,
    table: Floats,
) -> Floats:
    """The group's sampled sums; its projects' figures go into `table`."""
    remainder, guess = guesses[2], lesson.guess(*guesses) * lesson.scale
    ratios = lesson.ratios.astype(np.float32)
    level = np.exp(lesson.doubt * rng.standard_normal(len(factor)) - lesson.doubt**2 / 2)
    common = (factor * level).astype(np.float32)
    stock = np.zeros(len(factor))
    for begin in range(0, len(rows), 1000):
        part = slice(begin, begin + 1000)
        g, r = guess[part, None].astype(np.float32), remainder[part, None].astype(np.float32)
        drawn = g * ratios[rng.integers(0, len(ratios), (g.shape[0], len(factor)))]
        stock += np.minimum(drawn * common, r).sum(0, dtype=np.float64)
    table[rows, 0] = mean_capped(guess, remainder, lesson.ratios)
    table[rows, 1:] = np.minimum(guess[:, None] * np.quantile(lesson.ratios, LEVELS), remainder[:, None])
    return stock
