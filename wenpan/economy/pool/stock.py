"""The stock at one month: remaining value, pace, standstill, and what the speech's table asks.

Pure. 余量 = planned total − cumulative completed (standard use; no page states it). A withdrawal
candidate is a candidate with evidence, never a decision: the statistics office decides.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from wenpan.economy.pool.grid import NEVER, Floats, Grid
from wenpan.economy.time.periods import Month

FINISHED_STATES = ("completed", "completed_no_remainder", "withdrawn")


def stock(pool: Grid, *, as_of: Month, limits: Mapping[str, float]) -> pl.DataFrame:
    """One row per project that had entered the library by `as_of`, those withdrawn since included.

    `limits` (rules/projects/limits.yaml): stopped_months, long_stopped_months, remainder_share (a
    remainder below this share of the total counts as none), pace_months.
    Columns: project, cumulative, this_year, last_year_same, remaining, over (beyond the planned
    total), share, months_zero, pace (万元 a month over the last
    `pace_months`), and the flags entered_this_year, stopped, long_stopped (standing still for more than
    a year with remainder), finished, no_remainder, zero_this_year, overdue (planned finish past with
    remainder), withdrawal (candidate), evidence (list of texts).
    remaining, over and share are null without a planned total; last_year_same is null where
    the records do not reach back to January of last year.
    """
    t = pool.column(as_of)
    january = t - as_of.month  # the column before January
    cumulative = pool.cumulative[:, t]
    remaining = np.clip(pool.total - cumulative, 0, None)
    zero = pool.months_zero(t)
    back = max(t - int(limits["pace_months"]), -1)
    left = ~(remaining <= limits["remainder_share"] * pool.total)  # an unknown total: not known to be done
    in_library = pool.entered <= as_of.index
    frame = pool.projects.with_columns(
        pl.Series("cumulative", cumulative),
        pl.Series("this_year", pool.flow(january, t)),
        pl.Series(
            "last_year_same",
            pool.flow(january - 12, t - 12) if january >= 11 else np.full(len(left), np.nan),
            nan_to_null=True,
        ),
        pl.Series("remaining", remaining, nan_to_null=True),
        pl.Series("over", np.clip(cumulative - pool.total, 0, None), nan_to_null=True),
        pl.Series("share", _share(cumulative, pool.total), nan_to_null=True),
        pl.Series("months_zero", zero),
        pl.Series("pace", pool.flow(back, t) / max(t - back, 1)),
        pl.Series("entered_this_year", in_library & (pool.entered >= as_of.index - as_of.month + 1)),
        pl.Series("left", left),
        pl.Series("opened_by_now", pool.opened <= as_of.index),
        pl.Series("overdue", left & (pool.finish < as_of.index) & (pool.finish < NEVER)),
    ).filter(pl.Series(in_library))
    return _flags(frame, limits)


def _share(cumulative: Floats, total: Floats) -> Floats:
    share = np.full(len(total), np.nan)
    np.divide(cumulative, total, out=share, where=total > 0)
    return share


def _flags(frame: pl.DataFrame, limits: Mapping[str, float]) -> pl.DataFrame:
    done = pl.col("state").is_in(FINISHED_STATES)
    stopped = ~done & pl.col("left") & (pl.col("months_zero") >= limits["stopped_months"])
    return (
        frame.with_columns(
            finished=done | ~pl.col("left"),
            no_remainder=~pl.col("left"),
            stopped=stopped,
            long_stopped=stopped & (pl.col("months_zero") > limits["long_stopped_months"]),
            overdue=pl.col("overdue") & ~done,
            zero_this_year=~done & (pl.col("this_year") <= 0),
        )
        .with_columns(evidence=_evidence(limits))
        .with_columns(withdrawal=(pl.col("evidence").list.len() > 0) & ~done)
    )


def _evidence(limits: Mapping[str, float]) -> pl.Expr:
    """Why a project may be one to withdraw, in words."""
    zero = pl.col("months_zero").cast(pl.String)
    texts = (
        pl.when(pl.col("long_stopped")).then(pl.format("连续{}个月无投资完成额，仍有余量", zero)),
        pl.when(pl.col("over") > 0).then(pl.lit("累计完成超过计划总投资, 请核实计划总投资是否已调整")),
        pl.when(pl.col("no_remainder") & (pl.col("months_zero") >= limits["stopped_months"])).then(
            pl.format("已无余量, {}个月无投资完成额", zero)
        ),
        pl.when(~pl.col("opened_by_now") & (pl.col("months_zero") >= limits["stopped_months"])).then(
            pl.lit("已入库但未见开工")
        ),
    )
    return pl.concat_list([text.otherwise(None) for text in texts]).list.drop_nulls()
