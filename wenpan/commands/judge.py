"""`wenpan judge`: gap, rank, pace needed, forecast and light of every target, from and to plain files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

COLUMNS = (
    *("region", "indicator", "as_of", "target", "actual", "gap", "schedule_gap", "rank", "rivals"),
    *("needed", "p10", "p50", "p90", "probability", "light", "reasons"),
)
ENGINES = ("local", "dask", "ray")


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "judge", help="judge targets from plain files (研判)", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--observations", type=Path, required=True, help="csv (or .csv.gz) or parquet")
    parser.add_argument("--targets", type=Path, required=True)
    parser.add_argument(
        "--indicators", type=Path, help="definitions; without it the catalogue's, where it has them"
    )
    parser.add_argument("--regions", type=Path, help="region,name,parent; without it all regions are rivals")
    parser.add_argument("--as-of", required=True, metavar="2022-09", help="the month whose figures are out")
    parser.add_argument("--out", type=Path, required=True, help=".csv, .parquet or .jsonl")
    parser.add_argument("--rules", help="code of a light rule set (default: the one in force in that month)")
    parser.add_argument("--known-on", metavar="2022-10-20", help="only figures released by this day")
    parser.add_argument("--full", action="store_true", help="write every column that was worked out")
    parser.add_argument("--engine", choices=ENGINES, default="local")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one clear line when an input cannot be used."""
    from wenpan.economy import plain
    from wenpan.rules import RuleError

    try:
        judged = _judged(args)
        frame = judged if args.full else judged.select(COLUMNS)
        args.out.write_bytes(plain.write_judged(frame, args.out.suffix))
    except (plain.PlainFileError, RuleError, OSError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    counts = dict(judged["light"].value_counts().iter_rows())
    said = ", ".join(
        f"{light} {counts[light]}" for light in ("RED", "YELLOW", "GREEN", "UNKNOWN") if light in counts
    )
    print(f"{args.out}: {judged.height} 行 ({said or '没有该年度的目标'})", file=sys.stderr)
    return 0


def _judged(args: argparse.Namespace) -> Any:
    from datetime import date

    from wenpan.economy import plain
    from wenpan.economy.judgement import judge
    from wenpan.economy.periods import parse_month

    if args.out.suffix not in plain.SUFFIXES:
        raise plain.PlainFileError(
            f"--out 的后缀应为 {' '.join(plain.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
        )
    as_of = parse_month(args.as_of)
    observations = plain.read_observations(args.observations.read_bytes(), args.observations.name)
    targets = plain.read_targets(args.targets.read_bytes(), args.targets.name)
    task = {
        "observations": observations,
        "indicators": _definitions(args.indicators),
        "regions": plain.read_regions(args.regions.read_bytes(), args.regions.name) if args.regions else None,
        "as_of": as_of,
        "rules": _rules(args.rules, as_of),
        "known_on": date.fromisoformat(args.known_on) if args.known_on else None,
    }
    if args.engine == "local":
        return judge(targets=targets, **task)
    return _on_engine(args.engine, targets, task)


def _definitions(path: Path | None) -> Any:
    from wenpan import rules
    from wenpan.economy import plain

    return plain.read_indicators(path.read_bytes(), path.name) if path else rules.catalogue()


def _rules(code: str | None, as_of: Any) -> Any:
    from wenpan import rules
    from wenpan.economy.series import round_of

    if code is None:
        return rules.rules_in_force(round_of(as_of))
    known = rules.light_rules()
    if code not in known or known[code].object != "indicator":
        usable = "、".join(c for c, rule_set in known.items() if rule_set.object == "indicator")
        raise ValueError(f"没有适用于指标的规则 {code!r}, 现有: {usable}")
    return known[code]


def _on_engine(engine: str, targets: Any, task: dict[str, Any]) -> Any:
    """In chunks by indicator: rivals stay together, so that ranks and pooled forecasts do not change."""
    import polars as pl

    from wenpan.commands import engines

    chunks = [
        targets.filter(pl.col("indicator") == code)
        for code in targets["indicator"].unique(maintain_order=True)
    ]
    calls = [(chunk, task | {"observations": _of(task["observations"], chunk)}) for chunk in chunks]
    parts = engines.run(engine, _judge_chunk, calls)
    judged = pl.concat(parts)
    order = targets.select("target_id", _order=pl.int_range(pl.len()))
    return judged.join(order, on="target_id", how="left").sort("_order").drop("_order")


def _of(observations: Any, chunk: Any) -> Any:
    import polars as pl

    return observations.filter(pl.col("indicator").is_in(chunk["indicator"].unique()))


def _judge_chunk(targets: Any, task: dict[str, Any]) -> Any:
    from wenpan.economy.judgement import judge

    return judge(targets=targets, **task)
