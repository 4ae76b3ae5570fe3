"""`wenpan journal`: is it whole (`verify`); a deliberate restore is acknowledged (`acknowledge`), and so
are rule files that were changed by hand (`rules`); the rights of the program's role on PostgreSQL (`role`).
"""

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
    inner = parser.add_subparsers(
        dest="journal_command", required=True, metavar="verify|acknowledge|rules|role|syslog"
    )
    verify = inner.add_parser("verify", help="walk the whole chain; exit code 1 if it is broken")
    verify.add_argument("--head", default="", help="a head printed in a bulletin: it must be in the chain")
    verify.set_defaults(func=run)
    restored = inner.add_parser(
        "acknowledge", help="the database was restored on purpose: go on with its journal; this is journalled"
    )
    restored.add_argument("--reason", required=True, help="why, in words an auditor can check 原因")
    restored.set_defaults(func=acknowledge)
    rules = inner.add_parser(
        "rules", help="rule files of the place were changed on purpose: they count from now on; journalled"
    )
    rules.add_argument("--reason", required=True, help="why and by whose decision 原因")
    rules.set_defaults(func=rules_changed)
    role = inner.add_parser(
        "role", help="print the SQL of a PostgreSQL role for the program that cannot change what is kept"
    )
    role.add_argument("name", help="the role's name, e.g. wenpan_app")
    role.set_defaults(func=role_sql)
    syslog = inner.add_parser("syslog", help="entries as syslog messages (RFC 5424), one a line 导出日志")
    syslog.add_argument("--after", type=int, default=0, help="only entries after this number")
    syslog.set_defaults(func=as_syslog)


def as_syslog(arguments: argparse.Namespace) -> int:
    """`wenpan journal syslog --after N >> file`, or into the pipe of a collector."""
    import socket

    from wenpan.commands._start import start_django

    start_django()
    from wenpan.district.ground.journal import syslog

    for line in syslog.messages(arguments.after, socket.gethostname()):
        print(line)
    return 0


def acknowledge(arguments: argparse.Namespace) -> int:
    from wenpan.commands._start import start_django, stop

    start_django()
    from wenpan.district.ground.journal import keeping

    reason = arguments.reason.strip() or stop("--reason 不能为空：请写明为什么恢复、由谁决定。")
    entry = keeping.acknowledge(reason=reason)
    print(f"已记入操作日志第{entry.sequence}条；新的链头 {entry.hash}")
    return 0


def rules_changed(arguments: argparse.Namespace) -> int:
    from wenpan.commands._start import start_django, stop

    start_django()
    from wenpan.district.ground.journal import rule_digests

    reason = arguments.reason.strip() or stop("--reason 不能为空：请写明改了什么规则、由谁决定。")
    entry = rule_digests.note(why=f"确认规则文件：{reason}")
    if entry is None:
        print("规则文件与操作日志一致，没有要记的。")
    else:
        print(f"已记入操作日志第{entry.sequence}条：{'、'.join(entry.detail['changed'])}")
    return 0


def role_sql(arguments: argparse.Namespace) -> int:
    from wenpan.commands._start import start_django

    start_django()
    from wenpan.district.ground.journal import role

    print(role.sql(arguments.name))
    return 0


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
