"""`wenpan value`: what each light set was worth in the past, beside "below target" and months/12.

For every target of a year that is over, each rule set judges at each origin with the figures of that
month only; December says what came. Printed and written: hits, false alarms, how many months before
December a warning stood, how often it changed, and its economic value over cost/loss ratios (1: knows
everything; 0: no better than warning always or never). A ratio of 0.1 says that one miss costs as
much as ten needless dispatches (十次空跑换一次及时). `--propose 10` prints the rule set that fits it.
"""

from __future__ import annotations

import argparse
import math
import sys
from datetime import date
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "value", help="what each light set was worth in the past (灯的价值)", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--observations", type=Path, help="csv (or .csv.gz) or parquet")
    parser.add_argument("--targets", type=Path, help="targets of years that are over")
    parser.add_argument("--indicators", type=Path, help="definitions; without it the catalogue's")
    parser.add_argument("--regions", type=Path, help="region,name,parent; without it all regions are rivals")
    parser.add_argument("--rules", action="append", metavar="SET", help="only these sets (default: all)")
    parser.add_argument("--origins", default="3,6,9", metavar="3,6,9", help="months; 2-11 for every month")
    parser.add_argument("--out", type=Path, help=".csv, .parquet or .jsonl")
    parser.add_argument(
        "--propose", type=float, metavar="10", help="needless dispatches that one miss is worth; prints a set"
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one clear line when an input cannot be used."""
    from wenpan.economy.figures import plain_files
    from wenpan.rules import RuleError

    try:
        if args.propose is not None:
            from wenpan.rules.proposed_lights import proposed_text

            print(proposed_text(args.propose))
            if args.observations is None:
                return 0
        table = _table(args)
        args.out.write_bytes(plain_files.write_judged(table, args.out.suffix))
    except (plain_files.PlainFileError, RuleError, OSError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    print(_text(table))
    print(f"{args.out}: {table.height} 行", file=sys.stderr)
    return 0


def _table(args: argparse.Namespace) -> Any:
    from wenpan import rules
    from wenpan.commands.plain_files.backtest import _months
    from wenpan.commands.plain_files.judge import _definitions, _regions
    from wenpan.economy.figures import plain_files
    from wenpan.economy.judging.past_lights import lights_of_years, value_by_year

    missing = [f"--{name}" for name in ("observations", "targets", "out") if getattr(args, name) is None]
    if missing:
        raise ValueError(f"缺少 {'、'.join(missing)}")
    if args.out.suffix not in plain_files.SUFFIXES:
        raise plain_files.PlainFileError(
            f"--out 的后缀应为 {' '.join(plain_files.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
        )
    observations = plain_files.read_observations(args.observations.read_bytes(), args.observations.name)
    targets = plain_files.read_targets(args.targets.read_bytes(), args.targets.name)
    rows = lights_of_years(
        observations, targets,
        indicators=_definitions(args.indicators, observations), regions=_regions(args.regions, observations),
        rule_sets=_sets(args.rules), months=_months(args.origins),
    )  # fmt: skip
    if rows.is_empty():
        raise ValueError("没有可以比较的目标: 需要已经公布12月数据的年份的目标")
    return value_by_year(rows, hold=rules.hold_periods(date.max))


def _sets(codes: list[str] | None) -> list[Any]:
    from wenpan import rules

    usable = {code: s for code, s in rules.light_rules().items() if s.object == "indicator"}
    unknown = [code for code in codes or () if code not in usable]
    if unknown:
        raise ValueError(f"没有适用于指标的规则 {'、'.join(unknown)}, 现有: {'、'.join(usable)}")
    return [usable[code] for code in codes or usable]


def _text(table: Any) -> str:
    """The table for people: rates with two decimals, values at each cost/loss ratio."""
    values = [c for c in table.columns if c.startswith("value_")]
    head = ["规则", "警告", "命中", "空报", "差", "提前月", "变动", *(f"0.{c[6:]}" for c in values)]
    lines = [head]
    whole = table.filter(table["year"].is_null())
    for row in whole.iter_rows(named=True):
        numbers = ("hit_rate", "false_alarm_rate", "difference", "months_before", "changes", *values)
        lines.append([row["rules"] or "-", row["warning"], *(_number(row[c]) for c in numbers)])
    cases = f"{whole['cases'][0]} 次研判, 其中 {whole['missed'][0]} 次年底未完成; 后列为各代价比下的经济价值"
    return "\n".join([cases, *("\t".join(line) for line in lines), "", *_years(table)])


def _years(table: Any) -> list[str]:
    """Hits minus false alarms in each year: a warning that is good on average may be bad in one."""
    years = sorted(table["year"].drop_nulls().unique().to_list())
    lines = ["逐年, 命中与空报之差", "\t".join(["规则", "警告", *map(str, years)])]
    for rules, warning in table.select("rules", "warning").unique(maintain_order=True).iter_rows():
        mine = table.filter((table["rules"] == rules) & (table["warning"] == warning))
        found = dict(mine.drop_nulls("year").select("year", "difference").iter_rows())
        lines.append("\t".join([rules or "-", warning, *(_number(found.get(year)) for year in years)]))
    return lines


def _number(value: float | None) -> str:
    return "—" if value is None or math.isnan(value) else f"{value:.3f}".rstrip("0").rstrip(".") or "0"
