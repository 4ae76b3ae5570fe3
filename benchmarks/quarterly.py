"""Quarterly growth as a statistics office prints it, alone and beside levels whose annual figure was revised.

    python benchmarks/quarterly.py [--from 2008 --to 2018] [--years] [--aside]

No provincial accounts are at hand that may be used, so the growth of output is composed of what is,
damped to the size of such a growth and printed with one decimal: `provinces` of each province's physical
output and electricity; `stopped` lays the nation's course of 2020 and 2021 over two of their years;
`mixtures` are 31 mixtures of the nation's monthly series, up to 2022. `with levels` adds running totals
whose quarters stand as first printed while the annual figure was revised, the oldest years most. Beside
our forecast stand carrying the growth so far and, for P(target met), the rule of ten lines "growth so far
plus every past difference between year and so far" (of the region, of all regions). A year of a break:
|growth − last year's| above three times its median. These series served while the method was made; with
--aside stand two that were run once, when all was chosen: the stop two years earlier, and other mixtures.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import polars as pl

from wenpan.economy.figures import plain_files
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.forecast.bench import scores
from wenpan.economy.time.periods import Month

SHARED = Path(os.environ.get("WENPAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
QUARTERS = (3, 6, 9, 12)
SEED = 20260101
CENSUS = 2008  # the year up to which annual figures were raised afterwards
INDICATORS = {"gdp": Indicator("gdp", "地区生产总值", unit="亿元", frequency="quarterly", lag_months=1)}
TAKEN = ("industrial_value_added", "retail_sales", "fixed_asset_investment", "power_generation",
         "public_revenue", "tax_revenue", "exports", "public_expenditure")  # fmt: skip
ASIDE = ("imports", "foreign_investment", "public_expenditure", "exports", "industrial_value_added",
         "real_estate_investment")  # fmt: skip
WANTED = {"measure": "ytd_growth", "basis": "natural"}


def running(folder: str) -> pl.DataFrame:
    """region, indicator, year, month, growth: of the year so far, percent."""
    data = SHARED / "data" / folder / "observations.csv.gz"
    seen = plain_files.read_observations(data.read_bytes(), data.name)
    seen = seen.filter(pl.col("value").is_not_null()).with_columns(
        year=pl.col("period").str.slice(0, 4).cast(pl.Int32),
        month=pl.col("period").str.slice(5).cast(pl.Int32),
    )
    months = seen.filter(pl.col("measure") == "month").sort("month")
    summed = months.with_columns(
        value=pl.col("value").cum_sum().over("region", "indicator", "year", order_by="month")
    )
    levels = pl.concat([seen.filter(pl.col("measure") == "ytd"), summed])
    last = levels.select("region", "indicator", pl.col("year") + 1, "month", before="value")
    levels = levels.join(last, on=["region", "indicator", "year", "month"]).filter(pl.col("before") > 0)
    grown = levels.with_columns(growth=100 * (pl.col("value") / pl.col("before") - 1))
    rates = seen.filter(pl.col("measure") == "month_growth").with_columns(
        growth=pl.col("value")
        .rolling_mean(12, min_samples=1)
        .over("region", "indicator", "year", order_by="month")
    )
    columns = ["region", "indicator", "year", "month", "growth"]
    out = pl.concat([grown.select(columns), rates.select(columns)])
    return out.filter(pl.col("month").is_in(QUARTERS)).unique(columns[:4], keep="last")


def cube(frame: pl.DataFrame, by: str) -> tuple[np.ndarray, list[str], int]:
    """(names, years, quarters) of a frame with `by`, year, month, growth; names; the first year."""
    names = frame[by].unique().sort().to_list()
    first = int(frame["year"].min())
    out = np.full((len(names), int(frame["year"].max()) - first + 1, 4), np.nan)
    at = {name: i for i, name in enumerate(names)}
    for name, year, month, growth in frame.select(by, "year", "month", "growth").iter_rows():
        out[at[name], year - first, month // 3 - 1] = growth
    return out, names, first


def provinces() -> tuple[np.ndarray, int]:
    """(31, years, 4) growths in percent: a slowly falling 12 + .13 · (mean growth of output − 8)."""
    seen = running("provinces_monthly").with_columns(pl.col("growth").clip(-40, 40))
    whole = pl.len().over("region", "indicator", "year") == 4
    mean = seen.filter(whole).group_by("region", "year", "month").agg(pl.col("growth").mean())
    growth, _, first = cube(mean, "region")
    slower = 12 - 0.5 * (first + np.arange(growth.shape[1]) - 2007)  # as growth was from 2007 to 2018
    return np.round(slower[None, :, None] + 0.13 * (growth - 8), 1), first


def stopped(year: int = 2015) -> tuple[np.ndarray, int]:
    """`provinces` with the course that the nation's output took in 2020 and 2021 laid over two years."""
    growth, first = provinces()
    rng = np.random.default_rng(SEED + 2)
    for y, course in ((year, [-12.8, -7.7, -5.4, -3.8]), (year + 1, [12.2, 6.6, 3.7, 2.0])):
        size = rng.normal(1, 0.3, (len(growth), 1))
        growth[:, y - first] += size * np.array(course) + rng.normal(0, 0.2, (len(growth), 4))
    return np.round(growth, 1), first


def mixtures(count: int = 31, taken: tuple[str, ...] = TAKEN, seed: int = SEED) -> tuple[np.ndarray, int]:
    """(count, years, 4) growths in percent: mixtures of the nation's series by random shares, one decimal."""
    seen = running("national_monthly").filter(pl.col("indicator").is_in(taken) & (pl.col("year") >= 1996))
    growth, _, first = cube(seen, "indicator")
    growth = np.clip(growth, -40, 60)
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.ones(len(growth)), count)
    known = np.isfinite(growth) & np.isfinite(growth).all(2, keepdims=True)
    mass = np.einsum("cn,nyq->cyq", shares, known.astype(float))
    mixed = np.einsum("cn,nyq->cyq", shares, np.where(known, growth, 0.0)) / np.where(mass > 0, mass, np.nan)
    own = rng.normal(0, 0.25, (count, growth.shape[1], 1)) + rng.normal(0, 0.1, mixed.shape)
    return np.round(0.5 * mixed + own, 1), first


def levels(growth: np.ndarray, first: int) -> np.ndarray:
    """(n, years, 4) running totals: quarters as first printed, the annual figure as revised since."""
    rng = np.random.default_rng(SEED + 1)
    n, years, _ = growth.shape
    share = np.array([0.21, 0.46, 0.72, 1.0]) + rng.normal(0, 0.008, (n, 1, 4)) * [1, 1, 1, 0]
    printed = np.full(growth.shape, np.nan)
    revised = np.full(growth.shape, np.nan)
    base = 100.0 * np.exp(rng.normal(0, 0.8, n))
    course = np.repeat(share[:, 0], 1, axis=0)
    for y in range(years):
        if y:
            ratio = 1 + np.nan_to_num(growth[:, y], nan=8.0) / 100
            course = course * ratio / ratio[:, 3:]
            base = base * ratio[:, 3] * 1.03  # prices
        printed[:, y] = base[:, None] * course
        year = first + y
        raised = 1 + (rng.uniform(0.05, 0.18, n) if year <= CENSUS else np.abs(rng.normal(0, 0.01, n)))
        raised = np.where((rng.random(n) < 0.2) & (y == 0), 1.35, raised)
        revised[:, y] = printed[:, y]
        revised[:, y, 3] *= raised
        if year <= CENSUS:
            base = base * 1.0
    return np.round(
        np.where(np.isfinite(growth) | (np.arange(years) == 0)[None, :, None], revised, np.nan), 2
    )


def frame(values: np.ndarray, first: int, measure: str) -> pl.DataFrame:
    at = np.argwhere(np.isfinite(values))
    return pl.DataFrame(
        {
            "region": [f"{i:02d}" for i in at[:, 0]],
            "indicator": "gdp",
            "period": [f"{first + y}-Q{q + 1}" for _, y, q in at],
            "measure": measure,
            "basis": "natural",
            "value": values[tuple(at.T)],
        }
    )


def forecasts(growth: np.ndarray, first: int, seen: pl.DataFrame, years: range, target) -> pl.DataFrame:
    """One row per region, year and quarter: what was said (ours, carried, the rule) and what came."""
    n = len(growth)
    wanted = pl.DataFrame({"region": [f"{i:02d}" for i in range(n)], "indicator": "gdp", **WANTED})
    parts = []
    for year in years:
        y = year - first
        aim = target(growth, y)
        for q in range(3):
            end = forecast_year_end(
                seen, indicators=INDICATORS, as_of=Month(year, QUARTERS[q]), wanted=wanted
            )
            came, now = growth[:, y, 3], growth[:, y, q]
            past = growth[:, :y, 3] - growth[:, :y, q]
            above = np.isfinite(past) & (now[:, None] + past >= aim[:, None] - 1e-9)
            rule = above.sum(1) / np.maximum(np.isfinite(past).sum(1), 1)
            pooled = past[np.isfinite(past)]
            rule_pooled = (now[:, None] + pooled[None] >= aim[:, None] - 1e-9).mean(1)
            parts.append(
                pl.DataFrame(
                    {
                        "region": np.arange(n), "year": year, "quarter": q + 1, "came": came, "so_far": now,
                        "last": growth[:, y - 1, 3],
                        "median": end.p(0.5), "p10": end.p(0.1), "p90": end.p(0.9),
                        "crps": scores.crps(end.quantiles, came), "target": aim,
                        "p": end.probability([">="] * n, aim), "rule": rule, "rule_pooled": rule_pooled,
                    }
                )
            )  # fmt: skip
    rows = pl.concat(parts).filter(pl.all_horizontal(pl.col("came", "so_far", "last", "median").is_finite()))
    change = (pl.col("came") - pl.col("last")).abs()
    usual = rows.filter(pl.col("quarter") == 1).select(change.median()).item()
    return rows.with_columns(
        broken=change > 3 * usual,
        met=pl.col("came") >= pl.col("target") - 1e-9,
        error=(pl.col("median") - pl.col("came")).abs(),
        carried=(pl.col("so_far") - pl.col("came")).abs(),
        inside=pl.col("came").is_between(pl.col("p10"), pl.col("p90")),
    )


def told_in_advance(rows: pl.DataFrame) -> float:
    """What can be had in years of a break by one who is told that they are: error over the carried one of a
    ridge learnt on the breaks of all other years, later ones too (last year's growth, that of the same
    quarters last year, the regions' median so far, each less the growth so far)."""
    key, q, year = (rows[c].to_numpy() for c in ("region", "quarter", "year"))
    now, came, broken = (rows[c].to_numpy() for c in ("so_far", "came", "broken"))
    before = {(r, y, k): v for r, y, k, v in zip(key, year, q, now, strict=True)}
    then = np.array([before.get((r, y - 1, k), np.nan) for r, y, k in zip(key, year, q, strict=True)])
    middle = rows.select(pl.col("so_far").median().over("year", "quarter")).to_series().to_numpy()
    columns = [np.where(np.isfinite(c), c - now, 0.0) for c in (rows["last"].to_numpy(), then, middle)]
    x = np.stack([*columns, np.ones_like(now)], axis=1)
    ours: list[float] = []
    carried: list[float] = []
    for k in (1, 2, 3):
        for y in np.unique(year[broken]):
            test = broken & (year == y) & (q == k)
            learn = broken & (year != y) & (q == k)
            if learn.sum() < 3:
                continue
            a, b = x[learn], (came - now)[learn]
            fit = np.linalg.solve(a.T @ a + 2 * np.eye(x.shape[1]), a.T @ b)
            ours += np.abs((came - now)[test] - x[test] @ fit).tolist()
            carried += np.abs((came - now)[test]).tolist()
    return float(np.sum(ours) / np.sum(carried))


def common(growth: np.ndarray, y: int) -> np.ndarray:
    """One target for all: the median of last year's growth, to the half point."""
    middle = np.nanmedian(growth[:, y - 1, 3])
    return np.full(len(growth), np.round(2 * middle) / 2)


def own_last(growth: np.ndarray, y: int) -> np.ndarray:
    return growth[:, y - 1, 3]


def over_years(rows: pl.DataFrame, draws: int = 2000) -> tuple[float, float]:
    """5 % and 95 % of the difference of Brier scores from the rule of all regions, whole years drawn anew."""
    met = pl.col("met").cast(pl.Float64)
    loss = (pl.col("p") - met) ** 2 - (pl.col("rule_pooled") - met) ** 2
    each = rows.group_by("year").agg(loss.sum(), n=pl.len()).sort("year")
    total, n = each["p"].to_numpy(), each["n"].to_numpy()
    at = np.random.default_rng(SEED).integers(len(n), size=(draws, len(n)))
    low, high = np.quantile(total[at].sum(1) / n[at].sum(1), [0.05, 0.95])
    return float(low), float(high)


def report(name: str, rows: pl.DataFrame, by_year: bool) -> None:
    parts = {"ordinary": rows.filter(~pl.col("broken")), "break": rows.filter("broken"), "all": rows}
    for label, part in parts.items():
        if part.is_empty():
            continue
        ours, carried = part["error"].mean(), part["carried"].mean()
        print(
            f"{name:22} {label:9} n {part.height:5}  MAE {ours:6.3f}  carried {carried:6.3f}"
            f"  ratio {ours / carried:5.2f}  median {part['error'].median():5.2f}"
            f"  CRPS {part['crps'].mean():6.3f}  cover80 {part['inside'].mean():.3f}"
        )
    quarters, apart = [], []
    for q in (1, 2, 3):
        part = rows.filter(pl.col("quarter") == q)
        met = part["met"].cast(pl.Float64)
        b = [((part[c] - met) ** 2).mean() for c in ("p", "rule", "rule_pooled")]
        quarters.append(f"Q{q} {b[0]:.3f} ({b[1]:.3f}, {b[2]:.3f})")
        apart.append(f"Q{q} {b[0] - b[2]:+.4f} ({{:+.4f}} … {{:+.4f}})".format(*over_years(part)))
    print(f"{name:22} Brier of P(target met), beside the rule (own, all regions'): " + "  ".join(quarters))
    print(f"{name:22} difference from the rule of all regions, 90 % over years: " + "  ".join(apart))
    if by_year and rows["broken"].any():
        print(f"{name:22} break, one who is told so and knows all other breaks: {told_in_advance(rows):.2f}")
    if by_year:
        for (year,), part in rows.sort("year").group_by("year", maintain_order=True):
            met = part["met"].cast(pl.Float64)
            ours, rule, pooled = (((part[c] - met) ** 2).mean() for c in ("p", "rule", "rule_pooled"))
            error, carried, crps = (part[c].mean() for c in ("error", "carried", "crps"))
            middle, inside = part["error"].median(), part["inside"].mean()
            print(
                f"    {year}  MAE {error:6.3f}  carried {carried:6.3f}  median {middle:5.2f}  "
                f"CRPS {crps:6.3f}  cover80 {inside:.2f}  Brier {ours:.3f} ({rule:.3f}, {pooled:.3f})"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="first", type=int, default=2008)
    parser.add_argument("--to", dest="last", type=int, default=2022)
    parser.add_argument("--aside", action="store_true", help="the series that no constant was chosen on")
    parser.add_argument("--years", action="store_true", help="also each year")
    args = parser.parse_args()
    served = {"provinces": provinces, "stopped": stopped, "mixtures": mixtures}
    aside = {
        "stop of 2013": lambda: stopped(2013),
        "other mixtures": lambda: mixtures(taken=ASIDE, seed=11),
    }
    for name, made in (aside if args.aside else served).items():
        growth, first = made()
        years = range(max(args.first, first + 3), min(args.last, first + growth.shape[1] - 1) + 1)
        alone = frame(growth, first, "ytd_growth")
        beside = pl.concat([alone, frame(levels(growth, first), first, "ytd")])
        for shape, seen in {"growth alone": alone, "with levels": beside}.items():
            for aim in (common,):
                rows = forecasts(growth, first, seen, years, aim)
                report(f"{name}, {shape}, {aim.__name__}"[:34], rows, args.years and aim is common)


if __name__ == "__main__":
    main()
