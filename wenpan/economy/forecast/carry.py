"""Carry forward: the year ends with the growth of the year so far, give or take its own past misses.

Pure. The plainest honest forecast; it is also the benchmark that the model has to beat. Past misses
are those of the same region, indicator and month in earlier years, shrunk to those of all wanted
rows, with Student-t tails.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from scipy import stats

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.forecast.year_end import LEVELS, Floats, YearEnd
from wenpan.economy.time.periods import Month

_LEVEL_OF = {"ytd_growth": "ytd", "balance_growth": "balance", "month_growth": "month"}
_KEYS = ["region", "indicator", "measure", "basis"]


def cube(observations: pl.DataFrame, wanted: pl.DataFrame, as_of: Month, years: int = 12) -> Floats:
    """(N, years, 13) values of the wanted figures, last year last; NaN where not published.

    Index 0 of the last axis stays NaN, so that index m is month m. Figures after `as_of` are left out.
    """
    out = np.full((wanted.height, years, 13), np.nan)
    rows = wanted.select(_KEYS).with_row_index("row")
    month = (
        pl.when(pl.col("period").str.contains("Q"))
        .then(pl.col("period").str.slice(6).cast(pl.Int32, strict=False) * 3)
        .otherwise(pl.col("period").str.slice(5).cast(pl.Int32, strict=False))
    )
    seen = (
        observations.lazy()
        .select("region", "indicator", "period", "measure", pl.col("basis").fill_null("natural"), "value")
        .join(rows.lazy(), on=_KEYS)
        .with_columns(y=pl.col("period").str.slice(0, 4).cast(pl.Int32) - as_of.year + years - 1, m=month)
        .filter(pl.col("value").is_not_null() & (pl.col("y") >= 0) & (pl.col("y") < years))
        .filter((pl.col("y") < years - 1) | (pl.col("m") <= as_of.month))
        .collect()
    )
    out[seen["row"].to_numpy(), seen["y"].to_numpy(), seen["m"].to_numpy()] = seen["value"].to_numpy()
    return out


def forecast_year_end(
    observations: pl.DataFrame, *, indicators: Mapping[str, Indicator], as_of: Month, wanted: pl.DataFrame
) -> YearEnd:
    """See `wenpan.economy.forecast`."""
    wanted = wanted.with_columns(pl.col("basis").fill_null("natural"))
    growth = np.array([Measure(m).is_growth for m in wanted["measure"]], dtype=bool)
    direct = cube(observations, wanted, as_of)
    level_wanted = wanted.with_columns(pl.col("measure").replace(_LEVEL_OF), basis=pl.lit("natural"))
    level = cube(observations, level_wanted, as_of)
    with np.errstate(all="ignore"):
        ratio = np.log(np.where(level > 0, level, np.nan))
        change = np.full_like(ratio, np.nan)
        change[:, 1:] = ratio[:, 1:] - ratio[:, :-1]
        published = np.log1p(np.where(direct > -99.9, direct, np.nan) / 100)
        use_published = growth & np.isfinite(published[:, -1]).any(1)
        x = np.where(use_published[:, None, None], published, change)  # log growth of the year so far
    known = np.isfinite(x[:, -1])
    m0 = np.where(known.any(1), 12 - np.argmax(known[:, ::-1], axis=1), 0)
    rows = np.arange(len(x))
    now = np.where(m0 > 0, x[rows, -1, m0], np.nan)
    miss = x[:, :-1, 12] - x[rows, :-1, m0]
    centre, sd, years = now, *_spread(miss, m0)
    z = centre[:, None] + sd[:, None] * stats.t.ppf(LEVELS, 5)[None]
    last_december = level[:, -2, 12]
    q = np.where(growth[:, None], 100 * np.expm1(z), last_december[:, None] * np.exp(z))
    done = m0 == 12
    exact = np.where(use_published | ~growth, direct[:, -1, 12], 100 * np.expm1(now))
    q = np.where(done[:, None], exact[:, None], q)
    origin = np.where(
        use_published | ~growth, np.where(m0 > 0, direct[rows, -1, m0], np.nan), 100 * np.expm1(now)
    )
    notes = [_note(bool(np.isfinite(c)), int(n)) for c, n in zip(q[:, 0], years, strict=True)]
    step = np.array(
        [3 if (i := indicators.get(c)) and i.frequency == "quarterly" else 1 for c in wanted["indicator"]]
    )
    left = np.clip((np.arange(13)[None] - m0[:, None]) / np.maximum(12 - m0, 1)[:, None], 0, 1)
    return YearEnd(wanted, LEVELS, q, notes, as_of, m0, origin, left, np.sqrt(left), step)


def _spread(miss: Floats, m0: np.ndarray) -> tuple[Floats, np.ndarray]:
    """Standard deviation of the log miss of each row, shrunk to that of all rows (weight: five years)."""
    n = np.isfinite(miss).sum(1)
    own = np.nansum(np.square(np.clip(miss, -0.3, 0.3)), axis=1)
    pool = own.sum() / n.sum() if n.sum() > 20 else 0.08**2 * 1.0
    default = np.where(n.sum() > 20, pool, 0.08**2 * (12 - m0) / 6)
    return np.sqrt((own + 5 * default) / (n + 5) * np.where(n < 2, 1.5, 1.0)), n


def _note(answered: bool, years: int) -> str:
    if not answered:
        return "没有可比的历史数据, 暂不预测"
    return "" if years >= 2 else "历史不足两年, 区间按同类指标放宽"
