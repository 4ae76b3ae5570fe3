"""`wenpan draw`: a field check's draw, made again by whoever wants to see that it was fair (双随机).

--population has one code a line; the order does not matter. Prints the population's hash and the units in the
order in which they are drawn: those whose SHA-256 of "seed, line break, code" is smallest. Exit code 0, or 2
with one clear line.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "draw", help="a field check's draw, repeated (双随机抽取)", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--population", type=Path, required=True, help="one code a line")
    parser.add_argument("--seed", required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from wenpan.economy.quality.field_checks import DrawError, draw

    try:
        text = args.population.read_text(encoding="utf-8-sig")
        codes = [line.strip() for line in text.splitlines() if line.strip()]
        found = draw(codes, args.count, args.seed.strip())
    except (OSError, UnicodeDecodeError, DrawError) as error:
        print(f"draw: {error}", file=sys.stderr)
        return 2
    print(f"总体 {found.population}  摘要 {found.population_hash}")
    for place, code in enumerate(found.drawn, 1):
        print(f"{place}\t{code}")
    return 0
