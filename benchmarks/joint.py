"""Joint chances on real provinces: how many of a province's targets ("last year's growth") will be met?

    python benchmarks/joint.py [--from 2011 --to 2018]

All of fourteen are met so seldom that it decides nothing; "all of 3, 4, 6" are fixed random sets of a
province's indicators, six of each size at each origin, as a district with so many targets would ask.
Each province has up to 14 indicators. Brier scores of "all met" and of "at least k met" (k at a quarter,
a half, three quarters of them, and every k from 1), from joint chances and from the product of the single
chances, with a bootstrap over years of the difference; and the energy score of the vector of year-end
growths (in units of each indicator's interquartile range), drawn with and without the common factor.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import polars as pl
from scipy import stats

from wenpan.economy.figures import plain_files
from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.forecast.bench import backtest
from wenpan.economy.forecast.joint import joint_chance
from wenpan.economy.time.periods import Month

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "provinces_monthly"
SEED = 20260101
DRAWS = 300
SETS = (3, 4, 6)  # targets of a set, of which all should be met
EACH = 6


def energy(sample: np.ndarray, came: np.ndarray) -> float:
    """E|X − y| − ½ E|X − X'| of a sample (draws, n)."""
    half = len(sample) // 2
    near = np.linalg.norm(sample - came, axis=1).mean()
    return float(near - 0.5 * np.linalg.norm(sample[:half] - sample[half : 2 * half], axis=1).mean())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="first", type=int, default=2011)
    parser.add_argument("--to", dest="last", type=int, default=2018)
    args = parser.parse_args()
    observations = plain_files.read_observations((DATA / "observations.csv.gz").read_bytes(), "o.csv.gz")
    indicators = plain_files.read_indicators((DATA / "indicators.csv").read_bytes(), "indicators.csv")
    wanted = backtest.candidates(observations, indicators)
    years = range(args.first, args.last + 1)
    actual = backtest.truth(observations, indicators, wanted, range(args.first - 1, args.last + 1))
    region = wanted["region"].to_numpy()
    rng = np.random.default_rng(SEED)
    picks = np.random.default_rng(SEED + 1)
    rows: list[tuple[int, int, str, float, float, bool]] = []
    scores: list[tuple[int, float, float]] = []
    for year in years:
        for month in (3, 6, 9):
            end = forecast_year_end(
                observations, indicators=indicators, as_of=Month(year, month), wanted=wanted
            )
            target, came = actual[year - 1], actual[year]
            p = end.probability([">="] * wanted.height, target)
            spread = end.p(0.75) - end.p(0.25)
            ok = np.isfinite(p) & np.isfinite(came) & (end.origin_month == month) & (spread > 0)
            for name in np.unique(region):
                at = np.flatnonzero(ok & (region == name))
                if len(at) < 4:
                    continue
                floor = np.ones(len(at), dtype=bool)
                ours = joint_chance(p[at], end.ranks[at], floor)
                alone = joint_chance_independent(p[at])
                met = int((came[at] >= target[at]).sum())
                n = len(at)
                events = {"all": n, "1/4": round(n / 4), "1/2": round(n / 2), "3/4": round(3 * n / 4)}
                every = [("every k", k) for k in range(1, n + 1)]
                for label, k in [*events.items(), *every]:
                    chances = float(ours.at_least[k]), float(alone[k])
                    rows.append((year, month, label, *chances, met >= k))
                for size in (s for s in SETS if s <= n for _ in range(EACH)):
                    few = at[picks.choice(n, size, replace=False)]
                    of_few = joint_chance(p[few], end.ranks[few], np.ones(size, dtype=bool)).all_met
                    kept = bool((came[few] >= target[few]).all())
                    rows.append((year, month, f"all of {size}", of_few, float(p[few].prod()), kept))
                normal = rng.standard_normal((DRAWS, n))
                factor = rng.standard_normal((DRAWS, 1))
                both = []
                for z in (np.sqrt(ours.together) * factor + np.sqrt(1 - ours.together) * normal, normal):
                    u = stats.norm.cdf(z)
                    x = np.stack(
                        [np.interp(u[:, j], end.levels, end.quantiles[i]) for j, i in enumerate(at)], axis=1
                    )
                    limit = (
                        10 * spread[at]
                    )  # of what starts from almost nothing, the tenfold spread is enough
                    x, y = (np.clip(v, end.p(0.5)[at] - limit, end.p(0.5)[at] + limit) for v in (x, came[at]))
                    both.append(energy(x / spread[at], y / spread[at]))
                scores.append((year, *both))
    frame = pl.DataFrame(rows, schema=["year", "month", "event", "ours", "alone", "met"], orient="row")
    frame = frame.with_columns(
        a=(pl.col("ours") - pl.col("met").cast(pl.Float64)) ** 2,
        b=(pl.col("alone") - pl.col("met").cast(pl.Float64)) ** 2,
    )
    print(
        "event          n   joint   product  difference  90 % interval over years"
        "   said: joint, product, came"
    )
    for label in ("all", *(f"all of {s}" for s in SETS), "1/4", "1/2", "3/4", "every k"):
        part = frame.filter(pl.col("event") == label)
        by = part.group_by("year").agg(d=(pl.col("a") - pl.col("b")).sum(), n=pl.len()).sort("year")
        d, n = by["d"].to_numpy(), by["n"].to_numpy()
        pick = rng.integers(0, len(d), (2000, len(d)))
        boot = d[pick].sum(1) / n[pick].sum(1)
        low, high = np.quantile(boot, [0.05, 0.95])
        print(
            f"{label:10} {part.height:5}  {part['a'].mean():.4f}  {part['b'].mean():.4f}  "
            f"{part['a'].mean() - part['b'].mean():+.4f}  {low:+.4f} … {high:+.4f}   "
            f"{part['ours'].sum():8.1f}  {part['alone'].sum():8.1f}  {part['met'].sum():6d}"
        )
    print("\nyear  " + "  ".join(f"{label:>20}" for label in ("all", "every k")) + "   (joint, product)")
    for (year,), part in frame.group_by("year", maintain_order=True):
        cells = [
            f"{of['a'].mean():9.4f}, {of['b'].mean():9.4f}"
            for of in (part.filter(pl.col("event") == label) for label in ("all", "every k"))
        ]
        print(f"{year}  " + "  ".join(f"{cell:>20}" for cell in cells))
    e = np.array(scores)
    print(f"energy score: with the common factor {e[:, 1].mean():.4f}, without {e[:, 2].mean():.4f}")


def joint_chance_independent(p: np.ndarray) -> np.ndarray:
    """(n + 1,) P(at least k) as if misses had nothing to do with each other."""
    counts = np.array([1.0])
    for chance in p:
        counts = np.convolve(counts, [1 - chance, chance])
    return np.cumsum(counts[::-1])[::-1]


if __name__ == "__main__":
    main()
