"""`wenpan clocks`: what each clock of each request says at a moment, from and to plain files (诉求时限).

Events are `request,event,at` (optionally `class`): received, accepted, contacted, replied, paused, resumed,
closed, reopened. One row per request and clock comes out: `request,clock,due,state`, state open, met, late
or paused; due is empty while a clock has not begun or is paused. Limits in whole days count from the next day
and end with the last (working) minute of their last day.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "clocks", help="clocks of requests from plain files (诉求时限)", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--events", type=Path, required=True, help="csv (or .csv.gz) or parquet")
    parser.add_argument("--rules", required=True, metavar="SET", help="code of a set, or a YAML file")
    parser.add_argument("--at", required=True, metavar="2022-10-14T17:00", help="the moment asked for")
    parser.add_argument("--out", type=Path, required=True, help=".csv, .parquet or .jsonl")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one clear line when an input cannot be used."""
    from wenpan.economy.figures import plain_files
    from wenpan.economy.requests.plain_events import clock_table, read_request_events
    from wenpan.rules import RuleError
    from wenpan.rules.working_days import calendar

    try:
        if args.out.suffix not in plain_files.SUFFIXES:
            raise plain_files.PlainFileError(
                f"--out 的后缀应为 {' '.join(plain_files.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
            )
        rules = _rules(args.rules)
        requests = read_request_events(args.events.read_bytes(), args.events.name)
        table = clock_table(requests, rules, calendar=calendar(), at=_moment(args.at))
        args.out.write_bytes(plain_files.write_judged(table, args.out.suffix))
    except (plain_files.PlainFileError, RuleError, OSError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    counts = dict(table["state"].value_counts().iter_rows())
    said = ", ".join(
        f"{state} {counts[state]}" for state in ("open", "met", "late", "paused") if state in counts
    )
    print(f"{args.out}: {table.height} 行 ({said or '没有诉求'})", file=sys.stderr)
    return 0


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise ValueError(f"--at 为 {text}, 应为 2022-10-14T17:00 这样的时间") from None


def _rules(name: str) -> Any:
    from wenpan.rules.requests import request_rules, request_rules_from

    if name.endswith((".yaml", ".yml")):
        return request_rules_from(Path(name))
    known = request_rules()
    if name not in known:
        raise ValueError(f"没有诉求时限规则 {name!r}, 现有: {'、'.join(known)}")
    return known[name]
