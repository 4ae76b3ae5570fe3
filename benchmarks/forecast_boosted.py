"""Our forecast beside one global gradient-boosting model on our own predictors, on the same rows.

    python benchmarks/forecast_boosted.py [--from 2011 --to 2018]

LightGBM (which is in no extra of this project: pip install lightgbm) learns (z − first guess) / scale, cut at
2.5, from the columns of the model's own regression with the indicator as a category: all series of all
indicators together, earlier years of the origin's window only, older ones by .85 a year. The distribution
is its median with the sizes of its own past misses of the same month (of all indicators, in the same units,
since two years before --from). `mean` is the mean of both medians and both sets of quantiles.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import time
from pathlib import Path

import numpy as np
import polars as pl

from wenpan.economy.figures import plain_files
from wenpan.economy.forecast import model
from wenpan.economy.forecast.bench import backtest, report
from wenpan.economy.forecast.figures import by_indicator, known_figures
from wenpan.economy.forecast.panel import panels
from wenpan.economy.forecast.pooling import rolling_scale
from wenpan.economy.forecast.predictors import lag, predictors
from wenpan.economy.forecast.year_end import LEVELS
from wenpan.economy.time.periods import Month

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "provinces_monthly"
ORIGINS = (3, 6, 9)
MEMORY = 0.85
TREES = {
    "objective": "l1", "learning_rate": 0.03, "num_leaves": 15, "min_data_in_leaf": 40,
    "subsample": 0.7, "subsample_freq": 1, "colsample_bytree": 0.7, "reg_lambda": 5.0, "verbosity": -1,
    "num_threads": 1, "deterministic": True, "seed": 20260101,
}  # fmt: skip
ROUNDS = 300


def table(observations: pl.DataFrame, indicators: dict, as_of: Month) -> dict[str, np.ndarray]:
    """One row per series and year of the window: columns, target, and what makes a growth of it."""
    parts: list[dict[str, np.ndarray]] = []
    figures, names = known_figures(observations, as_of)
    for code, mine in enumerate(by_indicator(figures, names)):
        for panel in panels(mine, indicators[mine.code], as_of, {"flow"}):
            k = list(panel.months).index(as_of.month) + 1
            p = predictors(panel, k)
            guess, _ = model.first_guess(p, panel, k)
            z = np.clip(p.z, -2, 2)
            scale, _ = rolling_scale(z - guess, panel.group, prior=model.prior_scale(p, panel))
            x = model.design(p, guess, panel.group)
            series, years = z.shape
            of = np.full((series * years, 1), code)
            parts.append(
                {
                    "x": np.concatenate([x.reshape(series * years, -1), of], axis=1),
                    "y": np.clip((z - guess) / scale, -2.5, 2.5).ravel(),
                    "age": np.broadcast_to(np.arange(years)[::-1], z.shape).ravel(),
                    "guess": guess.ravel(), "scale": scale.ravel(), "base": p.base.ravel(),
                    "so_far": p.so_far.ravel(), "last": lag(p.total).ravel(),
                    "region": np.repeat(mine.regions.astype(str), years),
                    "indicator": np.full(series * years, mine.code),
                }
            )  # fmt: skip
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def boosted(t: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """(rows of the last year,) their place in the table, and the median of (z − guess) / scale."""
    import lightgbm

    learn = np.isfinite(t["y"]) & (t["age"] > 0) & np.isfinite(t["scale"])
    now = np.flatnonzero((t["age"] == 0) & np.isfinite(t["guess"]) & np.isfinite(t["last"]))
    category = [t["x"].shape[1] - 1]
    weight = MEMORY ** t["age"][learn].astype(float)
    data = lightgbm.Dataset(t["x"][learn], t["y"][learn], weight=weight, categorical_feature=category)
    return now, np.asarray(lightgbm.train(TREES, data, ROUNDS).predict(t["x"][now]))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="first", type=int, default=2011)
    parser.add_argument("--to", dest="last", type=int, default=2018)
    args = parser.parse_args()
    if importlib.util.find_spec("lightgbm") is None:
        print("LightGBM is not installed (pip install lightgbm): nothing was compared.")
        return
    observations = plain_files.read_observations((DATA / "observations.csv.gz").read_bytes(), "o.csv.gz")
    indicators = plain_files.read_indicators((DATA / "indicators.csv").read_bytes(), "indicators.csv")
    wanted = backtest.candidates(observations, indicators)
    years = range(args.first - 2, args.last + 1)
    actual = backtest.truth(observations, indicators, wanted, range(years[0] - 1, args.last + 1))
    enough = {y: backtest.history(observations, wanted, y) >= 5 for y in years}
    number = {key: i for i, key in enumerate(wanted.select("region", "indicator").iter_rows())}
    past: dict[int, list[np.ndarray]] = {m: [] for m in ORIGINS}
    parts = []
    for year in years:
        for month in ORIGINS:
            as_of = Month(year, month)
            ours = backtest.one_origin(
                observations, indicators=indicators, as_of=as_of, wanted=wanted, methods=(backtest.OURS,)
            )
            begun = time.process_time()
            with np.errstate(all="ignore"):  # what is not known is NaN and stays NaN
                t = table(backtest.up_to(observations, as_of), indicators, as_of)
            now, said = boosted(t)
            spent = (time.process_time() - begun) / wanted.height
            row = np.array([number.get((t["region"][i], t["indicator"][i]), -1) for i in now])
            now, said, row = now[row >= 0], said[row >= 0], row[row >= 0]
            own = {n: t[n][now] for n in ("guess", "scale", "base", "so_far", "last")}
            size = np.concatenate(past[month]) if past[month] else np.array([0.5, 1.0, 2.0])
            width = np.sign(LEVELS - 0.5) * np.quantile(size, np.abs(2 * LEVELS - 1))
            z = own["guess"][:, None] + own["scale"][:, None] * (said[:, None] + width)
            total = own["so_far"][:, None] + own["base"][:, None] * np.exp(np.clip(z, -2.5, 2.5))
            q = np.full((wanted.height, len(LEVELS)), np.nan)
            q[row] = 100 * (total / own["last"][:, None] - 1)
            came = actual[year][row]
            with np.errstate(all="ignore"):
                rest = own["last"] * (1 + came / 100) - own["so_far"]
                miss = (np.log(rest / own["base"]) - own["guess"]) / own["scale"] - said
            past[month].append(np.abs(miss[np.isfinite(miss) & enough[year][row]]))
            if year < args.first:
                continue
            mine = np.array(ours["quantiles"].to_list(), dtype=np.float64)
            parts.append(ours)
            for name, of in (("boosted", q), ("mean", (q + mine) / 2)):
                parts.append(
                    ours.with_columns(
                        pl.Series("quantiles", of.tolist(), dtype=pl.List(pl.Float64)),
                        method=pl.lit(name),
                        cpu=pl.lit(spent),
                    ).select(ours.columns)
                )
    print(report.text(backtest.scored(pl.concat(parts), actual, enough), None))


if __name__ == "__main__":
    main()
