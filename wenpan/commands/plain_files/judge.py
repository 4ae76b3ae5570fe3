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
CHUNK = 2000  # targets after which a new call begins


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
    from wenpan.commands.plain_files.engines import EngineMissingError
    from wenpan.economy.figures import plain_files
    from wenpan.rules import RuleError

    try:
        judged = _judged(args)
        frame = judged if args.full else judged.select(COLUMNS)
        args.out.write_bytes(plain_files.write_judged(frame, args.out.suffix))
    except (plain_files.PlainFileError, RuleError, EngineMissingError, OSError, ValueError) as error:
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

    import polars as pl

    from wenpan.commands.plain_files import engines
    from wenpan.economy.figures import plain_files
    from wenpan.economy.figures.series import round_of
    from wenpan.economy.time.periods import parse_month
    from wenpan.rules import rank_rule

    if args.out.suffix not in plain_files.SUFFIXES:
        raise plain_files.PlainFileError(
            f"--out 的后缀应为 {' '.join(plain_files.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
        )
    as_of = parse_month(args.as_of)
    observations = plain_files.read_observations(args.observations.read_bytes(), args.observations.name)
    targets = plain_files.read_targets(args.targets.read_bytes(), args.targets.name)
    task = {
        "indicators": _definitions(args.indicators, observations),
        "regions": _regions(args.regions, observations),
        "as_of": as_of,
        "rules": _rules(args.rules, as_of),
        "rank_rule": rank_rule(round_of(as_of)),
        "known_on": date.fromisoformat(args.known_on) if args.known_on else None,
    }
    calls = [(chunk, _of(observations, chunk), task) for chunk in _chunks(targets)]
    parts = engines.run(args.engine, _judge_chunk, calls)
    order = targets.select("target_id", _order=pl.int_range(pl.len()))
    judged = pl.concat([part for part in parts if part.height] or parts[:1])
    return judged.join(order, on="target_id", how="left").sort("_order").drop("_order")


def _regions(path: Path | None, observations: Any) -> Any:
    """The table of regions, or all regions of the file as rivals of each other."""
    from wenpan.economy.figures import plain_files
    from wenpan.economy.judging import ranks

    if path:
        return plain_files.read_regions(path.read_bytes(), path.name)
    return ranks.families(None, observations["region"])


def _definitions(path: Path | None, observations: Any) -> Any:
    """The file's definitions, or the catalogue's; an indicator that neither knows is quarterly when it is
    published by quarters only."""
    import polars as pl

    from wenpan import rules
    from wenpan.economy.figures import plain_files
    from wenpan.economy.figures.indicators import Indicator

    known = plain_files.read_indicators(path.read_bytes(), path.name) if path else dict(rules.catalogue())
    by_quarter = observations.group_by("indicator").agg(quarterly=pl.col("period").str.contains("Q").all())
    quarterly = by_quarter.filter("quarterly")["indicator"].to_list()
    return {code: Indicator(code, code, frequency="quarterly") for code in quarterly} | known


def _rules(code: str | None, as_of: Any) -> Any:
    from wenpan import rules
    from wenpan.economy.figures.series import round_of

    if code is None:
        return rules.rules_in_force(round_of(as_of))
    known = rules.light_rules()
    if code not in known or known[code].object != "indicator":
        usable = "、".join(c for c, rule_set in known.items() if rule_set.object == "indicator")
        raise ValueError(f"没有适用于指标的规则 {code!r}, 现有: {usable}")
    return known[code]


def _chunks(targets: Any) -> list[Any]:
    """Whole indicators, so that rivals stay together; the same cuts on every engine, so that forecasts
    that are pooled over a chunk come out the same to the last bit."""
    import polars as pl

    groups: list[list[str]] = [[]]
    size = 0
    for code, rows in targets.group_by("indicator", maintain_order=True).len().iter_rows():
        if size >= CHUNK:
            groups.append([])
            size = 0
        groups[-1].append(code)
        size += rows
    return [targets.filter(pl.col("indicator").is_in(codes)) for codes in groups]


def _of(observations: Any, chunk: Any) -> Any:
    import polars as pl

    return observations.filter(pl.col("indicator").is_in(chunk["indicator"].unique()))


def _judge_chunk(targets: Any, observations: Any, task: dict[str, Any]) -> Any:
    from wenpan.economy.judging.judgement import judge

    return judge(observations, targets, **task)
