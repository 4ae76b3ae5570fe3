"""What is known at the origin and may tell the rest of the year, for every series and every year at once.

Pure. Everything is a log growth against last year, so that series of any unit can be pooled. With
k slots known, C the chained total so far, T the year's total and R = T − C what is left, the target
is z = log(R / B), and the year ends at T = C + B · e^z. The base B is what was left last year; where
that is far (a factor e) from what the usual course of a year makes of C, last year is no measure
(closures, changed definitions, corrections booked in one month) and B is the usual course itself.
A stock has no running total: R = T is the balance in December, and T = B · e^z.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wenpan.economy.forecast.panel import Panel
from wenpan.economy.forecast.pooling import earlier, group_median, group_sum
from wenpan.economy.forecast.year_end import Flags, Floats, Ints

SMOOTHING = (0.05, 0.1, 0.2, 0.35, 0.6)  # constants of the exponential smoothings
WINDOW = 44  # slots that a smoothing looks back
RECENT = 22  # slots of the month-to-month volatility
STRANGE = 1.0  # log distance of last year's rest from the usual course
LEAST = 0.1  # years that the rivals' season counts at least, beside a region's own
LITTLE = 0.02  # a rest below this share of an even course is a correction, not a rest
FLOOR = 2.5  # a flow never counts as less than e^−2.5 of its year's usual


@dataclass(frozen=True)
class Predictors:
    """(S, years) arrays of log growths; NaN where not known. See the module's formulas."""

    z: Floats
    g: Floats
    so_far: Floats  # C; 0 for a stock, and where nothing is known
    base: Floats  # B
    total: Floats
    smooth: Floats  # (S, years, A) z by exponential smoothing
    seasonal: Floats  # z by the usual share of the year that is over
    carried: Floats  # z if the months left grow as the year so far did
    back: Floats  # z if the months left grow as whole years did lately
    recent: dict[int, Floats]  # growth of the last 1, 3, 6 slots
    volatility: Floats  # mean absolute change of the monthly growth
    left: Floats  # (S, years, P) usual share of each slot in the year


def lag(x: Floats, years: int = 1) -> Floats:
    out = np.full_like(x, np.nan)
    out[:, years:] = x[:, :-years]
    return out


def log_ratio(a: Floats, b: Floats) -> Floats:
    ratio = a / b
    return np.asarray(np.log(np.where(ratio > 0, ratio, np.nan)))


def predictors(panel: Panel, k: int) -> Predictors:
    """All predictors with the first `k` slots of each year known (0 ≤ k < P)."""
    c = panel.total
    slots = c.shape[2]
    flow = np.diff(c, axis=2, prepend=0.0) if panel.cumulative else c
    total = c[:, :, -1]
    now = c[:, :, k - 1] if k else np.full_like(total, np.nan)
    so_far = now if panel.cumulative and k else np.zeros_like(total)
    rest = total - so_far
    rest = np.where(rest > LITTLE * total * (slots - k) / slots, rest, np.nan)
    season = seasons(flow, panel)
    if panel.cumulative:
        course = np.log(season[:, :, k:].sum(2)), np.log(season[:, :, :k].sum(2))
    else:
        course = np.log(season[:, :, -1]), np.log(season[:, :, max(k, 1) - 1])
    usual = np.log(now) + course[0] - course[1]
    last = np.log(lag(rest))
    strange = np.isnan(last) | (np.abs(usual - last) > STRANGE)
    base = np.where(strange & np.isfinite(usual), usual, last)
    logs = _log_flows(flow)
    return Predictors(
        z=np.log(rest) - base,
        g=log_ratio(now, lag(now)),
        so_far=so_far,
        base=np.exp(base),
        total=total,
        smooth=_smoothed(logs, season, k) + (course[0] - base)[:, :, None],
        seasonal=usual - base,
        carried=log_ratio(now, lag(now)) + last - base,
        back=_lately(total) + last - base,
        recent={n: _recent(flow, k, n) for n in (1, 3, 6)},
        volatility=_volatility(logs, k),
        left=season,
    )


def _lately(total: Floats, decay: float = 0.6) -> Floats:
    """(S, years) mean log growth of whole years, of the years before, older ones less."""
    growth = log_ratio(total, lag(total))
    ok = np.isfinite(growth)
    n = earlier(ok.astype(float), decay)
    return np.asarray(earlier(np.where(ok, growth, 0.0), decay) / np.where(n > 0, n, np.nan))


def seasons(flow: Floats, panel: Panel, decay: float = 0.7) -> Floats:
    """(S, years, P) the usual share of each slot, from earlier years, shrunk to the rivals' median."""
    shares = flow / flow.sum(2, keepdims=True)
    ok = (np.isfinite(shares) & (shares > -0.5) & (shares < 1.5)).all(2)
    n = earlier(ok.astype(float), decay)[:, :, None]
    clean = np.where(ok[:, :, None], shares, 0.0)
    own = earlier(clean, decay) / np.where(n > 0, n, np.nan)
    rivals = np.nan_to_num(group_median(own, panel.group))
    own = np.nan_to_num(own)
    shrink = _shrinkage(clean, ok, panel.group)
    out = np.maximum((n * own + shrink * rivals) / (n + shrink), 1e-3)
    return np.asarray(np.where(n > 0, out / out.sum(2, keepdims=True), np.nan))


def _shrinkage(shares: Floats, ok: Flags, group: Ints) -> Floats:
    """(S, years, 1) how many years of its own a region needs before its season counts as much as its
    rivals': variance of one region's shares from year to year over that between regions, from earlier
    years. What is the same every year but not everywhere is its own; what jumps is better borrowed."""
    n = earlier(ok.astype(float), 1.0)
    mean = earlier(shares, 1.0) / np.maximum(n, 1)[:, :, None]
    within = np.maximum(earlier(np.square(shares), 1.0) / np.maximum(n, 1)[:, :, None] - mean**2, 0).sum(2)
    seen = n >= 3
    groups = int(group.max()) + 1
    count = np.maximum(group_sum(seen.astype(float), group, groups), 1)
    inside = group_sum(np.where(seen, within * n / np.maximum(n - 1, 1), 0.0), group, groups) / count
    middle = group_sum(np.where(seen[:, :, None], mean, 0.0), group, groups) / count[:, :, None]
    apart = np.where(seen, np.square(mean - middle[group]).sum(2), 0.0)
    between = group_sum(apart, group, groups) / np.maximum(count - 1, 1)
    years = group_sum(np.where(seen, n, 0.0), group, groups) / count
    between = between - inside / np.maximum(years, 1)
    ratio = np.where((count > 3) & (between > 0), inside / np.where(between > 0, between, 1.0), 1.0)
    return np.asarray(np.clip(ratio, LEAST, 3.0)[group][:, :, None])


def _log_flows(flow: Floats) -> Floats:
    """log flows; zero and negative ones count as the floor, unknown ones stay NaN."""
    logs = np.log(np.where(flow > 0, flow, np.nan))
    n = np.isfinite(logs).sum(2, keepdims=True)
    usual = np.nansum(logs, axis=2, keepdims=True) / np.where(n > 0, n, np.nan)
    low = usual - FLOOR
    return np.asarray(np.where(np.isnan(logs) & np.isfinite(flow), low, np.maximum(logs, low)))


def _window(line: Floats, years: int, slots: int, k: int, length: int) -> Floats:
    """(S, years, length) the last `length` slots up to the first k of each year; NaN before the start."""
    padded = np.concatenate([np.full((len(line), length), np.nan), line], axis=1)
    view = np.lib.stride_tricks.sliding_window_view(padded, length, axis=1)
    return np.asarray(view[:, k::slots][:, :years])


def _smoothed(logs: Floats, season: Floats, k: int) -> Floats:
    """(S, years, A) level of the seasonally adjusted log flow, exponentially smoothed up to slot k."""
    series, years, slots = logs.shape
    window = _window(logs.reshape(series, -1), years, slots, k, WINDOW)
    age = np.arange(WINDOW)[::-1]
    kernel = np.stack([a * (1 - a) ** age for a in SMOOTHING], axis=1)
    seen = np.isfinite(window)
    slot_of = np.eye(slots)[(k - 1 - age) % slots]  # (WINDOW, P)
    spread = (slot_of[:, :, None] * kernel[:, None, :]).reshape(WINDOW, -1)
    by_slot = (seen.astype(float) @ spread).reshape(series, years, slots, len(SMOOTHING))
    usual = np.einsum("snp,snpa->sna", np.log(season), by_slot)
    weight = by_slot.sum(2)
    level = (np.where(seen, window, 0.0) @ kernel - usual) / np.where(weight > 0, weight, np.nan)
    return np.asarray(level)


def _recent(flow: Floats, k: int, n: int) -> Floats:
    """log growth of the sum of the last n slots up to slot k against the same slots last year."""
    series, years, slots = flow.shape
    sums = _window(flow.reshape(series, -1), years, slots, k, n).sum(2)
    return log_ratio(sums, lag(sums))


def _volatility(logs: Floats, k: int) -> Floats:
    series, years, slots = logs.shape
    growth = (logs - lag(logs)).reshape(series, -1)
    change = np.abs(np.diff(growth, axis=1, prepend=np.nan))
    window = np.minimum(_window(change, years, slots, k, min(RECENT, 2 * slots)), 1.0)
    seen = np.isfinite(window)
    n = seen.sum(2)
    return np.asarray(np.where(n > 2, np.where(seen, window, 0.0).sum(2) / np.maximum(n, 1), np.nan))
