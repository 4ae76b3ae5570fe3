"""`wenpan register`: a register that another authority keeps becomes tables that the intake takes.

Writes into a folder 项目评级表.xlsx (every report's ratings, amounts in the register's own unit), for each
report asked for 重点项目清单-YEAR.xlsx (amounts in 万元 at a stated rate) and 需核实的单元格.csv (every cell
that could not be read as it stands). Upload the tables on the page 数据.

Exit code 0 clean, 1 findings, 2 unreadable."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "register", help="turn a foreign project register into tables (登记册转表)", description=__doc__
    )
    parser.add_argument("file", type=Path, help=".csv, .xlsx or .xls")
    parser.add_argument("--kind", default="uk_gmpp", help="code of a register kind (rules/registers)")
    parser.add_argument("--out", type=Path, required=True, help="a folder; it is made if it is not there")
    parser.add_argument(
        "--years", type=int, nargs="*", help="reports for key-project lists (default: the newest)"
    )
    parser.add_argument("--rate", type=float, help="yuan a unit of the register's currency, for those lists")
    parser.add_argument("--rate-source", help="by which document, e.g. 外汇管理局2023年3月31日中间价")
    parser.add_argument("--level", default="国家级", choices=("国家级", "省级", "市级", "区级"))
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from wenpan.documents.spreadsheets.unreadable import Unreadable
    from wenpan.rules import RuleError

    try:
        return _write(_read(args), args)
    except Unreadable as error:
        message = error.message
    except OSError as error:
        message = f"打不开或写不了 {error.filename}: {error.strerror}"
    except (RuleError, ValueError) as error:
        message = str(error)
    print(f"× {message}", file=sys.stderr)
    return 2


def _read(args: argparse.Namespace) -> Any:
    """The register. ValueError says what is wrong with the call or the file."""
    from wenpan.district.ground import sandbox
    from wenpan.documents.registers.register import from_file
    from wenpan.rules.registers import register_kinds

    kinds = register_kinds()
    if args.kind not in kinds:
        raise ValueError(f"没有登记册种类 {args.kind}, 可用: {'、'.join(kinds)}")
    if (args.rate is None) != (not args.rate_source) or (args.rate is not None and args.rate <= 0):
        raise ValueError("--rate(大于0)和 --rate-source 要一起写明; 都不写则只转评级表, 不转重点项目清单")
    register = sandbox.apply(from_file, args.file.read_bytes(), args.file.name, kinds[args.kind])
    if not register.entries:
        raise ValueError("; ".join(f"{f.found}, 应有: {f.expected}" for f in register.findings))
    return register


def _write(register: Any, args: argparse.Namespace) -> int:
    from wenpan.documents.registers.to_tables import Rate, findings_csv, key_table, ratings_table

    findings = list(register.findings)
    reports = sorted({entry.year for entry in register.entries})
    files = {"项目评级表.xlsx": ratings_table(register)}
    if args.rate is not None:
        rate = Rate(args.rate, args.rate_source)
        for year in args.years or reports[-1:]:
            if year not in reports:
                raise ValueError(f"登记册里没有{year}年的报告, 有: {'、'.join(map(str, reports))}")
            table, missing = key_table(register, year, rate, args.level)
            files[f"重点项目清单-{year}.xlsx"] = table
            findings += missing
    files["需核实的单元格.csv"] = findings_csv(findings)
    args.out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (args.out / name).write_bytes(data)
    projects = len({entry.code for entry in register.entries})
    print(f"{register.kind.name}: {len(reports)}期报告, {projects}个项目, {len(register.entries)}条")
    for check, count in Counter(f.check for f in findings).most_common():
        print(f"  {check}: {count}")
    print("写入 " + "、".join(str(args.out / name) for name in files))
    return 1 if any(f.severity != "note" for f in findings) else 0
