"""The growth so far beside the model: each counts for what it was worth in the years before.

Pure. What is smooth (growth as statistics offices print it) is best carried on, what is jumpy is best
modelled; the record decides. Candidates are convex mixtures of the guesses; a mixture's weight falls
exponentially with its loss over earlier years of all regions of the indicator at this origin,

    w_j ∝ exp(−EAGER · n · (L_j / min L − 1)),   n the (decayed) years behind L,

misses of one year counting once, because they come together. In a year unlike those before, growth
so far is the extreme of the year more often than its end: beyond UNUSUAL usual changes of growth the
months left are drawn back to what whole years brought lately.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from wenpan.economy.forecast.pooling import earlier, group_sum
from wenpan.economy.forecast.year_end import Flags, Floats, Ints

STEPS = 4  # mixtures in quarters
EAGER = 10.0
MEMORY = 0.95
CUT = 3.0  # a miss counts at most this many scales
UNUSUAL = (2.0, 3.5)  # usual changes of growth at which the way back begins, and is whole
BACK = 0.5


def mixed(
    guesses: Floats,
    z: Floats,
    scale: Floats,
    group: Ints,
    *,
    doubt: tuple[float, ...],
    only: Flags | None = None,
    few: float = 1.0,
) -> Floats:
    """(S, years) the mixture of guesses (S, years, K), weighted in each year by earlier years' losses.

    z (S, years) what came, NaN where not known; scale (S, years) in units of which a miss counts;
    `doubt` (K,) takes so much from the log weight of a guess before any record; `only` (S, years) the
    places where the guesses differ and so say something; a year with few rows counts
    rows / (rows + few).
    """
    shares = simplex(guesses.shape[2])
    each = guesses @ shares.T
    loss = np.minimum(np.abs(z[:, :, None] - each) / scale[:, :, None], CUT)
    ok: Flags = np.all(np.isfinite(loss), axis=2)
    if only is not None:
        ok &= only
    groups = int(group.max()) + 1
    sums = group_sum(np.where(ok[:, :, None], loss, 0.0), group, groups)
    counts = group_sum(ok.astype(float), group, groups)[:, :, None]
    trust = counts / (counts + few)
    yearly = trust * sums / np.maximum(counts, 1)
    n = earlier(trust, MEMORY)
    mean = earlier(yearly, MEMORY) / np.where(n > 0, n, np.nan)
    worse = np.nan_to_num(mean / np.maximum(mean.min(2, keepdims=True), 1e-9) - 1)
    weight = np.exp(-EAGER * n * worse - shares @ np.array(doubt))
    weight = weight / weight.sum(2, keepdims=True)
    return np.asarray((each * weight[group]).sum(2))


@cache
def simplex(k: int) -> Floats:
    """(J, k) all mixtures of k guesses in steps of 1/STEPS."""
    grid = np.stack(np.meshgrid(*[np.arange(STEPS + 1)] * k, indexing="ij"), axis=-1).reshape(-1, k)
    return np.asarray(grid[grid.sum(1) == STEPS] / STEPS)


def way_back(unlike: Floats) -> Floats:
    """(…) share of the way back, of how many usual changes of growth the year so far is off."""
    low, high = UNUSUAL
    return np.asarray(BACK * np.clip((np.nan_to_num(unlike) - low) / (high - low), 0, 1))
