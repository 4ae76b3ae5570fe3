"""Fresh tables, each written down with its truth before it was read, through `wenpan check FILE --figures`.

    .venv/bin/python benchmarks/fresh_tables.py [-v] [--half tuned|aside] [--only F012,F100]

The files, cases.yaml and places go into a folder; the scorer of the shared cases (not in this repository,
WENPAN_SHARED) judges them exactly as it judges the real ones. What was looked at when: fresh_tables.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.fresh_tables import (  # noqa: E402
    bureau,
    exports,
    finance,
    fourth,
    odd,
    records,
    second,
    spoken,
    targets,
    third,
)
from benchmarks.fresh_tables.case import Case  # noqa: E402
from benchmarks.fresh_tables.files import PLACES, place_yaml, write  # noqa: E402


def cases() -> list[Case]:
    every = [
        c
        for m in (bureau, finance, exports, targets, records, odd, second, third, fourth, spoken)
        for c in m.CASES
    ]
    for number, case in enumerate(every):
        case.id = f"F{number:03}"
    return every


def build(folder: Path, wanted: list[Case]) -> None:
    (folder / "files").mkdir(parents=True)
    (folder / "places").mkdir()
    for name in PLACES:
        (folder / "places" / f"{name}.yaml").write_text(
            yaml.safe_dump(place_yaml(name), allow_unicode=True), "utf-8"
        )
    said = [case.yaml(write(case, folder / "files")) for case in wanted]
    (folder / "cases.yaml").write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", action="store_true")
    parser.add_argument("--half", choices=("tuned", "aside"))
    parser.add_argument("--only", default="")
    parser.add_argument("--batch", choices=("first", "second", "third", "fourth"))
    parser.add_argument("--keep", type=Path, help="write the folder here and keep it")
    args = parser.parse_args()
    scorer = Path(os.environ.get("WENPAN_SHARED", ""), "data/real_tables/score_tables.py")
    if not scorer.is_file():
        print("the scorer of the shared cases is not here (WENPAN_SHARED)")
        return 0
    for half in ("tuned", "aside"):
        wanted = [
            c
            for c in cases()
            if c.aside == (half == "aside")
            and args.batch in (None, c.batch)
            and (not args.only or c.id in args.only.split(","))
        ]
        if args.half not in (None, half) or not wanted:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            folder = (args.keep or Path(temporary)) / half
            build(folder, wanted)
            command = [sys.executable, str(scorer), str(Path(sys.executable).parent / "wenpan"), str(folder)]
            done = subprocess.run(command + ["-v"] * args.v, capture_output=True, text=True, check=False)
        print(f"{half}:")
        print(done.stdout if args.v else "\n".join(done.stdout.splitlines()[-1:]), done.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
