"""`wenpan evidence`: each requirement that can be quoted, and what this place shows for it now.

`--run` runs the named tests first, where the program's sources lie (not in a bundle), and keeps the outcome
in WENPAN_HOME/evidence.json; `--to FILE.csv` writes the table. Ends with 1 when something is open.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wenpan.commands._start import CODE, home, start_django, stop

NAMES = ("clause", "quotation", "checked", "met_by", "state", "seen", "duty", "tests", "last_run", "passed")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "evidence", help="requirements and what is shown for them 举证", description=__doc__
    )
    parser.add_argument("--run", action="store_true", help="run the named tests first; needs the sources")
    parser.add_argument("--to", type=Path, help="write a table, .csv")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    start_django()
    from wenpan.district.audit import evidence

    if arguments.run:
        _run_tests()
    print(f"本区{evidence.algorithms()}", file=sys.stderr)
    rows = evidence.rows()
    table = [_told(row) for row in rows]
    if arguments.to:
        with arguments.to.open("w", newline="", encoding="utf-8-sig") as out:
            writer = csv.writer(out)
            writer.writerow(NAMES)
            writer.writerows([_safe(cell) for cell in row] for row in table)
    for row in table:
        print(f"{row[4]:8} {row[0]}  {row[5]}{'  → ' + row[6] if row[6] else ''}")
    return 1 if any(row.state == "open" for row in rows) else 0


def _told(row: Any) -> list[str]:
    one = row.requirement
    passed = "" if row.passed is None else "yes" if row.passed else "no"
    return [
        one.clause,
        one.quotation,
        one.checked or "未核对",
        one.met_by,
        row.state,
        row.seen,
        one.duty,
        " ".join(one.tests),
        row.ran,
        passed,
    ]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _run_tests() -> None:
    from wenpan.district.audit.evidence import LAST_RUN
    from wenpan.rules.evidence import requirements

    if not (CODE / "tests").is_dir():
        stop("the tests lie with the sources, not in a bundle: run this in the folder of the code.")
    outcomes = {}
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WENPAN_", "DATABASE_URL"))}
    for test in dict.fromkeys(test for one in requirements()[0] for test in one.tests):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
        done = subprocess.run(command, cwd=CODE, env=environment, capture_output=True, check=False)
        outcomes[test] = done.returncode == 0
        print(f"… {test}: {'passed' if outcomes[test] else 'FAILED'}", flush=True)
    told = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "outcomes": outcomes}
    (home() / LAST_RUN).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
