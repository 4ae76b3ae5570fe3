"""The command line: one module of `wenpan.commands` or its room `plain_files` for each, found by its name.

A command module offers `add_parser(subparsers)`, which sets `func`: a function from the parsed
arguments to an exit code (None is 0). Heavy imports belong inside that function, so that
`wenpan --help` and the plain-file commands start at once and without Django.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from wenpan import commands

ABOUT = """\
稳盘 Wenpan: the control room in which a district (区县) keeps its economy on course for the year.

to begin      demo 演示   serve 启动   init 建新区
plain files   judge 研判   check 核对   backtest 回测   value 灯的价值   proof 核数
              funnel 招商漏斗   clocks 诉求时限
              edits 审核规则   supports 支撑指标   draw 双随机抽取
              (no database needed)
upkeep        backup 备份   restore 恢复   doctor 体检   settings 设置   journal 日志   work 后台任务
              tick 定时任务   reindex 重建检索
"""
EPILOG = """\
What a place owns (database, originals, its own rules, keys, backups) lives in one folder,
WENPAN_HOME (default: var/ beside the code). `wenpan settings` documents every setting.
`wenpan COMMAND --help` documents a command.
"""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="wenpan", description=ABOUT, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="store_true", help="print the version and leave")
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", title="commands 命令")
    names = sorted(m.name for m in pkgutil.walk_packages(commands.__path__, f"{commands.__name__}."))
    for name in sorted(names, key=lambda name: name.rpartition(".")[2]):
        add_parser = getattr(importlib.import_module(name), "add_parser", None)
        if add_parser:  # what several commands share stands beside them
            add_parser(subparsers)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    top = parser()
    arguments = top.parse_args(argv)
    if arguments.version:
        from wenpan import __version__

        print(f"wenpan {__version__}")
        return 0
    if not arguments.command:
        top.print_help()
        return 2
    try:
        return arguments.func(arguments) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `wenpan … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from wenpan.district.ground import ciphers, conditions

        if code := conditions.of_error(error):  # foreseen: a sentence, not a traceback
            print(f"× {conditions.SENTENCES[code]} ({error})", file=sys.stderr)
        elif isinstance(error, ciphers.CiphersError):
            print(f"× {error}", file=sys.stderr)
        else:
            raise
        return 1
