"""The same real series as districts publish them: levels, growth only, quarters, few rivals, few years.

    python benchmarks/forecast_shapes.py [--from 2011 --to 2018]

Growth only is what a district prints (rounded to 0.1, no levels at all); quarters are the figures of March,
June, September and December. "nine regions" forecasts with only nine of the provinces in the frame, as a city
has districts; "five years" drops everything older. Judged on the same real growths, errors cut at 100
points a row.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import polars as pl

from wenpan.economy.figures import plain_files
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast.bench import backtest
from wenpan.economy.forecast.bench.report import CUT
from wenpan.economy.time.periods import Month

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "provinces_monthly"
KEYS = ["region", "indicator"]


def growth_only(levels: pl.DataFrame) -> pl.DataFrame:
    year = pl.col("period").str.slice(0, 4).cast(pl.Int32)
    before = levels.with_columns(period=(year + 1).cast(pl.String) + pl.col("period").str.slice(4))
    both = levels.join(before.select(*KEYS, "period", last="value"), on=[*KEYS, "period"])
    growth = (100 * (pl.col("value") / pl.col("last") - 1)).round(1)
    return both.filter((pl.col("last") > 0) & (pl.col("value") > 0)).select(
        *KEYS, "period", measure=pl.lit("ytd_growth"), basis=pl.lit("natural"), value=growth
    )


def quarters(levels: pl.DataFrame) -> pl.DataFrame:
    month = pl.col("period").str.slice(5).cast(pl.Int32)
    name = pl.col("period").str.slice(0, 4) + "-Q" + (month // 3).cast(pl.String)
    return levels.filter(month % 3 == 0).with_columns(period=name)


def few(levels: pl.DataFrame, years: range) -> dict[int, pl.DataFrame]:
    """By year the frame of the year and the four before."""
    year = pl.col("period").str.slice(0, 4).cast(pl.Int32)
    return {y: levels.filter(year.is_between(y - 4, y)) for y in years}


def run(
    name: str, frames: dict[int, pl.DataFrame], years: range, wanted: pl.DataFrame, frequency: str
) -> None:
    indicators = {c: Indicator(c, c, frequency=frequency) for c in wanted["indicator"].unique()}
    parts, actual, enough = [], {}, {}
    for y in years:
        actual |= backtest.truth(frames[y], indicators, wanted, range(y - 1, y + 1))
        enough[y] = ENOUGH[y][WANTED_ROW[wanted.height]]
        for m in (3, 6, 9):
            parts.append(
                backtest.one_origin(frames[y], indicators=indicators, as_of=Month(y, m), wanted=wanted)
            )
    rows = backtest.scored(pl.concat(parts), actual, enough)
    for method in (backtest.OURS, "carry"):
        part = rows.filter(pl.col("method") == method)
        by = part.group_by("month").agg(pl.col("inside").mean()).sort("month")["inside"].to_list()
        print(
            f"{name:14} {method:7} n {part.height:5}  MAE {cut(part['error']):6.3f}  "
            f"median {part['error'].median():6.3f}  CRPS {cut(part['crps']):6.3f}  "
            f"cover80 {part['inside'].mean():.3f} (Mar {by[0]:.3f}, Jun {by[1]:.3f}, Sep {by[2]:.3f})"
        )


def cut(error: pl.Series) -> float:
    """The mean of errors cut at 100 points a row."""
    return float(error.clip(upper_bound=CUT).mean())


ENOUGH: dict[int, np.ndarray] = {}
WANTED_ROW: dict[int, np.ndarray] = {}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="first", type=int, default=2011)
    parser.add_argument("--to", dest="last", type=int, default=2018)
    args = parser.parse_args()
    years = range(args.first, args.last + 1)
    levels = plain_files.read_observations((DATA / "observations.csv.gz").read_bytes(), "observations.csv.gz")
    levels = levels.select(*KEYS, "period", "measure", "basis", "value").filter(pl.col("value") > 0)
    wanted = backtest.candidates(levels, {})
    ENOUGH.update({y: backtest.history(levels, wanted, y) >= 5 for y in years})
    names = wanted["region"].unique().sort()
    nine = names.gather(np.sort(np.random.default_rng(1).permutation(len(names))[:9]))
    chosen = wanted["region"].is_in(nine.to_list()).to_numpy()
    WANTED_ROW.update({wanted.height: np.arange(wanted.height), int(chosen.sum()): np.flatnonzero(chosen)})

    shapes = {"levels": levels, "growth only": growth_only(levels), "quarters": quarters(levels)}
    for name, frame in shapes.items():
        run(
            name, dict.fromkeys(years, frame), years, wanted, "quarterly" if name == "quarters" else "monthly"
        )
    part = levels.filter(pl.col("region").is_in(nine.to_list()))
    run("nine regions", dict.fromkeys(years, part), years, wanted.filter(pl.Series(chosen)), "monthly")
    run("five years", few(levels, years), years, wanted, "monthly")


if __name__ == "__main__":
    main()
