"""What `wenpan judge` said in one past September, against what December brought.

    python benchmarks/judge_provinces.py [--as-of 2016-09] [--shared ../shared]

Targets are made from what was known before the year began: each province must grow as much as it
did the year before (its computed growth, capped to −10…+15 % so that no target is absurd). The
judgement is made with the figures up to the month; the outcome is December's growth. Prints the
hit table (light against outcome), what months/12 and "below target = red" would have said, the
Brier score of P(target met), the time and the machine; `--write` puts it into judge_provinces.md.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

HERE = Path(__file__).parent
LIGHTS = ("GREEN", "YELLOW", "RED", "UNKNOWN")
FLOOR, CEILING = -10.0, 15.0


def growth_of(observations: pl.DataFrame, year: int) -> pl.DataFrame:
    """region, indicator, growth: December of `year` over the December before, percent."""
    total = observations.filter(pl.col("period").is_in([f"{year}-12", f"{year - 1}-12"]))
    wide = total.pivot("period", index=["region", "indicator"], values="value")
    now, before = pl.col(f"{year}-12"), pl.col(f"{year - 1}-12")
    return wide.filter(before > 0).select("region", "indicator", growth=(now / before - 1) * 100).drop_nulls()


def targets(observations: pl.DataFrame, year: int) -> pl.DataFrame:
    return growth_of(observations, year - 1).select(
        "region", "indicator", pl.lit(year).alias("year"), pl.lit("ytd_growth").alias("measure"),
        pl.lit(">=").alias("comparison"), pl.col("growth").clip(FLOOR, CEILING).round(1).alias("value"),
        pl.lit("上年增速").alias("set_by"),
    ).sort("region", "indicator")  # fmt: skip


def judged(data: Path, promises: pl.DataFrame, as_of: str) -> tuple[pl.DataFrame, str]:
    """The command as a user runs it, in its own process; the time includes the start."""
    with tempfile.TemporaryDirectory() as folder:
        promises.write_csv(Path(folder) / "targets.csv")
        out = Path(folder) / "judged.parquet"
        command = [str(Path(sys.executable).parent / "wenpan")]
        named = {
            "--observations": data / "observations.csv.gz",
            "--targets": Path(folder) / "targets.csv",
            "--indicators": data / "indicators.csv",
            "--regions": data / "regions.csv",
            "--as-of": as_of,
            "--out": out,
        }
        arguments = ["judge", "--full", *(part for pair in named.items() for part in pair)]
        start = time.perf_counter()
        subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True)
        wall = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = (
            f"{wall:.1f} s ({used.ru_utime + used.ru_stime:.1f} CPU-seconds, {used.ru_maxrss / 1024:.0f} MB)"
        )
        return pl.read_parquet(out), took


def report(rows: pl.DataFrame, took: str, as_of: str) -> str:
    out = io.StringIO()
    known = rows.filter(pl.col("outcome").is_not_null())
    print(
        f"As of {as_of}: {rows.height} targets judged in {took}, start of the process included;",
        file=out,
    )
    print(f"{known.height} of them have a December figure.\n", file=out)
    print("| light in September | targets | met in December | missed | met |", file=out)
    print("|---|--:|--:|--:|--:|", file=out)
    for light in LIGHTS:
        some = known.filter(pl.col("light") == light)
        if some.height:
            met = int(some["met"].sum())
            print(
                f"| {light} | {some.height} | {met} | {some.height - met} | {met / some.height:.0%} |",
                file=out,
            )
    print(file=out)
    _warnings(known, out)
    _probabilities(known, out)
    return out.getvalue()


def _warnings(known: pl.DataFrame, out: io.StringIO) -> None:
    judged_rows = known.filter(pl.col("light") != "UNKNOWN")
    missed = ~pl.col("met")
    print("| warning | missed targets that it caught | kept targets that it warned of |", file=out)
    print("|---|--:|--:|", file=out)
    rules = {
        "red": pl.col("light") == "RED",
        "red or yellow": pl.col("light") != "GREEN",
        "year to date below target (today's habit)": pl.col("gap") < 0,
        "P(target met) < 50 %": pl.col("probability") < 0.5,
    }
    for name, warned in rules.items():
        caught = judged_rows.filter(missed).select(warned.mean()).item()
        false = judged_rows.filter(~missed).select(warned.mean()).item()
        print(f"| {name} | {caught:.0%} | {false:.0%} |", file=out)
    print(file=out)


def _probabilities(known: pl.DataFrame, out: io.StringIO) -> None:
    sure = known.filter(pl.col("probability").is_not_null())
    brier = sure.select(((pl.col("probability") - pl.col("met").cast(pl.Float64)) ** 2).mean()).item()
    habit = sure.select((((pl.col("gap") >= 0) != pl.col("met")).cast(pl.Float64)).mean()).item()
    inside = sure.select(pl.col("outcome").is_between("p10", "p90").mean()).item()
    print(
        f"Brier score of P(target met): {brier:.3f} (year to date below or above target: {habit:.3f}).",
        file=out,
    )
    print(f"December fell inside p10–p90 for {inside:.0%} of the forecasts.", file=out)


def machine() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    named = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    cpu = named[0] if named else platform.processor() or "unknown processor"
    versions = f"Python {platform.python_version()}, polars {pl.__version__}"
    return f"{cpu}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} while it ran, {versions}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--as-of", default="2016-09")
    default = os.environ.get("WENPAN_SHARED", HERE.parents[1] / "shared")
    parser.add_argument("--shared", type=Path, default=Path(default))
    parser.add_argument("--write", action="store_true", help="put the answer into judge_provinces.md")
    args = parser.parse_args()
    data = args.shared / "data" / "provinces_monthly"
    if not data.exists():
        sys.exit(f"the real figures are not here: {data}")
    year = int(args.as_of[:4])
    observations = pl.read_csv(data / "observations.csv.gz", schema_overrides={"value": pl.Float64})
    rows, took = judged(data, targets(observations, year), args.as_of)
    outcome = growth_of(observations, year).rename({"growth": "outcome"})
    rows = rows.join(outcome, on=["region", "indicator"], how="left", maintain_order="left")
    rows = rows.with_columns(met=pl.col("outcome") >= pl.col("target"))
    text = report(rows, took, args.as_of)
    print(text)
    print(machine())
    if args.write:
        about = (
            "## `wenpan judge` on 31 provinces × 14 indicators\n\n"
            f"    python benchmarks/judge_provinces.py --as-of {args.as_of} --write\n\n"
            "Targets made from what was known before the year began: each province's growth of the year\n"
            f"before, capped to {FLOOR:.0f}…+{CEILING:.0f} %. Judged with the figures up to that month;\n"
            "the outcome is December's growth. Growth is computed from levels, because these files publish\n"
            "none.\n\n"
        )
        (HERE / "judge_provinces.md").write_text(f"{about}{text}\nMachine: {machine()}.\n", "utf-8")


if __name__ == "__main__":
    main()
