"""`wenpan edits`: returns checked by rules that are data, and where the error probably is.

--rules is a YAML file, or the name of a pack that ships ("investment"). A rule is an expression over the
columns of the returns ("合计 = 一 + 二", "状态 <> '停缓建' OR 本月 <= 0"); no file and no code can be named
in it.

--out out.csv writes three tables:
  out.csv          record,rule,verdict   one row per rule and failing return
  out.fields.csv   record,fields,weight  the smallest sets of fields that cannot all be right (joined by "+")
  out.rules.csv    rule,severity,used,passed,failed,missing,not_in_force,reason,source,sentence
--other FORM=FILE brings another form that the rules name (others:), such as the entry form whose base must
equal the monthly return's. A rule whose columns are not at hand is listed as not used, with the reason.
Missing is neither passed nor failed. The sets are questions to the unit that reported, never values.
With --total COLUMN also out.order.csv: record,effect,share,rest,ask, the returns that fail by what they may
change of that column's total, and where to stop asking.

--propose FORM.txt reads the relations printed on a form (表内关系) and prints a draft of rules; what was not
understood stands in it as a comment. A person confirms each, and adds examples, before it is put among the
rules. Exit code 0: no return fails a hard rule; 1: some do; 2: an input cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wenpan.economy.quality.edits.edit_rules import EditRules
    from wenpan.economy.quality.edits.localisation import Localised
    from wenpan.economy.quality.edits.verdicts import Verdicts


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "edits", help="check returns by rules as data; where the error is (审核规则)",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument("--rules", help="YAML file, or the name of a pack that ships")
    parser.add_argument("--returns", type=Path, help="csv (or .csv.gz), jsonl or parquet")
    parser.add_argument(
        "--other", action="append", default=[], metavar="FORM=FILE", help="another form that the rules name"
    )
    parser.add_argument("--out", type=Path, help=".csv, .parquet or .jsonl")
    parser.add_argument("--total", metavar="COLUMN", help="the column whose total matters: out.order.csv")
    parser.add_argument(
        "--propose", type=Path, metavar="FORM", help="a form's printed relations (UTF-8 text)"
    )
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day whose rules hold where returns have no period",
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from wenpan.economy.figures import plain_files
    from wenpan.economy.quality.edits import localisation, returns, verdicts
    from wenpan.rules import RuleError

    if args.propose is not None:
        return _propose(args.propose)
    if missing := [f"--{name}" for name in ("rules", "returns", "out") if getattr(args, name) is None]:
        print(f"× 缺少 {'、'.join(missing)}", file=sys.stderr)
        return 2
    try:
        if args.out.suffix not in plain_files.SUFFIXES:
            raise ValueError(
                f"--out 的后缀应为 {' '.join(plain_files.SUFFIXES)}, 实为 {args.out.suffix or '(无)'}"
            )
        rules = _rules(args.rules)
        made = returns.read(args.returns.read_bytes(), args.returns.name, rules, _others(args.other))
        on = args.on or date.today()  # noqa: DTZ011 (the machine's day)
        found = verdicts.judge(made.frame, rules, on)
        sets = localisation.localise(made.frame, rules, found)
        tables = {"": found.table(made.frame), ".fields": sets.table, ".rules": _counts(found)}
        if args.total is not None:
            tables[".order"] = _order(made.frame, found, args.total)
        for name, table in tables.items():
            path = args.out.with_name(args.out.stem + name + args.out.suffix)
            path.write_bytes(plain_files.write_judged(table, args.out.suffix))
    except (plain_files.PlainFileError, RuleError, OSError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    for one in made.unreadable:
        print(
            f"! 列 {one.column}: {one.count} 处不是数, 按未报计; 首处 {one.record}: {one.text!r}",
            file=sys.stderr,
        )
    print(_text(found, sets))
    return 1 if sets.records or any(c.failed and c.rule.severity == "hard" for c in found.counts) else 0


def _others(given: list[str]) -> dict[str, tuple[bytes, str]]:
    found = {}
    for text in given:
        form, _sign, file = text.partition("=")
        if not file:
            raise ValueError(f"--other 应写作 表名=文件, 实为 {text}")
        found[form] = (Path(file).read_bytes(), Path(file).name)
    return found


def _propose(path: Path) -> int:
    """The draft on standard output: a list of rules that `--rules` reads, and comments."""
    from wenpan.economy.quality.edits.printed_relations import proposals

    try:
        found = proposals(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        print(f"× {path}: {error}", file=sys.stderr)
        return 2
    print(f"# 由 {path.name} 的表内关系草拟, 未核对: 逐条确认并补样例(passes/fails)后方可使用\nrules:")
    for number, one in enumerate(found, start=1):
        if one.expression:
            quoted = one.expression.replace("'", "''")
            print(f"  - code: P{number}\n    sentence: {json.dumps(one.printed, ensure_ascii=False)}")
            print(f"    expression: '{quoted}'\n    source: 未核对")
        else:
            print(f"  # 未读懂 P{number}: {one.printed} ({one.problem})")
    understood = sum(bool(one.expression) for one in found)
    print(f"{len(found)} 条, 读懂 {understood} 条", file=sys.stderr)
    return 0 if understood else 2


def _order(frame: Any, found: Verdicts, column: str) -> Any:
    from wenpan.economy.quality.edits.selective import asking_order

    try:
        order = asking_order(frame, found, column)
    except KeyError:
        raise ValueError(f"--total: 报表没有 {column} 列") from None
    for code in order.unused:
        print(f"! {code} 不是和数关系, 未计入影响排序", file=sys.stderr)
    return order.table


def _rules(given: str) -> EditRules:
    from wenpan.rules.edits import edit_packs, edit_rules_of

    path = Path(given)
    if not path.exists() and given in (packs := edit_packs()):
        return packs[given]
    return edit_rules_of(path)


def _counts(found: Verdicts) -> Any:
    import polars as pl

    return pl.DataFrame(
        [
            (c.rule.code, c.rule.severity, c.used, c.passed, c.failed, c.missing, c.not_in_force,
             c.rule.problem, c.rule.source, c.rule.sentence or c.rule.text)
            for c in found.counts
        ],
        schema=["rule", "severity", "used", "passed", "failed", "missing", "not_in_force",
                "reason", "source", "sentence"],
        orient="row",
    )  # fmt: skip


def _text(found: Verdicts, sets: Localised) -> str:
    lines = [f"报表 {found.records} 份, 规则 {len(found.counts)} 条"]
    lines.append("\t".join(["规则", "级别", "通过", "不通过", "缺项", "不在施行期"]))
    lines += [
        "\t".join(map(str, (c.rule.code, "硬性" if c.rule.severity == "hard" else "软性",
                            c.passed, c.failed, c.missing, c.not_in_force)))
        for c in found.counts if c.used
    ]  # fmt: skip
    lines += [f"未使用 {rule.code}: {rule.problem}" for rule in found.unused]
    lines += [f"未用于定位 {rule.code}: {why}" for rule, why in sets.unused]
    sizes = "、".join(f"{size} 栏 {count} 份" for size, count in sets.by_size.items())
    lines.append(f"硬性不通过 {sets.records} 份; 最小可疑栏组: {sizes or '无'}")
    if sets.without:
        record, why = sets.without[0]
        lines.append(f"{len(sets.without)} 份未能指出可疑栏, 首份 {record}: {why}")
    return "\n".join(lines)
