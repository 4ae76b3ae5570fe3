"""From where on are two orders the same? Made-up pairs, and what each threshold would say.

    python benchmarks/same_order.py [--write] [--all]

`found` is the share of the same orders that are proposed for merging, `wrong` the number of different
orders that would be. The weights were chosen on the first file, both halves of which had been looked
at; the second was written after that and read once.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.orders.same_order import THRESHOLD, Likeness, likeness

FOLDER = Path(__file__).parents[1] / "tests" / "documents" / "pairs"
PAIRS, UNSEEN = FOLDER / "same_order.yaml", FOLDER / "same_order_unseen.yaml"


@dataclass(frozen=True)
class Pair:
    same: bool
    a: MatterProposal
    b: MatterProposal

    @property
    def likeness(self) -> Likeness:
        return likeness(self.a, self.b)


def pairs(path: Path = PAIRS) -> list[Pair]:
    return [
        Pair(entry["same"], _order(entry["a"]), _order(entry["b"]))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _order(values: Sequence[Any]) -> MatterProposal:
    text, lead, due = values
    return MatterProposal(text, lead, (), due if isinstance(due, date) else None, "", "", (0, len(text)), 1.0)


def rows(chosen: Sequence[Pair]) -> Iterator[str]:
    yield "| threshold | found | wrong | of |"
    yield "|--:|--:|--:|--:|"
    same = [p for p in chosen if p.same]
    for step in range(30, 80, 5):
        threshold = step / 100
        found = sum(p.likeness.score >= threshold for p in same)
        wrong = sum(p.likeness.score >= threshold for p in chosen if not p.same)
        mark = " ←" if abs(threshold - THRESHOLD) < 1e-9 else ""
        yield f"| {threshold:.2f}{mark} | {found / len(same):.2f} | {wrong} | {len(chosen) - len(same)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every pair with its score and reasons")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    parts = {"for choosing": pairs(), "unseen": pairs(UNSEEN)}
    everything = [p for part in parts.values() for p in part]
    text = "\n\n".join(f"{name}:\n\n" + "\n".join(rows(part)) for name, part in parts.items())
    print(text)
    if args.all:
        for p in sorted(everything, key=lambda p: p.likeness.score):
            print(p.same, p.likeness.score, p.a.text, "|", p.b.text, "|", "; ".join(p.likeness.reasons))
    if args.write:
        note = Path(__file__).with_suffix(".md")
        head, _, _ = note.read_text(encoding="utf-8").partition("<!-- numbers -->")
        note.write_text(f"{head}<!-- numbers -->\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
