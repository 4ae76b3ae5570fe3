"""Sharing strength: sums over earlier years, medians across regions, shrunken scales and ridges.

Pure. Arrays are (series, years, …). Whatever a function returns for a year rests on earlier years
only (or on the same year's known part), so that one pass gives the forecast of every year as it
would have been made then.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from wenpan.economy.forecast.year_end import Floats, Ints

SLIGHT = 0.03  # log growth


def earlier(x: Floats, decay: float) -> Floats:
    """Σ_{j≥1} decay^{j−1} · x(year − j): what the years before a year add up to; x (S, years, …) finite."""
    return np.asarray(_weights(x.shape[1], decay) @ x.reshape(*x.shape[:2], -1)).reshape(x.shape)


@lru_cache(maxsize=64)
def _weights(years: int, decay: float) -> Floats:
    age = np.arange(years)[:, None] - np.arange(years) - 1
    return np.where(age >= 0, decay ** np.maximum(age, 0).astype(float), 0.0)


def group_median(x: Floats, group: Ints) -> Floats:
    """The median of each group at each place of the other axes, given back to its members."""
    out = np.empty_like(x)
    for _, rows in blocks(group):
        part = np.sort(x[rows], axis=1)  # NaN last
        n = np.isfinite(part).sum(1, keepdims=True)
        low, high = np.maximum((n - 1) // 2, 0), np.minimum(n // 2, rows.shape[1] - 1)
        middle = (np.take_along_axis(part, low, 1) + np.take_along_axis(part, high, 1)) / 2
        out[rows] = np.where(n > 0, middle, np.nan)
    return out


def group_sum(x: Floats, group: Ints, groups: int) -> Floats:
    """(groups, …) sums over the members of each group."""
    out = np.zeros((groups, *x.shape[1:]))
    for ids, rows in blocks(group):
        out[ids] = x[rows].sum(1)
    return out


def rolling_scale(
    error: Floats, group: Ints, *, prior: Floats, decay: float = 0.88, shrink: float = 3.0
) -> tuple[Floats, Floats]:
    """Mean absolute error of each series over earlier years, and the (decayed) number of those.

    scale = (Σ decay^j |e| + shrink · pool) / (Σ decay^j + shrink), pool = the same of its group,
    itself shrunk to `prior` (S, years) with the weight of five figures.
    """
    size = np.abs(np.clip(error, -1, 1))
    ok = np.isfinite(size)
    own, n = earlier(np.where(ok, size, 0.0), decay), earlier(ok.astype(float), decay)
    groups = int(group.max()) + 1
    sums, counts = group_sum(own, group, groups)[group], group_sum(n, group, groups)[group]
    pool = (sums + 5 * prior) / (counts + 5)
    return np.maximum((own + shrink * pool) / (n + shrink), 0.002), n


def rolling_ridge(
    x: Floats, y: Floats, weight: Floats, group: Ints, *, towards: Floats, strength: float, decay: float
) -> Floats:
    """(S, years) fitted part x·β with β learned in the group, from earlier years only.

    x (S, years, D) without NaN, y (S, years) NaN where not known, weight (S, years) ≥ 0:

        β = β₀ + (A + λV)⁻¹ (b − A β₀),   A = Σ w x xᵀ,  b = Σ w x y,

    β₀ = `towards` (D,), λ = `strength` in rows, V the diagonal of A per row, so that the units of x
    do not matter; a column counts as varying by at least `SLIGHT`, or a change never seen before
    would be multiplied out of all proportion.
    """
    ok = np.isfinite(y)
    w = np.where(ok, weight, 0.0)
    xw, target = x * w[..., None], np.where(ok, y, 0.0)
    groups, d = int(group.max()) + 1, x.shape[-1]
    a, b = np.zeros((groups, x.shape[1], d, d)), np.zeros((groups, x.shape[1], d))
    for ids, rows in blocks(group):  # a matrix product for each group and year
        left = np.swapaxes(np.moveaxis(xw[rows], 1, 2), 2, 3)
        a[ids] = left @ np.moveaxis(x[rows], 1, 2)
        b[ids] = (left @ np.swapaxes(target[rows], 1, 2)[..., None])[..., 0]
    a, b = earlier(a, decay), earlier(b, decay)
    n = np.maximum(earlier(group_sum(ok.astype(float), group, groups), decay), 1)[..., None]
    weights = earlier(group_sum(w, group, groups), decay)[..., None]
    v = np.maximum(np.einsum("gndd->gnd", a) / n, SLIGHT**2 * weights / n)
    penalty = strength * np.where(v > 0, v, 1.0)[..., None] * np.eye(d)
    rest = b - np.einsum("gnij,j->gni", a, towards)
    beta = towards + np.linalg.solve(a + penalty, rest[..., None])[..., 0]
    return np.asarray(np.einsum("snd,snd->sn", x, beta[group]))


def blocks(group: Ints) -> list[tuple[Ints, Ints]]:
    """Groups of one size together: their numbers (g,) and their members' rows (g, n), in order. What is done
    to a block is done to each of its groups as if it were alone."""
    return _blocks(np.ascontiguousarray(group, dtype=np.int64).tobytes())


@lru_cache(maxsize=16)
def _blocks(numbers: bytes) -> list[tuple[Ints, Ints]]:
    """`blocks` of the groups with these bytes: one forecast asks for the same some thirty times."""
    group = np.frombuffer(numbers, dtype=np.int64)
    order = np.argsort(group, kind="stable")
    size = np.bincount(group)
    first = np.cumsum(size) - size
    sizes = np.unique(size[size > 0])
    every = [(np.flatnonzero(size == n), n) for n in sizes]
    return [(ids, order[first[ids, None] + np.arange(n)]) for ids, n in every]


def members(group: Ints) -> list[Ints]:
    """The rows of each group, in order of the groups."""
    order = np.argsort(group, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
