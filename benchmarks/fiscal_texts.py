"""Text reports of fiscal revenue against a truth that was written before they were read.

    python benchmarks/fiscal_texts.py TEXTS.yaml [--half tuned|aside] [--told]

TEXTS.yaml (other people's texts, not kept here; addresses in fiscal_texts.md): a list of
`{id, half, url, place, year, month, text, rows: {item: {ytd, change, growth, adjusted, …}}, may}` in 万元 and
percent; a second row of an item is `item#2`; `may` lists what is right but not asked for.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
import yaml

from wenpan.documents.fiscal_texts.reading import read_text
from wenpan.documents.tables.reading import Context, Reading
from wenpan.rules import workbook_kinds

KEYS = {
    "ytd": "ytd", "ytd_change": "change", "ytd_growth": "growth", "ytd_growth_adjusted": "adjusted",
    "ytd_last": "last", "month": "month", "month_change": "month_change", "month_growth": "month_growth",
    "budget": "budget", "progress": "progress",
}  # fmt: skip
Values = dict[tuple[str, str], Decimal]


def values_of(reading: Reading | None) -> Values:
    found: Values = {}
    seen: dict[str, int] = {}
    for record in reading.records if reading else ():
        seen[record["name"]] = seen.get(record["name"], 0) + 1
        name = record["name"] + (f"#{seen[record['name']]}" if seen[record["name"]] > 1 else "")
        found |= {(name, KEYS[key]): record[key] for key in KEYS if record[key] is not None}
    return found


def truth_of(rows: Mapping[str, Mapping[str, Any]]) -> Values:
    return {(name, key): Decimal(str(v)) for name, row in rows.items() for key, v in row.items()}


def read(text: Mapping[str, Any]) -> Reading | None:
    month = f"{text['year']}-{text['month']}"
    context = Context(
        {}, {text["place"]: "home"}, {}, "home", {}, workbook_kinds(), period=month, city="city"
    )
    return read_text([line for line in text["text"].split("\n") if line.strip()], context, "报告.docx")


def lines(texts: list[Mapping[str, Any]], told: bool) -> Iterator[str]:
    total = right = wrong = 0
    begun = time.process_time()
    for text in texts:
        reading = read(text)
        want, may, got = truth_of(text["rows"]), truth_of(text.get("may", {})), values_of(reading)
        bad = {k: v for k, v in got.items() if want.get(k) != v and may.get(k) != v}
        good = sum(got.get(k) == v for k, v in want.items())
        total, right, wrong = total + len(want), right + good, wrong + len(bad)
        missed = sum(k not in got for k in want)
        yield f"{text['id']:4} {len(want):3} values, right {good:3}, missed {missed}, wrong {len(bad)}"
        if told:
            yield from (f"     wrong {k} {v}, truth {want.get(k)}" for k, v in bad.items())
            yield from (f"     missed {k} {v}" for k, v in want.items() if k not in got)
            findings = reading.findings if reading else []
            yield from (f"     {f.severity.value} {f.sheet} {f.found} {f.expected}"[:160] for f in findings)
    spent = time.process_time() - begun
    share = right / total if total else 1
    yield f"{len(texts)} texts, {total} values: right {right} = {share:.3f}, wrong {wrong}"
    yield f"{spent:.2f} s of processor"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--half", choices=("tuned", "aside", "third", "fourth"))
    parser.add_argument("--told", action="store_true")
    asked = parser.parse_args()
    if asked.texts is None:
        print("no file of texts is named (fiscal_texts.md has their addresses): nothing is measured")
        return
    data = asked.texts.read_bytes()
    texts = [t for t in yaml.safe_load(data) if asked.half in (None, t["half"])]
    print(f"truth {hashlib.sha256(data).hexdigest()[:16]}")
    for line in lines(texts, asked.told):
        print(line)


if __name__ == "__main__":
    main()
