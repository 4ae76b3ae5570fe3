"""`wenpan funnel`: of the deals signed in a year or quarter, how many came how far, from and to plain files.

Events are `deal,stage,on` (csv, parquet or jsonl), stages lead, talk, framework, signed, registered, started,
completed, producing. Written is one row per cohort (year or quarter of `signed`) and later stage:
`cohort,stage,n,reached,rate,low,high,median_days`. Only events up to `--as-of` are looked at. A framework
agreement is no signing. Rates are ratios; from fewer than five deals none is given. low and high hold the
true rate in about 80 of 100 cohorts (docs/deals.md).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "funnel", help="deals by cohort of signing (招商漏斗)", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--events", type=Path, required=True, help="csv (or .csv.gz), parquet or jsonl")
    parser.add_argument("--as-of", required=True, metavar="2022-09-30", help="the day; later events wait")
    parser.add_argument("--by", choices=("year", "quarter"), default="year", help="cohorts of signing")
    parser.add_argument("--out", type=Path, required=True, help=".csv, .parquet or .jsonl")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one clear line when an input cannot be used."""
    from wenpan.economy.figures import plain_files
    from wenpan.economy.funnel.cohorts import cohorts
    from wenpan.economy.funnel.plain_deals import before_signing, funnel_frame, read_deal_events
    from wenpan.economy.funnel.stages import Stage

    try:
        day = _day(args.as_of)
        if args.out.suffix not in plain_files.SUFFIXES:
            raise plain_files.PlainFileError(
                f"--out 的后缀应为 {' '.join(plain_files.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
            )
        deals = read_deal_events(args.events.read_bytes(), args.events.name)
        frame = funnel_frame(cohorts(deals.values(), day, by=args.by))
        args.out.write_bytes(plain_files.write_judged(frame, args.out.suffix))
    except (plain_files.PlainFileError, OSError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    signed = [deal for deal in deals.values() if Stage.SIGNED in deal and deal[Stage.SIGNED] <= day]
    said = [f"{args.out}: {frame.height} 行", f"项目 {len(deals)} 个, 其中已正式签约 {len(signed)} 个"]
    if early := before_signing(signed):
        said.append(f"{early} 个项目有早于签约的后续阶段, 照记, 请核实")
    print(" · ".join(said), file=sys.stderr)
    return 0


def _day(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--as-of 应为日期(如 2022-09-30), 实为 {text!r}") from None
