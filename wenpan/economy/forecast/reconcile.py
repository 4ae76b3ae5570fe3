"""Parts and totals that agree to the last digit: bottom-up beside top-down, and both together.

Pure. P parts (districts, size bands) should add up to a total that is forecast on its own. With
errors taken as independent, the least-squares answer (Wickramasuriya, Athanasopoulos & Hyndman 2019,
MinT with a diagonal covariance) spreads the gap in proportion to the variances:

    d = t − Σ pᵢ,   p̂ᵢ = pᵢ + vᵢ / (Σ v + v_t) · d,   t̂ = Σ p̂ᵢ.

Amounts stay non-negative (a part that would fall below zero is held at zero and the rest share its
gap), and are rounded by the largest remainder, so that the printed parts add up to the printed total.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wenpan.economy.forecast.year_end import Floats


@dataclass(frozen=True)
class Reconciled:
    """(N, P) parts and (N,) totals; each pair adds up exactly in units of the last digit."""

    bottom_up: Floats  # (N,) Σ of the parts' own forecasts
    top_down: Floats  # (N, P) the total's own forecast, by the parts' shares
    parts: Floats
    total: Floats


def reconcile(
    parts: Floats, total: Floats, *, part_variance: Floats, total_variance: Floats, decimals: int = 2
) -> Reconciled:
    """parts (N, P) ≥ 0, total (N,) ≥ 0 and their variances; NaN anywhere in a row gives a row of NaN.

    Without any variance in a row the total is believed and the gap goes by the parts' sizes.
    """
    p, t = np.asarray(parts, dtype=np.float64), np.asarray(total, dtype=np.float64)
    if (p < 0).any() or (t < 0).any():
        raise ValueError("parts and totals must not be negative; growths and losses cannot be reconciled")
    size = p.sum(1)
    with np.errstate(all="ignore"):
        share = np.where((size > 0)[:, None], p / size[:, None], 1 / p.shape[1])
    v, vt = np.asarray(part_variance, dtype=np.float64), np.asarray(total_variance, dtype=np.float64)
    nothing = (v.sum(1) + vt) <= 0
    v = np.where(nothing[:, None], np.where((size > 0)[:, None], p, 1.0), v)
    with np.errstate(all="ignore"):
        t_hat = size + v.sum(1) / (v.sum(1) + vt) * (t - size)
    fitted = _spread(p, v, np.maximum(t_hat, 0.0))
    top = share * t[:, None]
    t_hat = np.maximum(t_hat, 0.0)
    whole = largest_remainder(fitted, t_hat, decimals)
    return Reconciled(size, largest_remainder(top, t, decimals), whole, np.round(t_hat, decimals))


def _spread(p: Floats, v: Floats, t: Floats) -> Floats:
    """Parts moved to add up to t in proportion to v, none below zero; settles in at most P rounds."""
    held = np.zeros(p.shape, dtype=bool)
    out = p
    for _ in range(p.shape[1]):
        free = np.where(held, 0.0, v)
        room = free.sum(1, keepdims=True)
        even = ~held / np.maximum((~held).sum(1, keepdims=True), 1)
        weight = np.where(room > 0, free / np.where(room > 0, room, 1), even)
        kept = np.where(held, 0.0, p)
        out = kept + weight * (t - kept.sum(1))[:, None]
        out = np.where(held, 0.0, out)
        if not (out < 0).any():
            break
        held |= out < 0
    return np.maximum(out, 0.0)


def largest_remainder(parts: Floats, total: Floats, decimals: int) -> Floats:
    """(N, P) parts rounded to `decimals` so that they add up to the rounded total.

    Each is rounded down; the units that are missing go to the largest remainders, of equals to the
    one that stands first (Hamilton's method).
    """
    unit = 10.0**decimals
    scaled = np.round(np.asarray(parts, dtype=np.float64) * unit, 6)
    floor = np.floor(scaled)
    ok = np.isfinite(scaled).all(1) & np.isfinite(total)
    goal = np.round(np.where(ok, total, 0.0) * unit)
    missing = np.where(ok, goal - np.where(ok[:, None], floor, 0.0).sum(1), 0).astype(np.int64)
    order = np.argsort(-(scaled - floor), axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.broadcast_to(np.arange(parts.shape[1]), parts.shape), axis=1)
    whole, extra = np.divmod(missing, parts.shape[1])
    out = (floor + whole[:, None] + (rank < extra[:, None])) / unit
    return np.asarray(np.where(ok[:, None], np.round(out, decimals), np.nan))
