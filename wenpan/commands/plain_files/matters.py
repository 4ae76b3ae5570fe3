"""`wenpan matters`: proposed matters of a speech, minutes or task list, for a person to confirm."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "matters", help="propose matters (督办事项) from a speech, minutes or task list", description=__doc__
    )
    parser.add_argument(
        "file", type=Path, help="docx, pdf with text or txt; a task table as docx, xlsx, xls or csv"
    )
    parser.add_argument(
        "--date", type=date.fromisoformat, required=True, help="the document's date, 2022-10-14"
    )
    parser.add_argument(
        "--units", type=Path, help="csv or text: one unit a line, aliases behind it with commas"
    )
    parser.add_argument("--format", choices=("json", "text"), default="json")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from wenpan.documents.orders.task_tables import propose as task_table
    from wenpan.documents.orders.units.gazetteer import Gazetteer
    from wenpan.documents.spreadsheets.unreadable import Unreadable
    from wenpan.economy.time.calendars import Calendar
    from wenpan.rules import load_yaml
    from wenpan.rules.policies import acceptance

    data, _ = load_yaml("calendars/china")
    try:
        read = task_table.propose(
            args.file.read_bytes(),
            args.file.name,
            on=args.date,
            calendar=Calendar.from_data(data),
            gazetteer=Gazetteer(_units(args.units)) if args.units else None,
            acceptance=acceptance(),
        )
    except (OSError, Unreadable) as error:
        print(error, file=sys.stderr)
        return 2
    for remark in read.remarks:
        print(remark.message, file=sys.stderr)
    found = read.proposals
    if args.format == "json":
        print(json.dumps([_row(p) for p in found], ensure_ascii=False, indent=2))
    else:
        for p in found:
            coop = "、".join(p.coop) or "-"
            place = f"  出处: {p.place}" if p.place else ""
            print(
                f"- {p.text}\n  牵头: {p.lead or '(未写明)'}  配合: {coop}"
                f"  时限: {p.deadline_text or '-'}{place}"
            )
    return 0


def _row(p: Any) -> dict[str, Any]:
    return {
        "text": p.text,
        "lead": p.lead,
        "coop": list(p.coop),
        "deadline": p.deadline.isoformat() if p.deadline else None,
        "deadline_text": p.deadline_text,
        "recurrence": p.recurrence,
        "span": list(p.span),
        "confidence": p.confidence,
        "questions": list(p.questions),
        "place": p.place,
        "source": p.source,
        "units": list(p.units),
        "coop_units": list(p.coop_units),
    }


def _units(path: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        words = [word.strip() for word in line.replace("，", ",").split(",") if word.strip()]
        names.update(dict.fromkeys(words, words[0]))
    return names
