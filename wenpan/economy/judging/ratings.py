"""What the ratings of projects said, and what came after: did the planned finish slip by the next report?

Pure. One row a project and report; a project is followed by its code to the next report of its register. A
slip is a planned finish that stands more than `SLIP_DAYS` later in the next report. A project that the next
report does not hold, and one without both dates, cannot be asked: null, never "kept".
"""

from __future__ import annotations

import math

import polars as pl

RATINGS = {
    "register": pl.String,
    "code": pl.String,
    "on": pl.Date,
    "rating": pl.String,  # the register's own word, "" where it gives none
    "start": pl.Date,
    "finish": pl.Date,
}
SLIP_DAYS = 30


def pairs(ratings: pl.DataFrame, *, slip_days: int = SLIP_DAYS) -> pl.DataFrame:
    """The rows with next_on, finish_after and slip; null where the next report does not tell."""
    reports = ratings.select("register", "on").unique().sort("register", "on")
    reports = reports.with_columns(next_on=pl.col("on").shift(-1).over("register"))
    after = ratings.select("register", "code", next_on="on", finish_after="finish", listed=pl.lit(True))
    return (
        ratings.join(reports, on=["register", "on"], how="left")
        .join(after, on=["register", "code", "next_on"], how="left")
        .with_columns(
            next_on=pl.when(pl.col("listed")).then("next_on"),
            slip=(pl.col("finish_after") - pl.col("finish")).dt.total_days() > slip_days,
        )
        .drop("listed")
    )


def outcomes(paired: pl.DataFrame, by: str = "rating") -> pl.DataFrame:
    """`by`, asked, slipped, share, low, high: Wilson's 95 % interval, in ratios. Rows that cannot be asked
    are left out."""
    seen = paired.filter(pl.col("slip").is_not_null()).group_by(by)
    counted = seen.agg(asked=pl.len(), slipped=pl.col("slip").sum()).sort(by)
    ends = [wilson(k, n) for n, k in counted.select("asked", "slipped").iter_rows()]
    return counted.with_columns(
        share=pl.col("slipped") / pl.col("asked"),
        low=pl.Series([low for low, _ in ends], dtype=pl.Float64),
        high=pl.Series([high for _, high in ends], dtype=pl.Float64),
    )


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share, in ratios; (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    p = hits / of
    centre, half = p + z * z / 2 / of, z * math.sqrt(p * (1 - p) / of + z * z / 4 / of / of)
    return max(0.0, (centre - half) / (1 + z * z / of)), min(1.0, (centre + half) / (1 + z * z / of))
