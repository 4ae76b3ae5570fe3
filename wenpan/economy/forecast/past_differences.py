"""The rule of ten lines inside the forecast: growth so far plus all past differences of year and so far.

Pure. For growth printed by the quarter that rule is hard to beat: what came after a first quarter is told by
what came after all first quarters, of all regions. Its distribution is pooled with the model's,

    F = (1 − b) · F_model + b · F_rule,   b = TOP · n/(n + FEW) · Σ memory · v / (Σ memory + 1),

n the past differences, v_y = exp(−EAGER · (L_rule/L_model − 1)⁺) how the rule's middle did in year y beside
the model's: every year votes once and at most with one, so that one year of a break neither buries the rule
nor exalts it. In a year unlike those before (`stacking.way_back`) past differences say little, and b falls
to 0. A mixture is never far worse than its better part: its Brier score lies below the mean of both.
"""

from __future__ import annotations

import numpy as np

from wenpan.economy.forecast.pooling import earlier, group_sum, members
from wenpan.economy.forecast.year_end import LEVELS, Flags, Floats, Ints

TOP = 0.5
FEW = 20.0  # past differences at which the rule counts half
EAGER = 5.0
MEMORY = 0.95
CUT = 3.0  # a miss counts at most this many scales
WIDE = 2.0  # the largest past difference, so many times, is as far as a year may go
SEEN = 8  # past differences from which on there is such a bound


def beside_past_differences(
    quantiles: Floats,
    centre: Floats,
    carried: Floats,
    z: Floats,
    scale: Floats,
    group: Ints,
    *,
    ordinary: Floats,
) -> Floats:
    """(S, Q) the model's quantiles of the last year pooled with the rule's.

    quantiles (S, Q); centre, carried, z, scale (S, years) as in `model`, NaN where not known; ordinary (S,)
    1 in a year like others, 0 in one wholly unlike them.
    """
    off = z - carried
    middle = np.full((int(group.max()) + 1, z.shape[1]), np.nan)
    rule = np.full((len(middle), len(LEVELS)), np.nan)
    count = np.zeros(len(middle))
    for g, rows in enumerate(members(group)):
        mine = off[rows]
        for y in range(1, z.shape[1]):
            past = mine[:, :y][np.isfinite(mine[:, :y])]
            middle[g, y] = np.median(past) if len(past) else np.nan
        past = mine[:, :-1][np.isfinite(mine[:, :-1])]
        count[g] = len(past)
        if len(past):
            rule[g] = np.quantile(past, LEVELS)
    votes, weight = _votes(z, centre, carried + middle[group], scale, group)
    share = TOP * count / (count + FEW) * votes / (weight + 1)
    b = share[group] * ordinary
    theirs = carried[:, -1, None] + rule[group]
    return pooled(quantiles, theirs, np.where(np.isfinite(theirs[:, 0]), b, 0.0))


def held_to_past_differences(
    path: Floats, published: Floats, k: int, group: Ints, series: Ints
) -> tuple[Floats, Flags]:
    """(n, Q) `path`, the year's total over last year's, moved where its middle is absurd beside what was
    printed, and (n,) where that was so.

    Levels that do not go with the growths (a revised year, another basis) make years that nobody saw. The
    middle stays between the growth so far and last year's, give or take WIDE times the largest difference
    between year and so far of any region of the group in any earlier year. published (S, years, P) percent,
    `series` (n,) its rows; no bound where the growth so far, or SEEN differences, are not known.
    """
    off = np.abs(published[:, :-1, -1] - published[:, :-1, k - 1])
    known = np.isfinite(off)
    room = np.full(int(group.max()) + 1, np.nan)
    for g, rows in enumerate(members(group)):
        if known[rows].sum() >= SEEN:
            room[g] = WIDE * off[rows][known[rows]].max()
    now, last = published[series, -1, k - 1], published[series, -2, -1]
    ends = np.stack([now, np.where(np.isfinite(last), last, now)])
    width = room[group[series]]
    middle = 100 * (path[:, len(LEVELS) // 2] - 1)
    low, high = ends.min(0) - width, ends.max(0) + width
    moved = np.where(np.isfinite(low), np.clip(middle, low, high) - middle, 0.0)
    return path + moved[:, None] / 100, np.asarray(moved != 0)


def _votes(z: Floats, model: Floats, rule: Floats, scale: Floats, group: Ints) -> tuple[Floats, Floats]:
    """(G,) the decayed sum of the earlier years' votes for the rule, and of their weights."""
    ours, theirs = (np.minimum(np.abs(z - x) / scale, CUT) for x in (model, rule))
    both: Flags = np.isfinite(ours) & np.isfinite(theirs)
    groups = int(group.max()) + 1
    n = group_sum(both.astype(float), group, groups)
    a, b = (group_sum(np.where(both, x, 0.0), group, groups) for x in (ours, theirs))
    vote = np.exp(-EAGER * np.maximum(b / np.maximum(a, 1e-9) - 1, 0))
    seen = (n > 0).astype(float)
    return earlier(seen * vote, MEMORY)[:, -1], earlier(seen, MEMORY)[:, -1]


def pooled(a: Floats, b: Floats, share: Floats) -> Floats:
    """(S, Q) quantiles of (1 − share) · F_a + share · F_b, both (S, Q) at LEVELS, share (S,)."""
    out = a.copy()
    for i in np.flatnonzero((share > 0) & np.isfinite(a[:, 0])):
        x = np.union1d(a[i], b[i])
        f = (1 - share[i]) * _cdf(x, a[i]) + share[i] * _cdf(x, b[i])
        out[i] = np.interp(LEVELS, f.ravel(), np.repeat(x, 2))
    return out


def _cdf(x: Floats, q: Floats) -> Floats:
    """(n, 2) F just below and at x of the distribution with quantiles q at LEVELS: they may coincide."""
    at = np.interp(x, q, LEVELS, left=0.0, right=1.0)
    below = 1 - np.interp(-x, -q[::-1], 1 - LEVELS[::-1], left=0.0, right=1.0)
    return np.stack([below, at], axis=1)
