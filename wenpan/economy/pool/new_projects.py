"""What projects that are not in the library yet will bring by December.

Pure. A compound Poisson, path by path:

    number   Poisson of a rate: entries after the same month of earlier years × (entries this year so
             far + e) / (mean of earlier years so far + e), with the doubt of all three counts
    size     planned totals of the projects that entered (all months: more are known), by band
    share    what such entries had done of their planned total by December, by band, drawn to all

Few large projects make the sum: drawing totals from all entries that are known, not only from those of the
same months, is what keeps a small pool from being too sure. The mean size keeps a doubt of its own.

Where the pipeline of deals is known (`PipelineEntries`), what comes of deals is theirs: its planned
totals are drawn from the pipeline, projects that came of deals leave the rate above, and only their share
done by December is learnt from the pool.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wenpan.economy.pool.assumptions import Assumptions
from wenpan.economy.pool.grid import Bools, Floats, Grid, Ints

DRAWS = 4_000_000  # beyond so many single draws the sum is drawn as a gamma with its mean and variance


@dataclass(frozen=True)
class PipelineEntries:
    """What deals are expected to bring into the library by December, draw by draw: how many (`counts`) and
    their planned totals together in 万元 (`totals`). `of_deals`: projects that came of deals before."""

    counts: Floats
    totals: Floats
    of_deals: frozenset[str]


def pipeline_entries(
    pool: Grid,
    t: int,
    origins: list[int],
    left: int,
    factor: Floats,
    rng: np.random.Generator,
    given: Assumptions,
    pipeline: PipelineEntries | None = None,
) -> Floats:
    """One sum per path."""
    if pipeline is None:
        return _as_usual(pool, t, origins, left, factor, rng, given, np.ones(len(pool.total), dtype=bool))
    others = ~pool.projects["project"].is_in(list(pipeline.of_deals)).to_numpy()
    usual = _as_usual(pool, t, origins, left, factor, rng, given, others)
    return usual + _of_pipeline(pool, origins, left, factor, rng, pipeline)


def _of_pipeline(
    pool: Grid,
    origins: list[int],
    left: int,
    factor: Floats,
    rng: np.random.Generator,
    deals: PipelineEntries,
) -> Floats:
    """Planned totals × what entries of those months had done by December, with the doubt of that share and
    the chance of few projects. Nothing where no entry has shown it yet."""
    came = [_between(pool, o, o + left) for o in origins]
    if not sum(part.sum() for part in came):
        return np.zeros(len(factor))
    share, size, _rows = _done(pool, origins, left, came)
    if not size.sum():
        return np.zeros(len(factor))
    drawn = rng.integers(0, len(deals.totals), len(factor))
    spread = _cv2(share * size / max(float(size.mean()), 1e-9))
    variance = spread / np.maximum(deals.counts[drawn], 1) + spread / len(share)
    doubt = np.exp(np.sqrt(variance) * rng.standard_normal(len(factor)) - variance / 2)
    return np.asarray(deals.totals[drawn] * float((share * size).sum() / size.sum()) * doubt * factor)


def _as_usual(
    pool: Grid,
    t: int,
    origins: list[int],
    left: int,
    factor: Floats,
    rng: np.random.Generator,
    given: Assumptions,
    who: Bools,
) -> Floats:
    """As many of `who` as in earlier years."""
    paths = len(factor)
    came = [_between(pool, o, o + left) & who for o in origins]
    known = np.flatnonzero((pool.entered <= pool.first + t) & (pool.total > 0) & who)
    if not sum(part.sum() for part in came) or not len(known):
        return np.zeros(paths)
    shares, sizes = _severity(pool, origins, left, came, known)
    rate = _rate(pool, t, origins, came, rng, paths, given, who)
    mean, square = float(np.mean(sizes)), float(np.mean(np.square(sizes)))
    drift = np.sqrt(max(square / mean**2 - 1, 0) / len(sizes) + 1 / max(len(shares), 1) * _cv2(shares))
    doubt = np.exp(drift * rng.standard_normal(paths) - drift**2 / 2)
    return np.asarray(_sums(rate, sizes, shares, rng) * doubt * factor)


def _between(pool: Grid, begin: int, end: int) -> np.ndarray:
    """Rows that entered in the columns begin+1 … end."""
    return np.asarray((pool.entered > pool.first + begin) & (pool.entered <= pool.first + end))


def _severity(
    pool: Grid, origins: list[int], left: int, came: list[np.ndarray], known: np.ndarray
) -> tuple[Floats, Floats]:
    """(shares of such entries relative to their band's mean, totals × their band's mean share)."""
    bands = pool.projects["band"].fill_null("").to_numpy()
    share, size, rows = _done(pool, origins, left, came)
    names = np.unique(bands)
    # Large projects have done less of themselves by December: shares are weighted by size.
    overall, usual = float((share * size).sum() / size.sum()), float(size.mean())
    means = {}
    for band in names:
        own = bands[rows] == band
        means[band] = ((share * size)[own].sum() + 5 * usual * overall) / (size[own].sum() + 5 * usual)
    of_known = np.array([means[b] for b in bands[known]])
    relative = share / np.maximum(np.array([means[b] for b in bands[rows]]), 1e-9)
    return relative / max(float(relative.mean()), 1e-9), pool.total[known] * of_known


def _done(pool: Grid, origins: list[int], left: int, came: list[Bools]) -> tuple[Floats, Floats, Ints]:
    """(share of the planned total done by December, planned total, row) of every entry of earlier years."""
    total = np.where(pool.total > 0, pool.total, np.nan)
    did = np.concatenate(
        [np.clip(pool.flow(o, o + left)[c], 0, None) for o, c in zip(origins, came, strict=True)]
    )
    rows = np.concatenate([np.flatnonzero(c) for c in came])
    return np.nan_to_num(did / total[rows]).clip(0, 1.5), np.nan_to_num(total[rows]), rows


def _cv2(values: Floats) -> float:
    mean = float(values.mean())
    return float(values.var() / mean**2) if mean > 0 else 0.0


def _rate(
    pool: Grid,
    t: int,
    origins: list[int],
    came: list[np.ndarray],
    rng: np.random.Generator,
    paths: int,
    given: Assumptions,
    who: Bools,
) -> Floats:
    month = (pool.first + t) % 12 + 1
    so_far = [float((_between(pool, o - month, o) & who).sum()) for o in (t, *origins)]
    e, seen = given.entries, float(sum(part.sum() for part in came))
    rate = seen / len(came) * (so_far[0] + e) / (float(np.mean(so_far[1:])) + e)
    variance = 1 / seen + 1 / (so_far[0] + e) + 1 / (sum(so_far[1:]) + e)
    shape = 1 / variance
    return np.asarray(rate * rng.gamma(shape, 1 / shape, paths))


def _sums(rate: Floats, sizes: Floats, shares: Floats, rng: np.random.Generator) -> Floats:
    count = rng.poisson(rate)
    if count.sum() > DRAWS:
        mean, square = sizes.mean() * shares.mean(), np.square(sizes).mean() * np.square(shares).mean()
        return np.asarray(rng.gamma(rate * mean**2 / square, square / mean))
    drawn = (
        sizes[rng.integers(0, len(sizes), count.sum())] * shares[rng.integers(0, len(shares), count.sum())]
    )
    path = np.repeat(np.arange(len(count)), count)
    return np.asarray(np.bincount(path, drawn, len(count)), dtype=np.float64)
