"""`wenpan check`: the findings of a workbook, without a database.

Exit code 0 clean, 1 findings, 2 unreadable."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

_LABELS = {"hard": "必须改正", "soft": "需要说明", "note": "提示"}


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "check", help="check a workbook (核对工作簿)", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("workbook", type=Path, help=".xlsx, .xls, .ods, .csv, .docx or a page saved as .xls")
    parser.add_argument("--kind", help="code of a workbook kind; without it the kind is recognised")
    parser.add_argument("--period", help="2022-09, where the workbook does not name its month")
    parser.add_argument(
        "--home-region", help="code or name of the own district (default: place.yaml, else 本区)"
    )
    parser.add_argument("--ledger", type=Path, help="observations.csv or .parquet to compare with")
    parser.add_argument(
        "--figures", action="store_true", help="also every figure, target and record, and 各列是什么 (json)"
    )
    parser.add_argument(
        "--taught", type=Path, help="json: {file, kind, columns}: a layout as it was explained once, on FILE"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--marked", type=Path, help="write the workbook with the findings marked in its cells"
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from wenpan.documents.spreadsheets.workbook import Unreadable
    from wenpan.rules import RuleError

    try:
        data = args.workbook.read_bytes()
        reading, findings = _checked(data, args, _layouts(args))
    except Unreadable as error:
        return _refused(error.code, error.message, args.format)
    except OSError as error:
        return _refused("no_file", f"打不开文件 {args.workbook}: {error.strerror}", args.format)
    except (RuleError, ValueError) as error:
        return _refused("usage", str(error), args.format)
    if args.marked:
        from wenpan.documents.spreadsheets.workbook import annotate

        args.marked.write_bytes(annotate(data, args.workbook.name, findings))
    if args.figures and args.format == "json":
        from wenpan.commands.plain_files.check_figures import answer

        print(json.dumps(answer(reading, findings), ensure_ascii=False, indent=1))
    else:
        _print(reading, findings, args.format)
    # A note tells the reader something and asks nothing: the file is clean.
    return 1 if any(f.severity != "note" for f in findings) else 0


def _layouts(args: argparse.Namespace) -> dict[str, Any]:
    """What was taught on another file: signature → teaching."""
    if not args.taught:
        return {}
    from wenpan.commands.plain_files.check_figures import layouts_of

    taught = json.loads(args.taught.read_text("utf-8"))
    file = Path(taught["file"])
    file = file if file.is_absolute() else args.taught.parent / file
    # The month of that file changes nothing of its columns; any will do where it names none.
    context, *_ = _context(argparse.Namespace(**{**vars(args), "period": args.period}), {})
    return layouts_of(taught, _read(file.read_bytes(), file.name, context))


def _checked(
    data: bytes, args: argparse.Namespace, layouts: dict[str, Any] | None = None
) -> tuple[Any, list[Any]]:
    from wenpan.documents.tables.frames import compared_frame, figures_frame, ranks_frame
    from wenpan.economy.quality import CheckContext, CheckFinding, Severity, examine
    from wenpan.rules import catalogue, quality_limits

    context, names, city, rivals = _context(args, layouts or {})
    reading = _read(data, args.workbook.name, context)
    findings = list(reading.findings)
    nothing = not (reading.figures or reading.targets or reading.records or findings)
    asked = reading.question is not None and reading.question.asks == "period"
    if (reading.unknown is not None and not reading.kind) or (nothing and not asked):
        findings.append(
            CheckFinding(
                "layout.unknown", Severity.HARD, "不认识这张表的表头, 没有读到数", "已登记表种的表头",
                "请核对表头, 或在“数据”页面认一次表", reading.unknown.sheet if reading.unknown else "",
            )
        )  # fmt: skip
    names |= {f.region: names.get(f.region, f.region) for f in reading.figures}
    checked = CheckContext(
        catalogue=catalogue(),
        regions=names,
        home=context.home,
        period=reading.period,
        expected_regions=rivals if reading.kind == "city_table" else (),
        limits=quality_limits(),
        ranks=ranks_frame(reading.ranks),
        city=city,
        compared=compared_frame(reading.compared),
    )
    return reading, findings + examine(figures_frame(reading.figures), _ledger(args.ledger), checked)


def _read(data: bytes, name: str, context: Any) -> Any:
    from wenpan.district.ground import sandbox

    return sandbox.parse(data, name, context)


def _context(args: argparse.Namespace, layouts: dict[str, Any]) -> tuple[Any, dict[str, str], str, list[str]]:
    """The reader's context, region names by code, the city's code, and the districts expected."""
    from wenpan.documents.tables.interpret import Context
    from wenpan.economy.time.periods import parse_month
    from wenpan.rules import catalogue, place, workbook_kinds

    kinds = workbook_kinds()
    if args.kind and args.kind not in kinds:
        raise ValueError(f"没有表种 {args.kind}, 可用: {'、'.join(kinds)}")
    if args.period:
        parse_month(args.period)
    known = place()
    regions: dict[str, str] = {}
    units: dict[str, str] = {}
    names: dict[str, str] = {}
    for region in (known.city, *known.regions) if known else ():
        names[region.code] = region.name
        regions |= dict.fromkeys((region.name, *region.aliases, region.code), region.code)
    for unit in known.units if known else ():
        units |= dict.fromkeys((n for n in (unit.name, unit.short_name, *unit.aliases) if n), unit.code)
    city = known.city.code if known else "全市"
    home = args.home_region or (known.home.code if known else "本区")
    context = Context(
        catalogue=dict(catalogue()),
        regions=regions,
        units=units,
        home=regions.get(home, home),
        layouts=layouts,
        kinds=kinds,
        period=args.period,
        kind=args.kind,
        city=city,
        guess_regions=known is None,
    )
    return context, names, city, [r.code for r in known.regions] if known else []


def _ledger(path: Path | None) -> Any:
    from wenpan.economy.figures import plain_files
    from wenpan.economy.quality.scene import empty_ledger

    return plain_files.read_observations(path.read_bytes(), path.name) if path else empty_ledger()


def _refused(code: str, message: str, form: str) -> int:
    if form == "json":
        print(json.dumps({"unreadable": code, "message": message}, ensure_ascii=False, indent=1))
    else:
        print(f"× {message}", file=sys.stderr)
    return 2


def _print(reading: Any, findings: list[Any], form: str) -> None:
    if form == "json":
        answer = {
            "kind": reading.kind,
            "title": reading.title,
            "period": reading.period,
            "figures": len(reading.figures),
            "targets": len(reading.targets),
            "findings": [asdict(f) for f in findings],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    what = f"{len(reading.targets)} 个目标" if reading.targets else f"{len(reading.figures)} 个数"
    print(
        f"{reading.title or '(没有标题)'} · {reading.kind or '未认出表种'} · "
        f"{reading.period or '月份不明'} · {what}"
    )
    for f in findings:
        place = f"{f.sheet}!{f.cell}" if f.cell else f.sheet
        lines = [f"[{_LABELS[f.severity]}] {place} {f.subject}".rstrip(), f"    发现: {f.found}"]
        lines += [f"    应为: {f.expected}"] if f.expected else []
        lines += [f"    请: {f.advice}"] if f.advice else []
        print("\n".join(lines))
    print(f"共 {len(findings)} 条" if findings else "没有发现问题")
