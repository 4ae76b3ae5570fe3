"""`wenpan supports`: what carries GDP: each industry's weight in last year's output, growth and pull.

--industries has industry,value,growth of one period: value added at current prices and growth in percent at
constant prices. --out gets industry,weight,growth,pull with the whole ("total") last: weight as a ratio,
growth in percent, pull in points. A row for the whole (GDP, 地区生产总值, 合计) is compared, not counted.
推算: a reading aid, no estimate of GDP. Exit code 0, or 2 with one clear line when an input cannot be used.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wenpan.economy.judging.supports import Supports

_TOLERANCE = 0.1  # points: prices moved between the two years


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "supports", help="what carries GDP: weight, growth, pull (支撑指标)", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--industries", type=Path, required=True, help="csv (or .csv.gz) or parquet")
    parser.add_argument("--out", type=Path, required=True, help=".csv, .parquet or .jsonl")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    import polars as pl

    from wenpan.economy.figures import plain_files
    from wenpan.economy.judging.supports import IndustryFigure, supports

    try:
        if args.out.suffix not in plain_files.SUFFIXES:
            raise ValueError(
                f"--out 的后缀应为 {' '.join(plain_files.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
            )
        given = plain_files.read_industries(args.industries.read_bytes(), args.industries.name)
        found = supports([IndustryFigure(*row) for row in given.iter_rows()])
        rows = [(p.industry, p.weight, p.growth, p.pull) for p in found.pulls]
        rows.append(("total", 1.0, found.growth, found.growth))
        table = pl.DataFrame(
            [(name, *(round(value, 6) for value in values)) for name, *values in rows],
            schema=["industry", "weight", "growth", "pull"], orient="row",
        )  # fmt: skip
        args.out.write_bytes(plain_files.write_judged(table, args.out.suffix))
    except (OSError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    print(_text(found))
    return 0


def _text(found: Supports) -> str:
    lines = ["推算, 非核算结果", "行业\t上年比重%\t增速%\t拉动(点)"]
    ordered = sorted(found.pulls, key=lambda pull: -abs(pull.pull))
    lines += [f"{p.industry}\t{100 * p.weight:.1f}\t{p.growth:g}\t{p.pull:.2f}" for p in ordered]
    lines.append(f"合计\t100.0\t{found.growth:.2f}\t{found.growth:.2f}")
    if found.published is not None and found.apart is not None:
        near = "相符" if abs(found.apart) <= _TOLERANCE else "不符, 请核对行业是否齐全、增速是否为可比价"
        lines.append(f"公布增速 {found.published.growth:g}, 相差 {abs(found.apart):.2f} 点, {near}")
    return "\n".join(lines)
