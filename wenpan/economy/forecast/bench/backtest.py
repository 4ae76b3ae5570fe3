"""The back-test: at every origin the forecast as it would have been made then, against what came.

Pure. An origin is a month; only figures of periods up to it, in the version released by the end of the
month after (where the day is given), are handed on, so that nothing can peek.
Judged is the headline growth at the year's end, in points, so that units do not matter; with targets
also whether each was met. `one_origin` is a plain function of plain arguments, ready for any engine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.figures.series import known_by, month_index, one_version
from wenpan.economy.forecast import carry
from wenpan.economy.forecast.answer import forecast_year_end
from wenpan.economy.forecast.bench import scores
from wenpan.economy.forecast.figures import YEARS
from wenpan.economy.forecast.year_end import LEVELS, Flags, Floats, YearEnd
from wenpan.economy.time.periods import Month

KEYS = ["region", "indicator", "measure", "basis"]
OURS = "wenpan"
METHODS: dict[str, Callable[..., YearEnd]] = {OURS: forecast_year_end, "carry": carry.forecast_year_end}


def candidates(observations: pl.DataFrame, indicators: Mapping[str, Indicator]) -> pl.DataFrame:
    """The figures that are back-tested: each region's headline growth, on the headline's basis."""
    pairs = observations.select("region", "indicator").unique().sort("region", "indicator")
    known = {c: indicators.get(c, Indicator(c, c)) for c in pairs["indicator"].unique()}
    headline = {c: i.headline if i.headline.is_growth else Measure.YTD_GROWTH for c, i in known.items()}
    return pairs.with_columns(
        measure=pl.col("indicator").replace_strict(
            {c: m.value for c, m in headline.items()}, return_dtype=pl.String
        ),
        basis=pl.col("indicator").replace_strict(
            {c: i.basis for c, i in known.items()}, return_dtype=pl.String
        ),
    )


def truth(
    observations: pl.DataFrame, indicators: Mapping[str, Indicator], wanted: pl.DataFrame, years: range
) -> dict[int, Floats]:
    """By year the figures of December in their last version, NaN where it was not published."""
    final = one_version(observations.with_columns(at=month_index()))
    out = {}
    for year in years:
        end = forecast_year_end(final, indicators=indicators, as_of=Month(year, 12), wanted=wanted)
        out[year] = np.where(end.origin_month == 12, end.p(0.5), np.nan)
    return out


def up_to(observations: pl.DataFrame, as_of: Month) -> pl.DataFrame:
    """What was known in the round of `as_of`: figures up to it, in the version released by then."""
    return one_version(known_by(observations, as_of))


def one_origin(
    observations: pl.DataFrame,
    *,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    wanted: pl.DataFrame,
    methods: tuple[str, ...] = (OURS, "carry"),
) -> pl.DataFrame:
    """Rows of `wanted` × methods with quantiles (list), the growth so far and notes, as known at `as_of`."""
    seen = up_to(observations, as_of)
    parts = []
    for name in methods:
        begun = time.process_time()
        end = method(name)(seen, indicators=indicators, as_of=as_of, wanted=wanted)
        spent = time.process_time() - begun
        parts.append(
            wanted.with_row_index("row").with_columns(
                method=pl.lit(name),
                year=pl.lit(as_of.year, dtype=pl.Int32),
                month=pl.lit(as_of.month, dtype=pl.Int32),
                so_far=pl.Series(end.origin_value),
                known_month=pl.Series(end.origin_month),
                quantiles=pl.Series(end.quantiles.tolist(), dtype=pl.List(pl.Float64)),
                note=pl.Series(end.notes, dtype=pl.String),
                cpu=pl.lit(spent / max(wanted.height, 1)),
            )
        )
    return pl.concat(parts)


def one_call(
    observations: pl.DataFrame,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    wanted: pl.DataFrame,
    methods: tuple[str, ...],
    mask: Flags,
) -> pl.DataFrame:
    """`one_origin` on the rows of `wanted` where `mask`; `row` still counts in the whole of `wanted`."""
    at = np.flatnonzero(mask)
    part = one_origin(
        observations, indicators=indicators, as_of=as_of, wanted=wanted[at.tolist()], methods=methods
    )
    return part.with_columns(row=pl.col("row").replace_strict(np.arange(len(at)), at, return_dtype=pl.UInt32))


def method(name: str) -> Callable[..., YearEnd]:
    """Ours, the naive one, or a peer (which needs the extra `bench`)."""
    if name in METHODS:
        return METHODS[name]
    from wenpan.economy.forecast.bench import peers

    return peers.forecaster(name)


def history(observations: pl.DataFrame, wanted: pl.DataFrame, before: int) -> Floats:
    """(N,) earlier years (of the last YEARS) whose December figure (level or growth) is known."""
    rows = wanted.with_row_index("row").select("row", "region", "indicator")
    seen = (
        observations.filter(pl.col("value").is_not_null() & pl.col("period").str.contains("(-12|-Q4)$"))
        .with_columns(y=pl.col("period").str.slice(0, 4).cast(pl.Int32))
        .filter((pl.col("y") < before) & (pl.col("y") >= before - YEARS))
        .group_by("region", "indicator")
        .agg(n=pl.col("y").n_unique())
    )
    counted = rows.join(seen, on=["region", "indicator"], how="left", maintain_order="left")
    return counted["n"].fill_null(0).to_numpy().astype(np.float64)


def scored(rows: pl.DataFrame, actual: Mapping[int, Floats], enough: Mapping[int, Any]) -> pl.DataFrame:
    """The rows that can be judged, with actual, last_year, error, crps, inside and P(≥ last year)."""
    row, year = rows["row"].to_numpy(), rows["year"].to_numpy()
    nothing = np.full(max(len(a) for a in actual.values()), np.nan)
    came = np.array([actual[y][r] for y, r in zip(year, row, strict=True)])
    last = np.array([actual.get(y - 1, nothing)[r] for y, r in zip(year, row, strict=True)])
    q = np.array(rows["quantiles"].to_list(), dtype=np.float64).reshape(-1, len(LEVELS))
    ok = np.array([bool(enough[y][r]) for y, r in zip(year, row, strict=True)])
    ok &= np.isfinite(came) & np.isfinite(q[:, 0]) & (rows["known_month"] == rows["month"]).to_numpy()
    end = _distribution(q)
    return rows.with_columns(
        p10=pl.Series(end.p(0.1)),
        p50=pl.Series(end.p(0.5)),
        p90=pl.Series(end.p(0.9)),
        actual=pl.Series(came),
        last_year=pl.Series(last),
        error=pl.Series(np.abs(end.p(0.5) - came)),
        crps=pl.Series(scores.crps(q, came)),
        inside=pl.Series((came >= end.p(0.1)) & (came <= end.p(0.9))),
        p_last_year=pl.Series(end.probability([">="] * len(q), last)),
    ).filter(pl.Series(ok))


def _distribution(q: Floats) -> YearEnd:
    n = np.zeros(len(q))
    none = np.zeros((len(q), 13))
    return YearEnd(
        pl.DataFrame({"row": n}), LEVELS, q, [""] * len(q), Month(2000, 1), n.astype(np.int64), n, none, none
    )


def with_targets(rows: pl.DataFrame, targets: pl.DataFrame) -> pl.DataFrame:
    """Rows × targets of the same figure and year, with probability and met."""
    on = ["region", "indicator", "year", "measure"]
    joined = rows.join(targets.select(*on, "comparison", target="value"), on=on)
    q = np.array(joined["quantiles"].to_list(), dtype=np.float64).reshape(-1, len(LEVELS))
    target = joined["target"].to_numpy()
    up = (joined["comparison"] == ">=").to_numpy()
    came = joined["actual"].to_numpy()
    return joined.with_columns(
        probability=pl.Series(_distribution(q).probability(joined["comparison"].to_list(), target)),
        met=pl.Series(np.where(up, came >= target, came <= target)),
        naive_alarm=pl.Series(
            np.where(up, joined["so_far"].to_numpy() < target, joined["so_far"].to_numpy() > target)
        ),
    )
