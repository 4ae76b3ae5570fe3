"""Our forecast beside statsforecast's and Prophet's on the provinces' real series, on the same origins.

The same as `wenpan backtest --peers …`, but peers' results are kept in a folder, year by year, so that a run
of hours can be taken up again and every change of ours is compared with the same peers:

    python benchmarks/forecast_peers.py --cache DIR --peer AutoETS=1 --peer AutoARIMA=0.05 [--from 2011]

With --recalibrate each peer stands a second time, its distribution laid over its own past misses (conformal:
of the same indicator and month in the years since --from − 2 that were over, in units of its own spread),
so that what it does not know of its uncertainty is made up for.

The number behind a peer's name is the share of the series that it sees (a fixed random order: a smaller
share is part of a larger one). Needs the extra [bench]; the real series come from the shared folder.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import polars as pl

from wenpan.economy.figures import plain_files
from wenpan.economy.forecast.bench import backtest, report
from wenpan.economy.forecast.year_end import LEVELS
from wenpan.economy.time.periods import Month

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "provinces_monthly"
ORIGINS = (3, 6, 9)
SEED = 20260101


LEAST = 20  # past misses of an indicator and month before they count


def recalibrated(rows: pl.DataFrame, actual: dict, enough: dict) -> pl.DataFrame:
    """The peers' rows once more: median ± spread · quantiles of the size of past misses in units of it
    (with their sign the median would chase last years' bias, which made AutoTheta worse)."""
    peers = rows.filter(~pl.col("method").is_in([backtest.OURS, "carry"]))
    q = np.array(peers["quantiles"].to_list(), dtype=np.float64)
    middle, spread = q[:, len(LEVELS) // 2], (q[:, -4] - q[:, 3]) / 2
    row, year = peers["row"].to_numpy(), peers["year"].to_numpy()
    came = np.array([actual[y][r] if enough[y][r] else np.nan for y, r in zip(year, row, strict=True)])
    with np.errstate(all="ignore"):
        miss = np.where(spread > 0, (came - middle) / spread, np.nan)
    what = peers.select(pl.struct("method", "indicator", "month").rank("dense"))
    what = what.to_series().to_numpy()
    out = q.copy()
    for y in np.unique(year):
        for kind in np.unique(what):
            past = miss[(what == kind) & (year < y)]
            past = past[np.isfinite(past)]
            at = (what == kind) & (year == y)
            if len(past) >= LEAST:
                size = np.sign(LEVELS - 0.5) * np.quantile(np.abs(past), np.abs(2 * LEVELS - 1))
                out[at] = middle[at, None] + spread[at, None] * size
    renamed = peers.with_columns(
        pl.Series("quantiles", out.tolist(), dtype=pl.List(pl.Float64)),
        method=pl.col("method") + "+",
    )
    return renamed.select(rows.columns)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cache", type=Path, help="folder of the peers' results")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=SHARE")
    parser.add_argument("--from", dest="first", type=int, default=2011)
    parser.add_argument("--to", dest="last", type=int, default=2018)
    parser.add_argument("--recalibrate", action="store_true", help="peers also with their past misses")
    args = parser.parse_args()
    if args.cache is None or not args.peer:
        print("takes hours: say which peers, and where results are kept: --peer AutoETS=0.05 --cache DIR")
        return
    args.cache.mkdir(parents=True, exist_ok=True)
    observations = plain_files.read_observations(
        (DATA / "observations.csv.gz").read_bytes(), "observations.csv.gz"
    )
    indicators = plain_files.read_indicators((DATA / "indicators.csv").read_bytes(), "indicators.csv")
    wanted = backtest.candidates(observations, indicators)
    reported = range(args.first, args.last + 1)
    years = range(args.first - (2 if args.recalibrate else 0), args.last + 1)
    enough = {y: backtest.history(observations, wanted, y) >= 5 for y in years}
    everything = np.ones(wanted.height, dtype=bool)
    actual = backtest.truth(observations, indicators, wanted, range(years[0] - 1, args.last + 1))

    parts = []
    for y in reported:
        for m in ORIGINS:
            call = (observations, indicators, Month(y, m), wanted)
            parts.append(backtest.one_call(*call, (backtest.OURS, "carry"), everything))
    for name, _, share in (p.partition("=") for p in args.peer):
        chosen = np.zeros(wanted.height, dtype=bool)
        order = np.random.default_rng(SEED).permutation(wanted.height)
        chosen[order[: round(float(share or 1) * wanted.height)]] = True
        for y in reversed(years):
            file = args.cache / f"{name}-{share or 1}-{y}.parquet"
            if not file.exists():
                mask = chosen & enough[y] & np.isfinite(actual[y])
                calls = [(observations, indicators, Month(y, m), wanted, (name,), mask) for m in ORIGINS]
                pl.concat([backtest.one_call(*call) for call in calls]).write_parquet(file)
            parts.append(pl.read_parquet(file))
    every = pl.concat(parts)
    if args.recalibrate:
        every = pl.concat([every, recalibrated(every, actual, enough)])
    rows = backtest.scored(every.filter(pl.col("year").is_in(list(reported))), actual, enough)
    print(report.text(rows, None))


if __name__ == "__main__":
    main()
