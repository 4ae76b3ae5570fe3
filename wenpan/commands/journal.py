"""`wenpan journal verify`: is the journal whole? Names the first entry that is missing or changed."""

from __future__ import annotations

import argparse

REASONS = {
    "gap": "第 {n} 条缺失",
    "link": "第 {n} 条与前一条接不上（前一条被删改）",
    "content": "第 {n} 条的内容被改过",
    "head": "给定的链头不在日志中（末尾的条目被删）",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("journal", help="verify the journal 日志", description=__doc__)
    inner = parser.add_subparsers(dest="journal_command", required=True, metavar="verify")
    verify = inner.add_parser("verify", help="walk the whole chain; exit code 1 if it is broken")
    verify.add_argument("--head", default="", help="a head printed in a bulletin: it must be in the chain")
    verify.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    from wenpan.commands._start import start_django

    start_django()
    from wenpan.district.ground.journal.queries import verify

    found = verify(expected_head=arguments.head.strip())
    if found.whole:
        print(f"日志完整：共 {found.entries} 条，链头 {found.head}")
        return 0
    print("日志不完整: " + REASONS[found.reason].format(n=found.broken))
    return 1
