"""`wenpan proof`: every figure of a paper against the ledger and against the paper itself (核数).

Exit code 0 nothing wrong, 1 something wrong or contradictory, 2 unreadable. The paper is never changed;
`--out` writes a copy with Word comments."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

_SAYS = {"wrong": "不符", "contradictory": "矛盾", "unknown": "未知", "right": "相符"}


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("proof", help="check the figures of a paper (核数)", description=__doc__)
    parser.add_argument("file", type=Path, help="docx, pdf with text or txt")
    parser.add_argument("--figures", type=Path, help="observations.csv or .parquet to compare with")
    parser.add_argument("--period", required=True, help="2022-09: the month that the paper speaks of")
    parser.add_argument(
        "--home-region", help="code or name of the own district (default: place.yaml, else 本区)"
    )
    parser.add_argument("--out", type=Path, help="write a copy of a docx with a comment at what is wrong")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from wenpan.documents.orders import text as reading
    from wenpan.documents.proof.comments import commented
    from wenpan.documents.proof.proof import proof
    from wenpan.documents.spreadsheets.unreadable import Unreadable
    from wenpan.economy.figures.plain_files import PlainFileError
    from wenpan.economy.time.periods import parse_month
    from wenpan.rules import RuleError

    try:
        parse_month(args.period)
        data = args.file.read_bytes()
        read = reading.read(data, args.file.name)
        if args.out and read.kind != "docx":
            raise ValueError(f"--out 只能给 docx 加批注, 实为 {read.kind}. 请另存为 docx 后再核.")
        if args.out and args.out.resolve() == args.file.resolve():
            raise ValueError("--out 不能是原文件: 原文不改动, 请另写一个文件名.")
        verdicts = proof(read.paragraphs, *known_of(args), read.places)
        if args.out:
            args.out.write_bytes(commented(data, read.paragraphs, verdicts))
    except (OSError, Unreadable, PlainFileError, RuleError, ValueError) as error:
        print(f"× {error}", file=sys.stderr)
        return 2
    _print(verdicts, read, args.format)
    return int(any(v.state in ("wrong", "contradictory") for v in verdicts))


def known_of(args: argparse.Namespace) -> tuple[Any, Any]:
    """The vocabulary of the place and its catalogue, and the ledger."""
    from decimal import Decimal

    from wenpan.documents.proof.paper_figures import Vocabulary
    from wenpan.documents.proof.proof_ledger import ProofLedger
    from wenpan.documents.proof.subject_names import with_the_rest
    from wenpan.economy.figures import plain_files
    from wenpan.economy.figures.indicators import Measure
    from wenpan.rules import catalogue, place

    known, indicators = place(), catalogue()
    city = known.city.code if known else "全市"
    home = args.home_region or (known.home.code if known else "本区")
    regions, names = {"全市": city}, {city: "全市"}
    for region in (known.city, *known.regions) if known else ():
        names[region.code] = region.name
        regions |= dict.fromkeys((region.name, *region.aliases), region.code)
    home = regions.get(home, home)
    regions |= dict.fromkeys(("全区", "我区", "全县", "我县", "本区", "本县"), home)
    words, wholes = with_the_rest(
        {n: i.code for i in indicators.values() for n in (i.name, i.short_name, *i.aliases) if n},
        {i.code: i.part_of for i in indicators.values() if i.part_of},
    )
    values = dict[tuple[str, str, str, str, str], Decimal]()
    if args.figures:
        frame = plain_files.read_observations(args.figures.read_bytes(), args.figures.name)
        for row in frame.iter_rows(named=True):
            if row["value"] is not None:
                key = (row["region"], row["indicator"], _month(row["period"]), row["measure"], row["basis"])
                values[key] = Decimal(repr(row["value"]))
        for code in frame["region"].unique():
            names.setdefault(code, code)
            if not known:
                regions.setdefault(code, code)
    falling = frozenset(i.code for i in indicators.values() if i.direction == "down")
    units = {i.code: i.unit_of(Measure.YTD) for i in indicators.values()}
    return (
        Vocabulary(words, regions, home, int(args.period[:4]), args.period, wholes),
        ProofLedger(
            values, units, names, falling, args.figures.name if args.figures else "台账", city, wholes=wholes
        ),
    )


def _month(period: str) -> str:
    year, _, quarter = period.partition("-Q")
    return f"{year}-{int(quarter) * 3:02d}" if quarter else period


def _print(verdicts: Any, read: Any, form: str) -> None:
    if form == "json":
        print(json.dumps([_row(v, read) for v in verdicts], ensure_ascii=False, indent=1))
        return
    for v in verdicts:
        if v.state in ("wrong", "contradictory"):
            where = read.places[v.figure.paragraph] or f"第{v.figure.paragraph + 1}段"
            print(f"{_SAYS[v.state]}  {where}  “{v.figure.words}”：{v.reason}")
    counts = {state: sum(v.state == state for v in verdicts) for state in _SAYS}
    print(f"共{len(verdicts)}个数：" + "，".join(f"{_SAYS[s]}{n}个" for s, n in counts.items()) + "。")


def _row(v: Any, read: Any) -> dict[str, Any]:
    f = v.figure
    return {
        "state": v.state,
        "words": f.words,
        "reason": v.reason,
        "right": v.right,
        "kind": f.kind,
        "value": str(f.value),
        "unit": f.unit,
        "indicator": f.indicator,
        "region": f.region,
        "period": f.period,
        "basis": f.basis,
        "paragraph": f.paragraph,
        "span": [f.start, f.end],
        "place": read.places[f.paragraph],
    }
