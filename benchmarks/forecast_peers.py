"""Our forecast beside statsforecast's and Prophet's on the provinces' real series, on the same origins.

The same as `wenpan backtest --peers …`, but peers' results are kept in a folder, year by year, so that a run
of hours can be taken up again and every change of ours is compared with the same peers:

    python benchmarks/forecast_peers.py --cache DIR --peer AutoETS=1 --peer AutoARIMA=0.05 [--from 2011]

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
from wenpan.economy.time.periods import Month

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "provinces_monthly"
ORIGINS = (3, 6, 9)
SEED = 20260101


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cache", type=Path, help="folder of the peers' results")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=SHARE")
    parser.add_argument("--from", dest="first", type=int, default=2011)
    parser.add_argument("--to", dest="last", type=int, default=2018)
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
    years = range(args.first, args.last + 1)
    enough = {y: backtest.history(observations, wanted, y) >= 5 for y in years}
    everything = np.ones(wanted.height, dtype=bool)
    actual = backtest.truth(observations, indicators, wanted, range(args.first - 1, args.last + 1))

    parts = []
    for y in years:
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
    rows = backtest.scored(pl.concat(parts), actual, enough)
    print(report.text(rows, None))


if __name__ == "__main__":
    main()
