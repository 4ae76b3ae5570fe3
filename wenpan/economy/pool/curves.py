"""S-curves of progress fitted by kind and size, each drawn towards the curve of its kind and of all.

Pure. A curve is a Beta distribution F(x): the share done when the share x of the whole time is gone.
It is learnt from projects that came far (`curve_from` of the planned total), finished or not:

    D_i = months from the start to its furthest share s_i; divided by F⁻¹(s_i) while s_i < 0.97
    y_ij = share done when j/20 of D_i were gone,  j = 1 … 19, as far as it is known

with F the curve set for the kind, then the curve just fitted (`ROUNDS` times). The mean of y over the
projects of a cell (kind × band) is drawn to its kind's, that to the mean of all, that to the set
curve, each as if `curve_projects` more had been seen; (a, b) is the nearest Beta on a grid. A curve
describes projects with all their delays: standing still makes it flatter, not the project later.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from scipy.special import betainc, betaincinv

from wenpan.economy.pool.assumptions import Assumptions
from wenpan.economy.pool.grid import Floats, Grid, Ints

DONE = 0.97  # finished: the last per cent are settled long after the work, or never
ROUNDS = 4
TIMES = np.arange(1, 20) / 20
MIN_MONTHS = 5  # a shorter course has no shape in monthly figures


@dataclass(frozen=True)
class Curves:
    """`table`: kind, band, a, b, projects (of the cell that taught), of_kind, of_all; a row per cell
    that the pool holds. `shape`: (N, 2), the a and b of each project of the pool."""

    table: pl.DataFrame
    shape: Floats


def fit(pool: Grid, t: int, given: Assumptions) -> Curves:
    """The curves that figures up to column t teach."""
    cells = pool.projects.select(pl.col("kind").fill_null(""), pl.col("band").fill_null(""))
    names = cells.unique().sort("kind", "band")
    cell = cells.join(names.with_row_index("cell"), on=["kind", "band"], how="left")["cell"]
    at = cell.to_numpy().astype(np.int64)
    kinds = names["kind"].to_list()
    kind = np.array([kinds.index(k) for k in kinds], dtype=np.int64)
    prior = np.array([given.curves.get(k, given.curve) for k in kinds]).reshape(-1, 2)
    rows = _far(pool, t, given) if given.fitted else np.empty(0, dtype=np.int64)
    shape = prior
    for _ in range(ROUNDS if len(rows) else 0):
        seen = _courses(pool, t, rows, shape[at[rows]])
        shape = _nearest(_drawn(seen, at[rows], kind, prior, given), prior)
    taught = np.bincount(at[rows], minlength=len(names))
    table = names.with_columns(
        a=pl.Series(shape[:, 0], dtype=pl.Float64),
        b=pl.Series(shape[:, 1], dtype=pl.Float64),
        projects=pl.Series(taught, dtype=pl.Int64),
        of_kind=pl.Series(np.bincount(kind, taught, len(kinds) or 1)[kind].astype(np.int64), dtype=pl.Int64),
        of_all=pl.lit(len(rows), pl.Int64),
    )
    return Curves(table, shape[at])


def course(a: float, b: float, steps: int = 20) -> list[float]:
    """The share done after 0, 1/steps … 1 of the whole time, in ratios."""
    return [float(share) for share in betainc(a, b, np.linspace(0, 1, steps + 1))]


def started(pool: Grid) -> Ints:
    return np.minimum(pool.opened, pool.entered)


def _far(pool: Grid, t: int, given: Assumptions) -> Ints:
    """Projects that came far enough, in more than a few months, and not all before the records."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = pool.cumulative[:, t] / pool.total
        early = pool.cumulative[:, 0] / pool.total
    began = started(pool)
    usable = (share >= given.curve_from) & (share <= 1.2) & (began <= pool.first + t)
    known = (began >= pool.first) | (early < given.curve_from / 2)
    return np.flatnonzero(usable & known)


def _courses(pool: Grid, t: int, rows: Ints, shape: Floats) -> Floats:
    """(rows, TIMES) shares done, NaN where not known."""
    share = pool.cumulative[rows, : t + 1] / pool.total[rows, None]
    reached = share.max(1)
    month = np.argmax(share >= 0.999 * reached[:, None], axis=1)  # first column that has it
    began = started(pool)[rows] - pool.first  # may lie before the records
    took = month - began + 1.0
    place = betaincinv(shape[:, 0], shape[:, 1], np.minimum(reached, DONE))
    duration = took / np.where(reached >= DONE, 1.0, np.maximum(place, 1e-3))
    ends = began[:, None] - 1 + TIMES * duration[:, None]  # as a column: the end of that month
    whole = np.floor(ends).astype(np.int64)
    low = np.take_along_axis(share, np.clip(whole, 0, t), axis=1)
    low = np.where(whole == began[:, None] - 1, 0.0, low)
    high = np.take_along_axis(share, np.clip(whole + 1, 0, t), axis=1)
    said = np.clip(low + (ends - whole) * (high - low), 0, 1)
    known = (ends <= month[:, None]) & ((whole >= 0) | (whole == began[:, None] - 1))
    return np.where(known & (took >= MIN_MONTHS)[:, None], said, np.nan)


def _drawn(seen: Floats, cell: Ints, kind: Ints, prior: Floats, given: Assumptions) -> Floats:
    """(cells, TIMES) mean courses, drawn cell → kind → all → set curve."""
    known = ~np.isnan(seen)
    count = np.zeros((len(kind), len(TIMES)))
    total = np.zeros_like(count)
    np.add.at(count, cell, known)
    np.add.at(total, cell, np.where(known, seen, 0.0))
    set_ = betainc(prior[:, :1], prior[:, 1:], TIMES)
    k = given.curve_projects
    # What all kinds share is how far they lie from what was set for each.
    off = total - count * set_
    of_all = off.sum(0) / (count.sum(0) + k)
    kinds = kind.max() + 1
    per_kind = np.zeros((kinds, len(TIMES)))
    n_kind = np.zeros_like(per_kind)
    np.add.at(per_kind, kind, off)
    np.add.at(n_kind, kind, count)
    of_kind = (per_kind + k * of_all) / (n_kind + k)
    return np.asarray(set_ + (off + k * of_kind[kind]) / (count + k))


@lru_cache(maxsize=1)
def _shapes() -> tuple[Floats, Floats]:
    """All (a, b) that are tried, and their curves at TIMES."""
    steps = np.geomspace(0.5, 5.0, 60)
    a, b = (part.ravel() for part in np.meshgrid(steps, steps, indexing="ij"))
    return np.column_stack([a, b]), betainc(a[:, None], b[:, None], TIMES)


def _nearest(mean: Floats, prior: Floats) -> Floats:
    """(cells, 2): the Beta nearest to each mean course; the set curve may win."""
    shapes, curves = _shapes()
    far = (curves**2).sum(1)[None, :] - 2 * mean @ curves.T
    best = shapes[np.argmin(far, axis=1)]
    own = betainc(prior[:, :1], prior[:, 1:], TIMES)
    stays = ((mean - own) ** 2).sum(1) <= ((mean - betainc(best[:, :1], best[:, 1:], TIMES)) ** 2).sum(1)
    return np.where(stays[:, None], prior, best)
