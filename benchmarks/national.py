"""The national exercise: the year-end forecast of 2,850 districts × 60 indicators from 12 years of months.

Simulates districts from real provincial series (their flows, times a size and a persistent noise; every
second indicator published as growth only, rounded to 0.1), one parquet file per province, then forecasts
every file through the same engines as `wenpan backtest`. Prints time, processor and memory of both steps,
and of one district judged with nine rivals (600 series).

    python benchmarks/national.py [--folder DIR]
        [--engine local|dask|ray] [--workers 2] [--districts 2850]
    python benchmarks/national.py --curve 10,100,1000,2850 [--engine local,dask,ray]

The curve runs each size and engine in a process of its own, prints one row for each, and ends with 1 where
two engines gave other bytes for one size.

The real series come from the shared folder (WENPAN_SHARED, or `shared` beside the repository).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from wenpan.commands.plain_files import engines
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.forecast import forecast_year_end
from wenpan.economy.forecast.figures import by_indicator, known_figures
from wenpan.economy.time.periods import Month

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WENPAN_SHARED", HERE.parent / "shared"))
YEARS = range(2007, 2019)
AS_OF = Month(2018, 9)
INDICATORS = 60
PROVINCES = 31


def real_flows() -> np.ndarray:
    """(n, 12 years, 12 months) flows of every complete real series; a combined 1—2月 is halved."""
    source = SHARED / "data" / "provinces_monthly" / "observations.csv.gz"
    text = {"basis": pl.String, "released": pl.String}
    frame, names = known_figures(pl.read_csv(source, schema_overrides=text), Month(2018, 12))
    out = []
    for figures in by_indicator(frame, names):
        ytd = figures.cube("ytd", 2018, 12)
        ytd[:, :, 1] = np.where(np.isnan(ytd[:, :, 1]), ytd[:, :, 2] / 2, ytd[:, :, 1])
        flow = np.diff(ytd[:, :, 1:], axis=2, prepend=0.0)
        out.append(flow[(flow > 0).all((1, 2))])
    return np.concatenate(out)


def simulate(folder: Path, real: np.ndarray, province: int, districts: int) -> Path:
    """One file: the districts of one province, all indicators."""
    rng = np.random.default_rng([2026, province])
    periods = [f"{y}-{m:02d}" for y in YEARS for m in range(2, 13)]
    frames = []
    for j in range(INDICATORS):
        pattern = real[rng.integers(len(real), size=districts)].reshape(districts, -1)
        noise = np.zeros((districts, pattern.shape[1]))
        for t in range(1, noise.shape[1]):
            noise[:, t] = 0.9 * noise[:, t - 1] + rng.normal(0, 0.03, districts)
        size = np.exp(rng.normal(-3, 1, (districts, 1)))
        flow = (pattern * size * np.exp(noise)).reshape(districts, 12, 12)
        ytd = np.cumsum(flow, axis=2)[:, :, 1:]
        measure, value = "ytd", ytd
        if j % 2:
            growth = np.full_like(ytd, np.nan)
            growth[:, 1:] = np.round(100 * (ytd[:, 1:] / ytd[:, :-1] - 1), 1)
            measure, value = "ytd_growth", growth
        n = len(periods)
        frames.append(
            pl.DataFrame(
                {
                    "region": np.repeat([f"p{province:02d}d{i:03d}" for i in range(districts)], n),
                    "indicator": pl.repeat(f"i{j:02d}", districts * n, eager=True),
                    "period": pl.Series(periods * districts),
                    "measure": pl.repeat(measure, districts * n, eager=True),
                    "basis": pl.repeat("natural", districts * n, eager=True),
                    "value": value.reshape(-1),
                }
            ).filter(pl.col("value").is_not_nan())
        )
    path = folder / f"province-{province:02d}.parquet"
    pl.concat(frames).write_parquet(path, compression="lz4")
    return path


def forecast_file(path: Path) -> tuple[int, int, str, float, float]:
    """Read one province, forecast every headline growth, write the result beside it."""
    begun = time.process_time()
    seen = pl.read_parquet(path)
    wanted = seen.select("region", "indicator").unique().sort("region", "indicator")
    wanted = wanted.with_columns(measure=pl.lit("ytd_growth"), basis=pl.lit("natural"))
    indicators = {c: Indicator(c, c) for c in wanted["indicator"].unique()}
    end = forecast_year_end(seen, indicators=indicators, as_of=AS_OF, wanted=wanted)
    wanted.with_columns(p10=end.p(0.1), p50=end.p(0.5), p90=end.p(0.9)).write_parquet(
        path.with_name(path.name.replace("province", "forecast"))
    )
    digest = hashlib.sha256(np.ascontiguousarray(end.quantiles).tobytes()).hexdigest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.process_time() - begun
    return wanted.height, int(np.isfinite(end.quantiles[:, 0]).sum()), digest, peak, spent


def one_district(folder: Path, real: np.ndarray, times: int = 15) -> str:
    """Processor time of 60 indicators of a district and its nine rivals, in one process."""
    path = simulate(folder, real, 99, 10)
    seen = pl.read_parquet(path)
    wanted = seen.select("region", "indicator").unique().sort("region", "indicator")
    wanted = wanted.with_columns(measure=pl.lit("ytd_growth"), basis=pl.lit("natural"))
    indicators = {c: Indicator(c, c) for c in wanted["indicator"].unique()}
    spent = []
    for _ in range(times):
        begun = time.process_time()
        forecast_year_end(seen, indicators=indicators, as_of=AS_OF, wanted=wanted)
        spent.append(1000 * (time.process_time() - begun))
    path.unlink()
    return f"{wanted.height} series: median {np.median(spent):.0f} ms of processor, least {min(spent):.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the files here; else a temporary folder")
    parser.add_argument("--engine", default="local")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--districts", type=int, default=2850)
    parser.add_argument("--curve", default="", help="numbers of districts, comma separated")
    args = parser.parse_args()
    if args.curve:
        sys.exit(curve(args.curve.split(","), args.engine.split(","), args.workers))
    if args.folder is None:
        with tempfile.TemporaryDirectory(prefix="wenpan-bench-") as folder:
            args.folder = Path(folder)
            measure(args)
    else:
        args.folder.mkdir(parents=True, exist_ok=True)
        measure(args)


def curve(sizes: list[str], engines_asked: list[str], workers: int) -> int:
    """Prints a row for each size and engine; 1 where the engines' bytes differ."""
    print(machine())
    print(
        "| districts | engine | series | by the clock | processor "
        "| ms of processor a district | memory | result |"
    )
    print("|--:|---|--:|--:|--:|--:|--:|---|")
    different = 0
    for size in sizes:
        found = set()
        for engine in engines_asked:
            command = [
                sys.executable,
                __file__,
                "--districts",
                size,
                "--engine",
                engine,
                "--workers",
                str(workers),
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(done.stderr, file=sys.stderr)
                return 1
            row = next(line for line in done.stdout.splitlines() if line.startswith("| "))
            found.add(row.rstrip(" |").rpartition("| ")[2])
            print(row, flush=True)
        different += len(found) > 1
    print("the same bytes on every engine" if not different else f"{different} sizes with other bytes")
    return int(different > 0)


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), platform.processor())
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def measure(args: argparse.Namespace) -> None:
    begun = time.perf_counter()
    real = real_flows()
    sizes = [len(part) for part in np.array_split(np.arange(args.districts), PROVINCES) if len(part)]
    calls = [(args.folder, real, p, n) for p, n in enumerate(sizes)]
    paths = engines.run(args.engine, simulate, calls, workers=args.workers)
    simulated = time.perf_counter()
    results = engines.run(args.engine, forecast_file, [(p,) for p in paths], workers=args.workers)
    done = time.perf_counter()

    series, answered = sum(r[0] for r in results), sum(r[1] for r in results)
    disk = sum(p.stat().st_size for p in paths) / 2**20
    digest = hashlib.sha256("".join(r[2] for r in results).encode()).hexdigest()[:16]
    workers = sorted((r[3] for r in results), reverse=True)[:1][0] * (args.workers or 1)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"real series {len(real)}, districts {args.districts}, indicators {INDICATORS}, files {disk:.0f} MB"
    )
    print(f"simulated in {simulated - begun:.1f} s; read, forecast and written in {done - simulated:.1f} s")
    print(f"series {series:,}, answered {answered:,}, {series / (done - simulated):,.0f} per second")
    spent = sum(r[4] for r in results)
    load = os.getloadavg()[0]
    print(f"processor {spent:.1f} s for reading, forecasting, writing; load average {load:.1f} while it ran")
    print(f"one file after the other, median {np.median([r[4] for r in results]):.2f} s of processor each")
    print(f"memory at most {workers:.0f} MB in {args.workers} workers + {own:.0f} MB in the parent")
    print(f"engine {args.engine}, result {digest}")
    print(
        f"| {args.districts:,} | {args.engine} | {series:,} | {done - simulated:.1f} s | {spent:.1f} s "
        f"| {1000 * spent / args.districts:.1f} | {workers + own:.0f} MB | {digest} |"
    )
    print(f"one district and nine rivals, {one_district(args.folder, real)}")


if __name__ == "__main__":
    main()
