"""`wenpan backtest`: at every origin the forecast as it would have been made then, scored by what came."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

OUT = (
    *("method", "region", "indicator", "measure", "basis", "year", "origin"),
    *("p10", "p50", "p90", "crps", "actual", "last_year", "p_last_year", "error", "inside", "so_far", "note"),
)
PEERS = ("AutoETS", "AutoTheta", "AutoARIMA", "SeasonalNaive", "Prophet")


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "backtest",
        help="test the forecast on the past (回测)",
        description=f"{__doc__} Judged is the headline growth at the year's end, in percentage points.",
        allow_abbrev=False,
    )
    parser.add_argument("--observations", type=Path, required=True, help="csv (or .csv.gz) or parquet")
    parser.add_argument("--targets", type=Path, help="also judge P(target met), year by year")
    parser.add_argument("--indicators", type=Path, help="definitions; without it the catalogue's")
    parser.add_argument("--from", dest="first", type=int, required=True, metavar="2013", help="first year")
    parser.add_argument("--to", dest="last", type=int, required=True, metavar="2024", help="last year")
    parser.add_argument("--origins", default="3,6,9", metavar="3,6,9", help="months; 2-11 for every month")
    parser.add_argument("--min-years", type=int, default=5, help="earlier years a series must have (5)")
    parser.add_argument("--peers", default="", metavar=",".join(PEERS), help="needs the extra [bench]")
    parser.add_argument("--sample", type=float, default=1.0, help="share of the series that peers see (1)")
    parser.add_argument("--engine", choices=("local", "dask", "ray"), default="local")
    parser.add_argument("--workers", type=int, help="processes (local: 1)")
    parser.add_argument("--out", type=Path, required=True, help=".csv, .parquet or .jsonl")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one clear line when an input cannot be used."""
    from wenpan.commands.plain_files.engines import EngineMissingError
    from wenpan.economy.figures import plain_files
    from wenpan.economy.forecast.bench import report
    from wenpan.rules import RuleError

    try:
        rows, judged = _rows(args)
        if rows.is_empty():
            raise ValueError(
                f"没有可以回测的序列: {args.first}—{args.last} 年之前至少要有 {args.min_years} 个完整年度"
            )
        out = rows.with_columns(origin=_origin()).select(OUT)
        args.out.write_bytes(plain_files.write_judged(out, args.out.suffix))
    except (plain_files.PlainFileError, RuleError, EngineMissingError, OSError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    except ImportError as missing:
        print(f"× 缺少 {missing.name}: 对照方法需要 pip install 'wenpan[bench]'", file=sys.stderr)
        return 2
    print(report.text(rows, judged))
    print(f"{args.out}: {out.height} 行", file=sys.stderr)
    return 0


def _origin() -> Any:
    import polars as pl

    month = pl.col("month").cast(pl.String).str.zfill(2)
    return pl.concat_str(pl.col("year").cast(pl.String), pl.lit("-"), month)


def _rows(args: argparse.Namespace) -> tuple[Any, Any]:
    """All scored rows, and (with targets) those rows per target."""
    import polars as pl

    from wenpan import rules
    from wenpan.commands.plain_files import engines
    from wenpan.economy.figures import plain_files
    from wenpan.economy.forecast.bench import backtest
    from wenpan.economy.time.periods import Month

    if args.out.suffix not in plain_files.SUFFIXES:
        raise plain_files.PlainFileError(
            f"--out 的后缀应为 {' '.join(plain_files.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
        )
    peers = tuple(name for name in args.peers.split(",") if name)
    if unknown := set(peers) - set(PEERS):
        raise ValueError(f"--peers: 不认识 {'、'.join(sorted(unknown))}, 可用: {'、'.join(PEERS)}")
    observations = plain_files.read_observations(args.observations.read_bytes(), args.observations.name)
    given = args.indicators
    indicators = (
        plain_files.read_indicators(given.read_bytes(), given.name) if given else dict(rules.catalogue())
    )
    wanted = backtest.candidates(observations, indicators)
    years = range(args.first, args.last + 1)
    enough = {y: backtest.history(observations, wanted, y) >= args.min_years for y in years}
    calls = [
        (observations, indicators, Month(y, m), wanted, names, mask)
        for y in years
        for m in _months(args.origins)
        for names, mask in _work(peers, wanted.height, args.sample, enough[y])
    ]
    parts = engines.run(args.engine, backtest.one_call, calls, workers=args.workers)
    actual = backtest.truth(observations, indicators, wanted, range(args.first - 1, args.last + 1))
    rows = backtest.scored(pl.concat(parts), actual, enough)
    if not args.targets:
        return rows, None
    targets = plain_files.read_targets(args.targets.read_bytes(), args.targets.name)
    return rows, backtest.with_targets(rows, targets)


def _work(peers: tuple[str, ...], n: int, sample: float, enough: Any) -> list[tuple[tuple[str, ...], Any]]:
    """Our own methods on all series; each peer on its own, on the same sample of the series."""
    import numpy as np

    chosen = np.zeros(n, dtype=bool)
    chosen[np.random.default_rng(20260101).permutation(n)[: round(sample * n)]] = True
    everything = np.ones(n, dtype=bool)
    return [(("wenpan", "carry"), everything), *(((name,), chosen & enough) for name in peers)]


def _months(text: str) -> list[int]:
    first, dash, last = text.partition("-")
    try:
        months = list(range(int(first), int(last) + 1)) if dash else [int(m) for m in text.split(",")]
    except ValueError:
        months = []
    if not months or not all(1 <= m <= 11 for m in months):
        raise ValueError(f"--origins 应为 1—11 的月份, 如 3,6,9 或 2-11, 实为 {text!r}")
    return months
