"""Variants of real tables, every kind of fault crossed with layouts, heads, units and places: right, asked,
wrong in silence. Half of the words tuned the reader, the other half is kept aside: both are printed.

    .venv/bin/python benchmarks/table_variants.py [-v] [--only K1,K6] [--each 60] [--half tuned|aside]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.table_kinds.case import ASKED, DROPPED, RIGHT, WRONG, tally  # noqa: E402
from benchmarks.table_kinds.kinds import KINDS, verdicts  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", action="store_true", help="every case that is not right")
    parser.add_argument("--only", default="")
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--half", choices=("tuned", "aside", "both"), default="both")
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    start = time.process_time()
    for name, aside in (("tuned", False), ("aside", True)):
        if args.half not in (name, "both"):
            continue
        total = []
        print(f"{name}: {'kind':22} right asked wrong dropped  silent values")
        for kind in KINDS:
            if args.only and kind.split()[0] not in args.only.split(","):
                continue
            found = list(verdicts(kind, args.each, aside))
            total += found
            counts = tally(found)
            line = "".join(f"{counts[w]:6}" for w in (RIGHT, ASKED, WRONG, DROPPED, "silent"))
            print(f"{name}: {kind:22}{line}")
            if args.v:
                for v in found:
                    if v.word != RIGHT:
                        print(f"    {v.word:8} {v.case.name}: {'; '.join(v.lines[:2])[:230]}")
        counts = tally(total)
        share = counts[RIGHT] / max(1, len(total))
        print(
            f"{name}: {len(total)} variants, right {share:.1%}, asked {counts[ASKED]}, "
            f"wrong {counts[WRONG]}, dropped {counts[DROPPED]}, silent wrong values {counts['silent']}"
        )
    print(f"{time.process_time() - start:.1f} s of processor")
    return 0


if __name__ == "__main__":
    sys.exit(main())
