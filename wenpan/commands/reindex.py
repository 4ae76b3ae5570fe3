"""`wenpan reindex`: the search index anew from the records. Commits keep it; this is for after a repair."""

from __future__ import annotations

import argparse
import time


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("reindex", help="make the search index anew 重建检索", description=__doc__)
    parser.set_defaults(func=run)


def run(_arguments: argparse.Namespace) -> int:
    from wenpan.commands._start import start_django

    start_django()
    from wenpan.district.search.keeping import rebuild

    started = time.monotonic()
    for kind, count in rebuild().items():
        print(f"{kind:14} {count:>9,}")
    print(f"done in {time.monotonic() - started:.1f} s")
    return 0
